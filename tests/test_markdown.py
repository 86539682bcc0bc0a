"""Bodies as a whole: what a page learns from them, what hostile text does, what is never lost."""

from __future__ import annotations

import html as entities
import re
import time

import html5lib
import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssg.errors import problem
from ssg.extensions.verbatim import readable
from ssg.markdown import EXCERPT, Renderer
from tests.extensions.kit import SOURCE, html, problems, rendered, renderer, told

# --- what a page learns ------------------------------------------------------------


def test_an_empty_body() -> None:
    body = rendered("\n　\n")
    assert (body.html, body.characters, body.excerpt, body.slot, body.toc) == ("", 0, "", -1, ())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("一二 三\n四", 4),
        ("**太字**と[文](https://a.example/x)", 4),
        ("`code`と\n\n```\ncode\n```", 1),
        ("## 見出し\n\n- 項目\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |", 9),
        ("文[^1]\n\n[^1]: 注釈", 4),
        ("a &amp; &copy; <kbd>x</kbd>", 4),
        ("<div>中の文</div>", 3),
        ("![絵の説明](a.png)", 0),
        (r"\*\*", 2),
    ],
)
def test_characters_are_what_a_reader_reads(text: str, count: int) -> None:
    assert rendered(text).characters == count


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("# 題\n\n![絵](a.png)\n\n最初の**段落**`x`。\n続き\n\n次", "最初の段落x。続き"),
        (":::message\n注\n:::\n\n- 項目\n\n本文[^1]&amp; <b>x</b> \\*y\n\n[^1]: 注", "本文& x *y"),
        ("<div>生</div>\n\nhttps://a.example/x\n\n本文", "本文"),
        ("- 項目", ""),
        ("あ" * 120, "あ" * 120),
        ("あ" * 121, "あ" * 119 + "…"),
        ("あ" * 118 + "👨‍👩‍👧" + "い", "あ" * 118 + "…"),
        ("あ" * 118 + "か\u3099いう", "あ" * 118 + "…"),
    ],
)  # fmt: skip
def test_the_excerpt_is_the_first_paragraph(text: str, excerpt: str) -> None:
    assert rendered(text).excerpt == excerpt


@given(st.text("あか\u3099e\u0301👨\u200d👩🇯🇵🏽\ufe0f", min_size=121, max_size=160))
def test_the_excerpt_cuts_no_grapheme(text: str) -> None:
    excerpt = rendered(text).excerpt
    whole = regex.findall(r"\X", text)
    kept = regex.findall(r"\X", excerpt.removesuffix("…"))
    assert len(excerpt) <= EXCERPT
    assert kept == whole[: len(kept)]


def test_the_slot_is_before_the_second_section() -> None:
    body = rendered("# 題\n\n前\n\n## 一\n\n> ## 引用\n\n### 甲\n\n## 二 {.x #y}\n\n文\n\n## 三")
    assert body.html[body.slot :].startswith('<h2 class="x" id="y">二</h2>')
    assert rendered("# 題\n\n## 一").slot == -1


def test_templates_are_text() -> None:
    for text in ("{{ site.title }}", "**太**{{ x }}", "{% include 'x' %}", "文 {{ a }} {# b #}"):
        assert readable(html(text)) == text.replace("**", "")
    assert '<h2 id="x">題 {{ x }}</h2>'.replace("x", "x", 1) in html("## 題 {{ x }} {#x}")


def test_attributes() -> None:
    assert html("段落\n{.lead lang=en}") == '<p class="lead" lang="en">段落</p>'
    assert html("**太**{.x {a}}と") == "<p><strong>太</strong>{.x {a}}と</p>"
    assert html("**太**{x==y}と") == "<p><strong>太</strong>{x==y}と</p>"
    assert html("**太**{.x title='題'}と") == '<p><strong class="x" title="題">太</strong>と</p>'


def test_one_paragraph_inline_whatever_was_rendered_before() -> None:
    one = renderer()
    for before in ("文", "{"):
        one.body(SOURCE, before)
        assert one.inline("**文**{.注}") == '<strong class="注">文</strong>'
        assert one.inline("一 > 二{.注}") == "一 &gt; 二{.注}"


def test_one_paragraph_inline() -> None:
    inline = renderer().inline
    assert inline("**「強調」**と[文](/posts/検索/)、\n`x`") == (
        '<strong>「強調」</strong>と<a href="/blog/posts/%E6%A4%9C%E7%B4%A2/">文</a>、<code>x</code>'
    )
    assert inline("# 見出し") == "# 見出し"
    assert inline("- 項目") == "- 項目"
    assert inline("https://a.example/x") == (
        '<a href="https://a.example/x" rel="noopener">https://a.example/x</a>'
    )
    assert inline("") == ""
    assert inline("a < b & c") == "a &lt; b &amp; c"


def test_a_renderer_forgets_the_body_before() -> None:
    one = renderer()
    first = "# 節\n\n[文][a] AI[^1]\n\n[^1]: 注\n\n[a]: https://a.example/\n\n*[AI]: 人工知能"
    one.body(SOURCE, first)
    plain = "# 節\n\n[文][a] AI"
    assert one.body(SOURCE, plain) == renderer().body(SOURCE, plain)
    assert one.body(SOURCE, first) == renderer().body(SOURCE, first)


# --- what is wrong ------------------------------------------------------------------


def test_lines_are_counted_as_editors_do() -> None:
    text = "一\r\n\r\n二\u2028三\u0085四\x0b五\r\r:::x\r\n:::"
    assert told(text, 8) == [("directive/unknown", 12, 4)]


def test_all_problems_come_at_once_in_order() -> None:
    text = (
        "![](a.png)\n\n[x](nai.md)\n\n:::mesage\n文 ** 文\n:::\n\n```klingon\n```\n\n"
        "[y](javascript:x)[^n]\n\n![写真](missing.png)\n\n<b>\n\n:::details\n"
    )
    assert [(p.line, p.column, p.code) for p in problems(text, 7)] == [
        (7, 5, "image/no-alt"),
        (9, 5, "link/missing"),
        (11, 4, "directive/unknown"),
        (12, 3, "text/leftover-asterisks"),
        (15, 4, "code/unknown-language"),
        (18, 5, "link/dangerous"),
        (18, 18, "footnote/undefined"),
        (20, 7, "image/missing"),
        (20, 7, "image/weak-alt"),
        (22, 1, "html/unclosed"),
        (24, 1, "directive/unclosed"),
    ]


def test_the_nth_of_the_same_is_meant() -> None:
    text = "`[x](nai.md)`\n\n[x](nai.md)\n\n```\n[x](nai.md)\n```\n\n- [x](nai.md) [x](nai.md)"
    assert told(text) == [("link/missing", 3, 5), ("link/missing", 9, 7), ("link/missing", 9, 19)]
    assert told("[x][r] と [r]\n\n[r]: nai.md") == [("link/missing", 3, 6)]


@pytest.mark.parametrize("text", ["- " * 1 + "x\n" for _ in range(1)])
def test_problems_have_blanks_without_marks(text: str) -> None:
    found = problems(f"{text}\n[x](nai.md)")
    assert found == [problem("link/missing", SOURCE, 3, 5, target="nai.md")]


def test_the_html_has_no_parse_errors() -> None:
    """All kinds of blocks in one body, as html5lib's strict parser reads them."""
    text = (
        "# 題\n\n文[^1] **太**\n- 一\n  - [ ] 二\n\n| 甲 | 乙 |\n|:-:|---|\n| 1 | 2 |\n\n"
        ":::message alert\n:::details 開く\n> 引用\n:::\n:::\n\n:::balloon taro\n声\n:::\n\n"
        ":::balloon hanako\n声\n:::\n\n:::recommended\n- 方\n:::\n\n:::timeline\n1. 年\n:::\n\n"
        ":::pr aidemy\n\n:::pr banner\n\n/posts/検索/\n\nhttps://research.example/report?a=1&b=2"
        '\n\nhttps://a.example/x\n\n@[youtube](dQw4w9WgXcQ)\n\n![絵](a.png "題"){width=480}\n\n'
        "```python\nx\n```\n\n    code\n\n用語\n:   説明\n\n## 節\n\n---\n\n"
        "[^1]: 注\n\n    ```\n    x\n    ```\n"
    )
    page = rendered(text, numbering="roman").html
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(f"<!DOCTYPE html><title>題</title><main>{page}</main>")
    assert " style=" not in page


# --- hostile text ----------------------------------------------------------------------

DEEP_LIST = "\n".join("  " * n + "- x" for n in range(1000))
DEEP_QUOTE = "\n".join(">" * n + " x" for n in range(1, 1500))


@pytest.mark.parametrize("text", [DEEP_LIST, DEEP_QUOTE, ">" * 100_000])
def test_lists_and_quotes_become_flat_when_they_are_too_deep(text: str) -> None:
    start = time.process_time()
    assert told(text) == []
    assert time.process_time() - start < 5


def test_a_failure_is_told_and_the_next_body_is_rendered() -> None:
    one = renderer()
    body, found = one.body(SOURCE, "1. " * 2000 + "x", 9)
    assert found == [problem("markdown/failed", SOURCE, 9, 1, why="RecursionError")]
    assert body.html == ""
    assert one.body(SOURCE, "**文**")[0].html == "<p><strong>文</strong></p>"
    assert one.inline("1. " * 2000) == "1. " * 2000


@pytest.mark.parametrize(
    "text",
    [
        "<![", "<!--" * 500, "</" * 500, "<a " * 500, "[" * 300, "![" * 300, "[[" * 200,
        "`" * 500, "*" * 500, "_" * 501, "~" * 500, ":" * 500, "|" * 300, "#" * 300, ">" * 300,
        "{" * 300, "{.a" * 200, "{a=" * 200 + "}", "\x02wzxhzdk:0\x03", "\x02ssg:0\x03",
        "\x02klzzwxh:0000\x03", "\x00", "\ufdda\ufdd1\ufddf", "\ud800", "[^" * 300, "&" * 300,
        "](" * 300, "<div>" * 200, "</div>" * 200, "- " * 300, "1. " * 300, "```" * 100,
        "[" * 100_000, "![" * 20_000, "<![" * 20_000, "[" * 20_000 + "](u)", "[a](" * 5_000,
        "[ [a](b) " * 2_000, "[" * 20_000 + "\n\n[a]: u", "*[" * 20_000, "[^" * 20_000,
        "[a](nai.md) " * 20_000, "[^1]" * 2_000 + "\n\n[^1]: x", "**a** " * 5_000, "**a" * 10_000, "](" * 50_000,
        "*[a]: b\n" * 100, "[a]: b\n" * 100, ":::message\n" * 50, ":::pr aidemy\n:::\n" * 50,
    ],
)  # fmt: skip
def test_strange_text_is_rendered_quickly(text: str) -> None:
    start = time.process_time()
    renderer().body(SOURCE, text)
    renderer().inline(text)
    assert time.process_time() - start < 5


def test_placeholders_of_the_library_cannot_be_written() -> None:
    assert html("<b>x</b> \x02wzxhzdk:0\x03") == "<p><b>x</b> wzxhzdk:0</p>"


# --- laws ---------------------------------------------------------------------------------

PIECES = (
    "**", "*", "__", "~~", "`", "```", "\n", "\n\n", "  ", "    ", "- ", "1. ", "> ", "# ", "## ",
    "|", "|---|---|", ":::", ":::message", ":::details 題", ":::balloon taro", ":::pr aidemy",
    ":::recommended", "::::", "[", "](", ")", "![", "](a.png)", "](nai.md)", "[^1]", "[^1]: ",
    "https://a.example/x", "<div>", "</div>", "<b>", "<!--", "-->", "<pre>", "</pre>", "{#x}",
    "{{ x }}", "\\", "&", "&amp;", "<", ">", "[ ] ", "[x] ", ": ", "*[AI]: 人", "AI", "日本", "語",
    "、", "。", "「", "」", "a", "x y", "\t", "　", "@[youtube](dQw4w9WgXcQ)", "---", "===",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
law = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@pytest.fixture(scope="module")
def one() -> Renderer:
    return renderer()


@law
@given(texts)
def test_rendering_never_fails(one: Renderer, text: str) -> None:
    _, found = one.body(SOURCE, text, 5, numbering="roman")
    lines = text.count("\n") + 1
    assert all(5 <= p.line < 5 + lines and p.column >= 1 for p in found)
    assert "markdown/failed" not in {p.code for p in found}
    assert isinstance(one.inline(text), str)


@law
@given(texts)
def test_nothing_internal_is_left(one: Renderer, text: str) -> None:
    body, _ = one.body(SOURCE, text)
    assert not re.search("[\x00\x02\x03\ufdd0-\ufddf]", body.html + body.excerpt)
    assert body.html == one.body(SOURCE, text)[0].html


@law
@given(texts)
def test_ids_are_unique_and_the_contents_lead_to_them(one: Renderer, text: str) -> None:
    body, _ = one.body(SOURCE, text)
    tree = html5lib.parseFragment(body.html, namespaceHTMLElements=False)
    ids = [e.get("id") for e in tree.iter() if e.get("id") is not None]
    assert len(ids) == len(set(ids))
    assert {h.id for h in body.toc} <= set(ids)


words = st.lists(
    st.text("日本語かなAIx1、。「」！", min_size=1, max_size=8), min_size=1, max_size=12
)
frames = st.sampled_from(
    [
        "{}", "**{}**", "- {}", "1. {}", "> {}", "## {}", "- 一\n  - {}", "文\n- {}", "*{}*",
        ":::message\n{}\n:::", "```\n{}\n```", "| {} | b |\n|---|---|\n| c | d |", "~~{}~~",
        "文[^1]\n\n[^1]: {}", "[{}](https://a.example/)", "用語\n: {}", "- [ ] {}", "　{}",
    ]
)  # fmt: skip


@law
@given(st.lists(st.tuples(frames, words), max_size=6), st.sampled_from(["\n\n", "\n\n\n"]))
def test_no_text_is_lost(one: Renderer, blocks: list[tuple[str, list[str]]], gap: str) -> None:
    texts = ["".join(w) for _, w in blocks]
    source = gap.join(frame.format(t) for (frame, _), t in zip(blocks, texts, strict=True))
    body, _ = one.body(SOURCE, source)
    shown = entities.unescape(re.sub(r"<[^>]*>", "", body.html))
    assert all(text in shown for text in texts if "[^1]" not in source)


def test_a_placeholder_that_emphasis_has_cut_leaves_nothing() -> None:
    body, _ = renderer().body("a.md", "*</pre>**<script>*</pre>**")
    assert not re.search("klzzwxh|[\x02\x03]", body.html + body.excerpt)
