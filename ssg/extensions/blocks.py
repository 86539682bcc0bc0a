"""Blocks of Markdown, given only to the processors that may want them.

Python-Markdown offers every block to each of its processors. Most blocks are paragraphs, and one
look at how their lines begin says so. What is left goes to the processors in their order, but for
those whose sign the block does not have.
"""

from __future__ import annotations

import re
from functools import cached_property
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

# What a processor does not take a block without. One that is not listed looks at all of them.
SIGNS = {
    "directive": "\x02ssg:",
    "indent": "    ",
    "defindent": "    ",
    "code": "    ",
    "table": "|",
    "hashheader": "#",
    "setextheader": "\n",
    "deflist": ": ",
    "quote": ">",
    "footnote": "[^",
    "abbr": "*[",
    "reference": "]:",
}
_LINE = r"(?![ \d\x02#*+\-_=:>\[])[^\n|]"
_begins_plain = re.compile(_LINE).match
_all_plain = re.compile(rf"{_LINE}+(?:\n{_LINE}+)*").fullmatch


def is_plain(block: str) -> bool:
    """Whether a block can only be a paragraph."""
    if "\n" in block:
        return _all_plain(block) is not None
    return _begins_plain(block) is not None and "|" not in block


class Blocks(BlockParser):
    @classmethod
    def install(cls, md: Markdown) -> None:
        """Take the place of the parser that all processors know. Before extensions register."""
        known = md.parser.blockprocessors
        md.parser = cls(md)
        md.parser.blockprocessors = known
        for processor in known:
            processor.parser = md.parser

    @cached_property
    def paragraph(self) -> BlockProcessor:
        return self.blockprocessors["paragraph"]

    @cached_property
    def heading(self) -> BlockProcessor:
        return self.blockprocessors["hashheader"]

    @cached_property
    def steps(self) -> list[tuple[str, BlockProcessor]]:
        known = self.blockprocessors
        signs = {known[name]: sign for name, sign in SIGNS.items()}
        return [(signs.get(processor, ""), processor) for processor in known]

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        while blocks:
            block = blocks[0]
            if is_plain(block):
                self.paragraph.run(parent, blocks)
                continue
            if block[:1] == "#" and "\n" not in block and self.heading.run(parent, blocks):
                continue
            for sign, processor in self.steps:
                wanted = sign in block and processor.test(parent, block)
                if wanted and processor.run(parent, blocks) is not False:
                    break
