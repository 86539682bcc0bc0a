"""Headlines break between phrases and nowhere else."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from ssg.phrases import _NEVER_FIRST, _OPENING, phrases, single, split

JAPANESE = "検索の主役は入れ替わるのかー、。！？っゃ【】「」『』（）()［］　 AIa1々〜…&<>\"'"
texts = st.text(st.sampled_from(JAPANESE), max_size=40) | st.text(max_size=40)


@given(texts)
def test_nothing_is_lost(text: str) -> None:
    assert "".join(split(text)) == text
    assert unescape(phrases(text).replace("<wbr>", "")) == text


@given(texts)
def test_only_breaks_are_markup(text: str) -> None:
    assert "<" not in phrases(text).replace("<wbr>", "")


@given(texts)
def test_no_line_begins_or_ends_with_a_wrong_sign(text: str) -> None:
    for before, after in pairwise(split(text)):
        assert after[0] not in _NEVER_FIRST
        assert before[-1] not in _OPENING
        assert not after.startswith("\u3000")


@given(texts, texts, st.sampled_from(["【】", "「」", "『』", "（）", "()", "［］", "“”"]))
def test_brackets_are_not_parted(before: str, inside: str, pair: str) -> None:
    plain = {ord(sign): None for sign in _OPENING + "】」』）)〉》］]”’"}
    inside = inside.translate(plain) or "中"
    text = f"{before.translate(plain)}の{pair[0]}{inside}{pair[1]}が"
    assert any(f"{pair[0]}{inside}{pair[1]}" in part for part in split(text))


@given(
    st.text(
        st.sampled_from("かがきはばぱ\u3099\u309a👩\u200d💻🕵\ufe0f♂é\u0301🇯🇵の、検索"), max_size=30
    )
)
def test_characters_of_several_code_points_stay_whole(text: str) -> None:
    ends, at = set(), 0
    for grapheme in regex.findall(r"\X", text):
        at += len(grapheme)
        ends.add(at)
    at = 0
    for part in split(text)[:-1]:
        at += len(part)
        assert at in ends, split(text)


def test_the_characters_that_may_be_parted_from_any_other() -> None:
    characters = "".join(filter(single, map(chr, range(0x10000))))
    assert len(characters) > 20_000
    assert len(regex.findall(r"\X", characters)) == len(characters)
    assert len(regex.findall(r"\X", characters[::-1])) == len(characters)
    assert not re.search("[\r\n\u200d\u3099\u309a\ufe0f]", characters)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("OpenAI vs Microsoft", ["OpenAI vs Microsoft"]),
        ("一か月使って、二か月目", ["一か月", "使って、", "二か月目"]),
        ("十二か国と三カ所", ["十二か国と", "三カ所"]),
        ("今日は良い天気です。", ["今日は", "良い", "天気です。"]),
        ("【AIの未来】検索の主役", ["【AIの未来】", "検索の", "主役"]),
        ("題名　二つめの節", ["題名　", "二つめの", "節"]),
    ],
)
def test_examples(text: str, parts: list[str]) -> None:
    assert list(split(text)) == parts
