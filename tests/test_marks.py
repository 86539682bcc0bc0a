"""A mark stands under its place, whatever the terminal makes of the characters before it."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from ssg.errors import problem
from ssg.marks import CUT, WIDEST, marked, width
from ssg.messages import lines

FAMILY = "\u200d".join("👨👩👧👦")


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("draft: ture", 8, "       ^"),
        ("title： 速報", 6, "     ^^"),
        ("題名と値", 3, "    ^^"),
        ("半角ｶﾅ", 4, "     ^"),
        ("ｶﾞが", 3, "  ^^"),
        ("か\u3099き", 3, "  ^^"),
        ("か\u3099き", 2, "^^"),
        ("e\u0301a", 3, " ^"),
        (f"{FAMILY}x", len(FAMILY) + 1, "  ^"),
        (f"{FAMILY}x", 3, "^^"),
        ("🇯🇵x", 3, "  ^"),
        ("❤\ufe0fx", 3, "  ^"),
        ("a\tb", 3, "    ^"),
        ("\tb", 1, "^^^^"),
        ("a\u200bb", 2, " ^^^^^^"),
        ("a\u200bb", 3, "       ^"),
        ("\u3000b", 1, "^^"),
        ("title:", 7, "      ^"),
        ("", 1, "^"),
    ],
)
def test_the_mark_is_under_its_place(line: str, column: int, expected: str) -> None:
    assert marked(line, column)[1] == expected


@pytest.mark.parametrize(
    ("grapheme", "columns"),
    [("a", 1), ("あ", 2), ("ｱ", 1), ("Ａ", 2), ("각", 2), ("\u1100\u1161\u11a8", 2), ("é", 1),
     ("\u0301", 0), ("👩🏽\u200d💻", 2), ("1\ufe0f\u20e3", 2), ("🇯", 1)],
)  # fmt: skip
def test_widths(grapheme: str, columns: int) -> None:
    assert width(grapheme) == columns


@pytest.mark.parametrize("column", [1, 60, 500, 999, 1001])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    line = "".join(chr(0x4E00 + n) for n in range(1000))
    text, mark = marked(line, column)
    shown = text.removeprefix(CUT).removesuffix(CUT)
    assert shown in line
    assert sum(map(width, regex.findall(r"\X", text))) <= WIDEST
    gap = len(mark) - len(mark.lstrip()) - len(CUT) * text.startswith(CUT)
    assert line.index(shown) + gap // 2 == column - 1
    assert text.startswith(CUT) is (column > 40)
    assert text.endswith(CUT) is (column < 900)


def test_a_line_of_megabytes_takes_no_time() -> None:
    text, mark = marked("あ" * 3_000_000, 2_000_000)
    assert len(text) < WIDEST
    assert mark.endswith("^^")


@given(st.text(st.characters(exclude_characters="\n\r", codec="utf-8")), st.integers(1, 400))
def test_any_line_has_one_mark_inside_it(line: str, column: int) -> None:
    text, mark = marked(line, column)
    assert "\n" not in text
    assert set(mark.lstrip()) == {"^"}
    assert not regex.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_the_line_stands_between_the_sentence_and_the_hint() -> None:
    found = problem("yaml/wide-colon", "content/posts/a.md", 12, 6)
    assert [*lines([found], "ja", lambda _: "title： 速報")] == [
        "content/posts/a.md:12:6: yaml/wide-colon コロンが全角「：」です。",
        "  12 | title： 速報",
        "     |      ^^",
        "  ヒント: 半角の「:」と半角の空白にします。",
    ]


def test_each_part_has_its_colour() -> None:
    found = problem("yaml/wide-colon", "a.md", 2, 6)
    painted = [
        *lines([found], "en", lambda _: "title： x", lambda kind, text: f"<{kind}>{text}</>")
    ]
    assert painted == [
        "<place>a.md:2:6:</> <error>yaml/wide-colon</> The colon is full-width (：).",
        "  <margin>2 |</> title： x",
        "  <margin>  |</>      <mark>^^</>",
        "  <hint>hint: Use “:” and a space.</>",
    ]
