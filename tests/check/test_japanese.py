"""Japanese as a careful editor sets it: what is told, with its place, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.reading import NOW, codes, look, mended, remarks, source

JOINED = "🕵️\u200d♂️"

# The text, what is told of it with its column, and the text as --fix leaves it.
TOLD = [
    ("これは。。誤りです。", "doubled", 4, "これは。誤りです。"),
    ("朝、、夜です。", "doubled", 2, "朝、夜です。"),
    ("そうして、。終わる。", "doubled", 5, "そうして。終わる。"),
    ("どうかな。。。と思う", "ellipsis", 5, "どうかな……と思う"),
    ("からですね。。。実際は", "ellipsis", 6, "からですね……。実際は"),
    ("そう思います。。。", "ellipsis", 7, "そう思います……。"),
    ("「まさか。。。」と言う", "ellipsis", 5, "「まさか……」と言う"),
    ("本をを読む", "doubled", 2, "本を読む"),
    ("しかし、、、待つ。", "ellipsis", 4, "しかし……待つ。"),
    ("それは・・・ない。", "ellipsis", 4, "それは……ない。"),
    ("だが...違う。", "ellipsis", 3, "だが……違う。"),
    ("すごい!のんびりする", "half-width", 4, "すごい!のんびりする"),
    ("すごい！！！来た", "many-marks", 4, "すごい！来た"),
    ("本当!!!", "many-marks", 3, "本当！"),
    ("なぜ！？！？と思う", "many-marks", 3, "なぜ！？と思う"),
    ("超えられるか?", "half-width", 7, "超えられるか？"),
    ("やった!と叫ぶ", "half-width", 4, "やった！と叫ぶ"),
    ("本当!?と聞く", "half-width", 3, "本当！？と聞く"),
    ("四月七日(火)の朝", "half-width", 5, "四月七日（火）の朝"),
    ("(注)は後で", "half-width", 1, "（注）は後で"),
    ("亀裂:その背景", "half-width", 3, "亀裂：その背景"),
    ("## Abel AI:警察の道具 {#abel}", "half-width", 11, "## Abel AI：警察の道具 {#abel}"),
    ("## Abel AI:警察の道具", "half-width", 11, "## Abel AI:警察の道具"),
    ("警察:道具\n---", "half-width", 3, "警察:道具\n---"),
    ("会社（本社)が", "mixed-brackets", 3, "会社（本社）が"),
    ("会社(本社）が", "mixed-brackets", 3, "会社（本社）が"),
    ("母は「橋へと言い、父は「嫌だ」と言う", "unclosed", 3, "母は「橋へと言い、父は「嫌だ」と言う"),
    ("「さっき「はい」と言った", "unclosed", 1, "「さっき「はい」と言った"),
    ("「川を見た。", "unclosed", 1, "「川を見た。"),
    ("「川』と言う", "unclosed", 1, "「川』と言う"),
    ("川を（橋を渡る。", "unclosed", 3, "川を（橋を渡る。"),
    ("【川を見る。", "unclosed", 1, "【川を見る。"),
    ("川を見た」と言う", "unopened", 5, "川を見た」と言う"),
    ("この川）です", "unopened", 4, "この川）です"),
    ("川。、橋です", "doubled", 2, "川。、橋です"),
    ("川、，橋です", "doubled", 2, "川、橋です"),
    ("見た！。次", "doubled", 3, "見た！次"),
    ("です、、、。", "doubled", 3, "です……。"),
    ("機長👨✈️です", "lost-joiner", 3, "機長👨✈️です"),
    ("です？。", "doubled", 3, "です？"),
    ("です！！。", "doubled", 4, "です！！"),
    ("です。！", "doubled", 3, "です。！"),
    ("です。。。、、。", "doubled", 3, "です……。"),
    ("川をが流れる", "particles", 2, "川をが流れる"),
    ("橋がが見える", "particles", 2, "橋がが見える"),
    ("夏なのでで、泳ぐ", "particles", 3, "夏なのでで、泳ぐ"),
    ("すごい！!", "half-width", 4, "すごい！！"),
    ("本当？?と聞く", "half-width", 3, "本当？？と聞く"),
    ("注意: 川です。", "half-width", 1, "注意：川です。"),
    ("川,橋です。", "half-width", 2, "川、橋です。"),
    ("川ですが,", "half-width", 5, "川ですが、"),
    ("川です!のち晴れ", "half-width", 4, "川です!のち晴れ"),
    ("医者👩⚕️です", "lost-joiner", 3, "医者👩\u200d⚕️です"),
    ("旗🏳️🌈です", "lost-joiner", 2, "旗🏳️\u200d🌈です"),
    ("技術者👨💻です", "lost-joiner", 4, "技術者👨💻です"),
    (":::details これは。。\n文\n:::", "doubled", 15, ":::details これは。\n文\n:::"),
    ('![川の絵](a.png "これは。。")', "doubled", 18, '![川の絵](a.png "これは。")'),
    ("２０２６年の話", "full-width", 1, "2026年の話"),
    ("１，２００円です", "full-width", 1, "1,200円です"),
    ("ＡＩの時代", "full-width", 1, "AIの時代"),
    ("古いﾊﾟｿｺﾝです", "half-width-kana", 3, "古いパソコンです"),
    ("おわり｡つぎ", "half-width-kana", 4, "おわり。つぎ"),
    ("探偵🕵️♂️です", "lost-joiner", 3, f"探偵{JOINED}です"),
    ("走る🏃🏽♀です", "lost-joiner", 3, "走る🏃🏽\u200d♀です"),
    ("文字\ufe0fの後", "stray-selector", 3, "文字の後"),
    ("絵👩\u200d です", "stray-selector", 3, "絵👩 です"),
    ("国旗🇯🇵🇺です", "half-flag", 3, "国旗🇯🇵🇺です"),
    ("文字が\ufffd\ufffdた", "lost-character", 4, "文字が\ufffd\ufffdた"),
    ("か\u3099いこく", "split-kana", 1, "がいこく"),
    ("この＊＊太字＊＊は", "wide-asterisks", 3, "この＊＊太字＊＊は"),
    ("そうです 。次", "blank", 5, "そうです。次"),
    ("朝、 夜", "blank", 3, "朝、夜"),
    ("行の終わり　", "trailing-blank", 6, "行の終わり"),
    ("行の終わり　  \n改行", "trailing-blank", 6, "行の終わり  \n改行"),
    ("　\n次", "trailing-blank", 1, "\n次"),
    ("2022年1月      AIを学ぶ", "layout-blanks", 8, "2022年1月      AIを学ぶ"),
    ("名前　　太郎", "layout-blanks", 3, "名前　　太郎"),
    ("お　知　ら　せ", "layout-blanks", 2, "お　知　ら　せ"),
    ("この サ ー バ は", "layout-blanks", 5, "この サ ー バ は"),
    ("ご 挨 拶", "layout-blanks", 2, "ご 挨 拶"),
    ("ご　挨　拶", "layout-blanks", 2, "ご　挨　拶"),
    ("　　　中央に見せる", "layout-blanks", 1, "　　　中央に見せる"),
    ("街のシュミレーション", "misspelled", 3, "街のシミュレーション"),
    ("国のデーターセンター", "misspelled", 3, "国のデータセンター"),
    ("こんにちわ。", "misspelled", 1, "こんにちは。"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "column", "better"), TOLD)
def test_what_is_told_and_mended(
    text: str, code: str, column: int, better: str, tmp_path: Path
) -> None:
    found = remarks(f"一行目。\n\n{text}\n二行目。\n")
    assert [(t.code, t.line, t.column) for t in found] == [(f"japanese/{code}", 3, column)]
    assert mended(tmp_path, text) == better
    assert mended(tmp_path, better) == better


ALONE = [
    "Yahoo!ニュースと、AI!の話",
    "遅延読み込み(lazy loading)とAI(2026)、関数 f(x) の話",
    "`関数(引数)`と`なに?`",
    "```\n関数(引数)を呼ぶ?\n```",
    "> 原文は「なに?」のまま(引用)。",
    "『ハイキュー!!!』と『誰(だれ)?』を観た。",
    "見てください![絵の説明](https://example.com/a.png)",
    "地域 (東京) を選び、\\(東京\\)と書く。",
    "検索?q=語 と https://example.com/?q=語",
    "10:30に集合、比は3:2、title: 題名",
    "[題(だい)とは何か?](https://example.com/a(b))と[題(だい)][a]\n\n[a]: https://example.com/",
    "Ａさんと５人、Ｔシャツ",
    "「わあ！！！」と叫ぶ。本当！？ すごい！！",
    "(ﾟДﾟ) ヽ(´ー｀)ノ (^_^)",
    f"{JOINED}と❤️と1️⃣と👨\u200d👩\u200d👧と🇯🇵🇺🇸と♂と葛\U000e0100",
    "そうか……。え…、いや。",
    "何だ？　次へ。",
    "山田　太郎と東京 大阪",
    "改行は二つの空白  \n次の行",
    "| 列の名前 | 値です   |\n|---|---|\n| あ　　  | い |",
    "-   項目\n-   項目",
    "    code   整列",
    "1...10 と A...B",
    "<!-- メモ。。 (火) -->",
    "太字**「です」**と\\*\\*記号\\*\\*",
    "バ＊ローと伏せる",
    "モーニング娘。の歌",
    "ををしい姿",
    "「長い話です。「はい」と言いました。\n\nそれから帰りました」",
    "「[「題」の話](https://example.com/)」と「続きは次の段落で\n\n終わります」",
    "「一」「二」と言い、「三、\n\n四」",
    "    インデント(字下げ)。。",
    "\tインデント(字下げ)。。",
    "- 項目\n\n      字下げ(コード)。。",
    "<pre>関数(引数)。。\n\n二行目?</pre>",
    "<script>\nalert('本当?')\n</script>",
    "<style>\n/* 川。。 */\n</style>",
    "<code>関数(引数)</code>、<kbd>はい!</kbd>、<samp>本当?</samp>",
    "<textarea>\n川。。\n</textarea>",
    "<blockquote>\n<p>川。。本当?</p>\n</blockquote>",
    "> 引用です。\n続き。。です?",
    "https://ja.wikipedia.org/wiki/川_(曖昧さ回避)",
    "https://ja.wikipedia.org/wiki/けいおん!",
    "見る https://example.com/posts/ＡＢＣ/ と",
    "ｻｰﾊﾞｰ.md",
    "/posts/ＡＢＣ/",
    "アボガドロ定数",
    "「ふいんき」は「雰囲気」の誤読です",
    "=SUM(売上)とVLOOKUP(検索値,範囲,2,FALSE)、=IF(A1>0,IF(川,橋),山)",
    "検索は site:日本 と打つ",
    "(ノД`) (つд⊂) ｷﾀ━━━(ﾟ∀ﾟ)━━━!!",
    "「けいおん!」と「え、これだけ!?」",
    "ラブライブ！サンシャイン!!",
    "「ＳＰＡＣＥ　ＢＡＴＴＬＥＳＨＩＰ　ヤマト」",
    "　　それから　ぼくは",
    "敬具　　　　　　山田",
    "でも、、、と口ごもる",
    "1）川\n2）橋\n\n疲れた（笑\n\nよい：） （川\n橋）",
    "※1）川は、a）安い、b）近い。すごい笑）",
    "（例：）と（図1）と（注1）と( ；∀；)と(；´Д｀）",
    "RANK(点数,範囲)",
    "川[^ｶﾅ]と[橋(石)]と[山(土)][]です。\n\n[^ｶﾅ]: 注です。\n\n[橋(石)]: a.md\n[山(土)]: b.md",
    "仕事をがんばる。便利なのでできる。ははは。もも。",
    "モーニング娘。、藤岡弘、。",
    "所在地: 東京",
    "- 所在地: 東京です。川（例: 橋です。）",
    "👨\u200d💻と👩‍⚕️と❤️と👨",
    "「「はい」と言った」",
    "あ い う え お、ア イ ウ、か さ た な、イ ロ ハ",
    "春　夏　秋　冬の順、林　修と 林 修 先生",
    "わたし は 木 の 下",
    "からですね……。実際は……と思う",
    "「。。」や「、、、」ではなく「……」を使い、句読点（、。）は一つずつ。",
    "「Ａ－００１」と「A-001」は別の品番で、明細には「ﾔﾏﾀﾞ ﾊﾅｺ」と出る。",
    "🇯🇵は「🇯」と「🇵」の二つです。",
    "「やったー!!!!」と「うそ!?!?」",
    "けいおん!!を見た。ラブライブ!の最終回。",
    "尊い❤️🔥",
    "(・∀・)ｲｲ!! ( ˘ω˘ )ｽﾔｧ ｗｗｗ",
    "雨あがり\n　　ポストの口が\n　　　　ひらいている",
    "アボカドとアボガド、どちらが正しい？",
    "ふいんき（なぜか変換できない）",
    "- × 今日は晴れです。。\n- ○ 今日は晴れです。",
    "NG：すごい!と書く。本をを読む",
    "| 誤 | 正 |\n|---|---|\n| 。。。 | …… |\n| ！！！ | ！ |",
]  # fmt: skip


@pytest.mark.parametrize("text", ALONE)
def test_what_is_left_alone(text: str) -> None:
    assert remarks(f"一行目。\n\n{text}\n\n二行目。\n") == []


def test_the_front_matter_is_read_too() -> None:
    found = remarks("", 'subtitle: 超えられるか?\nsummary: "読んでからの話、、です"\n')
    assert [(t.code, t.column) for t in found] == [
        ("japanese/half-width", 17),
        ("japanese/doubled", 18),
    ]


@pytest.mark.parametrize(
    "front",
    [
        "sources: [{title: '本当か?(火)', url: 'https://example.com/?q=か'}]\n",
        "tags: [ＡＩ１２, 何か?]\n",
        "companies: [ﾊﾟｿｺﾝ工房]\n",
        "extra: {note: 何か?}\n",
        "cover: {src: 'https://example.com/a.png', alt: 絵, credit: ＮＨＫ}\n",
    ],
)
def test_names_and_what_others_wrote_are_left_alone(front: str) -> None:
    assert remarks("", front) == []


# --- spelling --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ChatGPTとChatGPT、Chat GPT。", [("Chat GPT", "1", "ChatGPT", "2")]),
        ("chatGPTとChatGPT、ChatGPT", [("chatGPT", "1", "ChatGPT", "2")]),
        ("GithubのGitHub", [("Github", "1", "GitHub", "1")]),
        ("Wi-Fiの話。WiFi、Wi-Fi。", [("WiFi", "1", "Wi-Fi", "2")]),
        ("GithubとGitHubを使う。", [("Github", "1", "GitHub", "1")]),
        ("Wi-FiとWiFi。", [("WiFi", "1", "Wi-Fi", "1")]),
        ("GPT-4とGPT-4とGPT4", [("GPT4", "1", "GPT-4", "2")]),
        ("サーバーとサーバ", [("サーバ", "1", "サーバー", "1")]),
        ("サーバ、サーバ、サーバー", [("サーバー", "1", "サーバ", "2")]),
        ("ユーザーとユーザ、メモリーとメモリ", [("ユーザ", "1", "ユーザー", "1"), ("メモリ", "1", "メモリー", "1")]),
        ("A vs. B、A vs B、C vs D", [("vs.", "1", "vs", "2")]),
        ("ウェブとウェブとWeb", [("Web", "1", "ウェブ", "2")]),
        ("できる。出来ます。", [("出来る", "1", "できる", "1")]),
        ("子どもと子ども、子供", [("子供", "1", "子ども", "2")]),
        ("分かる。わかった。わからない。", [("分かる", "1", "わかる", "2")]),
        ("見てください。見てください。来て下さい。", [("下さい", "1", "ください", "2")]),
        ("ご覧ください。見てください。お待ち下さい。", [("下さい", "1", "ください", "2")]),
        ("サーバーとサーバー、サーバ、レンタルサーバ。", [("サーバ、レンタルサーバ", "2", "サーバー", "2")]),
        ("サーバーとサーバ、レンタルサーバとレンタルサーバー", [("サーバ、レンタルサーバ", "2", "サーバー", "2")]),
        ("三ヶ月と3ヶ月、数か月", [("か月", "1", "ヶ月", "2")]),
        ("引っ越しと引っ越し、引越し", [("引越し", "1", "引っ越し", "2")]),
        ("稼働と稼働、稼動", [("稼動", "1", "稼働", "2")]),
        ("一、二、三，四。", [("，", "1", "、", "2")]),
        ("一。二。三．", [("．", "1", "。", "2")]),
        ("3%と4%、5％", [("％", "1", "%", "2")]),
        ("春〜夏、秋〜冬、朝～夜", [("～（U+FF5E）", "1", "〜（U+301C）", "2")]),
    ],
)  # fmt: skip
def test_spellings_that_vary_in_one_post(text: str, told: list[tuple[str, ...]]) -> None:
    found = remarks(f"{text}\n")
    assert {t.code for t in found} == {"japanese/spelling"}
    assert [tuple(t.blanks.values()) for t in found] == told
    assert all(t.blanks["got"][0] in text[t.column - 1 : t.column + 3] for t in found)


@pytest.mark.parametrize(
    "text",
    [
        "本を読んできた。出来事と上出来。よく出来ている。できる。",
        "子ども食堂を訪ねた。子供は多い。",
        "変更に伴い、さらに進む。",
        "Webサイトと World Wide Web と Amazon Web Services",
        "Apple の apple、AI と ai、LINE と line",
        "open source と open-source",
        "outcome label と OutcomeLabel",
        "hatenablog-workflows と HatenaBlog",
        "GitHub と https://github.com/a と github.com と `github`",
        "『Chat GPT入門』とChatGPT",
        "「サーバって何」と聞かれた。サーバーです。",
        "> サーバを置く。\n\nサーバーです。",
        "パーティとパーティー、シチュとシチュー",
        "カードとカート、ボードとボート、バスとバース",
        "怖いという意味でこわかった。分かる。",
        "The server is old and the Servers are new in this long sentence.",
        "VS Codeと、A vs B",
        "お水を下さい。見てください。",
        "スプリンターとスプリンター、プリンタ",
        "わずか月に一度、三ヶ月。",
        "アメリカ月面着陸から三ヶ月",
        "引越し侍で引っ越しの見積もり",
        "研究です，と書く．そう習った．",
        "「三，四」と「５％」。3%です、と言う。",
        "%と％という記号",
        "サーバとサーバーのどちらを使うか迷います。",
        "Macbook ProではなくMacBook Proです。",
        "ReactとReActという手法。ReActです。",
        "iOSとIOS（シスコの基本ソフト）。",
        "日本ウエブという会社のウェブサイト",
        "| party | サーバー | サーバ |",
        "ドラマーの出るドラマ、サウナーとサウナ、マイナ保険証とマイナーな話。",
        "Webデザイナーの友人がウェブで読むWeb小説",
        "Mac OS XからmacOSへ名前が変わった。",
        "さくらのレンタルサーバを使う。サーバーの設定。",
        "日本コンピュータ将棋協会のコンピューター",
    ],
)
def test_spellings_that_are_two_words(text: str) -> None:
    assert remarks(f"{text}\n") == []


def names(*texts: str) -> dict[str, str]:
    return {
        f"content/posts/p{n:02}.md": source(f"{text}\n", f"title: 題{n}\n")
        for n, text in enumerate(texts)
    }


def test_a_name_that_nearly_all_posts_write_differently() -> None:
    found = [f.problem for f in look(names(*["ChatGPTとサーバー"] * 12, "Chat GPTとサーバ"))]
    told = [(p.path[-6:], dict(p.args)) for p in found if p.code == "japanese/site-spelling"]
    assert sorted(told, key=str) == [
        ("p12.md", {"got": "Chat GPT", "other": "ChatGPT", "count": "12"}),
        ("p12.md", {"got": "サーバ", "other": "サーバー", "count": "12"}),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ["サーバー"] * 6 + ["サーバ"],  # too few to speak of a habit
        ["サーバー"] * 12 + ["サーバ"] * 3,  # too many to speak of a slip
        ["すべて"] * 12 + ["全て"],  # how somebody writes is no name
        ["わかる"] * 12 + ["分かる"],
    ],
)
def test_a_habit_of_one_author_is_left_alone(texts: list[str]) -> None:
    assert not [f for f in look(names(*texts)) if f.problem.code.startswith("japanese/")]


# --- years -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "body", "section"),
    [
        ("title: 【2025年最新版】保険の選び方\n", "", "posts"),
        ("title: 2025年の最新ニュース\n", "", "posts"),
        ("subtitle: 2024年10月最新の動き\n", "", "posts"),
        ("", "## 2025年最新の道具\n\n文。\n", "posts"),
        ("", "今年（2025年）の話。\n", "posts"),
        ("", "2024年の最新トレンドを解説します。\n", "pages"),
        ("tagline: 2024年の最新トレンドを解説\n", "", "authors"),
        ("title: 保険の選び方【2024】\n", "", "posts"),
        ("title: 保険の選び方（2024年）\n", "", "posts"),
        ("kicker: 2024年版\n", "", "posts"),
        ("title: 保険の選び方（2024年版）\n", "", "posts"),
        ("description: 2024年の最新の話をまとめました\n", "", "posts"),
        ("", "## 【2024】保険\n\n文。\n", "posts"),
        ("", "2024年の最新トレンドを独自の視点で。\n", "authors"),
        ("", "2025年の最新の話。\n", "pages"),
    ],
)
def test_years_that_have_passed(front: str, body: str, section: str) -> None:
    assert codes(body, front, section) == ["stale-year"]


@pytest.mark.parametrize(
    ("front", "body", "section"),
    [
        ("title: 【2026年最新版】保険の選び方\n", "", "posts"),
        ("title: 【2025年最新版】保険\ndate: 2025-03-01\n", "", "posts"),
        ("title: 2025年の出来事を振り返る\n", "", "posts"),
        ("", "2025年の最新の話は、去年書きました。\n", "posts"),
        ("", "## 2025年の最新統計で見る\n\n文。\n", "posts"),
        ("", "2025年に会社を作りました。2026年の最新の話。\n", "pages"),
        ("", "> 2024年の最新トレンド\n\n文。\n", "pages"),
        ("", "『2024年最新ガイド』を書きました。\n", "authors"),
        ("", "今年（2025年）は、と書いた去年の原稿。\n", "posts"),
        ("title: 『川の話』（2024年）\n", "", "posts"),
        ("title: 大阪・関西万博（2025年）\n", "", "posts"),
        ("title: 【2026】保険\n", "", "posts"),
        ("", "## 売上（2024年）\n\n文。\n", "posts"),
        ("title: 中小企業白書2024年版の白書を読む\n", "", "posts"),
    ],
)
def test_years_that_are_right(front: str, body: str, section: str) -> None:
    assert codes(body, front, section) == []


def test_a_post_that_was_updated_is_measured_by_that() -> None:
    front = "title: 【2025年最新版】保険\ndate: 2025-03-01\n"
    assert codes("", front) == []
    assert codes("", front + "updated: 2026-02-01\n") == ["stale-year"]


def test_pages_stand_for_the_present_day() -> None:
    assert NOW.year == 2026
    (told,) = remarks("2025年の最新の話。\n", section="pages")
    assert told.blanks == {"year": "2025", "now": "2026"}


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("2026年4月1日 新しい道具の話", 1),
        ("【2026年4月1日】新しい道具の話", 1),
        ("2026/04/01: 新しい道具の話", 1),
        ("2026年4月1日の日記", 0),
        ("2026年3月1日 別の日の話", 0),
        ("新しい道具の話 2026年4月1日", 0),
    ],
)
def test_titles_that_begin_with_their_date(title: str, count: int) -> None:
    assert codes("", f"title: '{title}'\n") == ["dated-title"] * count


@pytest.mark.parametrize(
    "piece",
    [
        "「",
        "」",
        "（",
        "）",
        "『」",
        "<code>",
        "<blockquote>",
        "=IF(",
        "(´",
        "、。",
        "！",
        "サーバとサーバー",
    ],
)
def test_hostile_text_is_read_in_time(piece: str) -> None:
    assert list(look({"content/posts/a.md": source(piece * 3_000)}))


SIGNS = [*"あ漢ア。、・.!?！？()（）「」: 　\n*１Ａｶﾞ", "🕵️", "♂️", "\u200d", "\ufe0f", "は\u3099"]


@given(st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))
def test_mending_comes_to_an_end(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """One correction may make room for another; none undoes another."""
    folder = tmp_path_factory.getbasetemp()
    for _ in range(6):
        better = mended(folder, text)
        if better == text:
            break
        text = better
    assert mended(folder, text) == text
    assert not [f for f in look({"content/posts/a.md": source(text)}) if f.edit]
