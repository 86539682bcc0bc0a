"""What an author does not want to hear: said in a line, in a post or for the site.

In a line, or alone above it: `<!-- check: ignore japanese/doubled -->`; in front matter the same
after a `#`. For a post `check: {ignore: [japanese/doubled]}`, for the site the same in site.yaml.
`japanese/*` means all codes that begin so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ssg.errors import Problem, problem
from ssg.sentences import CATALOGUE
from ssg.text import nearest, visible

_COMMENT = re.compile(
    r"(?:<!--|#)[ \t]*check:[ \t]*ignore(?![\w-])([^<>\n]*?)(?:-->|$)", re.IGNORECASE
)
_KNOWN = CATALOGUE.keys() | {f"{code.partition('/')[0]}/*" for code in CATALOGUE}


class Wish(NamedTuple):
    """Codes that are not wanted in a line (0 for all), and where that is written."""

    codes: frozenset[str]
    line: int
    at: tuple[int, int]


def wishes(text: str) -> Iterator[Wish]:
    """What an author does not want to hear in single lines (from 1) of a source. Comments that
    stand alone are about the next line with a text.
    """
    if "check:" not in text.lower():
        return
    waiting = list[Wish]()
    for number, line in enumerate(text.split("\n"), 1):
        found = [
            Wish(_codes(match[1]), number, (number, match.start() + 1))
            for match in _COMMENT.finditer(line)
        ]
        if found and not _COMMENT.sub("", line).strip():
            waiting += found
        else:
            yield from (wish._replace(line=number) for wish in (*waiting, *found))
            waiting = []
    yield from waiting


def _codes(listed: str) -> frozenset[str]:
    return frozenset(filter(None, re.split(r"[,、\s]+", listed.lower())))


def by_line(found: Iterable[Wish]) -> dict[int, frozenset[str]]:
    codes: dict[int, frozenset[str]] = {}
    for wish in found:
        codes[wish.line] = codes.get(wish.line, frozenset()) | wish.codes
    return codes


def wanted(problem: Problem, lines: dict[int, frozenset[str]]) -> bool:
    """Whether nobody asked to leave a problem out, in its line or altogether (line 0)."""
    return not any(meant(problem.code, lines.get(line, ())) for line in (0, problem.line))


def meant(code: str, codes: Collection[str]) -> bool:
    """Whether a code is among others, or its whole family is."""
    return code in codes or f"{code.partition('/')[0]}/*" in codes


def unknown_codes(path: str, found: Iterable[Wish]) -> Iterator[Problem]:
    """Codes that nothing is ever told under: a slip of the pen would hide nothing."""
    for wish in found:
        if not wish.codes and wish.line:
            yield problem("check/no-code", path, *wish.at)
        for code in sorted(wish.codes - _KNOWN):
            near = {"near": known} if (known := nearest(code, _KNOWN)) else {}
            yield problem("check/unknown-code", path, *wish.at, got=visible(code), **near)
