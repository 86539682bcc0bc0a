"""What an author does not want to hear: said in a line, in a post or for the site.

In a line, or alone above it: `<!-- check: ignore japanese/doubled -->`; in front matter the same
after a `#`. For a post `check: {ignore: [japanese/doubled]}`, for the site the same in site.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssg.errors import Problem, problem
from ssg.sentences import CATALOGUE
from ssg.text import nearest, visible

_COMMENT = re.compile(r"(?:<!--|#)[ \t]*check:[ \t]*ignore[ \t]([^<>\n]*?)(?:-->|$)")


class Wish(NamedTuple):
    """Codes that are not wanted in a line (0 for all), and where that is written."""

    codes: frozenset[str]
    line: int
    at: tuple[int, int]


def wishes(text: str) -> Iterator[Wish]:
    """What an author does not want to hear in single lines (from 1) of a source."""
    if "check:" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if match := _COMMENT.search(line):
            alone = line.strip() == match[0].strip()
            codes = frozenset(re.split(r"[,\s]+", match[1].strip()))
            yield Wish(codes, number + alone, (number, match.start() + 1))


def by_line(found: Iterable[Wish]) -> dict[int, frozenset[str]]:
    codes: dict[int, frozenset[str]] = {}
    for wish in found:
        codes[wish.line] = codes.get(wish.line, frozenset()) | wish.codes
    return codes


def wanted(problem: Problem, lines: dict[int, frozenset[str]]) -> bool:
    """Whether nobody asked to leave a problem out, in its line or altogether (line 0)."""
    return all(problem.code not in lines.get(line, ()) for line in (0, problem.line))


def unknown_codes(path: str, found: Iterable[Wish]) -> Iterator[Problem]:
    """Codes that nothing is ever told under: a slip of the pen would hide nothing."""
    for wish in found:
        for code in sorted(wish.codes - CATALOGUE.keys()):
            near = {"near": known} if (known := nearest(code, CATALOGUE)) else {}
            yield problem("check/unknown-code", path, *wish.at, got=visible(code), **near)
