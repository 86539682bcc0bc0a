"""HTML that an author left open must not swallow the rest of the page."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_TOKEN = re.compile(
    r"<!--.*?-->|<(script|style|textarea)\b.*?</\1\s*>"
    r"|<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>",
    re.DOTALL | re.IGNORECASE,
)
# Elements without an end tag, and those whose end tag may be left out (HTML, section 13.1.2).
_WITHOUT_END = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "rt", "rp", "tr", "td", "th", "thead", "tbody", "tfoot",
    "colgroup", "option", "optgroup",
))  # fmt: skip


class Fault(NamedTuple):
    """A tag without its partner: the `nth` of those that are written the same way."""

    name: str
    tag: str
    nth: int
    is_end: bool


class _Open(NamedTuple):
    name: str
    tag: str
    nth: int


def balanced(html: str) -> tuple[str, list[Fault]]:
    """The HTML with the missing end tags added and the stray ones left out."""
    balance = _Balance()
    end = 0
    for match in _TOKEN.finditer(html):
        balance.out.append(html[end : match.start()])
        balance.read(match)
        end = match.end()
    balance.out.append(html[end:])
    balance.close_above(0)
    return ("".join(balance.out) if balance.faults else html), balance.faults


class _Balance:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[_Open] = []
        self.seen: Counter[str] = Counter()
        self.faults: list[Fault] = []

    def read(self, match: re.Match[str]) -> None:
        tag, name = match[0], (match["name"] or "").lower()
        self.seen[tag] += 1
        if name and name not in _WITHOUT_END:
            if match["slash"]:
                self._end(tag, name)
                return
            if not match["rest"].endswith("/"):
                self.open.append(_Open(name, tag, self.seen[tag]))
        self.out.append(tag)

    def _end(self, tag: str, name: str) -> None:
        depth = next((i for i in reversed(range(len(self.open))) if self.open[i].name == name), -1)
        if depth < 0:
            self.faults.append(Fault(name, tag, self.seen[tag], True))
            return
        self.close_above(depth + 1)
        self.open.pop()
        self.out.append(tag)

    def close_above(self, depth: int) -> None:
        while len(self.open) > depth:
            left = self.open.pop()
            self.out.append(f"</{left.name}>")
            self.faults.append(Fault(left.name, left.tag, left.nth, False))


def place(source: str, fault: Fault) -> int:
    """Where in the source a tag stands, or -1."""
    offset = -1
    for _ in range(fault.nth):
        found = source.find(fault.tag, offset + 1)
        if found < 0:
            return offset
        offset = found
    return offset
