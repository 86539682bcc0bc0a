"""Briefs on one story are folded, and none is lost or shown twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.duplicates import ALIKE, SPAN, fold_duplicates, letter_pairs, likeness

Item = tuple[int, str, datetime]
NOON = datetime(2026, 4, 7, 12, tzinfo=UTC)

titles = st.text("ＡaAbあいう・ 、1１", max_size=12)
moments = st.integers(0, 200).map(lambda hours: NOON + timedelta(hours=hours))
lines = st.lists(st.tuples(titles, moments), max_size=14).map(
    lambda rows: [(index, title, moment) for index, (title, moment) in enumerate(rows)]
)


def fold(items: list[Item]) -> list[tuple[Item, tuple[Item, ...]]]:
    return fold_duplicates(items, lambda item: item[1], lambda item: item[2])


def one_story(first: Item, other: Item) -> bool:
    alike = likeness(letter_pairs(first[1]), letter_pairs(other[1])) >= ALIKE
    return alike and abs(first[2] - other[2]) <= SPAN


@given(lines)
def test_each_item_stands_exactly_once(items: list[Item]) -> None:
    shown = [item for first, others in fold(items) for item in (first, *others)]
    assert sorted(shown) == items


@given(lines)
def test_a_story_keeps_its_first_place(items: list[Item]) -> None:
    stories = fold(items)
    firsts = [first for first, _ in stories]
    assert firsts == sorted(firsts)
    assert firsts[:1] == items[:1]
    for first, others in stories:
        assert [first, *others] == sorted([first, *others])


@given(lines)
def test_others_tell_the_story_and_firsts_tell_different_ones(items: list[Item]) -> None:
    stories = fold(items)
    assert all(one_story(first, other) for first, others in stories for other in others)
    firsts = [first for first, _ in stories]
    assert not [(a, b) for i, a in enumerate(firsts) for b in firsts[:i] if one_story(a, b)]


@given(titles, titles)
def test_likeness_is_symmetric_and_a_share(one: str, other: str) -> None:
    pairs = letter_pairs(one), letter_pairs(other)
    assert likeness(*pairs) == likeness(*pairs[::-1])
    assert 0 <= likeness(*pairs) <= 1


@given(titles)
def test_a_title_is_like_itself_if_it_has_two_letters(title: str) -> None:
    pairs = letter_pairs(title)
    assert likeness(pairs, pairs) == (1 if pairs else 0)


@given(titles, titles, st.integers(0, 120))
def test_the_order_of_two_does_not_decide_whether_they_fold(
    one: str, other: str, hours: int
) -> None:
    pair: list[Item] = [(0, one, NOON), (1, other, NOON + timedelta(hours=hours))]
    assert len(fold(pair)) == len(fold(pair[::-1]))


def test_width_case_and_signs_make_no_difference() -> None:
    assert letter_pairs("ＯｐｅｎＡＩ、新型") == letter_pairs("openai 新型！")


@pytest.mark.parametrize(("minutes", "stories"), [(48 * 60, 1), (48 * 60 + 1, 2)])
def test_two_days_are_the_limit(minutes: int, stories: int) -> None:
    later = NOON + timedelta(minutes=minutes)
    assert len(fold([(0, "検索の新型を発表", NOON), (1, "検索の新型を発表", later)])) == stories


def test_half_of_the_pairs_is_enough() -> None:
    assert likeness(letter_pairs("あいう"), letter_pairs("いうえ")) == ALIKE
    assert len(fold([(0, "あいう", NOON), (1, "いうえ", NOON)])) == 1
    assert len(fold([(0, "あいうえ", NOON), (1, "うえおか", NOON)])) == 2
