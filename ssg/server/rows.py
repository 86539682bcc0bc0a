"""A problem as a browser shows it: in words, with the lines around it."""

from __future__ import annotations

from typing import Any

from ssg.errors import Problem
from ssg.excerpts import Excerpts
from ssg.messages import tell

WIDEST = 400  # characters of a line; more is cut


def row(problem: Problem, lang: str, excerpts: Excerpts) -> dict[str, Any]:
    told = tell(problem, lang)
    return {
        "place": told.place,
        "severity": told.severity,
        "code": told.code,
        "text": told.text,
        "hint": told.hint,
        "line": problem.line,
        "column": problem.column,
        "excerpt": [(number, line[:WIDEST]) for number, line in excerpts.around(problem)],
    }
