"""A renderer with Python-Markdown's own parts where ours are faster: both must say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import MethodType
from unittest.mock import patch

from markdown.blockparser import BlockParser
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.htmlparser import HTMLExtractor
from markdown.inlinepatterns import DelimiterProcessor, build_inlinepatterns
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor

from ssg.errors import Problem
from ssg.extensions.mended import Footnotes, Tables
from ssg.extensions.page import Desk
from ssg.markdown import Engine, Renderer
from ssg.model import Body
from tests.extensions.kit import SOURCE, renderer

LINKS = {
    "reference": 170,
    "link": 160,
    "image_link": 150,
    "image_reference": 140,
    "short_reference": 130,
    "short_image_ref": 125,
}


class StockTables(Tables):
    _split_row = TableProcessor._split_row


class StockEngine(Engine):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        md = self.md
        md.treeprocessors.register(InlineProcessor(md), "inline", 20)
        md.parser.parseBlocks = MethodType(BlockParser.parseBlocks, md.parser)
        md.parser.blockprocessors.register(StockTables(md.parser, {}), "table", 75)
        md.serializer = to_html_string
        md.postprocessors.register(RawHtmlPostprocessor(md), "raw_html", 30)
        for extension in md.registeredExtensions:
            if isinstance(extension, Footnotes):
                extension.unique_ref = MethodType(FootnoteExtension.unique_ref, extension)
        self._take_patterns()

    def _take_patterns(self) -> None:
        patterns = self.md.inlinePatterns
        underscores = patterns["em_strong"].delimiters["_"].boundary
        stock = build_inlinepatterns(self.md)
        for name, priority in LINKS.items():
            patterns.register(stock[name], name, priority)
        emphasis = stock["em_strong"]
        assert type(emphasis) is DelimiterProcessor
        emphasis.add("~", "del", double=True)
        emphasis.delimiters["_"].boundary = underscores
        patterns.register(emphasis, "em_strong", 60)


@contextmanager
def stock_parts() -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(patch("ssg.markdown.Engine", StockEngine))
        for shortcut in (
            "ssg.extensions.scanner._begins_text",
            "ssg.extensions.layout._begins_text",
            "ssg.markdown.single",
        ):
            stack.enter_context(patch(shortcut, lambda text: None))
        stack.enter_context(patch("ssg.extensions.scanner._SIGNS", ("",)))
        stack.enter_context(patch("ssg.extensions.rawhtml._Extractor", HTMLExtractor))
        for question in ("ssg.extensions.rawhtml._may_be_block", "ssg.markdown.any_sign"):
            stack.enter_context(patch(question, lambda text: True))
        yield


class Both:
    """Our renderer and the stock one. Each remembers nothing from text to text."""

    def __init__(self) -> None:
        self.ours = renderer()
        with stock_parts():
            self.stock = renderer()

    def check(self, text: str) -> None:
        with stock_parts():
            expected = _all_of(self.stock, text)
        failed = any(p.code == "markdown/failed" for p in expected[1])
        found = _all_of(self.ours, text)
        assert failed or found == expected or _unnumbered(found) == _unnumbered(expected)


def _all_of(one: Renderer, text: str) -> tuple[Body, list[Problem], str]:
    return *one.body(SOURCE, text, 5, numbering="roman"), one.inline(text)


def _unnumbered(found: object) -> str:
    """Without the numbers of placeholders that Python-Markdown's emphasis cut in two: what is
    left of one stands on the page, and ours are fewer.
    """
    return re.sub(":[0-9]{4}", "", repr(found))
