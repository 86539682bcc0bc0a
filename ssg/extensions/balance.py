"""HTML that an author left open must not swallow the rest of the page."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ssg.extensions.harmless import disarmed

_TOKEN = re.compile(
    r"<!--.*?-->|<(script|style|textarea)\b.*?</\1\s*>"
    r"|<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>",
    re.DOTALL | re.IGNORECASE,
)
# Elements without an end tag, and those whose end tag may be left out (HTML, section 13.1.2).
END_OPTIONAL = frozenset((
    "p", "li", "dt", "dd", "rt", "rp", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
    "option", "optgroup",
))  # fmt: skip
_WITHOUT_END = END_OPTIONAL | {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip


class Fault(NamedTuple):
    """A tag without its partner, or with a dangerous address of this `scheme`: the `nth` of those
    that are written the same way.
    """

    name: str
    tag: str
    nth: int
    is_end: bool
    scheme: str = ""


class _Open(NamedTuple):
    name: str
    tag: str
    nth: int


def balanced(html: str) -> tuple[str, list[Fault]]:
    """The HTML with the missing end tags added, the stray ones and dangerous addresses left out."""
    balance = _Balance()
    end = 0
    for match in _TOKEN.finditer(html):
        balance.out.append(html[end : match.start()])
        balance.read(match)
        end = match.end()
    balance.out.append(html[end:])
    balance.close_all()
    return ("".join(balance.out) if balance.faults else html), balance.faults


class _Balance:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[_Open] = []
        self.names: Counter[str] = Counter()  # of those that are open
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
                self.names[name] += 1
        self.out.append(self._disarmed(name, tag))

    def _disarmed(self, name: str, tag: str) -> str:
        harmless, scheme = disarmed(name, tag) if name else (tag, "")
        if scheme:
            self.faults.append(Fault(name, tag, self.seen[tag], False, scheme))
        return harmless

    def _end(self, tag: str, name: str) -> None:
        if not self.names[name]:
            self.faults.append(Fault(name, tag, self.seen[tag], True))
            return
        while self.open[-1].name != name:
            self._close()
        self.open.pop()
        self.names[name] -= 1
        self.out.append(tag)

    def close_all(self) -> None:
        while self.open:
            self._close()

    def _close(self) -> None:
        """Close the innermost element, which its author left open."""
        left = self.open.pop()
        self.names[left.name] -= 1
        self.out.append(f"</{left.name}>")
        self.faults.append(Fault(left.name, left.tag, left.nth, False))


class Places:
    """Where in a source the tags stand. Each place is looked for once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.known: dict[str, list[int]] = {}

    def of(self, fault: Fault) -> int:
        """The offset of a tag, of the last that is written so when there are fewer, or -1."""
        offsets = self.known.setdefault(fault.tag, [])
        while len(offsets) < fault.nth:
            offset = self.source.find(fault.tag, offsets[-1] + 1 if offsets else 0)
            if offset < 0:
                break
            offsets.append(offset)
        return offsets[min(fault.nth, len(offsets)) - 1] if offsets else -1
