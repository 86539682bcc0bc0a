"""The format: what is missing in a post or brief, and what its author made by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.check.reading import codes, remarks
from tests.conftest import RunSsg, SiteFactory

TEXT = "駅前の豆腐屋は、朝の五時に灯りをつける。湯気の向こうで、店主が木の枠を外していた。\n\n" * 8
SUMMARY = "駅前の豆腐屋を一週間たずね、値札が変わった理由を聞きました。原料より運賃が重く、店主は営業時間を短くしています。"
POST = f"""kicker: 町の話
description: 駅前の豆腐屋を一週間たずね、値札が変わった理由と、店主が選んだ答えを書き留めました。
summary: {SUMMARY}
recommended: [物価の話が苦手な方, 町の店を応援したい人, 値付けに迷う店主]
"""
BRIEF = """tldr: 市は豆腐組合の求めに応じ、朝市の時間を一時間早めて五時に始めると発表した。
key_points:
  - {title: 五時に開始, text: 組合の求めで、一時間早く始める。}
  - {title: 試行は三か月, text: 騒音の苦情を見て、続けるかを決める。}
  - {title: 屋台も参加, text: 十二の屋台が新しく加わる。}
"""
NEWS = "朝市は来月から五時に始まる。市によると、仕入れを終えた料理人にも立ち寄ってもらうためだという。\n\n騒音の心配もあり、三か月は試しに行う。"


def told(body: str = TEXT, front: str = POST, section: str = "posts") -> list[str]:
    return codes(body, front, section, family="format/")


def without(key: str, front: str = POST) -> str:
    return "\n".join(line for line in front.split("\n") if not line.startswith(key))


def with_(line: str, front: str = POST) -> str:
    return without(line.partition(":")[0], front) + f"{line}\n"


def test_a_whole_post_and_a_whole_brief() -> None:
    assert told() == []
    assert told(NEWS, BRIEF, "news") == []


# --- a post ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["description", "summary", "recommended"])
def test_what_is_missing_in_a_post(key: str) -> None:
    assert told(front=without(key)) == [f"no-{key}"]


def test_a_recommended_box_in_the_text_is_one() -> None:
    box = ":::recommended\n- 物価の話が苦手な方\n- 町の店を応援したい人\n:::\n\n"
    assert told(box + TEXT, without("recommended")) == []


@pytest.mark.parametrize("layout", ["page", "own"])
def test_another_layout_has_another_format(layout: str) -> None:
    assert told(front=f"layout: {layout}\n") == []


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ("[物価の話が苦手な方, 最新の価格トレンド, 町の人]", "recommended-reader"),
        ("[物価の話が苦手な方, 家計を見直したい, 町の人]", "recommended-reader"),
        ("[物価の話が苦手な方, 家計の見直しリスト, 町の人]", "recommended-reader"),
        ("[物価の話が苦手な方, 物価の話が苦手な方, 町の店に通う人]", "recommended-repeated"),
        ("[物価の話が苦手な方, 町の人, 町の店に通う人]", "recommended-length"),
        (
            f"[物価の話が苦手な方, {'とても' * 20}困っている人, 町の店に通う人]",
            "recommended-length",
        ),
    ],
)
def test_weak_recommendations(entries: str, code: str) -> None:
    assert code in told(front=with_(f"recommended: {entries}"))


@pytest.mark.parametrize(
    "entry",
    "はじめて投資をする会社員 転職を考えている20代 小さなお店の店長 推し活中のあなた 猫が大好き"
    " 子育て中のママ 副業を始めたい夫婦 受験生の保護者 WordPressのユーザー 一人暮らしの女性たち"
    " 30km過ぎに失速するランナー 音楽が好きなピアニスト 物を減らしたいミニマリスト"
    " 共働き世帯 食いしん坊 作曲家志望 家計をあずかる奥さま 下手な人🎮 腰が痛い方（特に40代）"
    " 登山初心者 ブログを続けたい方へ 町を歩くのが好きなみなさん 中小企業 介護をしている家族".split(),
)
def test_all_kinds_of_readers(entry: str) -> None:
    front = with_(f"recommended: [物価の話が苦手な方, {entry}, 町の店に通う人]")
    assert "recommended-reader" not in told(front=front)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("summary: 題名。", "summary-repeats"),
        (
            "summary: この記事では、豆腐屋の値札をわかりやすく解説します。ぜひご覧ください。",
            "empty-summary",
        ),
        ("summary: 豆腐の値段について紹介しています。", "empty-summary"),
        (
            "summary: 駅前の豆腐屋を一週間たずね、値札が変わった理由と店主が選んだ答えを書き留めました！",
            "summary-repeats",
        ),
        ("title: 【速報】豆腐の値段", "typed-kicker"),
        ("kicker: 【やってみた】", "typed-kicker"),
        ("subtitle: {kicker: 【やってみた】, text: 豆腐の値段}", "typed-kicker"),
        (f"summary: 【要約】{SUMMARY}", "typed-label"),
        (f"summary: '**要約**: {SUMMARY}'", "typed-label"),
    ],
)
def test_what_says_nothing(line: str, code: str) -> None:
    assert told(front=with_(line)) == [code]


@pytest.mark.parametrize(
    "line",
    [
        "summary: 値上げの理由を三つ紹介します。運賃、包装、人手です。",
        f"summary: {SUMMARY}最後に、店主の言葉を紹介します。",
        "title: 豆腐の値段【前編】",
        "kicker: やってみた",
        "kicker: 店主【前編】",
    ],
)
def test_what_says_something(line: str) -> None:
    assert told(front=with_(line)) == []


def test_a_cover_where_there_are_pictures() -> None:
    picture = "![店先に並ぶ豆腐](tofu.jpg)\n\n"
    assert told(picture + TEXT) == ["no-cover"]
    cover = with_("cover: {src: tofu.jpg, alt: 店先に並ぶ豆腐}")
    assert told(picture + TEXT, cover) == []


HEARSAY = "市の調査によると、豆腐屋は十年で42%減った。\n\n"


@pytest.mark.parametrize(
    ("body", "front", "found"),
    [
        (HEARSAY, "", ["no-sources"]),
        ("統計局の調べでは、3,400円だった。\n\n", "", ["no-sources"]),
        (HEARSAY, "sources: [{title: 調査, url: 'https://example.com/'}]\n", []),
        (HEARSAY + "[調査](https://example.com/)\n\n", "", []),
        ("店主によると、朝が早いという。\n\n", "", []),
        ("豆腐を42%多く買った。\n\n", "", []),
        ("> 調査によると、42%減った。\n\n", "", []),
        ("友人の話によると、駅まで10分、料金は300円だそうです。\n\n", "", []),
        ("祖母によれば、昔は10円だった。\n\n", "", []),
        ("天気予報によると、雨の確率は80%です。\n\n", "", []),
        ("祖母によれば、昔は10円だった。調査によると、42%減った。\n\n", "", ["no-sources"]),
    ],
)
def test_figures_by_hearsay(body: str, front: str, found: list[str]) -> None:
    assert told(body + TEXT, POST + front) == found


# --- a brief -----------------------------------------------------------------------------------------


POINT = "{title: 屋台も, text: 十二の屋台が新しく加わる。}"


@pytest.mark.parametrize(
    ("front", "found"),
    [
        (without("tldr", BRIEF), ["no-tldr"]),
        (with_("tldr: 題名！", BRIEF), ["tldr-repeats"]),
        (
            with_("tldr: 'TL;DR：市は朝市の時間を一時間早めて五時に始める。'", BRIEF),
            ["typed-label"],
        ),
        (BRIEF[: BRIEF.index("key_points")], ["no-key-points"]),
        (BRIEF[: BRIEF.index("  - {title: 試行")], ["key-point-count"]),
        (BRIEF + f"  - {POINT}\n" * 3, ["key-point-count"]),
        (BRIEF.replace("十二の屋台が新しく加わる。", "増える"), ["empty-point"]),
        (BRIEF.replace("text: 十二の屋台が新しく加わる。", "text: 屋台も参加。"), ["empty-point"]),
        (BRIEF + f"  - {POINT}\n" * 2, []),
    ],
)
def test_what_a_brief_lacks(front: str, found: list[str]) -> None:
    assert told(NEWS, front, "news") == found


# --- the text ------------------------------------------------------------------------------------------


def test_short_texts() -> None:
    assert told(TEXT[:200]) == ["short-body"]
    assert told(NEWS[:40], BRIEF, "news") == ["short-body"]
    code = "```\n" + "x = 1\n" * 100 + "```\n"
    assert told(code) == ["short-body"]
    assert told(TEXT[:200] + "\n\n" + code) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (TEXT.replace("\n", "")[:380] * 2, ["long-paragraph"]),
        ("豆腐、" * 41 + "です。", ["long-sentence"]),
        ("豆腐、" * 39 + "です。", []),
        ("This is a tofu shop, " * 12 + ".", []),
        ("This is a tofu shop. " * 30, []),
        (("湯気が立つ。" * 30 + "  \n") * 3, []),
        ("- " + "湯気が立つ。" * 80, []),
        ("> " + "豆腐、" * 50 + "です。", []),
        ("`" + "豆腐、" * 50 + "`です。", []),
    ],
)
def test_walls_of_text(body: str, found: list[str]) -> None:
    assert told(f"{TEXT}\n{body}\n") == found


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        ("## 一\n\n文。\n\n### 二\n\n文。\n\n## 三\n\n文。", []),
        ("## 一\n\n### 二\n\n文。", []),
        ("## 一\n\n#### 二\n\n文。", ["skipped-level"]),
        ("### 一\n\n文。", ["skipped-level"]),
        ("# 一\n\n文。", ["title-in-body"]),
        ("# 一\n\n文。\n\n# 二\n\n文。", ["title-in-body"]),
        ("## 一\n\n## 二\n\n文。", ["empty-section"]),
        ("## 一\n\n文。\n\n## 二\n", ["empty-section"]),
        ("## 一\n\n```\ncode\n```\n\n## 二\n\n:::pr shoes\n\n", []),
        ("```\n# 一\n#### 二\n```\n", []),
        ("## I. 一\n\n文。\n\n## II. 二\n\n文。", ["typed-number"]),
        ("## 1. 一\n\n文。\n\n### 1.1 二\n\n文。", ["typed-number"]),
        ("## 第1章　一\n\n文。\n\n## 第二章\n\n文。", ["typed-number"]),
        ("## ①一\n\n文。\n\n## ②二\n\n文。", ["typed-number"]),
        ("## 1.5倍になった\n\n文。\n\n## 2.5倍になった\n\n文。", []),
        ("## 3つの理由\n\n文。\n\n## 5つの店\n\n文。", []),
        ("## 第3回大会\n\n文。\n\n## 第4回大会\n\n文。", []),
        ("## 1. 一つだけ\n\n文。", []),
        ("## 【1】川\n\n文。\n\n## 【2】橋\n\n文。", ["typed-number"]),
        ("## 1、川\n\n文。\n\n## 2、橋\n\n文。", ["typed-number"]),
        ("## 一、川\n\n文。\n\n## 二、橋\n\n文。", ["typed-number"]),
        ("## Ⅰ 川\n\n文。\n\n## Ⅱ 橋\n\n文。", ["typed-number"]),
        ("## ❶ 川\n\n文。\n\n## ❷ 橋\n\n文。", ["typed-number"]),
        ("## 1️⃣ 川\n\n文。\n\n## 2️⃣ 橋\n\n文。", ["typed-number"]),
        ("## Step1 川\n\n文。\n\n## Step2 橋\n\n文。", ["typed-number"]),
        ("## Step1 川\n\n文。\n\n## ❷ 橋\n\n文。", []),
        ("## 一、二を争う店\n\n文。\n\n## 二、三の話\n\n文。", []),
        ("## 3.2 の新機能\n\n文。\n\n## 3.1 の新機能\n\n文。", []),
        ("## 1、2歳の服\n\n文。\n\n## 3、4歳の服\n\n文。", []),
        ("## 1. FCケルン\n\n文。\n\n## 2. ブンデスリーガ\n\n文。", []),
    ],
)
def test_headings(headings: str, found: list[str]) -> None:
    assert told(f"{TEXT}{headings}\n") == found


def test_a_headline_on_top_of_the_text() -> None:
    assert told(f"# もう一つの題名\n\n{TEXT}## 一\n\n文。\n") == []


def test_numbers_that_the_build_tells_of_are_not_told_twice() -> None:
    body = TEXT + "## 1. 一\n\n文。\n\n## 2. 二\n\n文。\n"
    assert told(body, POST + "numbering: roman\n") == []
    body = TEXT + "## ①一\n\n文。\n\n## ②二\n\n文。\n"
    assert told(body, POST + "numbering: roman\n") == ["typed-number"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "【この記事は、こんな方にお勧めです】\n\n✅ 物価の話が苦手な方\n✅ 町の店を応援したい人\n",
            "typed-recommended",
        ),
        (
            "## こんな人におすすめ\n\n- 物価の話が苦手な方\n- 町の店を応援したい人\n",
            "typed-recommended",
        ),
        (
            "こんな方にピッタリ\n\n物価が気になる方\n町を歩く方\n店を開きたい方\n",
            "typed-recommended",
        ),
        ("✅ 安い\n✅ 近い\n✅ うまい\n", "typed-list"),
        ("・絹ごし\n・木綿\n", "typed-list"),
        ("- ✅ 川\n- ✅ 本\n", "typed-list"),
        ("①洗う\n②切る\n", "typed-list"),
        ("◆所在地: 東京在住 ◆家庭: 既婚者\n", "typed-list"),
        ("◆所在地：東京在住\n\n◆趣味：散歩\n", "typed-list"),
        ("【要約】\n\n豆腐の話です。\n", "typed-summary"),
        ("## 要約\n\n豆腐の話です。\n", "typed-summary"),
        ("**TL;DR**\n\n豆腐の話です。\n", "typed-summary"),
        ("## 目次\n\n1. 朝\n2. 昼\n", "typed-contents"),
        ("■目次\n\n- 朝\n- 昼\n", "typed-contents"),
    ],
)
def test_what_is_made_by_hand(text: str, found: str) -> None:
    assert told(f"{TEXT}{text}\n") == [found]
    (remark,) = remarks(f"{TEXT}{text}\n", POST, family="format/")
    assert (remark.line, remark.column) == (TEXT.count("\n") + 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "- 絹ごし\n- 木綿\n",
        "絹ごし・木綿・焼き豆腐\n",
        "| 店 | 可否 |\n|---|---|\n| ✅ 甲 | ◎ |\n| ✅ 乙 | ○ |\n",
        "- [x] 洗う\n- [ ] 切る\n",
        "※ 値段は税込みです。\n※ 写真は見本です。\n",
        "店主のお勧めは、冬の朝の一丁です。\n\n- 絹ごし\n- 木綿\n",
        "要約すると、朝が早い。\n",
        "この本の目次を見ると、朝の話が多い。\n",
        ":::recommended 特にお勧めしたい方\n- 物価の話が苦手な方\n- 町の店を応援したい人\n:::\n",
        "★の数は、あてにしない。\n",
        "●は先手、○は後手。\n●が勝った。\n",
        "①を押す。\n\n②を回す。\n",
        "- ★ 良い\n- ☆ 普通\n",
        "★★★★☆　星四つの店です。\n\n★★★☆☆　星三つの店です。\n",
        "```\n・絹ごし\n・木綿\n```\n",
    ],
)
def test_what_is_made_as_it_should_be(text: str) -> None:
    assert told(f"{TEXT}{text}\n") == []


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("- ✅ 川\n- ✅ 本\n", {"needless": "✅", "got": "✅"}),
        ("✅ 川\n✅ 本\n", {"dash": "- ", "got": "✅"}),
    ],
)
def test_the_sign_goes_where_there_is_a_list(text: str, blanks: dict[str, str]) -> None:
    (remark,) = remarks(f"{TEXT}{text}", POST, family="format/")
    assert remark.blanks == blanks


def test_how_many_key_points_there_should_be() -> None:
    few = BRIEF[: BRIEF.index("  - {title: 試行")]
    (remark,) = remarks(NEWS, few, "news", family="format/")
    assert remark.blanks == {"count": "1", "least": "3"}
    (remark,) = remarks(NEWS, BRIEF + f"  - {POINT}\n" * 3, "news", family="format/")
    assert remark.blanks == {"count": "6", "most": "5"}


def test_a_kicker_is_told_without_its_blanks() -> None:
    (remark,) = remarks(TEXT, with_("kicker: 【 川 】"), family="format/")
    assert remark.blanks == {"got": "川", "key": "kicker"}


def test_pages_and_authors_have_no_format_but_good_habits() -> None:
    assert told("短い。\n", "", "pages") == []
    assert told("## 一\n\n#### 二\n\n文。\n", "", "pages") == ["skipped-level"]
    body = "◆所在地: 東京在住 ◆家庭: 既婚者\n◆出身地: 千葉 ◆趣味: 登山\n"
    assert told(body, "", "authors") == ["typed-list"]


# --- what nobody wrote -----------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["trend", "news", "page"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_text_of_a_fresh_draft_is_known(
    layout: str, language: str, site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    root = site_factory(
        f"-- site.yaml --\ntitle: 帖\nurl: https://blog.tarou.jp\nlanguage: {language}\n"
    )
    run_ssg("new", "題", "--layout", layout, "--slug", "a", cwd=root)
    [file] = (root / "content").rglob("a.md")
    lines = file.read_text("utf-8").splitlines()
    values = re.findall(r"^  (?:name|url): (.+)$", "\n".join(lines), re.MULTILINE)
    body = [line for line in lines[lines.index("---", 1) + 1 :] if line and line[0] != "#"]
    found = json.loads(run_ssg("check", "--format", "json", cwd=root).out)["problems"]
    told = [p["message"] for p in found if p["code"] == "format/placeholder"]
    assert len(told) == len(values + body)
    for text in values + body:
        assert any(f"“{text}”" in one for one in told), text


def test_placeholders_within_a_text_are_words() -> None:
    assert told(f"{TEXT}本文を書きます。そのあと見出しを付けます。\n") == []


def test_the_sample_is_told_once_the_site_has_an_address(tmp_path: Path, run_ssg: RunSsg) -> None:
    run_ssg("init", "blog", cwd=tmp_path)
    site = tmp_path / "blog/site.yaml"
    text = site.read_text("utf-8")
    site.write_text(re.sub("^url: .*$", "url: https://blog.tarou.jp", text, flags=re.M), "utf-8")
    found = json.loads(run_ssg("check", "--format", "json", cwd=site.parent).out)["problems"]
    told = [(p["path"], p["line"]) for p in found if p["code"] == "format/placeholder"]
    assert [path for path, _ in told] == ["content/pages/about.md"] * 2 + [
        "content/posts/hajimete.md"
    ] * 2
