"""Addresses in running text become links; a Japanese sentence goes on right behind them."""

from __future__ import annotations

import re
from typing import cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_PREFIX, AtomicString

from ssg.extensions.inline import Inline

_ADDRESS = r"(?<![A-Za-z0-9])https?://[!#-;=?-~]+"
_LOOKED_BACK = 20  # elements before an address, in search of an open link
_TRAILING = "?!.,:;*_~'"


class Autolinks(InlineProcessor):
    """Links an address up to the first character that is no ASCII."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(_ADDRESS, md)

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        address = trimmed(m[0])
        if address.endswith("//") or self._inside_raw_link(data[: m.start()]):
            return None, m.start(), m.end()
        link = Element("a", {"href": address})
        link.text = AtomicString(address)
        return link, m.start(), m.start() + len(address)

    def _inside_raw_link(self, before: str) -> bool:
        """Whether an `<a>` written as HTML is still open."""
        if not self.md.htmlStash.html_counter:
            return False
        for piece in before.rsplit(INLINE_PLACEHOLDER_PREFIX, _LOOKED_BACK)[:0:-1]:
            tag = self._tag(piece.partition("\x03")[0])
            if tag.startswith(("<a ", "</a")):
                return tag.startswith("<a ")
        return False

    def _tag(self, number: str) -> str:
        """The HTML that an inline placeholder stands for, or ""."""
        node = cast(Inline, self.md.treeprocessors["inline"]).stashed_nodes.get(number)
        match = HTML_PLACEHOLDER_RE.match(node) if isinstance(node, str) else None
        return str(self.md.htmlStash.rawHtmlBlocks[int(match[1])]).lower() if match else ""


def trimmed(address: str) -> str:
    """The address without the punctuation of its sentence, and without a bracket around it."""
    while True:
        shorter = address.rstrip(_TRAILING)
        for opening, closing in ("()", "[]", "{}"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter
