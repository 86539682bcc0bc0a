"""What can go wrong on the way to a host."""

from __future__ import annotations

from ssg.sentences.kinds import E, W

PUBLISHING = {
    "config/secret": E(
        "「{key}」に秘密の値を書いてはいけません。site.yaml はほかの人の目に触れます。",
        "“{key}” is a secret and must not stand in site.yaml, which others may read.",
        "この行を消し、値は環境変数 {variable} に入れます。\n"
        "外に出たおそれがあれば、新しいものに替えてください。",
        "Delete the line and put the value into the environment variable {variable}.\n"
        "If others may have seen it, make a new one.",
    ),
    "config/remote": E(
        "「{key}」の「{got}」は公開先の形になっていません。",
        "“{key}”: “{got}” is not a place to send to.",
        "{better} のように書きます。",
        "Write for example {better}",
    ),
    "deploy/no-target": E(
        "公開先が決まっていません。",
        "There is no target to publish to.",
        "site.yaml の deploy: に書きます。書き方は README の「公開する」にあります。\n"
        "手元のフォルダーへなら --to フォルダー と書きます。",
        "Write one below deploy: in site.yaml; the README's “Publish” shows how.\n"
        "To a folder of this machine: --to FOLDER",
    ),
    "deploy/unknown-target": E(
        "「{got}」という公開先はありません。あるのは {known} です。",
        "There is no target “{got}”. There are: {known}.",
        "「{near}」のことですか。",
        "Did you mean “{near}”?",
    ),
    "deploy/no-output": E(
        "送るものがありません。まだビルドしていません。",
        "There is nothing to send: no build has been made.",
        "--no-build を外します。",
        "Leave out --no-build.",
    ),
    "deploy/own-output": E(
        "ここはビルドの出力先です。公開するフォルダーにはできません。",
        "This is where builds go. It cannot be published to.",
        "別のフォルダーにします。",
        "Name another folder.",
    ),
    "deploy/not-the-output": E(
        "ビルドの後に書き換えられたか、欠けています。",
        "This was changed after the build, or is missing.",
        "ssg build --clean で作り直します。自分のファイルは assets/static/ に置きます。",
        "Make it anew with ssg build --clean. Files of your own belong into assets/static/.",
    ),
    "deploy/preview": E(
        "下書きや公開日前の記事を含めて作った出力です。公開できません。",
        "This output was made with drafts or future posts. It must not go public.",
        "--no-build を外すと、含めずに作り直します。",
        "Leave out --no-build, and it is made without them.",
    ),
    "deploy/other-address": E(
        "別のアドレス {got} のために作った出力です。",
        "This output was made for another address, {got}.",
        "--no-build を外します。",
        "Leave out --no-build.",
    ),
    "deploy/sample-address": E(
        "url が見本のアドレス {got} のままです。",
        "The url is still the sample address {got}.",
        "自分のブログのアドレスに書き換えます。",
        "Write the address of your own blog.",
    ),
    "deploy/local-address": E(
        "url の {got} は、読者の機械からは開けません。",
        "The url {got} cannot be opened from your readers' machines.",
        "公開するアドレスに書き換えます。",
        "Write the address at which the site is public.",
    ),
    "deploy/local-load": E(
        "このページは {got} から何かを読み込みます。読者の機械からは開けない場所です。",
        "This page loads something from {got}, which your readers' machines cannot reach.",
        "公開してある場所のアドレスに書き換えるか、ファイルを assets/ に置きます。",
        "Write an address that is public, or put the file into assets/.",
    ),
    "deploy/local-link": W(
        "このページのリンク {got} は、読者の機械からは開けません。",
        "This page links to {got}, which your readers' machines cannot open.",
        "本文の説明なら、リンクにせず `{got}` とコードにします。",
        "If it is part of an explanation, write it as code instead of a link: `{got}`",
    ),
    "deploy/preview-script": E(
        "このページに、プレビューのための部品が残っています。",
        "A part of the live preview is left in this page.",
        "ssg serve の画面を写したものなら、元の文章から作り直します。",
        "If it was copied from what ssg serve shows, make it anew from its source.",
    ),
    "deploy/other-canonical": E(
        "このページは自分のアドレスを {got} と言っていますが、サイトの url は {url} です。",
        "This page calls itself {got}, but the site's url is {url}.",
        "レイアウトの canonical と og:url を確かめてください。",
        "Look at canonical and og:url in your layouts.",
    ),
    "deploy/no-privacy-page": E(
        "プライバシーポリシーのページがありません。"
        "このページには、読者の情報がほかへ渡るもの（{why}）があります。",
        "There is no privacy page, but this page hands on something of its readers ({why}).",
        "「プライバシーポリシー」という題のページを content/pages/ に作り、"
        "何をだれに送り、何に使うかを書きます。\n"
        "送り先の表は ssg check --embeds で作れます。\n"
        "個人情報保護法と、電気通信事業法の外部送信規律が求めています。",
        "Make a page titled “Privacy policy” in content/pages/ that says what goes to whom "
        "and what for.\n"
        "ssg check --embeds makes a table of whom.\n"
        "Japanese law asks for it (personal information; data sent to others by a page).",
    ),
    "deploy/many-removals": E(
        "公開中の{there}個のファイルのうち{count}個を消そうとしています。",
        "This would remove {count} of the {there} files that are public.",
        "まだ何も送っていません。まちがいなければ --yes を付けます。\n"
        "内訳は --dry-run で見られます。",
        "Nothing was sent. If that is what you want, add --yes.\n--dry-run shows them.",
    ),
    "deploy/page-gone": W(
        "公開中のページ {address} がなくなります。",
        "The page {address}, which is public, goes away.",
        "引っ越した記事なら、新しいほうに aliases: [{address}] と書くと、読者を送れます。",
        "If the post has moved, write aliases: [{address}] in it: its readers are sent on.",
    ),
    "deploy/in-the-way": E(
        "公開先に、ssg が送ったのではない、同じ名前のファイルがあります: {names}。",
        "The target holds files of the same names that ssg did not send: {names}.",
        "残したいものは先に移します。置き換えてよければ --take-over を付けます。",
        "Move away what you want to keep. If they may be replaced, add --take-over.",
    ),
    "deploy/other-site": E(
        "ここには、別のサイト {got} が公開されています。何も送っていません。",
        "Another site is published here: {got}. Nothing was sent.",
        "公開先を別のフォルダーにします。\n"
        "同じサイトのアドレスを変えたところなら、--take-over を一度だけ付けます。",
        "Choose another folder for this one.\n"
        "If it is the same site under a new address, add --take-over once.",
    ),
    "deploy/broken-record": E(
        "公開先にある、前回の記録が壊れています。",
        "The record of the last publication at the target is damaged.",
        "--all --take-over を付けると、記録に頼らずにすべて送り直します。"
        "なくなったページは残るので、自分で消します。",
        "Add --all --take-over to send everything again without it. "
        "Pages that are gone stay there: remove them yourself.",
    ),
    "deploy/interrupted": E(
        "公開先につながらないか、途中で切れました（{why}）。公開中のページはそのまま読めます。",
        "No connection, or it was lost ({why}). What is public can still be read.",
        "もう一度 ssg deploy を実行すると、続きから送ります。"
        "続くときは、回線と、ホスト名、ポートの番号を確かめてください。",
        "Run ssg deploy again: it goes on where it stopped. "
        "If it stays, look at the line, the name of the host and the port.",
    ),
    "deploy/refused": E(
        "公開先に入れません（{why}）。",
        "The target does not let us in ({why}).",
        "パスワードや鍵を確かめてください。\nパスワードは環境変数 {variable} から読みます。",
        "Look at the password or key.\nThe password is read from the variable {variable}.",
    ),
    "deploy/no-password": E(
        "パスワードがありません（{why}）。",
        "There is no password ({why}).",
        "環境変数 {variable} に入れるか、~/.netrc に書きます。",
        "Put it into the environment variable {variable}, or write it into ~/.netrc.",
    ),
    "deploy/keys": E(
        "公開先の鍵が無いか、正しくありません（{why}）。",
        "The keys of the target are missing or wrong ({why}).",
        "鍵は環境変数 AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY に入れるか、\n"
        "~/.aws/credentials に書きます。",
        "Put them into the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,\n"
        "or into ~/.aws/credentials.",
    ),
    "deploy/untrusted": E(
        "公開先が本物かどうか確かめられません（{why}）。",
        "The target cannot prove that it is what it says ({why}).",
        "ホスト名のつづりを確かめてください。\n"
        "自分で立てたサーバーなら、その認証局の証明書を {setting} に指定します。",
        "Look at the spelling of the host's name.\n"
        "If the server is your own, name the certificate of its authority as {setting}.",
    ),
    "deploy/no-tls": E(
        "公開先が暗号化（FTPS）に応じません（{why}）。",
        "The target does not offer encryption, FTPS ({why}).",
        "ホストの設定で FTPS を使えるようにします。暗号化なしでは送りません。",
        "Turn on FTPS in the settings of your host. Nothing is sent without encryption.",
    ),
    "deploy/forbidden": E(
        "公開先が書き込みを許しません（{why}）。",
        "The target does not allow this ({why}).",
        "フォルダーの持ち主と許可、またはリポジトリーへ書き込む権限を確かめてください。",
        "Look at the owner and the permissions of the folder, or at your rights in the repository.",
    ),
    "deploy/host-key": E(
        "公開先が本物かどうかを確かめられません（{why}）。",
        "It is not certain that the target is what it claims to be ({why}).",
        "はじめてなら、ssh で一度つなぎ、示された指紋が公式のものと同じなら yes と答えます。\n"
        "つなぐには {command} と打ちます。\n"
        "前はつながったのなら、サーバーの鍵が変わった理由を先に確かめてください。",
        "The first time, connect once with ssh, and say yes if the fingerprint is the host's.\n"
        "To connect, type {command}\n"
        "If it worked before, first find out why the key of the host has changed.",
    ),
    "deploy/overtaken": E(
        "送っているあいだに、同じ公開先へ、ほかからも公開されました。",
        "Someone else published to the same target in the meantime.",
        "向こうの記事を手元に取り込んでから、もう一度 ssg deploy を実行します。\n"
        "止めた公開が遅れて届いただけなら、そのままもう一度でかまいません。",
        "Bring their posts into your folder, then run ssg deploy again.\n"
        "If it was your own, broken off and arriving late, just run it again.",
    ),
    "deploy/no-space": E(
        "公開先に空きがありません（{why}）。",
        "The target has no space left ({why}).",
        "空きを作り、もう一度 ssg deploy を実行します。続きから送ります。",
        "Make room and run ssg deploy again: it goes on where it stopped.",
    ),
    "deploy/no-place": E(
        "公開先が見つかりません（{why}）。",
        "The target cannot be found ({why}).",
        "名前、フォルダー、つづりを確かめてください。",
        "Look at its name, its folder and the spelling.",
    ),
    "deploy/failed": E(
        "送れませんでした（{why}）。",
        "It could not be sent ({why}).",
        "もう一度 ssg deploy を実行します。続くときは、かっこの中の言葉で調べてください。",
        "Run ssg deploy again. If it stays, look for the words in brackets.",
    ),
    "deploy/no-program": E(
        "{program} が見つかりません。",
        "The program {program} is missing.",
        "{program} を入れてから、もう一度実行します。",
        "Install {program} and try again.",
    ),
    "deploy/no-extra": E(
        "この公開先には、追加の部品 {extra} が要ります。",
        "This target needs the extra {extra}.",
        "pip install 'ssg-trend[{extra}]' で入ります。",
        "Install it with pip install 'ssg-trend[{extra}]'.",
    ),
    "setup/exists": E(
        "このファイルはもうあります。何も書き換えていません。",
        "This file exists already. Nothing was changed.",
        "作り直すなら、先に消すか名前を変えます。",
        "To have it made anew, delete or rename it first.",
    ),
    "deploy/still-old": W(
        "まだ前の内容が見えています: {pages}。",
        "The old content is still shown: {pages}.",
        "キャッシュのためです。数分おいて開き直してください。",
        "A cache holds it. Look again in a few minutes.",
    ),
    "deploy/differs": W(
        "送ったものと違う内容が見えています: {pages}。",
        "What is shown differs from what was sent: {pages}.",
        "ホストや CDN がページに手を加えることがあります。ブラウザーで開いて確かめてください。",
        "Hosts and CDNs may change pages. Open them in a browser and look.",
    ),
    "deploy/not-shown": W(
        "見つかりません（404）: {pages}。",
        "Not found (404): {pages}.",
        "公開されるまで少しかかるホストもあります。"
        "続くようなら、url と公開先が同じ場所か確かめてください。",
        "Some hosts take a while. If it stays so, see whether url and target are the same place.",
    ),
    "deploy/not-gone": W(
        "消したのにまだ見えています: {pages}。",
        "Removed, but still shown: {pages}.",
        "キャッシュのためです。数分おいて開き直してください。",
        "A cache holds it. Look again in a few minutes.",
    ),
    "deploy/elsewhere": W(
        "別のアドレスへ転送されるので、確かめていません: {pages}。",
        "Not checked, because they lead to another host: {pages}.",
        "url に、転送された先のアドレスを書きます。",
        "Write the address that they lead to as url.",
    ),
    "deploy/not-reached": W(
        "公開したページを開けませんでした（{why}）: {pages}。",
        "What was published could not be opened ({why}): {pages}.",
        "アドレスがまだ使えないか、回線の都合です。確かめないなら --no-check を付けます。",
        "The address may not work yet, or the line is down. --no-check leaves this out.",
    ),
    "deploy/not-announced": W(
        "公開しましたが、更新を知らせることができませんでした（{why}）。",
        "Published, but the news could not be announced ({why}).",
        "次に公開するときに、その回の分をまた知らせます。",
        "The next publication announces its own changes again.",
    ),
    "deploy/no-rsync": E(
        "公開先で rsync を使えません（{why}）。",
        "rsync cannot be used at the target ({why}).",
        "公開先に rsync を入れるか、type: sftp を使います。",
        "Install rsync there, or use type: sftp.",
    ),
    "deploy/no-sftp": E(
        "公開先で SFTP を使えません（{why}）。",
        "SFTP cannot be used at the target ({why}).",
        "サーバーの管理画面で SSH（SFTP）を使えるようにします。無ければ type: ftps を使います。",
        "Switch SSH (SFTP) on in the host's control panel. If it has none, use type: ftps.",
    ),
    "deploy/not-a-release": E(
        "公開先の current は、ssg が作ったリンクではありません。",
        "“current” at the target is not a link that ssg made.",
        "別の名前に移すか、to に別のフォルダーを書きます。",
        "Move it to another name, or write another folder into “to”.",
    ),
    "deploy/no-releases": E(
        "公開先「{name}」は前の版を残していないので、戻せません。",
        "The target “{name}” keeps no older releases, so it cannot go back.",
        "--rollback は、releases: を書いた type: rsync でだけ使えます。"
        "ほかでは、記事を元に戻してから ssg deploy を実行します。",
        "--rollback is for type: rsync with releases:. Elsewhere bring the posts back as they were "
        "and run ssg deploy.",
    ),
    "deploy/no-release-before": E(
        "公開中の版より前の版は、公開先に残っていません。",
        "The target has no release before the one that is public.",
        "ssg deploy で新しく公開します。",
        "Publish a new one with ssg deploy.",
    ),
}
