"""What `ssg check` has to say."""

from __future__ import annotations

from ssg.sentences.kinds import W

CHECKING = {
    "japanese/doubled": W(
        "「{got}」と重なっています。",
        "“{got}” is doubled.",
        "「{better}」を一つにします。",
        "Write one “{better}”.",
    ),
    "japanese/ellipsis": W(
        "「{got}」を、言いよどむ点の代わりにしています。",
        "“{got}” stands for an ellipsis.",
        "三点リーダーを二つ並べて「{better}」と書きます。",
        "Write two ellipsis signs: “{better}”.",
    ),
    "japanese/many-marks": W(
        "「{got}」と、感嘆符や疑問符が続いています。",
        "“{got}”: too many marks in a row.",
        "「{better}」だけにします。",
        "“{better}” is enough.",
    ),
    "japanese/half-width": W(
        "日本語の文に、半角の「{got}」があります。",
        "Half-width “{got}” stands in Japanese text.",
        "全角の「{better}」にします。",
        "Write it full-width: “{better}”.",
    ),
    "japanese/mixed-brackets": W(
        "「{got}」は、かっこの片方が全角、もう片方が半角です。",
        "“{got}”: one bracket is full-width, the other half-width.",
        "「{better}」とそろえます。",
        "Write “{better}”.",
    ),
    "japanese/full-width": W(
        "英数字「{got}」が全角です。",
        "“{got}” is full-width.",
        "半角の「{better}」にします。",
        "Write it half-width: “{better}”.",
    ),
    "japanese/half-width-kana": W(
        "「{got}」は半角カタカナです。",
        "“{got}” is half-width katakana.",
        "全角の「{better}」にします。",
        "Write it full-width: “{better}”.",
    ),
    "japanese/lost-joiner": W(
        "絵文字「{got}」が、二つに分かれて見えます。",
        "The emoji “{got}” falls apart into two.",
        "間の見えない記号（U+200D）が失われています。「{better}」を入れ直します。",
        "The invisible U+200D between them is lost. Insert “{better}” again.",
    ),
    "japanese/stray-selector": W(
        "絵文字の一部だった、見えない記号だけが残っています。",
        "An invisible sign that was part of an emoji is left over.",
        "消して、必要なら絵文字を入れ直します。",
        "Remove it, and insert the emoji again if you want one.",
    ),
    "japanese/half-flag": W(
        "旗の絵文字「{got}」の片方が欠けています。",
        "Half of a flag in “{got}” is missing.",
        "旗を入れ直します。",
        "Insert the flag again.",
    ),
    "japanese/lost-character": W(
        "文字が失われて「{got}」になっています。",
        "A character is lost: “{got}”.",
        "元の文章を見て、書き直します。",
        "Look at the original text and write it again.",
    ),
    "japanese/split-kana": W(
        "「{got}」の濁点や半濁点が、別の文字に分かれています。",
        "The mark of “{got}” is a character of its own.",
        "一文字の「{better}」に打ち直します。",
        "Type it as one character: “{better}”.",
    ),
    "japanese/wide-asterisks": W(
        "「{got}」は太字にならず、記号のまま出ます。",
        "“{got}” is shown as it is, not as bold.",
        "半角で「{better}」と書きます。",
        "Write “{better}” with half-width signs.",
    ),
    "japanese/blank": W(
        "句読点のそばに、余分な空白があります。",
        "There is a needless space beside 、 or 。.",
        "空白を消します。",
        "Remove it.",
    ),
    "japanese/trailing-blank": W(
        "行の終わりに全角の空白があります。",
        "The line ends with a full-width space.",
        "空白を消します。",
        "Remove it.",
    ),
    "japanese/layout-blanks": W(
        "空白を並べて、位置をそろえています。",
        "Spaces are used to move the text.",
        "画面の幅によって崩れます。表、箇条書き、見出しを使います。",
        "On other screens it falls apart. Use a table, a list or a heading.",
    ),
    "japanese/misspelled": W(
        "「{got}」は「{better}」の書き誤りでしょう。",
        "“{got}” is probably meant to be “{better}”.",
        "「{better}」と書きます。",
        "Write “{better}”.",
    ),
    "japanese/spelling": W(
        "「{got}」（{count}回）と「{other}」（{more}回）が混ざっています。",
        "“{got}” ({count}) and “{other}” ({more}) are mixed.",
        "どちらかにそろえます。",
        "Choose one of them.",
    ),
    "japanese/site-spelling": W(
        "ほかの{count}本の記事は「{got}」を「{other}」と書いています。",
        "“{got}” is “{other}” in {count} other posts.",
        "「{other}」にそろえます。",
        "Write “{other}” here too.",
    ),
    "japanese/stale-year": W(
        "{year}年を最新、今年と呼んでいますが、{now}年になっています。",
        "The year {year} is called the latest, but it is {now}.",
        "内容を新しくして年を書き換えるか、年を外します。",
        "Bring the text up to date and change the year, or leave the year out.",
    ),
    "japanese/dated-title": W(
        "題名が、記事の日付「{got}」で始まっています。",
        "The title begins with the date of the post: “{got}”.",
        "日付は題名のそばに出るので、題名からは外します。",
        "The date is shown beside the title; leave it out there.",
    ),
    "sharing/same-title": W(
        "{first} と同じ題名です。",
        "The title is the same as that of {first}.",
        "検索結果で見分けがつくように、違いを題名に出します。",
        "Let the titles say how they differ: in search results nothing else does.",
    ),
    "check/unknown-code": W(
        "「{got}」というコードはありません。",
        "There is no code “{got}”.",
        "「{near}」のことですか。\nコードは、それぞれの指摘の初めに出ています。",
        "Did you mean “{near}”?\nThe code of a remark stands at its beginning.",
    ),
}
