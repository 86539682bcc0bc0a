"""Headings: what is one, its id, its number, its phrases."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.extensions.headings import roman
from tests.extensions.kit import SOURCE, html, problems, rendered, renderer, told


@pytest.mark.parametrize(
    "line", ["#タグ", "#知的財産権#OpenAI", "##見出し", "#", "#1 の店", "\\# 文"]
)
def test_a_hash_without_a_space_is_text(line: str) -> None:
    assert html(line) == f"<p>{line.removeprefix(chr(92))}</p>"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("## 見出し", "見出し"),
        ("##　見出し", "見出し"),
        ("## 見出し ##", "見出し"),
        ("## C#", "C#"),
        ("## *強い*`x`", "<em>強い</em><code>x</code>"),
        ("見出し\n---", "見出し"),
    ],
)
def test_headings(line: str, shown: str) -> None:
    assert re.fullmatch(rf'<h2 id="[^"]+">{re.escape(shown)}</h2>', html(line))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("OpenAIのCEO解任と関係の変化", "openaiのceo解任と関係の変化"),
        ("ＡＩの未来：ガ", "aiの未来-ガ"),
        (unicodedata.normalize("NFD", "ガギグ"), "ガギグ"),
        ("？！", "section"),
        ("検索 & 会話 &copy;", "検索-会話"),
        ("[リンク](https://a.example/)と**太字**", "リンクと太字"),
        ("注つき[^1]\n\n[^1]: 注", "注つき"),
    ],
)
def test_ids_keep_kana_and_kanji(text: str, name: str) -> None:
    assert rendered(f"## {text}").toc[0].id == name


def test_ids_are_unique() -> None:
    body = rendered("## 節\n\n## 節\n\n### 節\n\n## 節-2\n\n#### 節")
    assert [h.id for h in body.toc] == ["節", "節-2", "節-3", "節-2-2"]
    assert re.findall(r'id="([^"]+)"', body.html) == ["節", "節-2", "節-3", "節-2-2", "節-4"]


@pytest.mark.parametrize(
    "line", ["## 結論 {#end}", "## 結論{#end}", "## 結論 {: #end }", "## 結論 {#end} ##"]
)
def test_an_id_by_hand(line: str) -> None:
    body = rendered(f"## end\n\n{line}\n\n段落{{#x}}")
    assert [(h.id, h.text) for h in body.toc] == [("end-2", "end"), ("end", "結論")]


def test_ids_of_other_elements_are_taken() -> None:
    body = rendered("段落\n{#節}\n\n## 節\n\n文[^a]\n\n[^a]: 注\n\n## fn:a")
    assert [h.id for h in body.toc] == ["節-2", "fn-a"]


def test_the_first_level_is_a_headline() -> None:
    body = rendered("# 題\n\n## 一\n\n### 二\n\n#### 三", numbering="roman")
    assert '<h2 class="headline" id="題">題</h2>' in body.html
    assert [(h.level, h.text, h.number) for h in body.toc] == [(2, "一", "I."), (3, "二", "1.1")]
    assert "<h1" not in body.html


def test_headings_in_blocks_are_not_in_the_contents() -> None:
    body = rendered("## 一\n\n:::message\n## 二\n:::\n\n> ## 三\n\n- ## 四", numbering="roman")
    assert [h.text for h in body.toc] == ["一"]
    assert body.html.count('class="number"') == 1


def test_numbers() -> None:
    text = "### 前\n\n## 一\n\n### 甲\n\n### 乙\n\n## 二\n\n### 丙"
    body = rendered(text, numbering="roman")
    assert [h.number for h in body.toc] == ["", "I.", "1.1", "1.2", "II.", "2.1"]
    assert '<h2 id="一"><span class="number">I.</span> 一</h2>' in body.html
    assert '<h3 id="乙"><span class="number">1.2</span> 乙</h3>' in body.html
    assert "number" not in rendered(text).html


@pytest.mark.parametrize(
    "heading", ["I. 序", "IV.　序", "Ⅱ． 序", "1. 序", "1.1 序", "2.10. 序", "１．２　序"]
)
def test_numbers_by_hand_stay_and_are_told(heading: str) -> None:
    text = f"## 一\n\n`## I. x`\n\n## {heading}\n\n## 三"
    assert [(p.code, p.line, p.column) for p in problems(text, 3, "roman")] == [
        ("text/typed-number", 7, 4)
    ]
    body, _ = renderer().body(SOURCE, text, numbering="roman")
    assert [h.number for h in body.toc] == ["I.", "", "III."]
    assert told(text) == []


@pytest.mark.parametrize(
    "heading", ["第1章 序", "3つの理由", "1.3兆円", "2026年", "I amの話", "V.ファーレン"]
)
def test_text_that_is_no_number(heading: str) -> None:
    assert problems(f"## {heading}", numbering="roman") == []


def test_a_number_by_hand_under_a_line() -> None:
    assert [(p.code, p.line) for p in problems("文\n\nI. 序\n---\n", 1, "roman")] == [
        ("text/typed-number", 3)
    ]


def test_phrases() -> None:
    marked = renderer(lambda text: text.replace("、", "、<wbr>").replace("<b", "&lt;b"))
    body, _ = marked.body(SOURCE, "## 検索、会話、`あ、い`と**太、字**、\\*", numbering="roman")
    assert body.html == (
        '<h2 id="検索-会話-あ-いと太-字"><span class="number">I.</span> 検索、<wbr>会話、<wbr>'
        "<code>あ、い</code>と<strong>太、<wbr>字</strong>、<wbr>*</h2>"
    )
    assert body.toc[0].text == "検索、会話、あ、いと太、字、*"


@given(st.integers(1, 399))
def test_roman_numerals(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    digits = [values[letter] for letter in roman(number)]
    total = sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))
    assert total == number
