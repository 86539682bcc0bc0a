"""HTML that authors write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.extensions.balance import balanced
from tests.extensions.kit import SOURCE, html, rendered, renderer, told


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
