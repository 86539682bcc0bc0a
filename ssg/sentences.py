"""The sentences of the message catalogue, in Japanese and English."""

from __future__ import annotations

from typing import NamedTuple

from ssg.errors import Severity


class Sentence(NamedTuple):
    """A problem in one sentence, and what to do about it."""

    severity: Severity
    ja: str
    en: str
    hint_ja: str = ""
    hint_en: str = ""


def E(ja: str, en: str, hint_ja: str = "", hint_en: str = "") -> Sentence:
    return Sentence("error", ja, en, hint_ja, hint_en)


def W(ja: str, en: str, hint_ja: str = "", hint_en: str = "") -> Sentence:
    return Sentence("warning", ja, en, hint_ja, hint_en)


WORDS = {
    "ja": {"text": "文字", "list": "リスト", "mapping": "「キー: 値」の組"},
    "en": {"text": "text", "list": "a list", "mapping": "a mapping"},
}

FRAME = {
    "ja": {
        "hint": "ヒント: {hint}",
        "warning": "注意 ",
        "more": "ほかに{count}件あります。",
        "failed": "公開していません。エラー{errors}件、注意{warnings}件。"
        "前のサイトはそのままです。",
        "strict": "注意{warnings}件。--strict のため公開していません。前のサイトはそのままです。",
        "defect": "ssg の不具合です: {error}。--debug を付けると詳しい記録が出ます。",
    },
    "en": {
        "hint": "hint: {hint}",
        "warning": "warning ",
        "more": "{count} more.",
        "failed": "Not published. Errors: {errors}, warnings: {warnings}. "
        "The old site is untouched.",
        "strict": "Warnings: {warnings}. Not published because of --strict. "
        "The old site is untouched.",
        "defect": "This is a defect of ssg: {error}. --debug shows the details.",
    },
}

# Rules of typed fields; the same in front matter, site.yaml and data files.
_FIELDS = {
    "unknown-key": E(
        "「{key}」というキーはありません。",
        "There is no key “{key}”.",
        "「{near}」のことですか。自由なキーは extra: の下に書けます。",
        "Did you mean “{near}”? Keys of your own go below extra:.",
    ),
    "reserved-key": E(
        "「{key}」は使えないキーです。",
        "“{key}” is reserved and cannot be a key.",
        "別の名前にしてください。",
        "Choose another name.",
    ),
    "missing": E(
        "「{key}」がありません。必ず書いてください。",
        "“{key}” is missing. It is required.",
    ),
    "blank": E(
        "「{key}」が空か、目に見えない文字だけです。",
        "“{key}” is empty or holds only invisible characters.",
    ),
    "type": E(
        "「{key}」には{expected}を書きますが、{got}になっています。",
        "“{key}” takes {expected}, but this is {got}.",
    ),
    "flag": E(
        "「{key}」に書けるのは true か false だけです（いまは {got}）。",
        "“{key}” takes only true or false (now: {got}).",
        "引用符を付けずに true か false と書きます。",
        "Write true or false, without quotes.",
    ),
    "integer": E(
        "「{key}」には正の整数を書きます（いまは {got}）。",
        "“{key}” takes a positive whole number (now: {got}).",
    ),
    "rating": E(
        "「{key}」には1から5までの整数を書きます（いまは {got}）。",
        "“{key}” takes a whole number from 1 to 5 (now: {got}).",
    ),
    "number": E(
        "「{key}」の数 {got} は大きすぎるか、数ではありません。",
        "The number {got} in “{key}” is too large, or none.",
        "文字として扱うなら引用符で囲みます。",
        "Put quotes around it if it is meant as text.",
    ),
    "list": E(
        "「{key}」はリストで書きます。",
        "“{key}” takes a list.",
        "{key}: {better} のように書きます。",
        "Write {key}: {better}",
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
        "{better} か、{better} 07:30 のように書きます。",
        "Write {better} or {better} 07:30.",
    ),
    "no-such-date": E(
        "「{key}」の「{got}」という日時はありません。",
        "“{key}”: there is no such date as “{got}”.",
    ),
    "date-range": E(
        "「{key}」の「{got}」は範囲の外です（1900年から2199年まで）。",
        "“{key}”: “{got}” is out of range (the years 1900 to 2199).",
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
        "YAMLとして読めません（{why}）。",
        "This is not readable as YAML ({why}).",
        "この行か、すぐ上の行の記号と字下げを見直してください。",
        "Look at the signs and the indent of this line or the one above.",
    ),
    "yaml/wide-colon": E(
        "コロンが全角「：」です。",
        "The colon is full-width (：).",
        "半角の「:」と半角の空白にします。",
        "Use “:” and a space.",
    ),
    "yaml/wide-space": E(
        "コロンの後が全角スペースです。",
        "A full-width space follows the colon.",
        "半角スペースにします。",
        "Use an ordinary space.",
    ),
    "yaml/needs-quotes": E(
        "この値は引用符で囲まないと読めません。",
        "This value cannot be read without quotes.",
        "{better} と書きます。",
        "Write {better}",
    ),
    "yaml/hash-value": E(
        "「{what}」は # があるのでコメントになり、値が空になっています。",
        "“{what}” is a comment because of the #, so the value is empty.",
        '"{what}" のように引用符で囲むか、# を取ります。',
        'Write "{what}" with quotes, or leave the # out.',
    ),
    "yaml/hash-comment": W(
        "「{what}」は # の前に空白があるのでコメントになり、表示されません。",
        "“{what}” follows a space and a #, so it is a comment and not shown.",
        "表示したいときは値全体を引用符で囲みます。",
        "Put quotes around the whole value to show it.",
    ),
    "yaml/indent": E(
        "ここに{what}があります。YAMLでは半角スペースだけを使います。",
        "There is a {what} here. YAML takes ordinary spaces only.",
        "半角スペースに置き換えてください。",
        "Replace it by spaces.",
    ),
    "yaml/duplicate": E(
        "「{key}」が二度書かれています（最初は{first}行目）。",
        "“{key}” is written twice (first in line {first}).",
        "どちらか一つを消してください。",
        "Remove one of them.",
    ),
    "yaml/anchor": E(
        "「{what}」は使えません（YAMLのアンカーや参照になります）。",
        "“{what}” cannot be used (it is an anchor or alias of YAML).",
        "文字として書くなら引用符で囲みます。",
        "Put quotes around it if it is meant as text.",
    ),
    "yaml/tag": E(
        "「{what}」は使えません（YAMLのタグになります）。",
        "“{what}” cannot be used (it is a tag of YAML).",
        "文字として書くなら引用符で囲みます。",
        "Put quotes around it if it is meant as text.",
    ),
    "yaml/too-deep": E(
        "括弧や字下げの入れ子が深すぎます（{limit}段まで）。",
        "This is nested too deeply (at most {limit} levels).",
    ),
    "yaml/two-documents": E(
        "「---」で二つに分かれています。一つにまとめてください。",
        "“---” makes two documents of this. Make it one.",
    ),
    "yaml/key": E(
        "キーは文字で書きます。",
        "A key must be text.",
    ),
    "yaml/not-a-mapping": E(
        "「キー: 値」の形になっていません。",
        "This is not in the form “key: value”.",
        "title: 題名 のように書きます。",
        "Write for example title: My title",
    ),
    "yaml/curly-quotes": W(
        "“ ” は引用符として働かず、そのまま表示されます。",
        "Curly quotes do not quote; they are shown as they are.",
        '囲むときは半角の " を使います。',
        'Use the straight " to quote.',
    ),
}

_FRONT_MATTER = {
    "front-matter/none": E(
        "ファイルの先頭に front matter がありません。",
        "There is no front matter at the start of the file.",
        "1行目に --- と書き、title と date を書いて、--- で閉じます。",
        "Begin with a line ---, then title and date, and close with ---.",
    ),
    "front-matter/opening": E(
        "front matter は1行目の --- で始めます（いまは「{got}」）。",
        "Front matter begins with --- in the first line (now: “{got}”).",
        "前の空白や空行を消し、半角のハイフン三つだけにします。",
        "Remove what stands before it and write exactly three hyphens.",
    ),
    "front-matter/unclosed": E(
        "front matter を閉じる --- がありません。",
        "The --- that closes the front matter is missing.",
        "項目の最後の次の行に --- と書きます。",
        "Write --- in the line after the last key.",
    ),
    "front-matter/not-yaml": E(
        "front matter は YAML で書きます（「{got}」で始まる形式は使えません）。",
        "Front matter is YAML (a block that begins with “{got}” is not).",
        "--- で始めて、title: 題名 のように書きます。",
        "Begin with --- and write for example title: My title",
    ),
    "front-matter/too-large": E(
        "front matter が大きすぎます（64 KBまで）。",
        "The front matter is too large (at most 64 KB).",
    ),
    "front-matter/unknown-category": E(
        "カテゴリー「{got}」は site.yaml にありません。",
        "site.yaml has no category “{got}”.",
        "「{near}」のことですか。使えるのは {known} です。",
        "Did you mean “{near}”? There are: {known}.",
    ),
    "front-matter/unknown-author": E(
        "書き手「{got}」のファイル content/authors/{got}.md がありません。",
        "There is no author “{got}” (content/authors/{got}.md).",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
    ),
    "front-matter/unknown-partner": E(
        "広告主「{got}」は content/data/partners.yaml にありません。",
        "content/data/partners.yaml has no partner “{got}”.",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
    ),
    "front-matter/alias": E(
        "「{got}」は以前のアドレスとして使えません。",
        "“{got}” cannot be an old address.",
        "/old/post/ のように、/ で始まるサイト内のパスを書きます。",
        "Write a path of this site that begins with /, such as /old/post/.",
    ),
    "front-matter/merged": W(
        "「{got}」は「{name}」と同じものとしてまとめました。",
        "“{got}” was merged with “{name}”.",
        "書き方をそろえてください。",
        "Spell it the same way everywhere.",
    ),
    "front-matter/looks-boolean": W(
        "「{got}」は文字として扱いました。",
        "“{got}” was taken as text.",
        "引用符で囲むと、意図がはっきりします。",
        "Quotes around it make that clear.",
    ),
    "front-matter/updated-early": W(
        "updated が date より前です。",
        "updated is earlier than date.",
    ),
    "score/unknown-axis": E(
        "評価の項目「{got}」は site.yaml にありません。",
        "site.yaml has no axis “{got}” for scores.",
        "「{near}」のことですか。項目は {known} です。",
        "Did you mean “{near}”? The axes are: {known}.",
    ),
    "score/missing-axis": E(
        "評価の項目 {names} がありません。",
        "The scores lack {names}.",
        "評価は、すべての項目を書くか、まったく書かないかのどちらかです。",
        "Write all axes, or none.",
    ),
    "front-matter/analysis-early": E(
        "analysis.at が date より前です。",
        "analysis.at is earlier than date.",
    ),
    "front-matter/original": E(
        "original には、原文そのものか file のどちらか一つを書きます。",
        "original takes either the text itself or a file.",
    ),
    "front-matter/original-file": E(
        "原文のファイル「{name}」を読めません。",
        "Cannot read the original text “{name}”.",
        "記事のファイルと同じフォルダーに、UTF-8 で置きます。",
        "Put it beside the brief, as UTF-8.",
    ),
    "front-matter/tldr-length": W(
        "tldr が{length}文字です。120文字までが目安です。",
        "tldr has {length} characters. Up to 120 are good.",
    ),
    "digest/unknown": E(
        "「{slug}」という日報や週報は site.yaml の digests にありません。",
        "site.yaml declares no digest “{slug}”.",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
    ),
    "digest/period": E(
        "ファイル名「{name}」は、{every}の名前になっていません。",
        "“{name}” does not name a {every}.",
        "{better}.md のように付けます。",
        "Name it for example {better}.md.",
    ),
    "front-matter/long-title": W(
        "題名が{length}文字あります。検索結果では60文字までが目安です。",
        "The title has {length} characters. Search results show about 60.",
    ),
    "front-matter/description-length": W(
        "description が{length}文字です。40〜140文字が目安です。",
        "The description has {length} characters. 40 to 140 are good.",
    ),
    "front-matter/summary-length": W(
        "要約が{length}文字です。60〜300文字が目安です。",
        "The summary has {length} characters. 60 to 300 are good.",
    ),
    "front-matter/summary-repeats": W(
        "要約が description と同じです。",
        "The summary is the same as the description.",
    ),
    "front-matter/recommended-count": W(
        "お勧めが{count}件です。3〜7件が目安です。",
        "There are {count} entries under recommended. 3 to 7 are good.",
    ),
    "front-matter/typed-check": W(
        "✅ はテーマが付けるので、書かなくてかまいません。",
        "The theme adds the ✅; leave it out.",
    ),
}

_CONFIG = {
    "config/outside": E(
        "サイトの外です。{folder} にも、その上のフォルダーにも site.yaml がありません。",
        "This is outside a site: neither {folder} nor a folder above it has a site.yaml.",
        "サイトのフォルダーに移るか、--site で場所を指定します。新しく作るなら ssg init です。",
        "Go to the site's folder or name it with --site. To make a new one, use ssg init.",
    ),
    "config/unreadable": E("site.yaml を読めません（{why}）。", "Cannot read site.yaml ({why})."),
    "config/url-extras": E(
        "「{key}」の「{got}」には、?、#、ユーザー名を付けられません。",
        "“{key}”: “{got}” must have no query, fragment or user name.",
    ),
    "config/timezone": E(
        "「{got}」というタイムゾーンはありません。",
        "There is no time zone “{got}”.",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
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
    "config/same-slug": E(
        "「{got}」は「{first}」がもう使っています。",
        "“{got}” is already used by “{first}”.",
    ),
    "config/reserved": E(
        "「{got}」は ssg が使う名前なので、分類の名前にできません。",
        "“{got}” is a name that ssg uses itself; a taxonomy cannot have it.",
    ),
    "config/label-blank": E(
        "ラベル「{key}」に、使えない {got} があります。",
        "The label “{key}” has {got}, which it cannot have.",
    ),
    "config/weights": E(
        "評価の重みの合計が{got}です。100にしてください。",
        "The weights of the score add up to {got}. Make it 100.",
    ),
    "config/unknown-author": E(
        "書き手「{got}」のファイル content/authors/{got}.md がありません。",
        "There is no author “{got}” (content/authors/{got}.md).",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
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
        "エディターで「UTF-8で保存」を選ぶか、iconv -f {name} -t UTF-8 で変換します。",
        "Save it as UTF-8 in your editor, or convert it: iconv -f {name} -t UTF-8",
    ),
    "encoding/bad-byte": E(
        "ここに UTF-8 として読めないバイト {byte} があります。",
        "There is a byte {byte} here that is not UTF-8.",
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
        "別の名前にしてください。",
        "Rename it.",
    ),
    "file/windows": W(
        "「{name}」は Windows で使えない文字を含みます。",
        "“{name}” has characters that Windows does not allow.",
    ),
    "content/no-section": W(
        "このファイルは公開されません。{known} のどれかのフォルダーに置きます。",
        "This file is not published. It belongs into one of the folders {known}.",
    ),
    "content/unreadable": E("読めません（{why}）。", "Cannot read this ({why})."),
    "content/symlink": E(
        "シンボリックリンクは使えません。",
        "Symbolic links are not followed.",
        "ファイルそのものを置いてください。",
        "Put the file itself here.",
    ),
    "content/not-a-file": E("普通のファイルではありません。", "This is not a regular file."),
    "author/id": E(
        "書き手のファイル名「{got}」はアドレスに使えません。",
        "An author's file cannot be named “{got}”.",
        "「{better}.md」ではどうですか。",
        "How about “{better}.md”?",
    ),
    "slug/unsafe": E(
        "slug「{got}」に使えないもの「{part}」が入っています。",
        "The slug “{got}” contains “{part}”, which it must not.",
        "文字、数字、- だけにします。かなと漢字も使えます。",
        "Use letters (kana and kanji too), digits and -.",
    ),
    "slug/empty": W(
        "「{got}」からアドレスを作れないので、「{slug}」にしました。",
        "“{got}” leaves nothing for an address; it became “{slug}”.",
        "slug: に好きなアドレスを書けます。",
        "Write the address you want as slug:.",
    ),
    "slug/reserved": E(
        "「{got}」は ssg かホストが使う名前なので、アドレスにできません。",
        "“{got}” is used by ssg or the host and cannot be an address.",
        "slug: に別の名前を書きます。",
        "Write another name as slug:.",
    ),
    "slug/invisible": W(
        "slug に目に見えない文字があったので取りました（{got} → {slug}）。",
        "Invisible characters were taken out of the slug ({got} → {slug}).",
    ),
    "url/taken": E(
        "アドレス {path} は {other} と重なっています。",
        "The address {path} is also wanted by {other}.",
        "どちらかの slug か aliases を変えてください。",
        "Change the slug or aliases of one of them.",
    ),
    "url/dead-menu": W(
        "メニューの「{label}」が指す {path} は、このサイトにありません。",
        "The menu entry “{label}” leads to {path}, which this site does not have.",
    ),
}

_IMAGES = {
    "image/missing": E(
        "画像「{name}」がありません。",
        "There is no picture “{name}”.",
        "「{near}」のことですか（大文字と小文字は区別されます）。",
        "Did you mean “{near}”? (Case matters.)",
    ),
    "image/outside": E(
        "画像「{name}」はサイトの外にあります。",
        "The picture “{name}” lies outside the site.",
        "content か assets の中に置いてください。",
        "Put it below content or assets.",
    ),
    "image/unreadable": E("画像「{name}」を読めません（{why}）。", "Cannot read “{name}” ({why})."),
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
    "image/empty": E("画像「{name}」は0バイトです。", "The picture “{name}” has 0 bytes."),
    "image/damaged": E(
        "画像「{name}」が壊れています（{why}）。",
        "The picture “{name}” is damaged ({why}).",
    ),
    "image/too-large": E(
        "画像「{name}」は大きすぎます（{size}）。5,000万画素までです。",
        "The picture “{name}” is too large ({size}); at most 50 million pixels.",
    ),
    "image/svg": E(
        "SVG「{name}」に動くもの（スクリプトなど）が入っているか、SVGではありません。",
        "The SVG “{name}” contains something active (such as a script), or is none.",
    ),
    "image/weak-alt": E(
        "画像の説明（alt）が「{got}」だけです。",
        "The alt text of this picture is only “{got}”.",
        "見えない人に伝わるように、何が描かれているかを書きます。",
        "Say what it shows to those who cannot see it.",
    ),
}

_LAYOUTS = {
    "layout/unknown": E(
        "レイアウト「{got}」がありません。",
        "There is no layout “{got}”.",
        "使えるのは {known} です。",
        "There are: {known}.",
    ),
    "layout/missing": E(
        "レイアウト「{name}」がありません（{page} を作るとき）。",
        "There is no layout “{name}” (while making {page}).",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
    ),
    "layout/syntax": E(
        "レイアウトの書き方に誤りがあります: {why}（{page} を作るとき）。",
        "A mistake in the layout: {why} (while making {page}).",
    ),
    "layout/undefined": E(
        "「{name}」はありません: {why}（{page} を作るとき）。",
        "There is no “{name}”: {why} (while making {page}).",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
    ),
    "layout/recursion": E(
        "レイアウトが自分自身を呼び続けています: {chain}（{page} を作るとき）。",
        "Layouts call themselves without end: {chain} (while making {page}).",
    ),
    "layout/budget": E(
        "レイアウトの処理が{seconds}秒で終わりません（{page} を作るとき）。",
        "The layout does not end within {seconds} s (while making {page}).",
    ),
    "layout/failed": E(
        "レイアウトの中で失敗しました: {why}（{page} を作るとき）。",
        "The layout failed: {why} (while making {page}).",
    ),
}

_MACHINE = {
    "output/symlink": E(
        "出力先がシンボリックリンクです。",
        "The output is a symbolic link.",
        "フォルダーそのものを指定してください。",
        "Name the folder itself.",
    ),
    "output/dangerous": E(
        "ここへは出力できません。サイトやホームなど、大切なものを消すおそれがあります。",
        "Refusing to write here: it could destroy the site, your home, or more.",
        "public のような、出力専用のフォルダーを指定してください。",
        "Name a folder that is for the output alone, such as public.",
    ),
    "output/inside-source": E(
        "出力先が、書いたものを置くフォルダーの中です。",
        "The output lies inside a folder of sources.",
        "public のような、出力専用のフォルダーを指定してください。",
        "Name a folder that is for the output alone, such as public.",
    ),
    "output/not-a-folder": E("出力先はフォルダーではありません。", "The output is not a folder."),
    "output/foreign": E(
        "出力先に、ssg が作ったのではないファイルがあります。",
        "The output holds files that ssg did not make.",
        "空のフォルダーか、前に ssg が作ったフォルダーを指定してください。",
        "Name an empty folder, or one that ssg made before.",
    ),
    "build/busy": E(
        "別のビルドが動いています。",
        "Another build of this site is running.",
        "終わるのを待って、もう一度実行してください。",
        "Wait until it ends and try again.",
    ),
    "disk/full": E("ディスクに空きがありません（{why}）。", "The disk is full ({why})."),
    "disk/failed": E("読み書きできません（{why}）。", "Cannot read or write this ({why})."),
    "init/not-empty": E(
        "このフォルダーは空ではありません。",
        "This folder is not empty.",
        "新しいフォルダーの名前を指定してください。",
        "Name a new folder.",
    ),
    "new/exists": E(
        "同じ名前のファイルがもうあります。",
        "There is already a file of that name.",
        "--slug で別の名前を指定してください。",
        "Choose another name with --slug.",
    ),
}

CATALOGUE: dict[str, Sentence] = (
    {f"{o}/{rule}": s for o in ("front-matter", "config", "data") for rule, s in _FIELDS.items()}
    | _YAML
    | _FRONT_MATTER
    | _CONFIG
    | _FILES
    | _IMAGES
    | _LAYOUTS
    | _MACHINE
)
