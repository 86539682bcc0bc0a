"""What an author does not want to hear: said in a line, in a post or for the site.

In a line, or alone above it: `<!-- check: ignore japanese/doubled -->`; in front matter the same
after a `#`. For a post `check: {ignore: [japanese/doubled]}`, for the site the same in site.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssg.errors import Problem, problem
from ssg.sentences import CATALOGUE
from ssg.text import nearest, visible
from ssg.theme import NAME

_COMMENT = re.compile(r"(?:<!--|#)\s*check:\s*ignore\s+([\w/, -]+?)\s*(?:-->|$)")


def ignored_lines(text: str) -> dict[int, frozenset[str]]:
    """The codes that are not wanted, by line (from 1)."""
    found: dict[int, frozenset[str]] = {}
    if "check:" not in text:
        return found
    for number, line in enumerate(text.split("\n"), 1):
        if match := _COMMENT.search(line):
            codes = frozenset(re.split(r"[,\s]+", match[1]))
            alone = line.strip() == match[0].strip()
            found[number + alone] = found.get(number + alone, frozenset()) | codes
    return found


def wanted(problem: Problem, lines: dict[int, frozenset[str]], codes: frozenset[str]) -> bool:
    """Whether nobody asked to leave a problem out, in its line or altogether."""
    return problem.code not in codes and problem.code not in lines.get(problem.line, ())


def unknown_codes(
    site: Iterable[str], sources: Iterable[tuple[str, int, str]]
) -> Iterator[Problem]:
    """Codes that nothing is ever told under: a slip of the pen would hide nothing."""
    places = [*((NAME, 0, code) for code in sorted(site)), *sources]
    for path, line, code in places:
        if code not in CATALOGUE:
            near = {"near": found} if (found := nearest(code, CATALOGUE)) else {}
            column = 1 if line else 0
            yield problem("check/unknown-code", path, line, column, got=visible(code), **near)
