"""What can go wrong on the way to a host."""

from __future__ import annotations

from ssg.sentences.kinds import E

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
        "「{key}」の「{got}」は送り先の形になっていません。",
        "“{key}”: “{got}” is not a place to send to.",
        "{better} のように書きます。",
        "Write for example {better}",
    ),
    "deploy/no-target": E(
        "送り先が決まっていません。",
        "There is no target to publish to.",
        "site.yaml の deploy: に書きます。書き方は README の「公開する」にあります。",
        "Write one below deploy: in site.yaml; the README's “Publish” shows how.",
    ),
    "deploy/unknown-target": E(
        "「{got}」という送り先はありません。あるのは {known} です。",
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
    "deploy/many-removals": E(
        "公開中の{there}個のファイルのうち{count}個を消そうとしています。",
        "This would remove {count} of the {there} files that are public.",
        "まちがいなければ --yes を付けます。\n内訳は --dry-run で見られます。",
        "If that is what you want, add --yes.\n--dry-run shows them.",
    ),
    "deploy/in-the-way": E(
        "送り先に、ssg が送ったのではないファイルがあります: {names}。",
        "The target holds files that ssg did not send: {names}.",
        "残したいものは先に移します。置き換えてよければ --take-over を付けます。",
        "Move away what you want to keep. If they may be replaced, add --take-over.",
    ),
    "deploy/broken-record": E(
        "送り先にある、前回の記録が壊れています。",
        "The record of the last publication at the target is damaged.",
        "--all を付けると、記録に頼らずにすべて送り直します。",
        "Add --all to send everything again without it.",
    ),
    "deploy/interrupted": E(
        "途中で切れました（{why}）。公開中のページはそのまま読めます。",
        "The connection was lost ({why}). What is public can still be read.",
        "もう一度 ssg deploy を実行すると、続きから送ります。",
        "Run ssg deploy again: it goes on where it stopped.",
    ),
    "deploy/refused": E(
        "送り先に入れません（{why}）。",
        "The target does not let us in ({why}).",
        "パスワードや鍵を確かめてください。\nパスワードは環境変数 {variable} から読みます。",
        "Look at the password or key.\nThe password is read from the variable {variable}.",
    ),
    "deploy/forbidden": E(
        "送り先が書き込みを許しません（{why}）。",
        "The target does not allow this ({why}).",
        "フォルダーの持ち主と許可を確かめてください。",
        "Look at the owner and the permissions of the folder.",
    ),
    "deploy/no-space": E(
        "送り先に空きがありません（{why}）。",
        "The target has no space left ({why}).",
        "空きを作り、もう一度 ssg deploy を実行します。続きから送ります。",
        "Make room and run ssg deploy again: it goes on where it stopped.",
    ),
    "deploy/no-place": E(
        "送り先が見つかりません（{why}）。",
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
        "この送り先には、追加の部品 {extra} が要ります。",
        "This target needs the extra {extra}.",
        "pip install 'ssg-trend[{extra}]' で入ります。",
        "Install it with pip install 'ssg-trend[{extra}]'.",
    ),
}
