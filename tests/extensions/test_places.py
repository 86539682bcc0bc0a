"""Asterisks that are left, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.extensions.places import marked, taken_apart
from tests.extensions.kit import SOURCE, html, renderer, told

LEFT = "text/leftover-asterisks"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("文\n\n** 空白**です", [(3, 1)]),
        ("これは**閉じない", [(1, 4)]),
        ("`**` と **閉じない", [(1, 8)]),
        ("```\n**\n```\n\n**太字** と **閉じない\n\n**太字** と 閉じない**", [(5, 10), (7, 14)]),
        ("- 一\n- 二 **\n", [(2, 5)]),
        ("| a | b |\n|---|---|\n| **x** | **y |", [(3, 11)]),
        (":::message\n文**閉じない\n:::", [(2, 2)]),
        ("文[^1]\n\n[^1]: 注 **閉じない\n\n**太**", [(3, 9)]),
        ("文 ** 文", [(1, 3)]),
        ("**閉じない\n二行目**も **", [(2, 8)]),
    ],
)
def test_asterisks_that_are_left(text: str, places: list[tuple[int, int]]) -> None:
    assert told(text) == [(LEFT, *place) for place in places]


def test_the_line_is_that_of_the_file() -> None:
    assert told("一\r\n\r\n二 ** 三", 12) == [(LEFT, 14, 3)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\*\*そのまま\*\*", "<p>**そのまま**</p>"),
        (r"2\**3", "<p>2**3</p>"),
        ("`2**3`", "<p><code>2**3</code></p>"),
        ("<kbd>**</kbd>", "<p><kbd>**</kbd></p>"),
        ("[x](https://a.example/**)", None),
        ('文<span title="**">x</span>', None),
        ("<!-- ** -->", "<!-- ** -->"),
        ("<script>\nlet a = 2 ** 3\n</script>", None),
    ],
)
def test_asterisks_that_are_meant(text: str, shown: str | None) -> None:
    page = html(text)
    assert shown is None or page == shown


def test_a_mark_that_is_torn_is_no_place_outside() -> None:
    text = "*~******>*******************```******"
    _, found = renderer().body("a.md", text)
    assert [(p.line, p.column) for p in found] == [(1, 3)]


@given(st.text("あa *_[]()`#\n!:<>", max_size=60))
def test_marks_come_off_again(text: str) -> None:
    assert taken_apart(marked(text))[0] == text


@given(st.text("あいa 「」。*_~`", max_size=30))
def test_every_problem_of_emphasis_has_its_place(text: str) -> None:
    source = f"序\n\nx{text}"
    _, problems = renderer().body(SOURCE, source, 1)
    lines = source.split("\n")
    for p in problems:
        assert p.code == LEFT
        assert lines[p.line - 1][p.column - 1 :].startswith("**")
