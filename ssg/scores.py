"""The score of a brief: weighted axes, one total, half up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ssg.model import Axis, Score

BEST = 5


def score(axes: Sequence[Axis], values: Mapping[str, int], words: Mapping[int, str]) -> Score:
    """The score that values from 1 to 5 make; `values` has each axis, the weights sum to 100."""
    total = total_of([(a.weight, values[a.id]) for a in axes])
    rated = tuple(Axis(a.id, a.label, a.weight, values[a.id]) for a in axes)
    return Score(total=total, word=words[total], axes=rated)


def total_of(weighted: Sequence[tuple[int, int]]) -> int:
    """The weighted mean of (weight in percent, value), rounded half up in whole numbers."""
    return (sum(weight * value for weight, value in weighted) + 50) // 100


def mean_of(totals: Sequence[int]) -> float:
    """The mean of several totals to one decimal, half up; 0 when there are none."""
    count = len(totals)
    return (20 * sum(totals) + count) // (2 * count) / 10 if count else 0.0
