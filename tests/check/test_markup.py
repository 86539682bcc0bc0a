"""Slips of the hand in Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.reading import codes, mended, remarks

ID = "dQw4w9WgXcQ"


def told(body: str) -> list[str]:
    return codes(body, family="markup/")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("##見出し", "## 見出し"),
        ("文\n\n###見出し\n文", "文\n\n### 見出し\n文"),
        ("＃＃ 見出し", "## 見出し"),
        ("＃＃見出し", "## 見出し"),
        ("> ##見出し", "> ## 見出し"),
    ],
)
def test_headings(wrong: str, right: str, tmp_path: Path) -> None:
    assert told(wrong) == ["heading"]
    assert mended(tmp_path, wrong) == right
    assert told(right) == []


@pytest.mark.parametrize(
    "text", ["#タグ #散歩", "# 題", "##　見出し", "    ##見出し", "`##見出し`", "＃タグ"]
)
def test_what_is_no_heading_or_is_one(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("-朝\n-夜", "- 朝\n- 夜"),
        ("*朝\n*夜", "* 朝\n* 夜"),
        ("+朝\n+夜", "+ 朝\n+ 夜"),
        ("- 朝\n-昼\n- 夜", "- 朝\n- 昼\n- 夜"),
        ("-**朝**\n-[夜](https://a.jp)", "- **朝**\n- [夜](https://a.jp)"),
        ("1.朝\n2.夜", "1. 朝\n2. 夜"),
        ("１．朝\n２．夜", "1. 朝\n2. 夜"),
        ("1）朝\n2）夜", "1. 朝\n2. 夜"),
        ("1) 朝\n2) 夜", "1. 朝\n2. 夜"),
        ("9.朝\n10.夜", "9. 朝\n10. 夜"),
    ],
)
def test_lists(wrong: str, right: str, tmp_path: Path) -> None:
    assert mended(tmp_path, wrong) == right
    assert told(right) == []
    assert set(told(wrong)) == {"list"}


@pytest.mark.parametrize(
    "text",
    [
        "-朝だけ",
        "-5度\n-3度",
        "1.5倍\n2.5倍",
        "1.朝だけ",
        "1.朝\n7.夜",
        "*朝*\n*夜*",
        "**朝**\n**夜**",
        "-朝\n\n-夜",
        "-- 花\n-- 太郎",
        "+81\n+82",
        "+αの値\n+βの値",
        "2026.11.26\n2026.11.27",
        "(1)朝\n(2)夜",
        "*[AI]: 人工知能\n*[PC]: パソコン",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("文[昨日]（https://a.jp/x）です", "文[昨日](https://a.jp/x)です"),
        ("［昨日］(https://a.jp/x)", "[昨日](https://a.jp/x)"),
        ("[昨日](https://a.jp/x）です", "[昨日](https://a.jp/x)です"),
        ("[昨日] (https://a.jp/x)", "[昨日](https://a.jp/x)"),
        ("[昨日]（kinou.md）", "[昨日](kinou.md)"),
        ("![机] (desk.png)", "![机](desk.png)"),
        ("![机]（desk.png）", "![机](desk.png)"),
    ],
)
def test_links(wrong: str, right: str, tmp_path: Path) -> None:
    assert told(wrong) == ["link"]
    assert mended(tmp_path, wrong) == right
    assert told(right) == []


@pytest.mark.parametrize(
    "text",
    ["文[昨日](https://a.jp/x", "[昨日](https://a.jp/x です", "[店](https://ja.example/A_(B)"],
)
def test_links_that_are_never_closed(text: str) -> None:
    assert told(text) == ["unclosed-link"]


@pytest.mark.parametrize(
    "text",
    [
        "[店](https://ja.example/A_(B))",
        "[店](https://a.jp/b c)",
        '[店](https://a.jp "題")と[道](<https://a.jp>)',
        "[店](https://a.jp/道（東京）)",
        "[注] (これは文)と［注］（これも文）と[注]（文）",
        "`[店](https://a.jp`",
    ],
)
def test_what_is_a_link_or_no_address(text: str) -> None:
    assert told(text) == []


def test_pictures() -> None:
    (found,) = remarks("文\n\n!(desk.png)", family="markup/")
    assert found[:3] == ("markup/picture", 3, 1)
    assert found.blanks == {"name": "desk.png"}
    assert told("すごい!(desk のことです)") == []


def test_tables() -> None:
    rows = "| 道 | 距離 |\n| 朝 | 五 |"
    (found,) = remarks(f"文\n\n{rows}\n\n文", family="markup/")
    assert found[:3] == ("markup/table", 3, 1)
    assert found.blanks == {"row": "|---|---|"}
    assert told(rows.replace("\n", "\n|:--|---|\n")) == []
    assert told("| 一行だけ |") == told(f"```\n{rows}\n```") == []


@pytest.mark.parametrize(
    "text", ["朝の道です。\n---\n文", "# 題\n朝の道です。\n---", "「朝」\n---"]
)
def test_a_rule_below_a_sentence(text: str) -> None:
    assert told(text) == ["rule"]


@pytest.mark.parametrize(
    "text",
    ["朝の道\n---\n文", "朝です。\n\n---", "一行目です。\n二行目です。\n---", "- 朝です。\n---"],
)
def test_other_lines_of_dashes(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("address", "better"),
    [
        (f"https://www.youtube.com/embed/{ID}", ID),
        (f"//www.youtube-nocookie.com/embed/{ID}?start=30", f"{ID}?t=30"),
    ],
)
def test_players(address: str, better: str) -> None:
    (found,) = remarks(f'文\n\n<iframe src="{address}"></iframe>', family="markup/")
    assert (found[:3], found.blanks) == (("markup/player", 3, 1), {"id": better})


def test_other_frames_are_left_in_peace() -> None:
    assert told('<iframe src="https://maps.example.jp/1"></iframe>') == []
    assert told(f"@[youtube]({ID})\n\n`<iframe src=https://www.youtube.com/embed/{ID}>`") == []


@pytest.mark.parametrize(
    "text",
    ["前に{{< figure src=a.png >}}です。", "{{% notice %}}", "[caption id=1]橋[/caption]", "[toc]",
     "{% highlight ruby %}", "  [/caption]"],
)  # fmt: skip
def test_markup_of_other_programs(text: str) -> None:
    assert set(told(f"文\n\n{text}")) == {"shortcode"}


@pytest.mark.parametrize(
    "text",
    ["`{{< figure >}}`と書きます。", "{{ page.title }}と書きます。", "[toc](a.md)", "[見出し]の話。", "値は{%です。",
     "文中の[toc]です。", "    {{< a >}}"],
)  # fmt: skip
def test_what_is_no_markup_of_another_program(text: str) -> None:
    assert "shortcode" not in told(f"文\n\n{text}")


@pytest.mark.parametrize("around", ["```\n{}\n```", "<div>\n{}\n</div>", "<!--\n{}\n-->"])
def test_code_and_html_are_left_in_peace(around: str) -> None:
    slips = "##題\n\n-朝\n-夜\n\n[店]（https://a.jp）\n\n!(a.png)\n\n| 一 |\n| 二 |\n\n文。\n---"
    assert set(told(slips)) == {"heading", "list", "link", "picture", "table", "rule"}
    assert told(around.format(slips)) == []
    assert told(f"{around.format('文')}\n\n##題") == ["heading"]
