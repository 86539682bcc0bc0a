"""A line of a file with a mark under one place, as wide as a terminal shows both."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from ssg.text import visible

WIDEST = 76
NEAR = 4 * WIDEST  # characters that are looked at on either side of the place
TAB = 4
LONGEST = 16  # characters of a grapheme; more is cut
CUT = "..."  # every terminal gives it the same width, unlike “…”


class Cell(NamedTuple):
    """One grapheme as it is shown, and what it takes of the line and of the terminal."""

    text: str
    length: int
    width: int


def marked(line: str, column: int) -> tuple[str, str]:
    """The line, cut around a column (from 1) when it is long, and the mark to print under it."""
    at = min(column - 1, len(line))
    begin, end = max(at - NEAR, 0), at + NEAR
    cells = [*_cells(line[begin:end].rstrip()), Cell("", 1, 1)]
    place = _holding(cells, at - begin)
    first, last = _window(cells, place)
    left = CUT if first or begin else ""
    right = CUT if last < len(cells) or end < len(line) else ""
    before = len(left) + sum(cell.width for cell in cells[first:place])
    text = left + "".join(cell.text for cell in cells[first:last]) + right
    return text, " " * before + "^" * max(cells[place].width, 1)


def width(grapheme: str) -> int:
    """How many columns a terminal gives to a grapheme (UAX #11; emoji take two)."""
    if all(unicodedata.category(c) in ("Mn", "Me") for c in grapheme):
        return 0
    flag = sum("\U0001f1e6" <= c <= "\U0001f1ff" for c in grapheme) > 1
    wide = any(unicodedata.east_asian_width(c) in "WF" for c in grapheme)
    voiced = sum(c in "ﾞﾟ" for c in grapheme[1:])
    return (2 if wide or flag or "\ufe0f" in grapheme else 1) + voiced


def _cells(text: str) -> Iterator[Cell]:
    column = 0
    for grapheme in regex.findall(r"\X", text):
        shown = _shown(grapheme, column)
        size = len(shown) if shown.isascii() else width(shown)
        yield Cell(shown, len(grapheme), size)
        column += size


def _shown(grapheme: str, column: int) -> str:
    if grapheme == "\t":
        return " " * (TAB - column % TAB)
    if len(grapheme) > 1 or grapheme in "\u3000\ufffd":
        return grapheme[:LONGEST]
    return visible(grapheme)


def _holding(cells: Sequence[Cell], offset: int) -> int:
    """The index of the cell to which a character belongs."""
    passed = 0
    for index, cell in enumerate(cells):
        passed += cell.length
        if passed > offset:
            return index
    return len(cells) - 1


def _window(cells: Sequence[Cell], place: int) -> tuple[int, int]:
    """The cells to show: as many as fit, and as far as possible on both sides of the place."""
    first, last, room = place, place + 1, WIDEST - 2 * len(CUT) - cells[place].width
    while room > 0 and (first > 0 or last < len(cells)):
        left = first > 0 and (place - first <= last - place or last == len(cells))
        first, last = (first - 1, last) if left else (first, last + 1)
        room -= cells[first if left else last - 1].width
    return first, last
