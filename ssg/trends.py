"""Topics and companies on the rise: how often a window of days names them, against the last."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from ssg.model import Frozen, Term

WEEKS = 8  # points of a chart
LISTED = 12


class Rise(Frozen, frozen=True):
    """A term in a window: its posts in it and in the one before, and week by week."""

    term: Term
    now: int
    before: int
    weeks: tuple[int, ...]

    @property
    def change(self) -> int:
        return self.now - self.before


Mentions = Mapping[Term, Sequence[date]]


def mentions(posts: Iterable[tuple[date, Iterable[Term]]]) -> dict[Term, list[date]]:
    """For each term the days of its posts, oldest first, a day for each post."""
    found: dict[Term, list[date]] = defaultdict(list)
    for day, terms in posts:
        for term in terms:
            found[term].append(day)
    for days in found.values():
        days.sort()
    return dict(found)


def rising(days_of: Mentions, end: date, window: int) -> tuple[Rise, ...]:
    """The terms of the `window` days up to `end`, the steepest rise first.

    On a tie the one with more posts, then by name; a term without a post in the window is left out.
    """
    begin, before = end - timedelta(days=window - 1), end - timedelta(days=2 * window - 1)
    rises = []
    for term, days in days_of.items():
        now = count(days, begin, end)
        if now:
            earlier = count(days, before, begin - timedelta(days=1))
            rises.append(Rise(term, now, earlier, weekly(days, end)))
    rises.sort(key=lambda r: (-r.change, -r.now, r.term.name))
    return tuple(rises[:LISTED])


def weekly(days: Sequence[date], end: date, weeks: int = WEEKS) -> tuple[int, ...]:
    """Posts in each of the last `weeks` spans of seven days up to `end`, oldest first."""
    spans = (end - timedelta(days=7 * n) for n in range(weeks - 1, -1, -1))
    return tuple(count(days, last - timedelta(days=6), last) for last in spans)


def count(days: Sequence[date], begin: date, end: date) -> int:
    """How many of the sorted days lie from `begin` to `end`, both included."""
    return bisect_left(days, end + timedelta(days=1)) - bisect_left(days, begin)
