"""`*` and `**` in layouts, bounded: neither can be interrupted once it has begun."""

from __future__ import annotations

from collections.abc import Callable, Sized
from operator import mul, pow
from typing import Any

from jinja2 import pass_context

BITS = 16_384  # of a number; Python itself refuses to show a longer one
REPEATED = 10_000_000  # characters or elements of what is repeated


class TooLargeError(ArithmeticError):
    """A product or power that no page can show."""


def product(left: Any, right: Any) -> Any:
    if _bits(left) + _bits(right) > BITS or _repeated(left, right) > REPEATED:
        raise TooLargeError("*")
    return mul(left, right)


def power(left: Any, right: Any) -> Any:
    if isinstance(right, int) and _bits(left) * abs(right) > BITS:
        raise TooLargeError("**")
    return pow(left, right)


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) and abs(value) > 1 else 0


def _repeated(left: Any, right: Any) -> int:
    match left, right:
        case (Sized(), int()):
            return len(left) * right
        case (int(), Sized()):
            return left * len(right)
    return 0


def _unfolded(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
    """A filter that is not called while a layout is compiled."""
    return pass_context(lambda _context, left, right: function(left, right))


OPERATORS = {"*": _unfolded(product), "**": _unfolded(power)}
