"""A problem as a browser shows it: in words, with the lines around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ssg.errors import Problem
from ssg.messages import tell

AROUND = 2
WIDEST = 400  # characters of a line; more is cut


class Excerpts:
    """Reads the sources of one site: files below its own folders and below those of the theme."""

    def __init__(self, root: Path, layouts: tuple[Path, ...]) -> None:
        self.roots = (root.resolve(), *(folder.parent for folder in layouts))

    def row(self, problem: Problem, lang: str) -> dict[str, Any]:
        told = tell(problem, lang)
        return {
            "place": told.place,
            "severity": told.severity,
            "code": told.code,
            "text": told.text,
            "hint": told.hint,
            "line": problem.line,
            "column": problem.column,
            "excerpt": self._around(problem),
        }

    def _around(self, problem: Problem) -> list[tuple[int, str]]:
        """The line of a problem and those next to it, with their numbers."""
        if not problem.line:
            return []
        lines = self._text(problem.path).split("\n")
        first = max(problem.line - AROUND, 1)
        shown = lines[first - 1 : problem.line + AROUND]
        return [(number, line[:WIDEST]) for number, line in enumerate(shown, first)]

    def _text(self, path: str) -> str:
        for root in self.roots:
            file = root / path
            inside = file.resolve().is_relative_to(root) and not file.is_symlink()
            try:
                if inside and file.is_file():
                    text = file.read_bytes().decode("utf-8-sig", "replace")
                    return text.replace("\r\n", "\n").replace("\r", "\n")
            except OSError:
                continue
        return ""
