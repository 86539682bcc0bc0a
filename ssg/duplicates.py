"""The same story told by several publishers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")

ALIKE = 0.5  # share of common letter pairs from which two titles tell one story
SPAN = timedelta(hours=48)


def fold_duplicates(
    items: Sequence[T], title: Callable[[T], str], when: Callable[[T], datetime]
) -> list[tuple[T, tuple[T, ...]]]:
    """Each story once, at its first place, with the others that tell it.

    Two items tell one story when they are at most 48 hours apart and their titles share half
    of their pairs of letters (Dice coefficient).
    """
    stories: list[tuple[T, list[T]]] = []
    for item in items:
        pairs = letter_pairs(title(item))
        for first, others in stories:
            near = abs(when(first) - when(item)) <= SPAN
            if near and likeness(letter_pairs(title(first)), pairs) >= ALIKE:
                others.append(item)
                break
        else:
            stories.append((item, []))
    return [(first, tuple(others)) for first, others in stories]


@lru_cache(2048)  # related briefs are near each other, so most titles come again soon
def letter_pairs(text: str) -> frozenset[str]:
    letters = [c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum()]
    return frozenset(a + b for a, b in pairwise(letters))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The Dice coefficient: 1 for the same pairs, 0 for none in common."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
