"""`*` and `**` in layouts are Python's own, but for results that no page can show."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.arithmetic import BITS, REPEATED, TooLargeError, power, product
from ssg.rendering import Environment

NUMBERS = st.one_of(st.integers(-300, 300), st.booleans(), st.floats(-300, 300))
VALUES = st.one_of(NUMBERS, st.text("aあ", max_size=3), st.lists(st.integers(), max_size=2))


def outcome(function: Any, left: object, right: object) -> object:
    try:
        return repr(function(left, right))
    except (ArithmeticError, TypeError) as e:
        return type(e), str(e)


@given(VALUES, VALUES)
def test_a_product_is_that_of_python(left: object, right: object) -> None:
    assert outcome(product, left, right) == outcome(lambda a, b: a * b, left, right)


@given(NUMBERS, st.one_of(st.integers(-50, 50), st.floats(-5, 5)))
def test_a_power_is_that_of_python(left: object, right: object) -> None:
    assert outcome(power, left, right) == outcome(lambda a, b: a**b, left, right)


@pytest.mark.parametrize(
    "expression",
    [
        "7 ** (2 * 10 ** 7)",
        "2 ** (10 ** 4) ** 2",
        "(-2) ** (10 ** 6)",
        f"(2 ** {BITS - 100}) * 2 ** 200",
        "'a' * 10 ** 10",
        "10 ** 10 * 'a'",
        "[1] * 10 ** 10",
        f"'aa' * {REPEATED}",
        "(2 ** 30000) | abs",
    ],
)
def test_what_no_page_can_show_is_refused(expression: str) -> None:
    template = Environment(undefined=jinja2.StrictUndefined).from_string(f"{{{{ {expression} }}}}")
    with pytest.raises(TooLargeError):
        template.render()


@pytest.mark.parametrize(
    ("expression", "shown"),
    [("2 * 3 ** 2", "18"), ("'ab' * 2", "abab"), ("1 ** (10 ** 9)", "1"), ("'' * 10 ** 9", "")],
)
def test_what_can_be_shown_is(expression: str, shown: str) -> None:
    assert Environment().from_string(f"{{{{ {expression} }}}}").render() == shown
