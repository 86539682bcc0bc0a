"""Days and ISO weeks: the laws that addresses of digests stand on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.periods import DAY, WEEK, first_day, is_period, last_day, month_of, period_of

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
every = st.sampled_from([DAY, WEEK])


@given(days, every)
def test_a_day_lies_in_its_period(day: date, every: str) -> None:
    period = period_of(day, every)
    assert first_day(period) <= day <= last_day(period)
    assert is_period(period, every)
    assert period_of(first_day(period), every) == period_of(last_day(period), every) == period


@given(days, days, every)
def test_periods_sort_as_their_days_do(one: date, other: date, every: str) -> None:
    if one <= other:
        assert period_of(one, every) <= period_of(other, every)


@given(days, every)
def test_the_next_period_begins_where_one_ends(day: date, every: str) -> None:
    period = period_of(day, every)
    after = period_of(last_day(period) + timedelta(days=1), every)
    assert after > period
    assert first_day(after) == last_day(period) + timedelta(days=1)


@given(days)
def test_a_week_is_seven_days_from_monday(day: date) -> None:
    week = period_of(day, WEEK)
    assert first_day(week).isoweekday() == 1
    assert last_day(week) - first_day(week) == timedelta(days=6)
    assert week == f"{day:%G-W%V}"


@given(days, every)
def test_the_month_is_the_one_in_which_a_period_begins(day: date, every: str) -> None:
    period = period_of(day, every)
    assert month_of(period) == f"{first_day(period):%Y-%m}"


@given(days)
def test_a_period_of_one_kind_is_none_of_the_other(day: date) -> None:
    assert not is_period(period_of(day, DAY), WEEK)
    assert not is_period(period_of(day, WEEK), DAY)


@given(st.text("0123456789-W年０１", max_size=10), every)
def test_whatever_is_a_period_is_the_address_of_its_first_day(text: str, every: str) -> None:
    if is_period(text, every):
        assert period_of(first_day(text), every) == text


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2024, 12, 29), "2024-W52"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 4, 6), "2026-W15"),
        (date(2026, 4, 12), "2026-W15"),
        (date(2026, 12, 31), "2026-W53"),
        (date(2027, 1, 1), "2026-W53"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
    ],
)
def test_weeks_at_the_turn_of_the_year(day: date, week: str) -> None:
    assert period_of(day, WEEK) == week


@pytest.mark.parametrize(
    ("text", "every"),
    [
        ("2026-4-7", DAY), ("20260407", DAY), ("2026-02-29", DAY), ("2026-04-07 ", DAY),
        ("２０２６-04-07", DAY), ("", DAY), ("index", DAY), ("a/2026-04-07", DAY),
        ("2026-W5", WEEK), ("2026-W00", WEEK), ("2025-W53", WEEK), ("2026W15", WEEK),
        ("2026-w15", WEEK), ("2026-W15-1", WEEK), ("W", WEEK), ("-W", WEEK), ("2026-W+5", WEEK),
        ("0000-W01", WEEK), (f"{'9' * 30}-W01", WEEK), (f"{'9' * 5000}-W01", WEEK),
    ],
)  # fmt: skip
def test_what_names_no_period(text: str, every: str) -> None:
    assert not is_period(text, every)
