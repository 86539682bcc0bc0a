"""The score of a brief is exact arithmetic, rounded half up."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.config import SCORE_WORDS
from ssg.model import Axis
from ssg.scores import BEST, mean_of, score, total_of

values = st.integers(1, BEST)


@st.composite
def weighted(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Weights that sum to 100, each with a value."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), max_size=7)))
    weights = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    return [(weight, draw(values)) for weight in weights]


def half_up(mean: Fraction) -> int:
    return floor(mean + Fraction(1, 2))


@given(weighted())
def test_the_total_is_the_exact_mean_rounded_half_up(parts: list[tuple[int, int]]) -> None:
    mean = sum((Fraction(weight, 100) * value for weight, value in parts), Fraction())
    assert total_of(parts) == half_up(mean)
    assert min(v for _, v in parts) <= total_of(parts) <= max(v for _, v in parts)


@given(weighted(), st.data())
def test_the_order_of_the_axes_does_not_matter(
    parts: list[tuple[int, int]], data: st.DataObject
) -> None:
    assert total_of(data.draw(st.permutations(parts))) == total_of(parts)


@given(weighted(), st.data())
def test_a_better_value_never_lowers_the_total(
    parts: list[tuple[int, int]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(parts) - 1))
    weight, value = parts[place]
    better = [*parts[:place], (weight, min(BEST, value + 1)), *parts[place + 1 :]]
    assert total_of(better) >= total_of(parts)


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([(40, 4), (30, 5), (20, 3), (10, 2)], 4),  # 3.9
        ([(50, 2), (50, 3)], 3),  # 2.5 goes up, not to the even number
        ([(50, 3), (50, 4)], 4),  # 3.5
        ([(51, 2), (49, 3)], 2),  # 2.49
        ([(100, 1)], 1),
        ([(100, 5)], 5),
    ],
)
def test_totals_known_by_hand(parts: list[tuple[int, int]], total: int) -> None:
    assert total_of(parts) == total


@given(weighted())
def test_a_score_has_its_word_and_its_axes(parts: list[tuple[int, int]]) -> None:
    axes = [Axis(f"a{i}", f"軸{i}", weight) for i, (weight, _) in enumerate(parts)]
    found = score(axes, {f"a{i}": v for i, (_, v) in enumerate(parts)}, SCORE_WORDS["ja"])
    assert found.total == total_of(parts)
    assert found.word == SCORE_WORDS["ja"][found.total]
    assert [(a.weight, a.value) for a in found.axes] == parts


@given(st.lists(values, max_size=60))
def test_the_mean_of_totals_is_exact_to_one_decimal(totals: list[int]) -> None:
    wanted = half_up(Fraction(10 * sum(totals), len(totals))) if totals else 0
    assert mean_of(totals) == wanted / 10


def test_a_quarter_goes_up() -> None:
    assert mean_of([3, 3, 3, 4]) == 3.3
