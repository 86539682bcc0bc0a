"""Tables of the package. A text file has a row a line, and `#` before a remark."""

from __future__ import annotations

import tomllib
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


def meanings() -> dict[str, dict[str, dict[str, str]]]:
    """What each key of front matter and site.yaml means: kind of file, key, language."""
    return tomllib.loads((FOLDER / "keys.toml").read_text("utf-8"))


def _rows(text: str) -> Iterator[str]:
    for line in text.splitlines():
        row = line.partition("# ")[0].strip()
        if row:
            yield row
