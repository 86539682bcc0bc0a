"""Lists, tables, quotes and code as Japanese writers type them."""

from __future__ import annotations

import pytest

from tests.extensions.kit import html, told


def test_a_list_may_follow_a_line_of_text() -> None:
    assert html("次の三つ。\n- 一\n- 二\n* 三") == (
        "<p>次の三つ。</p><ul><li>一</li><li>二</li><li>三</li></ul>"
    )
    assert html("手順\n1. 一\n2. 二") == "<p>手順</p><ol><li>一</li><li>二</li></ol>"


def test_only_a_list_that_begins_at_one_interrupts_a_paragraph() -> None:
    assert html("昭和\n64. これは文") == "<p>昭和\n64. これは文</p>"
    assert html("昭和\n\n64. これは項目") == ('<p>昭和</p><ol start="64"><li>これは項目</li></ol>')


@pytest.mark.parametrize("step", [2, 3, 4])
def test_lists_nest_by_two_spaces_or_more(step: int) -> None:
    text = f"- 一\n{' ' * step}- 二\n{' ' * step * 2}- 三\n{' ' * step}- 四\n- 五"
    assert html(text) == (
        "<ul><li>一<ul><li>二<ul><li>三</li></ul></li><li>四</li></ul></li><li>五</li></ul>"
    )


def test_lists_of_two_kinds_nest() -> None:
    assert html("1. 一\n   - 二\n     1. 三\n2. 四") == (
        "<ol><li>一<ul><li>二<ol><li>三</li></ol></li></ul></li><li>四</li></ol>"
    )


def test_lists_of_two_kinds_beside_each_other() -> None:
    assert html("- 一\n1. 二") == "<ul><li>一</li></ul><ol><li>二</li></ol>"


def test_lazy_continuation() -> None:
    assert html("- 一\n続き\n- 二\n  続き") == "<ul><li>一続き</li><li>二続き</li></ul>"
    assert html("- 一\n  - 二\n続き") == "<ul><li>一<ul><li>二続き</li></ul></li></ul>"


def test_paragraphs_and_lists_inside_an_item() -> None:
    assert html("- 一\n\n  段落\n  - 内\n- 二") == (
        "<ul><li><p>一</p><p>段落</p><ul><li>内</li></ul></li><li><p>二</p></li></ul>"
    )
    assert html("- 一\n\n    段落\n\n文") == "<ul><li><p>一</p><p>段落</p></li></ul><p>文</p>"


def test_code_inside_an_item() -> None:
    for indent in (6, 8):
        assert html(f"- 一\n\n{' ' * indent}x = 1") == (
            '<ul><li>一<pre tabindex="0"><code>x = 1</code></pre></li></ul>'
        )


def test_indented_code_keeps_its_signs() -> None:
    code = '<pre tabindex="0"><code>- a\n# b\n| c |\n:::message</code></pre>'
    assert html("文\n\n    - a\n    # b\n    | c |\n    :::message") == f"<p>文</p>{code}"


def test_a_rule_after_a_list_is_a_rule() -> None:
    assert html("- 一\n---\n文") == "<ul><li>一</li></ul><hr><p>文</p>"
    assert html("* * *") == "<hr>"


def test_headings_need_no_blank_lines() -> None:
    assert html("文\n## 見出し\n- 一") == (
        '<p>文</p><h2 id="見出し">見出し</h2><ul><li>一</li></ul>'
    )


def test_quotes() -> None:
    assert html("文\n> 引用\n> - 一\n>   - 二\n>\n> 段落") == (
        "<p>文</p><blockquote><p>引用</p><ul><li>一<ul><li>二</li></ul></li></ul>"
        "<p>段落</p></blockquote>"
    )
    assert html("- 一\n  > 引用") == (
        "<ul><li><p>一</p><blockquote><p>引用</p></blockquote></li></ul>"
    )


TABLE = (
    '<div aria-label="表（横にスクロールできます）" class="table" role="group" tabindex="0">'
    "<table><thead><tr><th>甲</th><th>乙</th></tr></thead>"
    "<tbody><tr><td>一</td><td>二</td></tr></tbody></table></div>"
)


@pytest.mark.parametrize(
    "table", ["| 甲 | 乙 |\n|---|---|\n| 一 | 二 |", "甲 | 乙\n--- | ---\n一 | 二"]
)
def test_a_table_needs_no_blank_lines(table: str) -> None:
    assert html(f"文\n{table}\n続き") == f"<p>文</p>{TABLE}<p>続き</p>"


def test_a_table_inside_an_item() -> None:
    assert html("- 項目\n  | 甲 | 乙 |\n  |---|---|\n  | 一 | 二 |\n- 次") == (
        f"<ul><li><p>項目</p>{TABLE}</li><li><p>次</p></li></ul>"
    )


def test_alignment_is_a_class() -> None:
    page = html("| 甲 | 乙 | 丙 |\n|:--|:-:|--:|\n| 一 | 二 | 三 |")
    assert '<td class="align-left">一</td><td class="align-center">二</td>' in page
    assert "style=" not in page


def test_uneven_rows_are_told_with_their_line() -> None:
    table = "| 甲 | 乙 |\n|---|---|\n| 一 |\n| 一 | `a|b` |\n| 一 | a \\| b |\n| 1 | 2 | 3 |"
    assert told(f"文\n\n{table}", 10) == [("table/columns", 14, 1), ("table/columns", 17, 1)]


def test_a_full_width_space_alone_is_an_empty_line() -> None:
    assert html("一\n　\n二") == "<p>一</p><p>二</p>"


def test_definitions_and_abbreviations() -> None:
    assert html("用語\n:   説明\n\n*[AI]: 人工知能\n\nAIが、OpenAIの") == (
        '<dl><dt>用語</dt><dd>説明</dd></dl><p><abbr title="人工知能">AI</abbr>が、OpenAIの</p>'
    )


@pytest.mark.parametrize("above", [":::pr aidemy", "- 項目", "## 見出し", "| a |\n|---|\n| 1 |"])
def test_a_definition_without_a_term_is_text(above: str) -> None:
    assert html(f"{above}\n\n: 説明").endswith("<p>: 説明</p>")
    assert html(f"{above}\n\n用語\n: 説明").endswith("<dl><dt>用語</dt><dd>説明</dd></dl>")
