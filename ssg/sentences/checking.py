"""What `ssg check` has to say."""

from __future__ import annotations

from ssg.sentences.kinds import W

CHECKING = {
    "format/no-description": W(
        "紹介文（description）がありません。",
        "There is no description.",
        "検索結果に出る文です。何がわかる記事かを、70〜120文字で書きます。",
        "Search results show it. Say in 70 to 120 characters what readers learn.",
    ),
    "format/no-recommended": W(
        "お勧め（recommended）がありません。",
        "There is no recommended box.",
        "どんな人に読んでほしいかを、「〜したい方」のように3〜7件書きます。",
        "Name 3 to 7 kinds of readers: people who want this, people who worry about that.",
    ),
    "format/no-summary": W(
        "要約（summary）がありません。",
        "There is no summary.",
        "読まなくても結論がわかるように、60〜300文字で書きます。",
        "Say in 60 to 300 characters what the post comes to.",
    ),
    "format/no-cover": W(
        "本文に画像がありますが、表紙（cover）がありません。",
        "There are pictures in the text, but no cover.",
        "いちばん目を引く一枚を、cover: に書きます。",
        "Choose the best of them and name it with cover:.",
    ),
    "format/no-sources": W(
        "伝え聞いた数字がありますが、出どころ（sources）がありません。",
        "There are figures from elsewhere, but no sources.",
        "元の資料の題名とアドレスを、sources: に書きます。",
        "Name the title and the address of the document with sources:.",
    ),
    "format/recommended-repeated": W(
        "お勧めの「{got}」が二度書かれています。",
        "“{got}” is recommended twice.",
        "一つを別の読者に替えるか、消します。",
        "Name another reader, or remove one of them.",
    ),
    "format/recommended-reader": W(
        "お勧めの「{got}」が、読む人を指していません。",
        "“{got}” names no reader.",
        "「〜したい方」「〜に迷っている人」のように、人で終えます。",
        "End with people: those who want something, those who worry about something.",
    ),
    "format/recommended-length": W(
        "お勧めが{length}文字です。",
        "An entry of recommended has {length} characters.",
        "5〜60文字で、その人の困りごとや望みがわかるように書きます。",
        "In 5 to 60 characters, say what that reader wants.",
    ),
    "format/summary-repeats": W(
        "要約（summary）が {key} とほとんど同じです。",
        "The summary says nearly the same as {key}.",
        "本文の結論と、その理由を書きます。",
        "Write what the post comes to, and why.",
    ),
    "format/empty-summary": W(
        "要約（summary）が「紹介します」だけで、中身を言っていません。",
        "The summary only announces the post.",
        "わかったこと、数字、結論をそのまま書きます。",
        "Say what you found: figures and conclusions.",
    ),
    "format/typed-kicker": W(
        "{key} に【{got}】が手で書かれています。",
        "【{got}】 is typed into the {key}.",
        "kicker: {got} と書くと、【 】は自動で付きます。",
        "Write kicker: {got} and the brackets come by themselves.",
    ),
    "format/typed-label": W(
        "{key} が「{got}」という見出しの言葉で始まっています。",
        "The {key} begins with its own heading, “{got}”.",
        "「{got}」を消します。見出しは自動で付きます。",
        "Remove “{got}”: the heading comes by itself.",
    ),
    "format/no-tldr": W(
        "一言の要約（tldr）がありません。",
        "There is no tldr.",
        "だれが何をしたかを、120文字までの一文で書きます。",
        "Say in one sentence of up to 120 characters who did what.",
    ),
    "format/tldr-repeats": W(
        "一言の要約（tldr）が題名とほとんど同じです。",
        "The tldr says nearly the same as the title.",
        "題名にない事実を一つ足します。",
        "Add a fact that is not in the title.",
    ),
    "format/no-key-points": W(
        "要点（key_points）がありません。",
        "There are no key points.",
        "題名と一文の組を、3〜5個書きます。",
        "Write 3 to 5 of them, each with a title and a sentence.",
    ),
    "format/key-point-count": W(
        "要点（key_points）が{count}個です。",
        "The number of key points is {count}.",
        "{least}〜5個になるように足します。\n3〜{most}個にしぼります。",
        "Write more, until there are {least} to 5.\nKeep the best 3 to {most}.",
    ),
    "format/empty-point": W(
        "要点「{got}」の文が、題名のほかに何も言っていません。",
        "The text of the key point “{got}” says no more than its title.",
        "何が起きたかを、一文で書きます。",
        "Say in a sentence what happened.",
    ),
    "format/placeholder": W(
        "見本の「{got}」が、書き換えられずに残っています。",
        "“{got}” is still there from the draft that ssg new made.",
        "自分の言葉に書き換えるか、消します。",
        "Replace it with your own words, or delete it.",
    ),
    "format/short-body": W(
        "本文が{length}文字しかありません。",
        "The text has only {length} characters.",
        "{least}文字はほしいところです。背景か、具体例を足します。",
        "It should have {least}. Add the background or an example.",
    ),
    "format/title-in-body": W(
        "本文の途中に、題名と同じ段の見出し（#）があります。",
        "There is a heading of the title's level (#) within the text.",
        "## にします。# は、本文のいちばん上にだけ置けます。",
        "Make it ##. A # may only stand at the top of the text.",
    ),
    "format/skipped-level": W(
        "見出しの段が飛んで、{got} になっています。",
        "The heading skips a level: {got}.",
        "ここは {better} にします。",
        "Write {better} here.",
    ),
    "format/empty-section": W(
        "見出し「{got}」の下に、何も書かれていません。",
        "There is nothing below the heading “{got}”.",
        "文を書くか、見出しを消します。",
        "Write something, or remove the heading.",
    ),
    "format/typed-number": W(
        "見出しの番号が手で書かれています（「{got}」など{count}か所）。",
        "Headings have numbers typed by hand (“{got}”; places: {count}).",
        "番号を消して numbering: roman と書くと、自動で付きます。",
        "Remove them and write numbering: roman to have them made.",
    ),
    "format/typed-recommended": W(
        "お勧めの一覧が、手で作られています。",
        "The recommended box is made by hand.",
        "front matter の recommended: に書くか、:::recommended ではさみます。✅ は自動で付きます。",
        "Write it below recommended: in the front matter, or between :::recommended and :::. "
        "✅ comes by itself.",
    ),
    "format/typed-list": W(
        "「{got}」で、箇条書きが手で作られています。",
        "A list is made by hand with “{got}”.",
        "行頭の「- 」がもう印になるので、「{needless}」を消します。\n"
        "行頭に「{dash}」か「1. 」を付けます。項目と内容の組なら、表にします。",
        "The “- ” makes the list already: remove “{needless}”.\n"
        "Begin each line with “{dash}” or “1. ”. For names and values use a table.",
    ),
    "format/typed-summary": W(
        "要約が、本文に手で作られています。",
        "The summary is made by hand in the text.",
        "front matter の {key}: に書くと、囲みが付きます。",
        "Write it as {key}: in the front matter, and the box comes by itself.",
    ),
    "format/typed-contents": W(
        "目次が、手で作られています。",
        "The table of contents is made by hand.",
        "見出しから自動で作られるので、消します。",
        "Remove it: one is made of the headings.",
    ),
    "format/long-paragraph": W(
        "{length}文字の間、段落が変わりません。",
        "A paragraph of {length} characters.",
        "話の変わり目に空行を入れます。画面では200文字ほどが読みやすい長さです。",
        "Put empty lines where the thought turns; 200 characters are easy to read on a screen.",
    ),
    "format/long-sentence": W(
        "一つの文が{length}文字あります。",
        "A sentence of {length} characters.",
        "二つか三つの文に分けます。",
        "Make two or three of it.",
    ),
    "markup/heading": W(
        "この行は見出しにならず、記号のまま出ます。",
        "This line is no heading; its signs are shown.",
        "「{better}」のように、半角の # の後に空白を入れます。",
        "Write “{better}”: half-width #, then a space.",
    ),
    "markup/rule": W(
        "すぐ下に線（---）があるので、この文が見出しになります。",
        "The line of --- right below makes a heading of this sentence.",
        "線を引くなら、--- の上に空行を入れます。見出しなら「## 」で始めます。",
        "For a rule, put an empty line above ---. For a heading, begin it with “## ”.",
    ),
    "markup/list": W(
        "「{got}」で始まる行が、箇条書きになりません。",
        "The line that begins with “{got}” is no item of a list.",
        "「{better}」と、半角の記号の後に空白を入れます。",
        "Begin it with “{better}”: half-width signs, then a space.",
    ),
    "markup/table": W(
        "この表は、記号のまま文字で出ます。",
        "This table is shown as text.",
        "一行目のすぐ下に {row} という行を入れます。",
        "Put the line {row} right below its first one.",
    ),
    "markup/link": W(
        "この書き方では、リンクや画像になりません。",
        "This is no link and no picture.",
        "半角の括弧で、間を空けずに {better} と書きます。",
        "Write {better}, with half-width brackets and no space between them.",
    ),
    "markup/unclosed-link": W(
        "リンクの ( が閉じていません。",
        "The ( of this link is never closed.",
        "アドレスの終わりに半角の ) を付けます。",
        "Put a half-width ) at the end of its address.",
    ),
    "markup/picture": W(
        "この書き方では、画像になりません。",
        "This is no picture.",
        "![何の画像か]({name}) と書きます。",
        "Write ![what it shows]({name}).",
    ),
    "markup/shortcode": W(
        "「{got}」はほかのプログラムの書き方なので、文字のまま出ます。",
        "“{got}” is the markup of another program and stays text.",
        "使えるのは @[youtube](動画のID)、@[card](アドレス)、:::message などです。"
        "目次は自動で付きます。",
        "There are @[youtube](ID), @[card](address), :::message and others. "
        "The table of contents makes itself.",
    ),
    "markup/player": W(
        "YouTube の <iframe> は、ページを開いただけで読者を YouTube につなぎます。",
        "This <iframe> of YouTube connects readers as soon as they open the page.",
        "代わりに @[youtube]({id}) と書くと、押すまで読み込みません。",
        "Write @[youtube]({id}) instead: it loads only after a click.",
    ),
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
    "japanese/unclosed": W(
        "「{got}…」の前の {sign} が、閉じていません。",
        "The {sign} before “{got}…” is never closed.",
        "終わりに {partner} を付けます。\nかぎかっこの中のかぎかっこは{inner}にします。",
        "Put {partner} at its end.\nA quotation within another one stands in {inner}.",
    ),
    "japanese/unopened": W(
        "「…{got}」の後の {sign} に、始まりのかっこがありません。",
        "Nothing opens what the {sign} behind “…{got}” closes.",
        "始めに {partner} を付けるか、{sign} を消します。",
        "Put {partner} where it begins, or remove the {sign}.",
    ),
    "japanese/particles": W(
        "助詞が「{got}」と続いています。",
        "Two particles stand side by side: “{got}”.",
        "書き直す前のものを消し、一つにします。",
        "Keep one of them.",
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
        "{year}年を今のことのように書いていますが、{now}年になっています。",
        "The year {year} stands for the present, but it is {now}.",
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
    "links/no-anchor": W(
        "リンク先のページに「#{anchor}」という場所がありません。",
        "The page that the link leads to has no place “#{anchor}”.",
        "「#{near}」のことですか。\n見出しの文字か、"
        "見出しに付けた {{#名前}} を # の後ろに書きます。",
        "Did you mean “#{near}”?\nWrite the text of a heading, or the {{#name}} given to it, "
        "after the #.",
    ),
    "links/shortener": W(
        "短縮アドレス（{host}）では、行き先が読む人に見えません。",
        "A shortened address ({host}) hides from readers where it leads.",
        "一度開いて、着いたページの本当のアドレスを書きます。",
        "Open it once, and write the real address of the page where you arrive.",
    ),
    "links/vague-text": W(
        "リンクの文字「{text}」だけでは、行き先が分かりません。",
        "The link text “{text}” does not say where it leads.",
        "行き先の題名や、そこで何が読めるかをリンクの文字にします。",
        "Use the title of the page, or what is to be found there.",
    ),
    "links/same-alt": W(
        "「{first}」とは別の画像に、同じ説明「{alt}」が付いています。",
        "This picture has the same description as “{first}”: “{alt}”.",
        "それぞれの画像に写っているものを書き分けます。",
        "Describe what each picture shows.",
    ),
    "links/gone": W(
        "リンク先のページがありません（{why}）。",
        "The page that the link leads to is gone ({why}).",
        "新しいアドレスを探すか、リンクを外します。",
        "Look for its new address, or remove the link.",
    ),
    "links/no-host": W(
        "リンク先のサイト「{why}」がありません。",
        "There is no site “{why}” any more.",
        "アドレスの打ち間違いでなければ、リンクを外します。",
        "Unless it is a slip of the pen, remove the link.",
    ),
    "links/moved": W(
        "リンク先が引っ越しています: {why}",
        "The page has moved for good: {why}",
        "新しいアドレスに書き換えます。",
        "Write the new address.",
    ),
    "links/tls": W(
        "リンク先の証明書に問題があり、ブラウザーが警告を出します（{why}）。",
        "The site's certificate is not valid, and browsers warn of it ({why}).",
        "アドレスを確かめます。直らないようなら、リンクを外します。",
        "Check the address; if it stays so, remove the link.",
    ),
    "links/private": W(
        "このアドレスは手元の機械や社内からしか開けません: {why}",
        "This address can only be opened in your own network: {why}",
        "公開されているアドレスに書き換えます。",
        "Write the public address.",
    ),
    "built/none": W(
        "調べるページがありません。",
        "There are no pages to look at.",
        "先に ssg build を実行します。",
        "Run ssg build first.",
    ),
    "built/unreadable": W(
        "このページを読めません。",
        "This page cannot be read.",
        "もう一度 ssg build を実行します。",
        "Run ssg build again.",
    ),
    "built/link": W(
        "「{target}」という行き先が、できたサイトにありません。",
        "The site that was built has no “{target}”.",
        "リンクを書いた記事、site.yaml のメニュー、レイアウトのどれかを直します。",
        "Mend the post, the menu of site.yaml or the layout that has the link.",
    ),
    "built/anchor": W(
        "「{target}」の # の後ろの場所が、行き先のページにありません。",
        "The page has no such place as “{target}” means.",
        "見出しの文字か、見出しに付けた名前を # の後ろに書きます。",
        "Write the text of a heading, or the name given to it, after the #.",
    ),
    "built/asterisks": W(
        "「**」が文字のまま表に出ています。",
        "“**” is shown as it is.",
        "太字の書き方か、レイアウトを直します。",
        "Mend the bold text, or the layout.",
    ),
    "built/no-alt": W(
        "画像「{src}」に alt がありません。",
        "The picture “{src}” has no alt.",
        "何の画像かを alt に書きます。飾りなら空の alt を付けます。",
        "Say in alt what it shows; for decoration, leave it empty.",
    ),
    "built/same-id": W(
        "同じ id「{id}」が一つのページに二つあります。",
        "The id “{id}” is there twice in one page.",
        "どちらかの名前を変えます。",
        "Rename one of them.",
    ),
    "built/no-lang": W(
        "ページの言語（lang）が書かれていません。",
        "The page does not say its language (lang).",
        "レイアウトの html に lang を付けます。",
        "Give the html of the layout a lang.",
    ),
    "built/canonical": W(
        "正規のアドレスが、このページのものではありません: {got}",
        "The canonical address is not that of this page: {got}",
        "site.yaml の url を確かめ、ssg build をやり直します。",
        "Check the url of site.yaml, and build again.",
    ),
    "built/no-image": W(
        "共有されたときの画像（og:image）がありません: {got}",
        "The picture for sharing (og:image) is not there: {got}",
        "ssg build をやり直します。自作のレイアウトなら partials/head.html を読み込みます。",
        "Build again; a layout of your own should include partials/head.html.",
    ),
    "built/same-title": W(
        "{first} と同じ <title> です。",
        "The <title> is the same as that of {first}.",
        "検索結果で見分けがつくように、違いを題名に出します。",
        "Let the titles say how they differ: in search results nothing else does.",
    ),
    "figures/scale": W(
        "元の「{original}」は{better}なのに、「{got}」と書かれています。",
        "The source says “{original}”, which is {better}, but here it is “{got}”.",
        "桁と通貨を確かめます。billion は10億、million は100万です。",
        "Check the currency, and count the zeros of the source and of the sum here.",
    ),
    "figures/grouping": W(
        "「{got}」の桁の区切りがおかしいようです。",
        "The digits of “{got}” are grouped in an odd way.",
        "コンマは半角で3桁ごとに打ち、万や億の前の数は4桁までにします。",
        "Put a comma after every three digits, and at most four digits before a unit.",
    ),
    "advertising/no-label": W(
        "「{got}」とありますが、この記事には広告の表示が付きません。",
        "The post says “{got}” but carries no advertising label.",
        "広告主を partners: に書くか、:::pr で置きます。題名の下に「広告」の表示が付きます。",
        "Name the advertiser in partners: or with :::pr; the label then stands below the title.",
    ),
    "advertising/front-matter": W(
        "参照元や画像の出どころとして、広告のリンクが置かれています。",
        "An advertiser's link stands in the place of a source.",
        "ここには広告でない本来のアドレスを書き、広告のリンクは本文か partners: に置きます。",
        "Write the plain address here, and put the advertiser's link into the text or partners:.",
    ),
    "advertising/counter": W(
        "見えない1ピクセルの画像が、読んだ人のことをほかのサイトに知らせています。",
        "An invisible picture of one pixel tells another site who reads this.",
        "要らないものなら消します。広告のものなら、広告のリンクも一緒に置きます。",
        "Remove it if nobody needs it; if it belongs to an advertisement, place its link as well.",
    ),
    "advertising/claim": W(
        "「{got}」と言い切る根拠が書かれていません。",
        "Nothing is given that “{got}” rests on.",
        "調査の名前とアドレスを basis: に書くか、言い方を和らげます。",
        "Write the title and address of the survey into basis:, or say less.",
    ),
    "rights/mostly-quoted": W(
        "引用が文章全体の{share}%を占めています。",
        "Quotations make up {share}% of the text.",
        "自分の文章が主、引用が従になるように、引くのは必要なところだけにします。",
        "Quote only what is needed: your own words must be the larger part.",
    ),
    "rights/no-source": W(
        "この引用の出典が書かれていません。",
        "This quotation names no source.",
        "元のページを sources: に書くか、引用のすぐ後に出典とリンクを置きます。",
        "Write its page into sources:, or put the source with a link right behind it.",
    ),
    "sharing/title-cut": W(
        "題名が全角{width}文字ぶんあり、検索結果では途中で切れます（{most}文字までなら無難です）。",
        "The title is {width} full-width characters wide; search results cut it. "
        "Up to {most} are safe.",
        "大事な言葉を前に出すか、短くします。",
        "Put the important words first, or shorten it.",
    ),
    "sharing/description-cut": W(
        "説明文が全角{width}文字ぶんあり、検索結果では{most}文字ほどで切れます。",
        "The description is {width} full-width characters wide; "
        "search results cut it after {most}.",
        "大事なことを前に出すか、短くします。",
        "Put what matters first, or shorten it.",
    ),
    "sharing/number-slug": W(
        "アドレスの名前が数字「{slug}」だけなので、何のページか分かりません。",
        "The name in the address is only a number, “{slug}”, "
        "and does not say what the page is about.",
        "slug: に ai-search のような短い言葉を書きます。公開した後なら、"
        "前のアドレスを aliases: に残します。",
        "Write a short word such as ai-search into slug:. Once published, "
        "keep the old address in aliases:.",
    ),
    "sharing/long-slug": W(
        "共有するとアドレスの名前が{length}文字になります（日本語は1文字が9文字に化けます）。",
        "When shared, the name in the address grows to {length} signs: "
        "each Japanese letter becomes nine.",
        "slug: に短い名前を書きます。",
        "Write a short name into slug:.",
    ),
    "sharing/same-description": W(
        "{first} と同じ説明文です。",
        "The description is the same as that of {first}.",
        "このページだけに当てはまる説明にします。",
        "Describe what only this page has.",
    ),
    "privacy/gps": W(
        "この写真には撮った場所（GPS）が記録されています。",
        "This photo records where it was taken (GPS).",
        "公開する画像からは消していますが、元のファイルは手元や GitHub に残ります。"
        "場所の情報を消したものに差し替えます。",
        "It is left out of what is published, "
        "but the original stays in your folder and repository. "
        "Replace it by one without its place.",
    ),
    "privacy/gps-published": W(
        "撮った場所（GPS）が記録された写真が、そのまま公開されます。",
        "A photo is published together with the place where it was taken (GPS).",
        "場所の情報を消したものに差し替えます。"
        "ssg が消すのは記事のそばと assets/images/ の画像からです。"
        "ここにあるものには手を加えません。",
        "Replace it by one without its place. ssg removes places only from pictures beside posts "
        "and in assets/images/; what lies here is published as it is.",
    ),
    "privacy/email": W(
        "メールアドレス「{got}」がそのまま載っています。",
        "The e-mail address “{got}” is shown as it is.",
        "人のものなら消します。自分のものなら、"
        "問い合わせのページへのリンクにすると迷惑メールを防げます。",
        "Remove it if it is somebody's; link to your contact page if it is yours, "
        "to keep spam away.",
    ),
    "privacy/phone": W(
        "電話番号「{got}」がそのまま載っています。",
        "The telephone number “{got}” is shown as it is.",
        "個人のものなら消します。店や会社の代表番号なら、このままで構いません。",
        "Remove it if it is a person's; the number of a shop or company may stay.",
    ),
    "privacy/embed": W(
        "「{name}」に読む人の情報が送られますが、どの固定ページにも書かれていません。",
        "Something about readers is sent to “{name}”, and no page says so.",
        "プライバシーポリシーなどに書きます。書くための表は ssg check --embeds で出せます。",
        "Say so on your privacy page. ssg check --embeds prints a table for it.",
    ),
    "check/no-code": W(
        "何を言わせないのか、指摘のコードが書かれていません。",
        "Nothing says which remarks are not wanted.",
        "japanese/doubled のように、指摘の初めに出ているコードを続けて書きます。"
        "japanese/* と書けば、japanese/ で始まる指摘すべてです。",
        "Add the code at the beginning of the remark, such as japanese/doubled. "
        "japanese/* stands for all that begin so.",
    ),
    "html/active": W(
        "本文の HTML に {name} があり、読む人のブラウザーで動きます。",
        "HTML in the text has {name}, which runs in readers' browsers.",
        "自分で書いたものか、信頼できるところのものかを確かめ、要らなければ消します。",
        "Make sure that you wrote it or trust who did, and remove it if it is not needed.",
    ),
    "html/no-alt": W(
        "HTML の画像「{name}」に説明（alt）がありません。",
        "The picture “{name}” in HTML has no alt text.",
        'alt="何の画像か" を加えます。ただの飾りなら alt="" と書きます。',
        'Add alt="what it shows", or alt="" for mere decoration.',
    ),
    "html/address": W(
        "HTML に書いたアドレス「{address}」は、できるサイトにありません。",
        "The site will have nothing at the address “{address}”, which stands in HTML.",
        "HTML のアドレスは、書いたとおりに出ます。\n"
        "Markdown で [文字]({post}) と書けば、記事のアドレスに変わります。\n"
        "Markdown で ![何の画像か]({picture}) と書けば、画像も公開されます。",
        "Addresses in HTML are shown as they are.\n"
        "Written in Markdown, [text]({post}) becomes the address of that post.\n"
        "Written in Markdown, ![what it shows]({picture}) publishes the picture too.",
    ),
    "check/unknown-code": W(
        "「{got}」というコードはありません。",
        "There is no code “{got}”.",
        "「{near}」のことですか。\nコードは、それぞれの指摘の初めに出ています。",
        "Did you mean “{near}”?\nThe code of a remark stands at its beginning.",
    ),
}
