"""HTML that authors write as blocks is taken out before the Markdown is read."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.preprocessors import HtmlBlockPreprocessor

# Python-Markdown's search for blocks leaves these as they are, and takes its time for it.
_IN_A_LINE = (
    r"/?(?:b|br|code|del|em|i|ins|kbd|mark|q|rb|rp|rt|ruby|s|small|span|strong|sub|sup|u|wbr)>"
    r"|(?:br|wbr) ?/>|https?://[^\s<>\"'`&]*>|[\s\d]"
)
_may_be_block = re.compile(rf"<(?!{_IN_A_LINE})").search
_DIRECTIVE = re.compile("(\x02ssg:[0-9]+\x03)")


class RawHtml:
    def __init__(self, md: Markdown) -> None:
        self.stash = md.htmlStash
        self.extract = HtmlBlockPreprocessor(md).run

    def taken_out(self, text: str) -> str:
        """The text with a placeholder for each block of HTML."""
        text += "\n\n"
        if "<" not in text or not (_may_be_block(text) or "&" in text):
            return text
        before = self.stash.html_counter
        text = "\n".join(self.extract(text.split("\n")))
        for number in range(before, self.stash.html_counter):
            block = str(self.stash.rawHtmlBlocks[number])
            if "\x02ssg:" in block:
                text = text.replace(self.stash.get_placeholder(number), self._around(block))
        return text

    def _around(self, block: str) -> str:
        """A block of HTML as several, so that the directives inside it are built."""
        pieces = [p for p in _DIRECTIVE.split(block) if p.strip()]
        return "\n\n".join(p if _DIRECTIVE.match(p) else self._kept(p) for p in pieces)

    def _kept(self, html: str) -> str:
        html = html.strip()
        return self.stash.store(html if html.startswith("<") else f"<!---->{html}")
