"""HTML that authors write."""

from __future__ import annotations

from html import unescape
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.htmlparser import HTMLExtractor

from ssg.extensions.balance import Fault, Places, balanced
from tests.extensions.kit import SOURCE, html, problems, rendered, renderer, told


@pytest.mark.parametrize(
    "text",
    [
        '<div class="x">\n<p>文\n</div>',
        "文<br>と<ruby>漢<rt>かん</rt></ruby>と<kbd>x</kbd>",
        "<iframe src='/x'></iframe>",
        "<script>\nif (a < b) document.write('<div>')\n</script>",
        "<!-- <div> -->",
        "<svg viewBox='0 0 1 1'>\n<path d='M0 0'/>\n</svg>",
        '<a title="</div>">文</a>',
    ],
)
def test_html_is_left_as_it_is(text: str) -> None:
    assert text.split("\n")[0].split(">")[0] in rendered(text).html


@pytest.mark.parametrize(
    ("text", "expected", "end"),
    [
        ("<div>\n文", [("html/unclosed", 5, 1)], "</div>"),
        ("文\n\n<section>\n<div>\n</section>", [("html/unclosed", 8, 1)], "</section>"),
        ("文<b>太字", [("html/unclosed", 5, 2)], "</b>"),
        ("<div>\n</div>\n\n文\n\n<div>\n文", [("html/unclosed", 10, 1)], "</div>"),
        ("文</div>文", [("html/stray", 5, 2)], "文</p>"),
        ("</div>\n\n文", [("html/stray", 5, 1)], "<p>文</p>"),
    ],
)
def test_what_is_open_is_closed(text: str, expected: list[tuple[str, int, int]], end: str) -> None:
    assert told(text, 5) == expected
    body, _ = renderer().body(SOURCE, text)
    assert balanced(body.html) == (body.html, [])
    assert body.html.strip().endswith(end)


@pytest.mark.parametrize(
    ("text", "column", "scheme", "left"),
    [
        ('文<a href="javascript:alert(1)">字</a>', 2, "javascript", "<p>文<a>字</a></p>"),
        (
            '<a class=x href=" JAVA\tscript:alert(1)" id=y>字</a>',
            1,
            "javascript",
            "<a class=x id=y>",
        ),
        ('<div>\n<a href="jav&#x09;ascript:alert(1)">字</a>\n</div>', 1, "javascript", "<a>字</a>"),
        ("<a href=&#106avascript:alert(1)>字</a>", 1, "javascript", "<a>字</a>"),
        ("<div>\n<a/href='vbscript:x'>字</a>\n</div>", 1, "vbscript", "<a>字</a>"),
        ('<a href="data:text/html,x">字</a>', 1, "data", "<a>字</a>"),
        ('<iframe src="javascript:x"></iframe>', 1, "javascript", "<iframe></iframe>"),
        ('<button formaction="javascript:x">字</button>', 1, "javascript", "<button>字</button>"),
        ('<object data="data:text/html,x"></object>', 1, "data", "<object></object>"),
    ],
)
def test_dangerous_addresses_are_taken_out(text: str, column: int, scheme: str, left: str) -> None:
    body, problems = renderer().body(SOURCE, text)
    assert left in body.html
    line = 1 + text.startswith("<div>")
    assert [(p.code, p.line, p.column) for p in problems] == [("link/dangerous", line, column)]
    assert problems[0].args == (("scheme", scheme),)


def test_dangerous_addresses_of_a_line_are_taken_out() -> None:
    assert renderer().inline('文<a href="javascript:x">字</a>') == "文<a>字</a>"


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://a.example/?a=javascript:x">字</a>',
        '<a href="/javascript/" title="href=javascript:x">字</a>',
        '<a title=\' href="javascript:x"\' href="/a/">字</a>',
        '<p data-href="javascript:x">字</p>',
        '<video src="data:video/mp4;base64,AA==" controls></video>',
        "<!-- <a href='javascript:x'> -->",
        "`<a href='javascript:x'>`",
    ],
)
def test_other_addresses_stay(text: str) -> None:
    body, problems = renderer().body(SOURCE, text)
    assert not problems
    assert text.strip("`") in unescape(body.html)


def test_markdown_around_html_goes_on() -> None:
    assert html(
        "**一**\n<div>\n**二**\n</div>\n**三**".replace("二", "<i>x</i>")
        .replace("**<", "<")
        .replace(">**", ">")
    ) == ("<p><strong>一</strong></p><div><i>x</i></div><p><strong>三</strong></p>")


@given(st.text("<>/abdiv \"'=!-p", max_size=60))
def test_the_outcome_is_balanced(text: str) -> None:
    mended, _ = balanced(text)
    assert balanced(mended) == (mended, [])


class Counted(str):
    finds = 0

    def find(self, *arguments: object) -> int:
        self.finds += 1
        return super().find(*arguments)  # type: ignore[arg-type]


def test_the_place_of_a_tag_is_looked_for_once() -> None:
    source = Counted("<b>" * 300)
    places = Places(source)
    faults = [Fault("b", "<b>", nth, False) for nth in range(1, 301)]
    assert list(map(places.of, faults)) == list(range(0, 900, 3))
    assert source.finds == 300


def test_the_place_of_a_tag_that_is_not_as_often_in_the_source() -> None:
    places = Places("<b>一<b>")
    assert [places.of(Fault("b", "<b>", nth, False)) for nth in (3, 1, 2)] == [4, 0, 4]
    assert places.of(Fault("i", "<i>", 1, False)) == -1


def test_stray_ends_below_many_open_elements() -> None:
    mended, faults = balanced("<b>" * 100 + "</i>" * 100 + "</b>")
    assert mended == "<b>" * 100 + "</b>" * 100
    assert [f.is_end for f in faults] == [True] * 100 + [False] * 99


@pytest.mark.parametrize(("text", "looks"), [("<a " * 50, 0), ("<a " * 50 + ">", 1)])
def test_a_tag_without_an_end_is_not_read_to_the_end_of_the_text(text: str, looks: int) -> None:
    check = HTMLExtractor.check_for_whole_start_tag
    with patch.object(
        HTMLExtractor, "check_for_whole_start_tag", autospec=True, side_effect=check
    ) as looked:
        html(text.replace("<a ", "<ruby ") + "</ruby>" * looks)
    assert looked.call_count == looks


# --- Markdown inside HTML ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "blanks"),
    [
        ("<p>朝の **道**</p>", (1, 7), {"name": "p"}),
        ("文\n\n<DIV>\n**道**\n</DIV>", (4, 1), {"name": "div"}),
        ("<div>\n\n:::message\n注\n:::\n\n夜**道**\n</div>", (7, 2), {"name": "div"}),
        ("文\n\n<p>朝\n\n次の**道**です", (5, 3), {"unclosed": "p", "line": "3"}),
        ("<p>朝\n\n**道**\n\n<p>夜</p>", (3, 1), {"unclosed": "p", "line": "1"}),
    ],
)
def test_asterisks_inside_html(text: str, place: tuple[int, int], blanks: dict[str, str]) -> None:
    (found,) = [p for p in problems(text) if p.code != "html/open"]
    assert (found.code, found.line, found.column) == ("html/markdown", *place)
    assert dict(found.args) == blanks


def test_asterisks_outside_of_html_are_told_as_ever() -> None:
    text = "<p>朝の **道**</p>\n\n** 夜**\n\n```html\n<p>**\n```\n\n<span>** 昼**</span>"
    assert told(text) == [
        ("html/markdown", 1, 7),
        ("text/leftover-asterisks", 3, 1),
        ("text/leftover-asterisks", 9, 7),
    ]


@pytest.mark.parametrize("text", ["<p>朝\n\n## 道", "<p>朝\n\n<p>昼\n\n夜", "<li>朝\n\n夜"])
def test_an_open_paragraph_takes_what_follows(text: str) -> None:
    assert told(f"<p>文</p>\n\n{text}") == [("html/open", 3, 1)]


@pytest.mark.parametrize(
    "text", ["<p>朝\n昼", "<ul>\n<li>朝\n\n<li>昼\n</ul>", "<p>朝</p>\n\n夜", "`<p>`\n\n夜"]
)
def test_an_end_tag_may_be_left_out(text: str) -> None:
    assert told(text) == []
