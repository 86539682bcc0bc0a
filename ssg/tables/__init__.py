"""Tables of the package, one text file each: a row a line, `#` before a remark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[str, ...]:
    """The rows of a table, without remarks and empty lines."""
    return tuple(_rows((FOLDER / f"{name}.txt").read_text("utf-8")))


@cache
def records(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table whose cells are parted by ` | `."""
    return tuple(tuple(cell.strip() for cell in row.split(" | ")) for row in rows(name))


def _rows(text: str) -> Iterator[str]:
    for line in text.splitlines():
        row = line.partition("# ")[0].strip()
        if row:
            yield row
