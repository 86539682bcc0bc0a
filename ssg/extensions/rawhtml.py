"""HTML that authors write as blocks is taken out before the Markdown is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown import Markdown
from markdown.htmlparser import HTMLExtractor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.util import HTML_PLACEHOLDER_RE

# Python-Markdown's search for blocks leaves these as they are, and takes its time for it.
_IN_A_LINE = (
    r"/?(?:b|br|code|del|em|i|ins|kbd|mark|q|rb|rp|rt|ruby|s|small|span|strong|sub|sup|u|wbr)>"
    r"|(?:br|wbr) ?/>|https?://[^\s<>\"'`&]*>|[\s\d]"
)
_may_be_block = re.compile(rf"<(?!{_IN_A_LINE})").search
_DIRECTIVE = re.compile("(\x02ssg:[0-9]+\x03)")


_NOTHING = "<!---->"  # makes text a block of HTML
_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")


class Block(NamedTuple):
    """A block of HTML, or a piece of one that has directives in it, with its outer element. One
    that is not closed goes on to the end of the text.
    """

    name: str
    html: str
    is_closed: bool


class _Extractor(HTMLExtractor):
    def check_for_whole_start_tag(self, i: int) -> int:
        """-1 for a tag without an end, in search of which all of the text would be read."""
        if self.rawdata.find(">", i) < 0 and self.rawdata.find("`", i) < 0:
            return -1
        return super().check_for_whole_start_tag(i)


class RawHtml:
    def __init__(self, md: Markdown) -> None:
        self.md = md
        self.stash = md.htmlStash

    def taken_out(self, text: str) -> str:
        """The text with a placeholder for each block of HTML."""
        text += "\n\n"
        if "<" not in text or not (_may_be_block(text) or "&" in text):
            return text
        before = self.stash.html_counter
        text = self._extracted(text)
        for number in range(before, self.stash.html_counter):
            block = str(self.stash.rawHtmlBlocks[number])
            if "\x02ssg:" in block:
                text = text.replace(self.stash.get_placeholder(number), self._around(block))
        return text

    def blocks(self) -> Iterator[Block]:
        """The blocks that were taken out of the last text."""
        kept = [str(block) for block in self.stash.rawHtmlBlocks]
        split = [block for block in kept if "\x02ssg:" in block]
        for block in kept:
            html = block.removeprefix(_NOTHING).strip()
            whole = next((s for s in split if html in s), html)
            if block not in split and (match := _NAME.match(whole)):
                name = match[1].lower()
                yield Block(name, html, _is_closed(whole.lower(), name))

    def _extracted(self, text: str) -> str:
        parser = _Extractor(self.md)
        parser.feed(text)
        parser.close()
        return "".join(parser.cleandoc)

    def _around(self, block: str) -> str:
        """A block of HTML as several, so that the directives inside it are built."""
        pieces = [p for p in _DIRECTIVE.split(block) if p.strip()]
        return "\n\n".join(p if _DIRECTIVE.match(p) else self._kept(p) for p in pieces)

    def _kept(self, html: str) -> str:
        html = html.strip()
        return self.stash.store(html if html.startswith("<") else _NOTHING + html)


def _is_closed(html: str, name: str) -> bool:
    return html.count(f"</{name}") >= len(re.findall(rf"<{name}[\s/>]", html))


class Kept(RawHtmlPostprocessor):
    """Puts what was kept back in its place; a block also in that of the paragraph around it."""

    def run(self, text: str) -> str:
        blocks = self.md.htmlStash.rawHtmlBlocks
        pieces = HTML_PLACEHOLDER_RE.split(text) if blocks else [text]
        for at in range(1, len(pieces), 2):
            before, number, after = pieces[at - 1 : at + 2]
            if int(number) >= len(blocks):
                pieces[at] = self.md.htmlStash.get_placeholder(int(number))
                continue
            html = str(blocks[int(number)])
            if before.endswith("<p>") and after.startswith("</p>"):
                pieces[at - 1], pieces[at + 1] = before[:-3], after[4:]
                if not self.isblocklevel(html):
                    html = f"<p>{html}</p>"
            pieces[at] = self.run(html) if "\x02" in html else html
        return "".join(pieces)
