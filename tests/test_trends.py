"""Trends against a count that goes through every day by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.desk import CHART, chart_points
from ssg.model import Term
from ssg.trends import LISTED, WEEKS, Rise, count, mentions, rising, weekly

END = date(2026, 4, 30)
near = st.dates(END - timedelta(days=80), END + timedelta(days=5))
some_days = st.lists(near, max_size=40)


def term(name: str, taxonomy: str = "tags") -> Term:
    return Term(taxonomy, name, name, f"/{taxonomy}/{name}/", f"/{taxonomy}/{name}/")


posts = st.lists(
    st.tuples(near, st.lists(st.sampled_from("あいうえおかき"), unique=True)), max_size=60
)
windows = st.integers(1, 40)


def naive(found: list[date], last: date, length: int) -> int:
    span = {last - timedelta(days=n) for n in range(length)}
    return sum(day in span for day in found)


@given(some_days, near, st.integers(0, 60))
def test_count_is_a_count(found: list[date], begin: date, length: int) -> None:
    end = begin + timedelta(days=length)
    assert count(sorted(found), begin, end) == sum(begin <= day <= end for day in found)


@given(some_days)
def test_weekly_counts_spans_of_seven_days(found: list[date]) -> None:
    wanted = [naive(found, END - timedelta(days=7 * n), 7) for n in range(WEEKS)]
    assert weekly(sorted(found), END) == tuple(wanted[::-1])


@given(posts)
def test_mentions_are_the_days_of_each_term(line: list[tuple[date, list[str]]]) -> None:
    found = mentions((day, [term(n) for n in names]) for day, names in line)
    wanted = {n for _, names in line for n in names}
    assert {t.name for t in found} == wanted
    for name in wanted:
        assert found[term(name)] == sorted(day for day, names in line if name in names)


@given(posts, windows)
def test_rising_is_what_a_slow_count_finds(line: list[tuple[date, list[str]]], window: int) -> None:
    found = mentions((day, [term(n) for n in names]) for day, names in line)
    wanted = []
    for name in {n for _, names in line for n in names}:
        days = [day for day, names in line if name in names]
        now = naive(days, END, window)
        before = naive(days, END - timedelta(days=window), window)
        if now:
            wanted.append((before - now, -now, name, now, before))
    rises = rising(found, END, window)
    assert [(r.term.name, r.now, r.before) for r in rises] == [
        (name, now, before) for _, _, name, now, before in sorted(wanted)
    ][:LISTED]
    assert all(r.weeks == weekly(found[r.term], END) for r in rises)
    assert all(r.change == r.now - r.before for r in rises)


def test_the_windows_touch_and_do_not_overlap() -> None:
    edge = [END - timedelta(days=n) for n in (0, 6, 7, 13, 14)]
    [rise] = rising({term("あ"): sorted(edge)}, END, 7)
    assert (rise.now, rise.before) == (2, 2)


def test_at_most_so_many_are_listed() -> None:
    many = {term(f"t{n:02}"): [END] * (n + 1) for n in range(LISTED + 3)}
    assert [r.now for r in rising(many, END, 7)] == list(range(LISTED + 3, 3, -1))


def test_ties_go_to_the_busier_then_by_name() -> None:
    before = END - timedelta(days=7)
    days = {
        term("う"): [END],
        term("い"): [END],
        term("あ"): [before, END, END],
        term("え"): [before],
    }
    assert [r.term.name for r in rising(days, END, 7)] == ["あ", "い", "う"]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60))
def test_a_chart_stays_in_its_box_and_keeps_the_order(values: list[int]) -> None:
    places = [tuple(map(float, p.split(","))) for p in chart_points(values).split()]
    assert len(places) == len(values)
    width, height = CHART
    assert all(0 <= x <= width and 2 <= y <= height - 2 for x, y in places)
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    for (_, high), value in zip(places, values, strict=True):
        for (_, low), other in zip(places, values, strict=True):
            if value > other:
                assert high <= low


@pytest.mark.parametrize(("values", "last"), [((0, 0), "100.0,30.0"), ((0, 3), "100.0,2.0")])
def test_the_lowest_and_the_highest_point(values: tuple[int, ...], last: str) -> None:
    assert chart_points(values).split()[-1] == last


def test_a_rise_is_frozen() -> None:
    rise = Rise(term("あ"), 2, 1, (1, 2))
    assert hash(rise) == hash(Rise(term("あ"), 2, 1, (1, 2)))
