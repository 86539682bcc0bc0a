"""Bytes to text: UTF-8, or a word about what it is instead."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.decoding import decode
from ssg.messages import CATALOGUE
from ssg.text import CONTROL

JAPANESE = "---\ntitle: 検索の今、広告の話。\n---\nカタカナとひらがな。\n"


def found(data: bytes) -> list[tuple[int, int, str, dict[str, str]]]:
    return [(p.line, p.column, p.code, dict(p.args)) for p in decode(data, "a.md")[1]]


@given(st.binary() | st.text().map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_become_text_or_a_problem_inside_the_file(data: bytes) -> None:
    text, problems = decode(data, "a.md")
    lines = re.split(b"\r\n|\r|\n", data)
    assert "\r" not in text
    assert problems or not CONTROL.search(text)
    for problem in problems:
        assert problem.code in CATALOGUE
        assert 1 <= problem.line <= max(len(lines), 1)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])))
def test_text_comes_back_as_it_was(text: str) -> None:
    for mark in ("", "\ufeff"):
        got, problems = decode((mark + "あ" + text).encode(), "a.md")
        assert (got, problems) == ("あ" + text, [])


@given(st.text("あいう漢字カナa\n、。", min_size=8).filter(lambda t: re.search("[ぁ-ん]{3}", t)))
def test_old_encodings_are_named(text: str) -> None:
    for codec, name in (
        ("cp932", "Shift_JIS"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", "ISO-2022-JP"),
    ):
        line, column, code, blanks = found(text.encode(codec))[0]
        assert (code, blanks) == ("encoding/not-utf-8", {"name": name})
        first = next(i for i, c in enumerate(text) if not c.isascii())
        assert line == text.count("\n", 0, first) + 1
        assert column == first - text.rfind("\n", 0, first)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_and_without_its_mark(codec: str) -> None:
    assert found(JAPANESE.encode(codec)) == [(1, 1, "encoding/utf-16", {})]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_one_bad_byte_in_good_text(mark: bytes, end: str) -> None:
    data = mark + JAPANESE.replace("\n", end).encode().replace("広".encode(), b"\xff")
    assert found(data) == [(2, 13, "encoding/bad-byte", {"byte": "0xFF"})]


def test_only_what_editors_take_for_line_ends_ends_a_line() -> None:
    data = "一\u2028\u0085二\r\n三\r四\n五\0".encode()
    assert found(data) == [(4, 2, "encoding/control", {"got": "U+0000"})]


def test_control_characters_are_told_up_to_five() -> None:
    assert len(found(b"\x01" * 100)) == 5
    assert found("あ\ufffe".encode()) == [(1, 2, "encoding/control", {"got": "U+FFFE"})]
