"""Days and ISO weeks, as addresses name them: `2026-04-07`, `2026-W15`, `2026-04`."""

from __future__ import annotations

from datetime import date, timedelta

DAY, WEEK = "day", "week"


def period_of(day: date, every: str) -> str:
    """The day or ISO week (ISO 8601, week 1 holds the first Thursday) of a date."""
    if every == DAY:
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def first_day(period: str) -> date:
    """The day, or the Monday of the week. Raises ValueError for anything else."""
    if "W" in period:
        year, week = period.split("-W")
        return date.fromisocalendar(int(year), int(week), 1)
    return date.fromisoformat(period)


def last_day(period: str) -> date:
    return first_day(period) + timedelta(days=6 if "W" in period else 0)


def month_of(period: str) -> str:
    """The month in which a period begins."""
    return first_day(period).isoformat()[:7]


def is_period(text: str, every: str) -> bool:
    """Whether a text names a day (or a week), in the form that addresses use."""
    try:
        return period_of(first_day(text), every) == text
    except ValueError:
        return False
