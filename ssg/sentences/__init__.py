"""The sentences of the message catalogue, in Japanese and English."""

from __future__ import annotations

from ssg.sentences.checking import CHECKING
from ssg.sentences.kinds import E, Sentence, W
from ssg.sentences.publishing import PUBLISHING

WORDS = {
    "ja": {
        "text": "文字",
        "list": "リスト",
        "mapping": "「キー: 値」の組",
        "int": "整数",
        "float": "小数",
        "str": "文字",
        "Markup": "文字",
        "bool": "true か false",
        "dict": "「キー: 値」の組",
        "tuple": "リスト",
        "datetime.date": "日付",
        "datetime.datetime": "日時",
        "NoneType": "ないもの",
        "day": "日",
        "week": "週",
        "404": "404ページ",
        "archives": "月別の記事の一覧",
        "authors": "書き手の一覧",
        "categories": "カテゴリーの一覧",
        "companies": "会社の一覧",
        "feed": "フィード",
        "home": "トップページ",
        "robots": "robots.txt",
        "series": "連載の一覧",
        "sitemap": "サイトマップ",
        "tags": "タグの一覧",
        "trends": "トレンドのページ",
        "tab": "タブ",
        "no-break-space": "特殊な空白（U+00A0）",
        "wide-space": "全角スペース",
        "Is a directory": "フォルダーです",
        "Too many levels of symbolic links": "自分自身に戻るリンクです",
        "dead-link": "行き先のないリンクです",
        "special-file": "ふつうのファイルではありません",
        "cut-short": "途中で切れています",
        "broken-inside": "中身が崩れています",
        "no-host": "そういう名前のホストはありません",
        "a-player": "YouTube の動画",
        "an-affiliate": "アフィリエイトのリンク",
        "No space left on device": "空き容量がありません",
        "No such file or directory": "見つかりません",
        "Not a directory": "フォルダーではありません",
        "Permission denied": "開く許可がありません",
        "Read-only file system": "書き込めない場所です",
        "File too large": "ファイルが大きすぎます",
        "File name too long": "名前が長すぎます",
        "File exists": "同じ名前のものがもうあります",
        "Too many open files": "一度に開けるファイルの数を超えました",
        "Device or resource busy": "ほかで使われています",
        "Name or service not known": "そういう名前のホストはありません",
        "Input/output error": "装置が読み書きに失敗しました",
    },
    "en": {
        "text": "text",
        "list": "a list",
        "mapping": "“key: value” pairs",
        "int": "a whole number",
        "float": "a number",
        "str": "text",
        "Markup": "text",
        "bool": "true or false",
        "dict": "“key: value” pairs",
        "tuple": "a list",
        "datetime.date": "a date",
        "datetime.datetime": "a date and time",
        "NoneType": "nothing",
        "404": "the 404 page",
        "archives": "the list of months",
        "authors": "the list of authors",
        "categories": "the list of categories",
        "companies": "the list of companies",
        "feed": "a feed",
        "home": "the home page",
        "robots": "robots.txt",
        "series": "the list of series",
        "sitemap": "the sitemap",
        "tags": "the list of tags",
        "trends": "the page of trends",
        "tab": "tab",
        "no-break-space": "no-break space (U+00A0)",
        "wide-space": "full-width space",
        "Is a directory": "it is a folder",
        "Too many levels of symbolic links": "it is a link that leads back to itself",
        "dead-link": "it is a link that leads nowhere",
        "special-file": "it is no ordinary file",
        "cut-short": "it ends too early",
        "broken-inside": "its content is broken",
        "no-host": "there is no host of that name",
        "a-player": "a video of YouTube",
        "an-affiliate": "an affiliate link",
    },
}

# What `ssg build --explain` says of a page, and of what it is made of.
FATES = {
    "ja": {
        "new": "{page} は新しいページです。",
        "made": "{page} を作り直しました。変わったもの:",
        "kept": "{page} は作り直していません。材料は前のときと同じです。",
        "missing": "{page} というページはありません。",
        "near": "近いもの: {name}",
        "input": "  {name}",
        "source": "  {name}（{role}）",
        "order": "  載っている記事の顔ぶれ、順番、数",
        "site.yaml": "site.yaml、またはレイアウトの文言",
        "menus": "全ページ共通のもの（メニュー、カテゴリー、年）",
        "ssg": "ssg 自身、または使っているライブラリー",
    },
    "en": {
        "new": "{page} is a new page.",
        "made": "{page} was made anew. What has changed:",
        "kept": "{page} was not made anew: all that it is made of is as before.",
        "missing": "There is no page {page}.",
        "near": "Did you mean {name}?",
        "input": "  {name}",
        "source": "  {name} ({role})",
        "order": "  which posts stand on it, their order or their number",
        "site.yaml": "site.yaml, or the texts of layouts",
        "menus": "what every page shows (menus, categories, years)",
        "ssg": "ssg itself, or a library that it uses",
    },
}
_LISTED = ("shown", "front", "groups", "briefs", "stories")
ROLES = {
    "ja": {
        "post": "このページの記事",
        **dict.fromkeys(_LISTED, "一覧に載る記事"),
        **dict.fromkeys(("older", "newer"), "前後の記事"),
        **dict.fromkeys(("author", "author_text", "text"), "書き手"),
        "related": "関連する記事",
        "series": "同じシリーズの記事",
        "items": "フィードに載る記事",
        "introduction": "まえがき",
    },
    "en": {
        "post": "this post",
        **dict.fromkeys(_LISTED, "a post in the list"),
        **dict.fromkeys(("older", "newer"), "the post before or after"),
        **dict.fromkeys(("author", "author_text", "text"), "the author"),
        "related": "a related post",
        "series": "a post of the series",
        "items": "a post in the feed",
        "introduction": "the introduction",
    },
}
FRAME = {
    "ja": {
        "hint": "ヒント: {hint}",
        "warning": "注意 ",
        "more": "ほかに{count}件あります。",
        "failed": "公開していません。誤り{errors}件、注意{warnings}件。"
        "前のサイトはそのままです。くわしくは ssg explain コード。",
        "unread": "調べられませんでした。誤り{errors}件、注意{warnings}件。"
        "くわしくは ssg explain コード。",
        "strict": "注意{warnings}件。--strict のため公開していません。前のサイトはそのままです。",
        "defect": "ssg の不具合です: {error}。--debug を付けると詳しい記録が出ます。",
        "serving": "{address} を開いてください（{pages}ページ、記事{posts}本）。"
        "Ctrl-C で終わります。",
        "renewed": "{files} を取り込みました（開いているページの更新{count}、{ms}ミリ秒）。",
        "due": "公開や終了の日時が来ました（開いているページの更新{count}、{ms}ミリ秒）。",
        "kept": "{files} に誤りがあります。前の内容を表示しています（{ms}ミリ秒）。",
        "others": " ほか{count}個",
    },
    "en": {
        "hint": "hint: {hint}",
        "warning": "warning ",
        "more": "{count} more.",
        "failed": "Not published. Errors: {errors}, warnings: {warnings}. "
        "The old site is untouched. For more: ssg explain CODE.",
        "unread": "Could not be checked. Errors: {errors}, warnings: {warnings}. "
        "For more: ssg explain CODE.",
        "strict": "Warnings: {warnings}. Not published because of --strict. "
        "The old site is untouched.",
        "defect": "This is a defect of ssg: {error}. --debug shows the details.",
        "serving": "Open {address} (pages: {pages}, posts: {posts}). Ctrl-C ends the preview.",
        "renewed": "Renewed: {files} (open pages: {count}; {ms} ms).",
        "due": "The time has come for a post (open pages: {count}; {ms} ms).",
        "kept": "Not taken over: {files}. The last good pages stay ({ms} ms).",
        "others": " and {count} more",
    },
}

# Rules of typed fields; the same in front matter, site.yaml and data files.
_FIELDS = {
    "unknown-key": E(
        "「{key}」というキーはありません。",
        "There is no key “{key}”.",
        "「{near}」のことですか。\n書けるのは {known} です。\n"
        "下書きなら {held} と書きます。公開する記事には要りません。\n"
        "これは {home} に置くファイルの項目です。\n"
        "自分で決めたキーは {free}: の下に書きます。",
        "Did you mean “{near}”?\nThere are: {known}.\n"
        "Write {held} into a draft; a post to publish needs nothing.\n"
        "It is a key of files in {home}.\n"
        "Keys of your own go below {free}:.",
    ),
    "reserved-key": E(
        "「{key}」は ssg が使う名前なので、キーにできません。",
        "“{key}” is a name that ssg uses itself; it cannot be a key.",
        "別の名前にしてください。",
        "Choose another name.",
    ),
    "missing": E(
        "「{key}」がありません。",
        "“{key}” is missing.",
        "必ず書く項目です。",
        "It is required.",
    ),
    "blank": E(
        "「{key}」が空か、目に見えない文字だけです。",
        "“{key}” is empty or holds only invisible characters.",
        "「{key}」の内容を書いてください。\n使えるのは {options} です。",
        "Write something for “{key}”.\nChoose one of: {options}.",
    ),
    "type": E(
        "「{key}」には{expected}を書きますが、{kind}になっています。",
        "“{key}” takes {expected}, but this is {kind}.",
        "文字として読ませるには、{better} のように引用符で囲みます。\n"
        "リストにせず、{bare} とだけ書きます。\n"
        "行頭の「{undone}」を取り、一つの文章にします。\n"
        "行を分け、それぞれの行頭に「{dash}」を付けます。\n"
        "次の行から、字下げして {pair} のように書きます。\n"
        "{pairs} を、キーごとに行を分け、字下げをそろえて書きます。",
        "If it is meant as text, put quotes around it: {better}\n"
        "Write only {bare}, not a list.\n"
        "Take away “{undone}” and make one text of it.\n"
        "Put each entry on a line of its own and “{dash}” before it.\n"
        "Write for example {pair} in the lines below, with an indent.\n"
        "Write {pairs}, each key on a line of its own, with the same indent.",
    ),
    "flag": E(
        "「{key}」に書けるのは true か false だけです（いまは {got}）。",
        "“{key}” takes only true or false (now: {got}).",
        "引用符を付けずに true か false と書きます。",
        "Write true or false, without quotes.",
    ),
    "integer": E(
        "「{key}」には整数を書きます（いまは {got}）。",
        "“{key}” takes a whole number (now: {got}).",
        "10 のように、半角の数字だけで書きます。",
        "Write digits only, such as 10.",
    ),
    "rating": E(
        "「{key}」には1から5までの整数を書きます（いまは {got}）。",
        "“{key}” takes a whole number from 1 to 5 (now: {got}).",
        "5 がいちばん高い評価です。半角の数字だけで書きます。",
        "5 is the best. Write the digit only.",
    ),
    "number": E(
        "「{key}」の {got} は、数として扱えません。",
        "“{key}”: {got} cannot be used as a number.",
        "文字として扱うなら引用符で囲みます。",
        "Put quotes around it if it is meant as text.",
    ),
    "list": E(
        "「{key}」はリストで書きます。",
        "“{key}” takes a list.",
        "{better} のように書きます。\n"
        "一つずつ行を分け、{item} のように、半角の「-」と半角の空白で始めます。",
        "Write {better}\n"
        "Put each entry on a line of its own that begins with “-” and a space: {item}",
    ),
    "choice": E(
        "「{key}」に「{got}」は選べません。選べるのは {options} です。",
        "“{key}” cannot be “{got}”. Choose one of: {options}.",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
    ),
    "date": E(
        "「{key}」の日付「{got}」を読めません。",
        "“{key}”: cannot read the date “{got}”.",
        "{exact} のように書きます。\n{better} か、{better} 07:30 のように書きます。",
        "Write {exact}\nWrite {better} or {better} 07:30.",
    ),
    "no-such-date": E(
        "「{key}」の「{got}」という日時はありません。",
        "“{key}”: there is no such date as “{got}”.",
        "月、日、時刻、時差を確かめてください。",
        "Look at the month, the day, the time and the time zone.",
    ),
    "date-range": E(
        "「{key}」の「{got}」は扱えません（1900年から2199年まで）。",
        "“{key}”: “{got}” is out of range (the years 1900 to 2199).",
        "年を確かめてください。",
        "Look at the year.",
    ),
    "url": E(
        "「{key}」の「{got}」はアドレスになっていません。",
        "“{key}”: “{got}” is not an address.",
        "https:// から始まる形で書きます。",
        "Write it in full, beginning with https://.",
    ),
    "language": E(
        "「{key}」の「{got}」は言語の記号ではありません。",
        "“{key}”: “{got}” is not a language tag.",
        "ja や en のように書きます。",
        "Write for example ja or en.",
    ),
}

_YAML = {
    "yaml/syntax": E(
        "ここの書き方を読み取れません。",
        "This cannot be read.",
        "この行か、すぐ上の行の記号と字下げを見直してください。記号で始まる文は引用符で囲みます。",
        "Look at the signs and the indent of this line or the one above. "
        "Text that begins with a sign needs quotes.",
    ),
    "yaml/no-space": E(
        "コロンの後に空白がありません。",
        "There is no space after the colon.",
        "{better} と書きます。",
        "Write {better}",
    ),
    "yaml/no-colon": E(
        "「{what}」が「キー: 値」の形になっていません。",
        "“{what}” is not in the form “key: value”.",
        "半角のコロンと空白で区切ります。\n"
        "上の行の続きなら、{block} と書いて改行し、文をどの行も字下げします。\n"
        "本文なら、この行の前に {fence} と書いて項目を閉じます。",
        "Use a colon and a space.\n"
        "If it belongs to the line above, write {block} there and indent all lines of the text "
        "below it.\n"
        "If the text begins here, put {fence} before this line.",
    ),
    "yaml/misaligned": E(
        "この行の字下げが、ほかの行と合っていません。",
        "The indent of this line does not fit the other lines.",
        "同じ並びの項目は、行頭の空白の数をそろえます。",
        "Begin lines that belong together at the same place.",
    ),
    "yaml/list-indent": E(
        "この「- 」は、字下げのために上の行の続きとして読まれます。",
        "Because of its indent this “- ” is read as a part of the line above.",
        "行頭の空白の数を、上の「- 」とそろえます。",
        "Begin it at the same place as the “- ” above.",
    ),
    "yaml/quote": E(
        "ここで始まる引用符 {got} が閉じていません。",
        "The quotation mark {got} that opens here is not closed.",
        "値の最後にも {got} を付けます。",
        "Put {got} at the end of the value too.",
    ),
    "yaml/bracket": E(
        "ここで始まる括弧が {got} で閉じていません。",
        "The bracket that opens here is not closed by {got}.",
        "最後に {got} を付けるか、文字なら全体を引用符で囲みます。",
        "Put {got} at the end, or quotes around the whole if it is text.",
    ),
    "yaml/escape": E(
        "「{got}」は文字として読めません。",
        "“{got}” cannot be read as a character.",
        "\\ をそのまま書くときは、値を ' で囲みます。絵文字や漢字は、そのまま打てます。",
        "To write \\ itself, put ' around the value. Type emoji and letters as they are.",
    ),
    "yaml/wide-colon": E(
        "コロンが全角「：」です。",
        "The colon is full-width (：).",
        "半角の「:」と半角の空白にします。",
        "Use “:” and a space.",
    ),
    "yaml/wide-space": E(
        "コロンの後が{kind}です。",
        "A {kind} follows the colon.",
        "半角の空白にします。",
        "Use an ordinary space.",
    ),
    "yaml/wide-bracket": E(
        "括弧が全角です。",
        "This bracket is full-width.",
        "半角の括弧で、{better} と書きます。",
        "Use half-width ones: {better}",
    ),
    "yaml/dash": E(
        "この行頭の記号は、リストの印として読めません。",
        "This sign does not begin an entry of a list.",
        "{better} のように、半角の「-」と半角の空白で始めます。",
        "Begin the line with “-” and a space: {better}",
    ),
    "yaml/needs-quotes": E(
        "この値は引用符で囲まないと読めません。",
        "This value cannot be read without quotes.",
        "{better} と書きます。\nリストなら、次の行に {item} と書きます。",
        "Write {better}\nor, for a list, {item} in the next line.",
    ),
    "yaml/hash-value": E(
        "「{what}」は # で始まるので、読み飛ばされてしまいます。",
        "“{what}” begins with # and is skipped as a comment.",
        '"{what}" のように引用符で囲むか、# を取ります。',
        'Write "{what}" with quotes, or leave the # out.',
    ),
    "yaml/hash-comment": W(
        "「{what}」は、前に空白があるのでコメントになり、表示されません。",
        "“{what}” follows a space, so it is a comment and not shown.",
        "表示したいときは、値全体を引用符で囲みます。",
        "Put quotes around the whole value to show it.",
    ),
    "yaml/indent": E(
        "ここに{kind}があります。使えるのは半角の空白だけです。",
        "There is a {kind} here. Only ordinary spaces can be used.",
        "半角の空白に置き換えてください。",
        "Replace it by spaces.",
    ),
    "yaml/duplicate": E(
        "「{key}」がもう一度書かれています（最初は{first}行目）。",
        "“{key}” is written again (first in line {first}).",
        "どちらか一つを消してください。",
        "Remove one of them.",
    ),
    "yaml/anchor": E(
        "「{what}」は使えません。",
        "“{what}” cannot be used (anchors, aliases and merge keys are not taken).",
        "文字として書くなら引用符で囲みます。",
        "Put quotes around it if it is meant as text.",
    ),
    "yaml/tag": E(
        "「{what}」は使えません。",
        "“{what}” cannot be used (tags are not taken).",
        "文字として書くなら引用符で囲みます。",
        "Put quotes around it if it is meant as text.",
    ),
    "yaml/too-deep": E(
        "括弧や字下げが深すぎます（{limit}段まで）。",
        "This is nested too deeply (at most {limit} levels).",
        "要らない括弧や字下げを減らしてください。",
        "Remove brackets or indents that are not needed.",
    ),
    "yaml/two-documents": E(
        "区切り線のために、項目が二つに分かれています。",
        "A dividing line makes two parts of this.",
        "項目を一つにまとめてください。",
        "Put all keys into one part.",
    ),
    "yaml/key": E(
        "ここが「キー: 値」の形になっていません。",
        "This is not in the form “key: value”.",
        "コロンの前には文字だけを書きます。括弧で始まる文は引用符で囲みます。",
        "Write plain text before the colon. Text that begins with a bracket needs quotes.",
    ),
    "yaml/not-a-mapping": E(
        "「キー: 値」の形になっていません。",
        "This is not in the form “key: value”.",
        "title: 題名 のように、半角のコロンと空白で区切ります。",
        "Write for example title: My title",
    ),
    "yaml/curly-quotes": W(
        "“ ” は囲む記号として働かず、そのまま表示されます。",
        "Curly quotes do not quote; they are shown as they are.",
        '囲むときは半角の " を使います。',
        'Use the straight " to quote.',
    ),
}

_FRONT_MATTER = {
    "front-matter/none": E(
        "ファイルの先頭に、題名などの項目（front matter）がありません。",
        "There is no front matter (title and so on) at the start of the file.",
        "1行目に --- と書き、title: などの項目を並べて、--- で閉じます。",
        "Begin with a line ---, then title: and the others, and close with ---.",
    ),
    "front-matter/opening": E(
        "項目（front matter）は1行目の --- で始めます（いまは「{got}」）。",
        "Front matter begins with --- in the first line (now: “{got}”).",
        "前の空白や空行を消し、半角のハイフン三つだけにします。",
        "Remove what stands before it and write exactly three hyphens.",
    ),
    "front-matter/unclosed": E(
        "項目（front matter）を閉じる --- がありません。",
        "The --- that closes the front matter is missing.",
        "最後の項目の次の行に --- と書きます。",
        "Write --- in the line after the last key.",
    ),
    "front-matter/closing": E(
        "項目（front matter）を閉じる線が「{got}」になっています。",
        "The line that closes the front matter is “{got}”.",
        "半角のハイフン三つ --- だけにします。",
        "Write exactly three hyphens, ---.",
    ),
    "front-matter/heading": E(
        "「{got}」は --- より前にあるので、読み飛ばされてしまいます。",
        "“{got}” stands before the closing ---, so it is skipped as a comment.",
        "本文なら、この行の前に --- と書いて項目を閉じます。",
        "If the text begins here, put --- before this line.",
    ),
    "front-matter/misplaced": E(
        "「{key}」が extra: の下にあるので、働きません。",
        "“{key}” has no effect below extra:.",
        "字下げを消して、行の左端から書きます。",
        "Remove its indent, so that it begins at the left edge.",
    ),
    "front-matter/not-yaml": E(
        "項目（front matter）の書き方が違います（「{got}」で始まる形式は使えません）。",
        "Front matter is YAML (a block that begins with “{got}” cannot be used).",
        "--- で始めて、title: 題名 のように書きます。",
        "Begin with --- and write for example title: My title",
    ),
    "front-matter/too-large": E(
        "項目（front matter）が大きすぎます（64 KBまで）。",
        "The front matter is too large (at most 64 KB).",
        "長い文章は、閉じる --- の後の本文に書きます。",
        "Long texts belong into the body, after the closing ---.",
    ),
    "front-matter/unknown-category": E(
        "カテゴリー「{got}」は site.yaml にありません。",
        "site.yaml has no category “{got}”.",
        "「{near}」のことですか。\n使えるのは {known} です。",
        "Did you mean “{near}”?\nThere are: {known}.",
    ),
    "front-matter/unknown-author": E(
        "書き手「{got}」のファイル content/authors/{got}.md がありません。",
        "There is no author “{got}” (content/authors/{got}.md).",
        "「{near}」のことですか。\nいまいる書き手は {known} です。\n"
        "新しい書き手なら、そのファイルを作ります。",
        "Did you mean “{near}”?\nThere are: {known}.\nMake that file if the author is new.",
    ),
    "front-matter/unknown-partner": E(
        "広告主「{got}」は content/data/partners.yaml にありません。",
        "content/data/partners.yaml has no partner “{got}”.",
        "「{near}」のことですか。\n新しい広告主なら、そのファイルに書き足します。",
        "Did you mean “{near}”?\nAdd it to that file if it is new.",
    ),
    "front-matter/asterisks": E(
        "「{key}」では太字を使えないので、「**」が文字のまま出てしまいます。",
        "“{key}” is plain text, so “**” would be shown as it is.",
        "「**」を取ります。",
        "Leave the “**” out.",
    ),
    "front-matter/alias": E(
        "「{got}」は以前のアドレスとして使えません。",
        "“{got}” cannot be an old address.",
        "/old/post/ のように、サイト名を除いて / から書きます。%E3… は元の文字に戻します。",
        "Leave out https:// and the host and begin with /, as in /old/post/. "
        "Write letters instead of %E3….",
    ),
    "front-matter/repeated": W(
        "「{got}」が二度書かれています。",
        "“{got}” is written twice.",
        "一つを消してください。",
        "Remove one of them.",
    ),
    "front-matter/merged": W(
        "「{got}」は「{name}」と同じものとしてまとめました。",
        "“{got}” was merged with “{name}”.",
        "書き方をそろえてください。",
        "Spell it the same way everywhere.",
    ),
    "front-matter/joined": W(
        "「{got}」が、全体で一つの名前になっています。",
        "“{got}” is one name as a whole.",
        "[ ] の中では {better} のように、半角の「,」で区切ります。"
        "「- 」の行には一つずつ書きます。\n"
        "本当に一つの名前なら、引用符で囲みます。",
        "Between [ and ] use ordinary commas: {better}. After “- ” write one name on each line.\n"
        "If it is one name, put quotes around it.",
    ),
    "front-matter/looks-boolean": W(
        "「{got}」は、はい・いいえの意味ではなく、文字として扱いました。",
        "“{got}” was taken as text, not as yes or no.",
        "引用符で囲むと、この注意は出なくなります。",
        "Put quotes around it to silence this.",
    ),
    "front-matter/expires-early": W(
        "公開を終える日時（expires）が公開日（date）より前なので、公開されません。",
        "expires is earlier than date, so this is never published.",
        "どちらかの日付を直してください。",
        "Correct one of the two.",
    ),
    "front-matter/updated-early": W(
        "更新日（updated）が公開日（date）より前です。",
        "updated is earlier than date.",
        "どちらかの日付を直してください。",
        "Correct one of the two.",
    ),
    "score/unknown-axis": E(
        "評価の項目「{got}」は site.yaml にありません。",
        "site.yaml has no axis “{got}” for scores.",
        "「{near}」のことですか。\n項目は {known} です。",
        "Did you mean “{near}”?\nThe axes are: {known}.",
    ),
    "score/missing-axis": E(
        "評価の項目 {names} がありません。",
        "The scores lack {names}.",
        "評価は、すべての項目を書くか、まったく書かないかのどちらかです。",
        "Write all axes, or none.",
    ),
    "front-matter/analysis-early": E(
        "分析の日時（analysis.at）が公開日（date）より前です。",
        "analysis.at is earlier than date.",
        "どちらかの日付を直してください。",
        "Correct one of the two.",
    ),
    "front-matter/original": E(
        "original には、原文そのものか file のどちらか一つを書きます。",
        "original takes either the text itself or a file.",
        "原文をそのまま書くか、file: にファイル名を書きます。",
        "Write the text, or name a file with file:.",
    ),
    "front-matter/original-file": E(
        "原文のファイル「{name}」を読めません。",
        "Cannot read the original text “{name}”.",
        "記事のファイルと同じフォルダーに、UTF-8 で置きます。",
        "Put it beside the brief, as UTF-8.",
    ),
    "front-matter/tldr-length": W(
        "一言の要約（tldr）が{length}文字です。",
        "tldr has {length} characters.",
        "120文字までが目安です。",
        "Up to 120 are good.",
    ),
    "digest/unknown": E(
        "「{slug}」という日報や週報は site.yaml の digests にありません。",
        "site.yaml declares no digest “{slug}”.",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
    ),
    "digest/empty": W(
        "「{label}」（digests の{number}番目）に入る速報がありません。",
        "No brief belongs to “{label}” (number {number} of digests).",
        "from: の名前を、記事のタグや発行元の書き方と見比べてください。",
        "Compare the names below from: with those of your briefs.",
    ),
    "digest/no-briefs": W(
        "{period} には入る速報がないので、この前書きは出ません。",
        "No brief belongs to {period}, so this introduction is not shown.",
        "ファイル名の日付や週を確かめてください。",
        "Check the day or week in the file's name.",
    ),
    "digest/period": E(
        "ファイル名「{name}」は、{every}の名前になっていません。",
        "“{name}” does not name a {every}.",
        "{better}.md のように付けます。",
        "Name it for example {better}.md.",
    ),
    "front-matter/long-title": W(
        "題名が{length}文字あります。",
        "The title has {length} characters.",
        "検索結果に出るのは60文字ほどです。長い分は subtitle に移せます。",
        "Search results show about 60. The rest can go into subtitle.",
    ),
    "front-matter/description-length": W(
        "紹介文（description）が{length}文字です。",
        "The description has {length} characters.",
        "40〜140文字が目安です。",
        "40 to 140 are good.",
    ),
    "front-matter/summary-length": W(
        "要約（summary）が{length}文字です。",
        "The summary has {length} characters.",
        "60〜300文字が目安です。",
        "60 to 300 are good.",
    ),
    "front-matter/summary-repeats": W(
        "要約（summary）が紹介文（description）と同じです。",
        "The summary is the same as the description.",
        "読者には両方見えることがあるので、別の文にします。",
        "Readers may see both; write two different texts.",
    ),
    "front-matter/recommended-count": W(
        "お勧め（recommended）が{count}件です。",
        "There are {count} entries under recommended.",
        "3〜7件が目安です。",
        "3 to 7 are good.",
    ),
    "front-matter/typed-check": W(
        "{got} が書かれていますが、印は表示するときに自動で付きます。",
        "There is a {got} here, but the theme adds a sign by itself.",
        "{got} を消してください。",
        "Remove the {got}.",
    ),
}

_CONFIG = {
    "config/outside": E(
        "サイトの外です。{folder} にも、その上のフォルダーにも site.yaml がありません。",
        "This is outside a site: neither {folder} nor a folder above it has a site.yaml.",
        "サイトのフォルダーに移るか、--site で場所を指定します。新しく作るなら ssg init です。",
        "Go to the site's folder or name it with --site. To make a new one, use ssg init.",
    ),
    "config/unreadable": E(
        "site.yaml を読めません（{why}）。",
        "Cannot read site.yaml ({why}).",
        "ファイルがあること、開けることを確かめてください。",
        "See that the file is there and can be opened.",
    ),
    "config/range": E(
        "「{key}」には1から{most}までの整数を書きます（いまは {got}）。",
        "“{key}” takes a whole number from 1 to {most} (now: {got}).",
        "半角の数字だけで書きます。行を消すと、決まった数になります。",
        "Write digits only. Without the line, the default is used.",
    ),
    "config/url-extras": E(
        "「{key}」の「{got}」には、?、#、ユーザー名を付けられません。",
        "“{key}”: “{got}” must have no query, fragment or user name.",
        "https://blog.example.com のように、サイトのトップのアドレスだけを書きます。",
        "Write the address of the home page alone, such as https://blog.example.com.",
    ),
    "config/timezone": E(
        "「{got}」というタイムゾーンはありません。",
        "There is no time zone “{got}”.",
        "「{near}」のことですか。\n日本なら Asia/Tokyo です。",
        "Did you mean “{near}”?\nIn Japan it is Asia/Tokyo.",
    ),
    "config/permalink": E(
        "「{key}」の「{got}」はアドレスの形として使えません。",
        "“{key}”: “{got}” is no pattern for addresses.",
        "/posts/:slug/ のように / で始めて / で終え、:slug を入れます。"
        "ほかに :year :month :day :category が使えます。",
        "Begin and end with / and contain :slug, as in /posts/:slug/. "
        "There are also :year :month :day :category.",
    ),
    "config/slug": E(
        "「{key}」の「{got}」はアドレスに使えません。",
        "“{key}”: “{got}” cannot be part of an address.",
        "「{better}」ではどうですか。",
        "How about “{better}”?",
    ),
    "config/menu": E(
        "メニューの「{got}」はアドレスになっていません。",
        "“{got}” is no address for a menu.",
        "サイトの中なら {better} のように / から、外なら https:// から書きます。",
        "Within the site it begins with a slash, such as {better}; elsewhere with https://",
    ),
    "config/host": E(
        "「{key}」の「{got}」はホスト名になっていません。",
        "“{key}”: “{got}” is not the name of a host.",
        "{better} のように、名前だけを書きます。その下のサイトも含みます。",
        "Write the name alone, such as {better}. All hosts below it are included.",
    ),
    "config/attribute": E(
        "「{key}」の「{got}」は属性の名前になりません。",
        "“{key}”: “{got}” cannot be the name of an attribute.",
        "英字の小文字と数字と - で書きます。data- は付けません。",
        "Use lower-case letters, digits and hyphens, without data-",
    ),
    "config/secret-extra": W(
        "「{key}」は秘密の値のようです。extra の値は、ページに出ることがあります。",
        "“{key}” looks like a secret. Layouts see what is in extra and may show it.",
        "秘密の値は site.yaml に書かないでください。",
        "Keep secrets out of site.yaml.",
    ),
    "config/same-slug": E(
        "「{got}」は「{first}」がもう使っています。",
        "“{got}” is already used by “{first}”.",
        "アドレスになるので、別の名前にしてください。",
        "It becomes an address; choose another one.",
    ),
    "config/reserved": E(
        "「{got}」は ssg が使う名前なので、分類や日報の名前にできません。",
        "“{got}” is a name that ssg uses itself; no taxonomy or digest can have it.",
        "別の名前にしてください。",
        "Choose another name.",
    ),
    "config/label-blank": E(
        "ラベル「{key}」に、使えない {got} があります。",
        "The label “{key}” has {got}, which it cannot have.",
        "使えるのは {known} です。",
        "It can have {known}.",
    ),
    "config/weights": E(
        "評価の重みの合計が{got}です。100にしてください。",
        "The weights of the score add up to {got}. Make it 100.",
        "scores.axes の weight を足して100になるように直してください。",
        "Change the weight of one or more of scores.axes.",
    ),
    "config/unknown-author": E(
        "書き手「{got}」のファイル content/authors/{got}.md がありません。",
        "There is no author “{got}” (content/authors/{got}.md).",
        "「{near}」のことですか。\n"
        "そのファイルを作るか、author: にいまいる書き手のファイル名を書きます。",
        "Did you mean “{near}”?\n"
        "Make that file, or write the name of an author's file after author:.",
    ),
}

_DATA = {
    "data/same-name": E(
        "「{name}」という名前のデータがもう一つあります。",
        "There is another data file named “{name}”.",
        "{name}.yaml と {name}.yml を一つにまとめてください。",
        "Make one file of {name}.yaml and {name}.yml.",
    ),
}

_FILES = {
    "encoding/utf-16": E(
        "UTF-16 のファイルです。",
        "This file is UTF-16.",
        "UTF-8 で保存し直してください。",
        "Save it again as UTF-8.",
    ),
    "encoding/not-utf-8": E(
        "UTF-8 ではありません。{name} らしいファイルです。",
        "This is not UTF-8; it looks like {name}.",
        "エディターで {name} として開き、「UTF-8で保存」を選びます。",
        "Open it in your editor as {name} and save it as UTF-8.",
    ),
    "encoding/bad-byte": E(
        "ここに壊れた文字があります（UTF-8 ではないバイト {byte}）。",
        "There is a damaged character here (byte {byte} is not UTF-8).",
        "この文字を打ち直してください。",
        "Type this character again.",
    ),
    "encoding/control": E(
        "目に見えない制御文字 {got} があります。",
        "There is an invisible control character {got} here.",
        "この文字を消してください。",
        "Delete it.",
    ),
    "file/not-utf-8": E(
        "ファイル名が UTF-8 ではありません。",
        "The name of this file is not UTF-8.",
        "名前を付け直してください。",
        "Rename it.",
    ),
    "file/twins": E(
        "見た目が同じ名前のファイルが二つあります（もう一つは {first}）。",
        "Two files have names that look the same (the other is {first}).",
        "濁点の表し方（NFCとNFD）が違います。一つを消すか、名前を変えてください。",
        "They differ in Unicode form (NFC and NFD). Remove or rename one.",
    ),
    "file/device": E(
        "「{name}」は Windows で開けない名前です。",
        "Windows cannot open a file named “{name}”.",
        "名前を変えてください。",
        "Rename it.",
    ),
    "file/windows": W(
        "「{name}」は Windows で使えない名前です。",
        "Windows does not allow the name “{name}”.",
        '< > : " | ? * と、最後の点や空白を取ります。',
        'Leave out < > : " | ? * and a dot or space at the end.',
    ),
    "content/no-section": W(
        "この場所のファイルは公開されません。",
        "A file in this place is not published.",
        "content の下の {known} のどれかのフォルダーに置きます。",
        "Put it into one of these folders below content: {known}.",
    ),
    "content/suffix": W(
        "「{name}」は .md で終わらないので、公開されません。",
        "“{name}” does not end in .md and is not published.",
        "記事なら、名前の最後を .md にします。",
        "If it is a post, rename it so that it ends in .md.",
    ),
    "content/unreadable": E(
        "読めません（{why}）。",
        "Cannot read this ({why}).",
        "あることと、開けることを確かめてください。",
        "See that it is there and can be opened.",
    ),
    "content/symlink": E(
        "別の場所へのリンク（シンボリックリンク）は使えません。",
        "Symbolic links are not followed.",
        "ファイルそのものを置いてください。",
        "Put the file itself here.",
    ),
    "content/not-a-file": E(
        "普通のファイルではありません。",
        "This is not a regular file.",
        "ここから取り除いてください。",
        "Take it away from here.",
    ),
    "content/not-a-folder": E(
        "ここにはフォルダーが要りますが、ファイルになっています。",
        "This is a file where a folder belongs.",
        "ファイルを別の名前にして、フォルダーを作ってください。",
        "Give the file another name, and make the folder.",
    ),
    "author/id": E(
        "書き手のファイル名「{got}」はアドレスに使えません。",
        "An author's file cannot be named “{got}”.",
        "「{better}.md」ではどうですか。",
        "How about “{better}.md”?",
    ),
    "slug/unsafe": E(
        "slug「{got}」に使えないもの「{part}」が入っています。",
        "The slug “{got}” contains “{part}”, which it must not.",
        "「{better}」ではどうですか。\n文字と数字と - が使えます。かなと漢字も文字です。",
        "How about “{better}”?\nUse letters (kana and kanji too), digits and -.",
    ),
    "slug/empty": W(
        "「{got}」からアドレスを作れないので、「{slug}」にしました。",
        "“{got}” leaves nothing for an address; it became “{slug}”.",
        "slug: に、文字か数字で好きなアドレスを書けます。",
        "Write the address you want as slug:, in letters or digits.",
    ),
    "slug/reserved": E(
        "「{got}」は ssg かホストが使う名前なので、アドレスにできません。",
        "“{got}” is used by ssg or the host and cannot be an address.",
        "slug: に別の名前を書きます。",
        "Write another name as slug:.",
    ),
    "slug/invisible": W(
        "アドレスの名前に目に見えない文字があったので取りました（{got} → {slug}）。",
        "Invisible characters were taken out of the address ({got} → {slug}).",
        "名前を {slug} と打ち直してください。",
        "Type the name again: {slug}",
    ),
    "url/taken": E(
        "アドレス {path} は {other} がもう使っています。",
        "The address {path} is already used by {other}.",
        "どちらかの slug か aliases を変えてください。",
        "Change the slug or aliases of one of them.",
    ),
    "url/dead-menu": W(
        "メニューの「{label}」が指す {path} は、このサイトにありません。",
        "The menu entry “{label}” leads to {path}, which this site does not have.",
        "navigation の url を直すか、そのページを作ってください。",
        "Correct its url below navigation, or make that page.",
    ),
}

_LEGAL = {
    "legal/rows": E(
        "有料のプランがあるのに、特定商取引法に基づく表記が足りません: {names}。",
        "There is a paid plan, but the seller's information lacks: {names}.",
        "content/data/tokushoho.yaml に「項目: 内容」の形で書きます。",
        "Write them in content/data/tokushoho.yaml as “row: text”.",
    ),
    "legal/no-page": E(
        "有料のプランがあるのに、特定商取引法に基づく表記のページがありません。",
        "There is a paid plan, but no page shows the seller's information.",
        "content/pages/ に layout: tokushoho のページを作ります。",
        "Make a page in content/pages/ with layout: tokushoho.",
    ),
}

_IMAGES = {
    "image/missing": E(
        "画像「{name}」がありません。",
        "There is no picture “{name}”.",
        "「{near}」のことですか（大文字と小文字は区別されます）。\n"
        "{file} を assets/images に入れて、/images/{file} と書きます。\n"
        "/ で始めれば assets の中、そうでなければこのファイルの隣を探します。",
        "Did you mean “{near}”? (Case matters.)\n"
        "Put {file} into assets/images and write /images/{file} in its place.\n"
        "With / it is looked for in assets, otherwise beside this file.",
    ),
    "image/outside": E(
        "画像「{name}」はサイトの外にあります。",
        "The picture “{name}” lies outside the site.",
        "content か assets の中に置いてください。",
        "Put it below content or assets.",
    ),
    "image/unreadable": E(
        "画像「{name}」を読めません（{why}）。",
        "Cannot read “{name}” ({why}).",
        "その名前で、開くことのできる画像のファイルを置いてください。",
        "Put there, by that name, a picture that can be opened.",
    ),
    "image/format": E(
        "「{name}」は使えない種類の画像です。",
        "“{name}” is not a kind of picture that can be used.",
        "使えるのは {known} です。",
        "These can be used: {known}.",
    ),
    "image/wrong-type": E(
        "「{name}」の中身は {expected} ではありません。",
        "“{name}” is not {expected} inside.",
        "正しい拡張子を付けるか、保存し直してください。",
        "Give it the right suffix, or save it again.",
    ),
    "image/empty": E(
        "画像「{name}」は0バイトです。",
        "The picture “{name}” has 0 bytes.",
        "もとの画像を、もう一度コピーしてください。",
        "Copy the original once more.",
    ),
    "image/damaged": E(
        "画像「{name}」が壊れています（{why}）。",
        "The picture “{name}” is damaged ({why}).",
        "もとの画像をもう一度コピーするか、画像ソフトで保存し直してください。",
        "Copy the original once more, or save it again from an image editor.",
    ),
    "image/too-large": E(
        "画像「{name}」は大きすぎます（{size}）。5,000万画素までです。",
        "The picture “{name}” is too large ({size}); at most 50 million pixels.",
        "長い辺を4,000画素ほどに縮めてください。それでも十分きれいに見えます。",
        "Make its longer side about 4,000 pixels; that is sharp enough for any screen.",
    ),
    "image/svg": E(
        "SVG「{name}」に動くもの（スクリプトなど）が入っているか、SVGではありません。",
        "The SVG “{name}” contains something active (such as a script), or is none.",
        "作図ソフトで「プレーンSVG」として保存し直すか、PNG にしてください。",
        "Save it as plain SVG from a drawing program, or as PNG.",
    ),
    "image/svg-remote": E(
        "SVG「{name}」が、ほかのサイトのものを読み込んでいます: {address}",
        "The SVG “{name}” loads something from another site: {address}",
        "画像は SVG に埋め込み、文字は図形に変えて保存し直すか、PNG にしてください。",
        "Embed pictures in it and turn text into paths, or save it as PNG.",
    ),
    "image/hidden": E(
        "「{name}」は、. で始まる名前なので公開しません。",
        "“{name}” has a name that begins with a dot, so it is not published.",
        "名前のはじめの . を取ってください。",
        "Take the dot away from the beginning of its name.",
    ),
    "image/weak-alt": E(
        "画像の説明（alt）が「{got}」だけです。",
        "The alt text of this picture is only “{got}”.",
        "見えない人に伝わるように、何が描かれているかを書きます。",
        "Say what it shows to those who cannot see it.",
    ),
}

_MARKDOWN = {
    "directive/unknown": E(
        "「:::{name}」という書き方はありません。",
        "There is no “:::{name}”.",
        "「:::{near}」のことですか。",
        "Did you mean “:::{near}”?",
    ),
    "directive/unclosed": E(
        "「:::{name}」が閉じられていません。",
        "“:::{name}” is never closed.",
        "終わりに、同じ数のコロンだけの行を置きます。",
        "End it with a line of as many colons.",
    ),
    "directive/no-list": W(
        "「:::{name}」の中に一覧がありません。",
        "There is no list in “:::{name}”.",
        "中の行を「- 」で始めます。",
        "Begin its lines with “- ”.",
    ),
    "directive/stray": E(
        "この「:::」には対になる始まりがありません。",
        "This “:::” closes nothing.",
        "余分な行を消すか、コロンの数をそろえます。",
        "Remove it, or make the numbers of colons match.",
    ),
    "directive/in-quote": E(
        "引用（>）の中では「:::」を使えません。",
        "“:::” does not work inside a quote (>).",
        "「:::」を引用の外に出します。",
        "Move it out of the quote.",
    ),
    "directive/full-width": E(
        "コロンが全角です。",
        "These colons are full-width.",
        "半角の「:::」で書きます。",
        "Type “:::” half-width.",
    ),
    "directive/no-name": E(
        "「:::{name}」の後に名前がありません。",
        "No name follows “:::{name}”.",
        "「:::{name} {example}」のように書きます。\n"
        "名前は、書き手なら content/authors/ のファイル名、広告主なら partners.yaml のキーです。",
        "Write for example “:::{name} {example}”.\n"
        "An author's name is that of the file in content/authors/, a partner's the key in "
        "partners.yaml.",
    ),
    "directive/unknown-author": E(
        "書き手「{name}」がいません。",
        "There is no author “{name}”.",
        "「{near}」のことですか。\n"
        ":::balloon の後には、content/authors/ のファイル名（.md を除く）を書きます。",
        "Did you mean “{near}”?\n"
        "After :::balloon stands the name of a file in content/authors/, without .md.",
    ),
    "directive/unknown-partner": E(
        "広告主「{name}」は content/data/partners.yaml にありません。",
        "content/data/partners.yaml has no partner “{name}”.",
        "「{near}」のことですか。\n"
        ":::pr の後には、partners.yaml に書いた広告主の名前（英字のキー）を書きます。",
        "Did you mean “{near}”?\nAfter :::pr stands the key of a partner of partners.yaml.",
    ),
    "fence/unclosed": W(
        "コードの囲みが閉じていないので、残りすべてがコードになります。",
        "This code fence is never closed, so the rest becomes code.",
        "終わりに、同じ記号だけの行を置きます。",
        "End it with a line of the same signs.",
    ),
    "code/unknown-language": W(
        "「{name}」という言語を知らないので、色を付けません。",
        "“{name}” is no known language; the code stays plain.",
        "言語の名前を確かめるか、text と書きます。",
        "Check the name, or write text.",
    ),
    "footnote/undefined": W(
        "脚注「{name}」の中身がありません。",
        "Footnote “{name}” is not defined.",
        "「[^{name}]: 説明」の行を書きます。",
        "Write a line “[^{name}]: …”.",
    ),
    "footnote/unused": W(
        "脚注「{name}」は、どこからも参照されていません。",
        "Nothing refers to the footnote “{name}”.",
        "説明したい言葉の後に [^{name}] と書くか、この脚注を消します。",
        "Write [^{name}] after the words that it explains, or remove it.",
    ),
    "footnote/duplicate": W(
        "脚注「{name}」が二度書かれています。後のものを使います。",
        "Footnote “{name}” is defined twice; the later one is used.",
        "どちらかの名前を変えます。",
        "Rename one of them.",
    ),
    "table/columns": W(
        "この行は{found}列ですが、表は{expected}列です。",
        "Cells in this row: {found}. Columns of the table: {expected}.",
        "「|」の数をそろえます。文字としての縦棒は「\\|」です。",
        "Make them match; a literal bar is “\\|”.",
    ),
    "link/missing": W(
        "リンク先「{target}」が見つかりません。",
        "The target “{target}” was not found.",
        "「{near}」のことですか。\n"
        "ファイルの場所と名前を確かめます。\n"
        "読者に渡すファイルは assets/static/ に置き、「{file}」と書きます。",
        "Did you mean “{near}”?\n"
        "Check the file's folder and name.\n"
        "Put a file for readers into assets/static/ and write “{file}”.",
    ),
    "link/empty": W(
        "リンクのアドレスが空です。",
        "The address of this link is empty.",
        "( ) の中に、https:// から始まるアドレスか、記事のファイル名を書きます。",
        "Write an address that begins with https://, or the file of a post, between ( and ).",
    ),
    "link/address": W(
        "リンク先「{target}」は、このままでは開けません。",
        "No browser can open “{target}” as it is.",
        "「{better}」のことですか。\n"
        "自分のパソコンの中のファイルです。assets/static/ に置き、「{file}」と書きます。",
        "Did you mean “{better}”?\n"
        "It is a file of your own computer. Put it into assets/static/ and write “{file}”.",
    ),
    "link/no-anchor": W(
        "この記事に「#{name}」という場所はありません。",
        "This post has no place “#{name}”.",
        "見出しの行の終わりに {{#{name}}} と書くと、そこへのリンクになります。",
        "Write {{#{name}}} at the end of a heading, and the link leads there.",
    ),
    "link/withheld": W(
        "「{target}」は未公開なので、リンクにしません。",
        "“{target}” is not published, so it is not linked.",
        "公開されるとリンクになります。",
        "It becomes a link once it is published.",
    ),
    "link/dangerous": W(
        "「{scheme}:」のリンクは危険なので外しました。",
        "A “{scheme}:” link is dangerous and was dropped.",
        "https:// のアドレスを使います。",
        "Use an https:// address.",
    ),
    "image/no-alt": E(
        "画像「{name}」に説明（alt）がありません。",
        "The picture “{name}” has no alt text.",
        "「![何の画像か]({name})」のように書きます。",
        "Write “![what it shows]({name})”.",
    ),
    "image/remote": W(
        "ほかのサイトの画像です: {address}",
        "This picture is on another site: {address}",
        "手元に保存すると、大きさを整えて速く表示できます。",
        "Save it beside the post to have it sized and served with your site.",
    ),
    "image/size": W(
        "画像の大きさ「{name}={got}」は使えません。",
        "“{name}={got}” is no size of a picture.",
        "{{{name}=480}} のように、ピクセルの数だけを書きます。"
        "画面からはみ出る画像は、自動で縮みます。",
        "Write only a number of pixels, such as {{{name}=480}}. "
        "A picture wider than the screen shrinks by itself.",
    ),
    "image/dangerous": W(
        "「{scheme}:」の画像は使えないので、説明だけを残しました。",
        "A “{scheme}:” picture is refused; only its description stays.",
        "画像のファイルを置きます。",
        "Use a picture file.",
    ),
    "player/bad-id": E(
        "「{id}」はYouTubeの動画のIDではありません。",
        "“{id}” is no YouTube id.",
        "英数字と - と _ の11文字です。",
        "It has 11 letters, digits, - or _.",
    ),
    "embed/unknown": W(
        "「@[{name}]」という書き方はありません。",
        "There is no “@[{name}]”.",
        "「@[{near}]」のことですか。\n"
        "あるのは @[youtube](動画のID) と @[card](アドレス) です。"
        "X、Instagram、TikTok などの投稿は、アドレスだけの行にすると、リンクになります。",
        "Did you mean “@[{near}]”?\n"
        "There are @[youtube](ID) and @[card](address). A post on X, Instagram or TikTok is "
        "linked when its address stands in a line of its own.",
    ),
    "embed/form": W(
        "この「@[{name}]」は、文字のまま出ます。",
        "This “@[{name}]” would be shown as it is.",
        "半角の記号で @[{name}](…) と書き、前後を空行にして、一行だけで置きます。",
        "Write @[{name}](…) in a line of its own, with empty lines around it.",
    ),
    "text/leftover-asterisks": E(
        "太字の「**」が文字のまま残ります。",
        "“**” would be shown as it is.",
        "「**」のすぐ内側の空白を取るか、閉じ忘れを直します。文字として見せるなら「\\*\\*」と書きます。",
        "Remove the space inside it, or close it; “\\*\\*” is meant literally.",
    ),
    "text/direction": W(
        "書字の向きを変える、目に見えない文字 {got} があります。",
        "There is an invisible character {got} that turns the direction of the text.",
        "アラビア語などを書くのでなければ、消してください。",
        "Delete it, unless you write for example Arabic.",
    ),
    "text/typed-number": W(
        "見出しに番号「{number}」が手で書かれています。",
        "The heading has a number typed by hand: “{number}”.",
        "番号は自動で付くので消します。",
        "Numbers are generated; remove it.",
    ),
    "html/markdown": E(
        "ここは HTML の中なので、太字の「**」が文字のまま残ります。",
        "This is inside HTML, where “**” would be shown as it is.",
        "<strong>太字</strong> と書くか、まわりの <{name}> と </{name}> を消します。\n"
        "{line}行目の <{unclosed}> が閉じられていません。"
        "その要素の終わりに </{unclosed}> を書くか、<{unclosed}> を消します。",
        "Write <strong>bold</strong>, or remove <{name}> and </{name}> around it.\n"
        "<{unclosed}> in line {line} is never closed. "
        "Write </{unclosed}> where it ends, or remove <{unclosed}>.",
    ),
    "html/open": W(
        "<{name}> が閉じられていないので、ここから後ろの Markdown が読まれません。",
        "<{name}> is never closed, so that no Markdown is read from here on.",
        "要素の終わりに </{name}> を書くか、<{name}> を消します。",
        "Write </{name}> where it ends, or remove <{name}>.",
    ),
    "html/unclosed": W(
        "<{name}> が閉じられていないので、閉じました。",
        "<{name}> is never closed; it was closed for you.",
        "</{name}> を書きます。",
        "Write </{name}>.",
    ),
    "html/stray": W(
        "</{name}> に対になる始まりがないので、外しました。",
        "</{name}> closes nothing and was dropped.",
        "余分なら消します。",
        "Remove it.",
    ),
    "post/long": W(
        "本文が{megabytes}MBあります。読者が開くのに時間がかかります。",
        "The body has {megabytes} MB, and takes readers long to open.",
        "いくつかの記事に分けてください。",
        "Make several posts of it.",
    ),
    "post/slow": E(
        "この記事の処理が{seconds}秒で終わりません。",
        "This post is not done within {seconds} s.",
        "長い記事は分けるか、繰り返しの多い部分を減らしてください。",
        "Split a very long post, or take out what repeats itself.",
    ),
    "post/memory": E(
        "この記事の処理に{megabytes}MBを超えるメモリーが要ります。",
        "This post needs more than {megabytes} MB of memory.",
        "長い記事は分けるか、繰り返しの多い部分を減らしてください。",
        "Split a very long post, or take out what repeats itself.",
    ),
    "post/died": E(
        "この記事を処理するプロセスが途中で終わりました。",
        "The process that worked on this post came to an end.",
        "この記事を短くして、どの部分が原因かを確かめてください。",
        "Shorten the post to find the part that does it.",
    ),
    "markdown/failed": E(
        "この本文を表示の形にできませんでした（{why}）。",
        "This body could not be rendered ({why}).",
        "入れ子が深すぎないか確かめます。",
        "Check that nothing is nested too deeply.",
    ),
}

_LAYOUTS = {
    "layout/unknown": E(
        "ここで使えるレイアウトに「{got}」はありません。",
        "There is no layout “{got}” for this kind of file.",
        "「{near}」のことですか。\n使えるのは {known} です。\n"
        "layout: の行を消すと {usual} になります。",
        "Did you mean “{near}”?\nThere are: {known}.\nWithout layout: it is {usual}.",
    ),
    "layout/missing": E(
        "レイアウト「{name}」がありません（{page} を作るとき）。",
        "There is no layout “{name}” (while making {page}).",
        "「{near}」のことですか。\n{folder} フォルダーにあるファイルの名前を書きます。\n"
        "呼び出しの順: {chain}。",
        "Did you mean “{near}”?\nWrite the name of a file in the folder {folder}.\n"
        "It was reached by {chain}.",
    ),
    "layout/incomplete": E(
        "書きかけの {{{{ … }}}} か {{% … %}} があります（{page} を作るとき）。",
        "A {{{{ … }}}} or {{% … %}} is not complete (while making {page}).",
        "続きを書くか、消します。たとえば {{% for tag in page.tags %}} と書きます。",
        "Complete or delete it. One that is complete: {{% for tag in page.tags %}}.",
    ),
    "layout/syntax": E(
        "レイアウトの書き方に誤りがあります（{page} を作るとき）: {why}",
        "A mistake in the layout (while making {page}): {why}",
        "{{% と %}} の組み合わせを見直してください。",
        "Look at the pairs of {{% and %}}.",
    ),
    "layout/unclosed": E(
        "ここで始まる {{% {name} %}} が閉じられていません（{page} を作るとき）。",
        "The {{% {name} %}} that begins here is never closed (while making {page}).",
        "終わりに {{% end{name} %}} を書きます。",
        "Write {{% end{name} %}} where it ends.",
    ),
    "layout/wrong-end": E(
        "{{% {open} %}} が閉じられないうちに {{% {name} %}} が来ています（{page} を作るとき）。",
        "{{% {name} %}} comes before {{% {open} %}} is closed (while making {page}).",
        "先に {{% end{open} %}} を書くか、この行を直してください。",
        "Write {{% end{open} %}} first, or correct this line.",
    ),
    "layout/stray-end": E(
        "この {{% {name} %}} には対になる始まりがありません（{page} を作るとき）。",
        "This {{% {name} %}} has no beginning (while making {page}).",
        "余分なら消します。",
        "Remove it if it is not needed.",
    ),
    "layout/unknown-tag": E(
        "{{% {name} %}} という書き方はありません（{page} を作るとき）。",
        "There is no {{% {name} %}} (while making {page}).",
        "「{near}」のことですか。\n使えるのは {known} です。",
        "Did you mean “{near}”?\nThere are: {known}.",
    ),
    "layout/no-filter": E(
        "「{name}」というフィルター（| の後の名前）はありません（{page} を作るとき）。",
        "There is no filter (a name after |) “{name}” (while making {page}).",
        "「{near}」のことですか。\n"
        "使えるのは、{readme} の「フィルターと関数」にあるものと、Jinja のものです。",
        "Did you mean “{near}”?\n"
        "There are those below “Filters and functions” in the {readme}, and Jinja's.",
    ),
    "layout/open-braces": E(
        "{{{{ か {{% か {{# が、最後まで閉じられていません（{page} を作るとき）。",
        "A {{{{, {{% or {{# is not closed to the end (while making {page}).",
        "}}}} か %}} か #}} で閉じてください。",
        "Close it with }}}}, %}} or #}}.",
    ),
    "layout/sign": E(
        "「{got}」はここでは読めません（{page} を作るとき）。",
        "“{got}” cannot be read here (while making {page}).",
        "その前の書き方と、全角の記号になっていないかを確かめてください。",
        "Look at what stands before it, and whether a sign is full-width.",
    ),
    "layout/twice": E(
        "{{% block {name} %}} が二つあります（{page} を作るとき）。",
        "There are two {{% block {name} %}} (while making {page}).",
        "片方を消すか、別の名前にしてください。",
        "Remove one of them, or rename it.",
    ),
    "layout/outside": E(
        "「{name}」は layouts フォルダーの外にあるので使えません（{page} を作るとき）。",
        "“{name}” lies outside the folder layouts (while making {page}).",
        "layouts の中に、ファイルそのものを置いてください。",
        "Put the file itself into layouts.",
    ),
    "layout/undefined": E(
        "レイアウトで使っている「{name}」がありません（{page} を作るとき）。",
        "The layout uses “{name}”, which is not there (while making {page}).",
        "「{near}」のことですか。\n使えるものは、{readme} の「レイアウトと変数」の表にあります。"
        "ないこともあるものには | default('') を付けます。\n呼び出しの順: {chain}。",
        "Did you mean “{near}”?\n"
        "The tables below “Layouts and their variables” in the {readme} list what there is;"
        " add | default('') to what may be absent.\n"
        "It was reached by {chain}.",
    ),
    "layout/unseen": E(
        "「{name}」は、ここからは見えません（{page} を作るとき）。",
        "“{name}” cannot be seen from here (while making {page}).",
        "マクロで使えるのは、かっこの中で渡した値だけです。"
        "渡すか、import か include の終わりに with context と書きます。\n呼び出しの順: {chain}。",
        "A macro sees only the values that it is given."
        " Give it this one, or end the import or include with “with context”.\n"
        "It was reached by {chain}.",
    ),
    "layout/no-value": E(
        "このページにはない値を使おうとしています（{page} を作るとき）。",
        "Something is made of a value that this page lacks (while making {page}).",
        "ないこともあるものは {{% if … %}} で囲みます。\n呼び出しの順: {chain}。",
        "Put {{% if … %}} around what some pages lack.\nIt was reached by {chain}.",
    ),
    "layout/no-list": E(
        "リストではないもの（{kind}）を、リストのように使っています（{page} を作るとき）。",
        "Something that is no list is used as one: {kind} (while making {page}).",
        "for の in の後や、join などの前には、リストを書きます。回数を数えるなら range(…) です。\n"
        "呼び出しの順: {chain}。",
        "After in of a for, and before join and the like, stands a list; range(…) counts.\n"
        "It was reached by {chain}.",
    ),
    "layout/operands": E(
        "「{sign}」は、{kind}と{other}の間では使えません（{page} を作るとき）。",
        "“{sign}” does not work between {kind} and {other} (while making {page}).",
        "文字と数をつなぐには ~ を使い、文字を数にするには |int を付けます。\n"
        "呼び出しの順: {chain}。",
        "Join text and numbers with ~, or make a number of text with |int.\n"
        "It was reached by {chain}.",
    ),
    "layout/arguments": E(
        "「{name}」に渡す値の数か名前が合っていません（{page} を作るとき）。",
        "“{name}” is given too much, too little, or by a wrong name (while making {page}).",
        "README の「フィルターと関数」か、Jinja の説明と見比べてください。\n"
        "呼び出しの順: {chain}。",
        "Compare it with “Filters and functions” in the README, or with Jinja's documentation.\n"
        "It was reached by {chain}.",
    ),
    "layout/nothing": E(
        "「{name}」を持つはずのものが、このページにはありません（{page} を作るとき）。",
        "What “{name}” belongs to is not there on this page (while making {page}).",
        "ないこともあるものは {{% if … %}} で囲みます。\n呼び出しの順: {chain}。",
        "Put {{% if … %}} around what some pages lack.\nIt was reached by {chain}.",
    ),
    "layout/no-element": E(
        "リストに [{got}] はありません（{page} を作るとき）。",
        "The list has no [{got}] (while making {page}).",
        "空のこともあるリストは {{% if … %}} で囲みます。\n呼び出しの順: {chain}。",
        "Put {{% if … %}} around lists that may be empty.\nIt was reached by {chain}.",
    ),
    "layout/no-text": E(
        "{function}('{name}') で呼ぶものがありません（{page} を作るとき）。",
        "There is nothing for {function}('{name}') (while making {page}).",
        "「{near}」のことですか。\n"
        "書き方は {readme} の「ラベル」と「フィルターと関数」にあります。\n"
        "呼び出しの順: {chain}。",
        "Did you mean “{near}”?\n"
        "See “Labels” and “Filters and functions” in the {readme}.\n"
        "It was reached by {chain}.",
    ),
    "layout/too-many": E(
        "range で数えられるのは{most}までです（{page} を作るとき）。",
        "range counts to {most} at most (while making {page}).",
        "回数を減らしてください。\n呼び出しの順: {chain}。",
        "Count fewer times.\nIt was reached by {chain}.",
    ),
    "layout/missing-argument": E(
        "マクロに「{name}」が渡されていません（{page} を作るとき）。",
        "A macro was not given its “{name}” (while making {page}).",
        "呼び出しのかっこの中に書くか、マクロの側で既定の値を決めます。\n呼び出しの順: {chain}。",
        "Give it in the call, or a default in the macro.\nIt was reached by {chain}.",
    ),
    "layout/unknown-argument": E(
        "マクロ「{name}」は「{got}」を受け取りません（{page} を作るとき）。",
        "The macro “{name}” takes no “{got}” (while making {page}).",
        "マクロの定義にある名前と見比べてください。\n呼び出しの順: {chain}。",
        "Compare it with the names where the macro is defined.\nIt was reached by {chain}.",
    ),
    "layout/too-many-arguments": E(
        "マクロ「{name}」に渡せるのは{most}個までです（{page} を作るとき）。",
        "The macro “{name}” takes {most} values at most (while making {page}).",
        "マクロの定義と見比べてください。\n呼び出しの順: {chain}。",
        "Compare it with the definition of the macro.\nIt was reached by {chain}.",
    ),
    "layout/recursion": E(
        "レイアウトが自分自身を呼び続けています（{page} を作るとき）: {chain}",
        "Layouts call themselves without end (while making {page}): {chain}",
        "どれかの include、extends、マクロの呼び出しを外してください。",
        "Remove one include, extends or call of a macro.",
    ),
    "layout/budget": E(
        "レイアウトの処理が{seconds}秒で終わりません（{page} を作るとき）。",
        "The layout does not end within {seconds} s (while making {page}).",
        "この行や、その外側の繰り返し（for）とマクロで、することを減らしてください。",
        "Let this line, and the loops and macros around it, do less.",
    ),
    "layout/memory": E(
        "レイアウトの処理に{megabytes}MBを超えるメモリーが要ります（{page} を作るとき）。",
        "The layout needs more than {megabytes} MB of memory (while making {page}).",
        "この行で作る文字やリストを短くするか、繰り返しを減らしてください。",
        "Make shorter texts and lists in this line, or repeat it fewer times.",
    ),
    "layout/too-large": E(
        "掛け算（*）か累乗（**）の結果が大きすぎます（{page} を作るとき）。",
        "The result of a * or ** is too large (while making {page}).",
        "数を小さくしてください。繰り返した文字は1,000万字までです。",
        "Make the numbers smaller; repeated text may have 10 million characters.",
    ),
    "layout/lost-block": E(
        "{{% block {name} %}} の中身は、どこにも出ません（{page} を作るとき）。",
        "Nothing shows what is in {{% block {name} %}} (while making {page}).",
        "「{near}」のことですか。\n"
        "{{% extends %}} で受け継いだレイアウトにある block の名前を使います。",
        "Did you mean “{near}”?\nUse the name of a block in the layout that this one extends.",
    ),
    "layout/empty": E(
        "このレイアウトからは、何も書かれていないページができます（{page} を作るとき）。",
        "This layout makes a page with nothing on it (while making {page}).",
        "<!doctype html> から始まるページの全体を書きます。",
        "Write the whole page, from <!doctype html> on.",
    ),
    "layout/failed": E(
        "レイアウトの中で失敗しました（{page} を作るとき）: {why}",
        "The layout failed (while making {page}): {why}",
        "この行の書き方を見直してください。\n呼び出しの順: {chain}。",
        "Look at this line.\nIt was reached by {chain}.",
    ),
}

_MACHINE = {
    "output/symlink": E(
        "出力先が、別の場所へのリンク（シンボリックリンク）です。",
        "The output is a symbolic link.",
        "フォルダーそのものを指定してください。",
        "Name the folder itself.",
    ),
    "output/dangerous": E(
        "ここへは出力できません。サイトやホームなど、大切なものを消すおそれがあります。",
        "Refusing to write here: it could destroy the site, your home, or more.",
        "ほかに何も入れない、専用のフォルダーを指定してください。",
        "Name a folder that is for this alone.",
    ),
    "output/inside-source": E(
        "出力先が、書いたものを置くフォルダーの中です。",
        "The output lies inside a folder of sources.",
        "ほかに何も入れない、専用のフォルダーを指定してください。",
        "Name a folder that is for this alone.",
    ),
    "output/not-a-folder": E(
        "出力先はフォルダーではありません。",
        "The output is not a folder.",
        "public のような、新しいフォルダーの名前を指定してください。",
        "Name a new folder, such as public.",
    ),
    "output/mounted": E(
        "出力先が別のディスクの入口（マウント）なので、丸ごとは入れ替えられません。",
        "The output is where another disk is mounted, and cannot be replaced as a whole.",
        "その中のフォルダーを指定してください。例: --output public/site",
        "Name a folder within it, such as --output public/site",
    ),
    "output/foreign": E(
        "出力先に、ssg が作ったのではないファイルがあります。",
        "The output holds files that ssg did not make.",
        "空のフォルダーか、前に ssg が作ったフォルダーを指定してください。",
        "Name an empty folder, or one that ssg made before.",
    ),
    "build/died": E(
        "仕事を分けていたプロセスが、途中で終わりました。",
        "A process that shared the work has ended before its time.",
        "メモリーが足りないのかもしれません。ほかのプログラムを閉じるか、"
        "ssg build --jobs 1 で試してください。",
        "There may be too little memory. Close other programs, or try ssg build --jobs 1",
    ),
    "build/busy": E(
        "別のビルドが動いています。",
        "Another build of this site is running.",
        "終わるのを待って、もう一度実行してください。",
        "Wait until it ends and try again.",
    ),
    "disk/full": E(
        "ディスクに空きがありません。",
        "The disk is full.",
        "要らないファイルを消してから、もう一度実行してください。",
        "Delete what you do not need and try again.",
    ),
    "disk/failed": E(
        "読み書きできません（{why}）。",
        "Cannot read or write this ({why}).",
        "場所の名前と、フォルダーの持ち主や許可を確かめてください。",
        "Look at the name of the place, and at the owner and the permissions of its folder.",
    ),
    "disk/no-folder": E(
        "いまいるフォルダーは、もうありません。",
        "The folder that you are in is gone.",
        "cd で別のフォルダーに移るか、--site で場所を指定します。",
        "Go to another folder with cd, or name the site with --site.",
    ),
    "serve/port-taken": E(
        "ポート{port}は、ほかのプログラムが使っています。",
        "Port {port} is in use by another program.",
        "--port {free} なら使えます。",
        "Use --port {free}, which is free.",
    ),
    "serve/no-address": E(
        "ここでは待ち受けられません（{why}）。",
        "Cannot listen here ({why}).",
        "--host と --port を見直してください。",
        "Look at --host and --port.",
    ),
    "serve/open-to-others": W(
        "ほかの機械からも、下書きを含めて読めます。",
        "Other machines can read this too, drafts included.",
        "この機械だけにするなら、--host を外してください。",
        "Leave --host out to keep it to this machine.",
    ),
    "init/not-empty": E(
        "このフォルダーは空ではありません。",
        "This folder is not empty.",
        "新しいフォルダーの名前を指定してください。",
        "Name a new folder.",
    ),
    "new/exists": E(
        "同じ名前のファイルがもうあります。",
        "There is already a file of that name.",
        "別の名前を指定してください（記事なら --slug）。",
        "Choose another name (for a post, with --slug).",
    ),
}

CATALOGUE: dict[str, Sentence] = (
    {f"{o}/{rule}": s for o in ("front-matter", "config", "data") for rule, s in _FIELDS.items()}
    | _YAML
    | _FRONT_MATTER
    | _CONFIG
    | _DATA
    | _FILES
    | _LEGAL
    | _IMAGES
    | _MARKDOWN
    | _LAYOUTS
    | _MACHINE
    | PUBLISHING
    | CHECKING
)
