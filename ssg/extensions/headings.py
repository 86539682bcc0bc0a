"""Headings: ids of kana and kanji, generated numbers, phrases that stay whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from xml.etree.ElementTree import Element

from ssg.extensions import places
from ssg.extensions.elements import ASTERISK
from ssg.extensions.page import Desk
from ssg.model import Heading
from ssg.urls import slugify

_TYPED = re.compile(r"(?:[IVXLC]+\.|\d+\.|\d+(?:\.\d+)+\.?)\s")
_PLACEHOLDER = re.compile("(\x02[^\x02\x03]*\x03)")
_ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class Headings:
    """Finishes the headings of one body, in order."""

    def __init__(self, desk: Desk, readable: Callable[[Element], str], keep: Callable[[str], str]):
        self.page = desk.page
        self.phrases = desk.phrases
        self.readable = readable
        self.keep = keep
        self.section = self.subsection = 0

    def finish(self) -> None:
        for heading, _ in self.page.headings:
            if written := heading.get("id"):
                heading.set("id", self._unique(written))
        for heading, in_text in self.page.headings:
            text, offset = places.taken_apart(self.readable(heading))
            if not heading.get("id"):
                heading.set("id", self._unique(slugify(text) or "section"))
            number = self._number(heading, text, offset) if in_text else ""
            self._break_phrases(heading)
            if number:
                _prepend_number(heading, number)
            if in_text and heading.tag in ("h2", "h3"):
                level, name = int(heading.tag[1]), unescape(heading.attrib["id"])
                self.page.toc.append(Heading(level=level, id=name, text=text, number=number))

    def _unique(self, name: str) -> str:
        """A name that no other element has: with `-2`, `-3` behind it when it must be."""
        candidate, count = name, 1
        while candidate in self.page.ids:
            count += 1
            candidate = f"{name}-{count}"
        self.page.ids.add(candidate)
        return candidate

    def _number(self, heading: Element, text: str, offset: int) -> str:
        if self.page.numbering != "roman" or heading.tag not in ("h2", "h3"):
            return ""
        if heading.tag == "h2":
            self.section, self.subsection = self.section + 1, 0
        else:
            self.subsection += 1
        typed = _TYPED.match(unicodedata.normalize("NFKC", text))
        if typed:
            self.page.report("text/typed-number", offset, number=typed[0].strip(), heading=text)
        if typed or not self.section:
            return ""
        number = f"{self.section}.{self.subsection}"
        return f"{roman(self.section)}." if heading.tag == "h2" else number

    def _break_phrases(self, heading: Element) -> None:
        if not self.phrases:
            return
        heading.text = self._broken(heading.text)
        for inner in heading.iter():
            if inner is not heading:
                if inner.tag not in ("code", "kbd", "samp", "math"):
                    inner.text = self._broken(inner.text)
                inner.tail = self._broken(inner.tail)

    def _broken(self, text: str | None) -> str | None:
        """Text with `<wbr>` between its phrases, kept as finished HTML."""
        if not text or not self.phrases or text.isascii():
            return text
        pieces = _PLACEHOLDER.split(text)
        for index in range(0, len(pieces), 2):
            piece = pieces[index].replace(ASTERISK, "*")
            broken = self.phrases(piece) if piece else ""
            if "<" in broken:
                pieces[index] = self.keep(broken)
        return "".join(pieces)


def _prepend_number(heading: Element, number: str) -> None:
    span = Element("span", {"class": "number"})
    span.text = number
    span.tail = " " + (heading.text or "")
    heading.text = None
    heading.insert(0, span)


def roman(number: int) -> str:
    """A number in Roman numerals."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text
