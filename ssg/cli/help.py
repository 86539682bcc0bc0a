"""The help, in columns that are right for Japanese: a full-width character takes two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click

# A word with its blank, or a character: with the signs that may not be parted from it (JIS X 4051).
PIECE = re.compile(r"[「『（]*(?:[!-~]+ *|.)[、。，．」』）・：…ー]*")


class Help(click.HelpFormatter):
    """Click's, with lines cut by the width that a terminal gives them."""

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for line in folded(text, self.width - self.current_indent):
            self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        first = min(max((len(term) for term, _ in rows), default=0), col_max) + col_spacing
        width = max(self.width - first - 2, 10)
        kept = [(term, "\b\n" + "\n".join(folded(told, width))) for term, told in rows]
        super().write_dl(kept, col_max, col_spacing)


class Context(click.Context):
    formatter_class = Help


def folded(text: str, width: int) -> Iterator[str]:
    """The lines of a text, at most `width` columns wide where its words allow that."""
    from ssg.marks import width as columns

    line, taken = "", 0
    for piece in PIECE.findall(text):
        size = sum(map(columns, piece.rstrip()))
        if line and taken + size > width:
            yield line.rstrip()
            line, taken = "", 0
        line += piece
        taken += size + len(piece) - len(piece.rstrip())
    yield line.rstrip()
