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
        "桁を確かめます。billion は10億、million は100万です。",
        "Check the digits: count the zeros of the source and of the sum here.",
    ),
    "figures/grouping": W(
        "「{got}」の桁の区切りがおかしいようです。",
        "The digits of “{got}” are grouped in an odd way.",
        "コンマは3桁ごとに打ち、万や億の前の数は4桁までにします。",
        "Put a comma after every three digits, and at most four digits before a unit.",
    ),
    "advertising/no-label": W(
        "「{got}」とありますが、この記事には広告の表示が付きません。",
        "The post says “{got}” but carries no advertising label.",
        "広告主を partners: に書くか、:::pr で置きます。題名の下に「広告」の表示が付きます。",
        "Name the advertiser in partners: or with :::pr; the label then stands below the title.",
    ),
    "advertising/front-matter": W(
        "広告のリンクがここにあると、「広告」の表示が付きません。",
        "An advertiser's link gets no label here.",
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
        "題名が全角{width}文字ぶんあり、検索結果では{most}文字ほどで切れます。",
        "The title is {width} full-width characters wide; "
        "search results cut it after about {most}.",
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
    "check/unknown-code": W(
        "「{got}」というコードはありません。",
        "There is no code “{got}”.",
        "「{near}」のことですか。\nコードは、それぞれの指摘の初めに出ています。",
        "Did you mean “{near}”?\nThe code of a remark stands at its beginning.",
    ),
}
