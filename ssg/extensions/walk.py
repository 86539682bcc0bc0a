"""The one walk over the tree of a body, in the order in which it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS, HTML_PLACEHOLDER_RE

from ssg.extensions.cards import EMBEDS, Cards
from ssg.extensions.elements import ASTERISK, literal
from ssg.extensions.headings import Headings
from ssg.extensions.japanese import SEPARATOR, without_breaks
from ssg.extensions.links import Links
from ssg.extensions.page import Desk
from ssg.extensions.pictures import Pictures, lone_picture, make_figure
from ssg.extensions.tasks import make_tasks
from ssg.extensions.verbatim import readable

_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_EMBEDS = frozenset((*EMBEDS, "YouTube", "Youtube", "Card"))
_VERBATIM = frozenset(("code", "kbd", "samp", "math", "script", "style"))
_PLACEHOLDER = re.compile("\x02[^\x02\x03]*\x03")
_OF_AN_ADVERTISEMENT = frozenset(("pr-line", "pr-note"))


class Walk(UnescapeTreeprocessor):
    """Links, pictures, figures, cards, headings, soft line breaks, and what the text amounts to.

    It takes the place of Python-Markdown's last processor, and undoes backslashes as that did.
    """

    def __init__(self, md: Markdown, desk: Desk) -> None:
        super().__init__(md)
        self.desk = desk
        self.links = Links(desk)
        self.pictures = Pictures(desk)
        self.cards = Cards(desk, self.links)
        # Each finishes an element; True when there is nothing left to visit in it.
        self.visitors: dict[str, Callable[[Element], bool | None]] = {
            "p": self._paragraph,
            "a": self._link,
            "img": self._image,
            "ul": self._list,
            "ol": self._list,
            "table": self._table,
            "pre": self._indented_code,
        }
        self.visitors |= dict.fromkeys(_HEADINGS, self._heading)
        self.visitors |= dict.fromkeys(_VERBATIM, self._verbatim)
        self._start()

    def _start(self) -> None:
        self.top: Element | None = None
        # The text nodes of the block being read, and whether one has a line break.
        self.run_of_text: list[tuple[Element, str]] = []
        self.broken = False
        self.seen: list[str] = []

    def run(self, root: Element) -> None:
        self._start()
        for child in root:
            self.top = child
            self._visit(child)
        self._end_block()
        self.desk.page.characters = sum(map(len, "".join(self.seen).split()))
        keep = self.md.htmlStash.store
        Headings(self.desk, self.text_of, keep).finish()

    def _visit(self, element: Element) -> None:
        tag = element.tag
        if attributes := element.items():
            self._read_attributes(element, attributes)
        is_block = tag in _BLOCKS
        if is_block and self.run_of_text:
            self._end_block()
        visitor = self.visitors.get(tag)
        if visitor is None or not visitor(element):
            text = element.text or ""
            if is_block and not len(element) and "\n" not in text and "\x02" not in text:
                self.seen.append(text)
            else:
                self._inside(element)
        if is_block:
            if self.run_of_text:
                self._end_block()
            tail = element.tail
            if not tail or tail.isspace():
                element.tail = "\n"

    def _read_attributes(self, element: Element, attributes: Iterable[tuple[str, str]]) -> None:
        for name, value in attributes:
            if "\x02" in value:
                value = self._without_backslashes(value)
                element.set(name, value)
            if name == "id" and value and element.tag not in _HEADINGS:
                self.desk.page.ids.add(value)

    def _inside(self, element: Element) -> None:
        text = element.text
        if text:
            self._text(element, "text", text)
        elif len(element) and element[0].tag in _BLOCKS:
            element.text = "\n"
        for child in element:
            self._visit(child)
            tail = child.tail
            if tail == "\n" and child.tag in _BLOCKS:
                self.run_of_text.append((child, "tail"))  # is between two blocks, and stays
            elif tail:
                self._text(child, "tail", tail)

    # --- text

    def _text(self, element: Element, place: str, text: str) -> None:
        if "\x02" in text:
            text = self._without_backslashes(text)
            setattr(element, place, text)
            text = self._restored(text)
        if "\n" in text:
            self.broken = True
        self.seen.append(text)
        self.run_of_text.append((element, place))

    def _without_backslashes(self, text: str) -> str:
        return self.RE.sub(lambda m: ASTERISK if m[1] == "42" else literal(chr(int(m[1]))), text)

    def _end_block(self) -> None:
        if self.broken:
            self._join_lines()
            self.broken = False
        self.run_of_text.clear()

    def _join_lines(self) -> None:
        """Take the soft line breaks out of a block, seen as one text."""
        texts = [_seen(element, place) for element, place in self.run_of_text]
        joined = without_breaks(SEPARATOR.join(texts)).split(SEPARATOR)
        for (element, place), text in zip(self.run_of_text, joined, strict=True):
            if place:
                setattr(element, place, text)

    def text_of(self, element: Element) -> str:
        """What a reader sees of an element, without its footnote marks."""
        return " ".join("".join(self._texts(element)).split())

    def _texts(self, element: Element) -> list[str]:
        if element.tag == "sup" and (element.get("id") or "").startswith("fnref"):
            return []
        own = self._restored(element.text)
        texts = [unescape(own) if element.tag == "code" else own]
        for child in element:
            texts += [*self._texts(child), self._restored(child.tail)]
        return texts

    def _restored(self, text: str | None) -> str:
        if not text:
            return ""
        text = text.replace(ASTERISK, "*")
        if "\x02" in text:
            stash = self.md.htmlStash.rawHtmlBlocks
            text = HTML_PLACEHOLDER_RE.sub(lambda m: readable(str(stash[int(m[1])])), text)
            text = _PLACEHOLDER.sub("", text)
        return text.replace("&amp;", "&") if "&" in text else text

    # --- elements

    def _paragraph(self, p: Element) -> bool | None:
        page = self.desk.page
        if p.get("class") in _OF_AN_ADVERTISEMENT:
            return True
        if not page.whole:
            return None
        if (img := lone_picture(p)) is not None:
            make_figure(p, img)
            return None
        if self.cards.replace(p):
            return True
        if p is self.top and page.paragraph is None and not _is_raw(p):
            page.paragraph = p
        return None

    def _link(self, a: Element) -> None:
        if self.run_of_text and a.text in _EMBEDS:
            self.cards.check_place(a, _seen(*self.run_of_text[-1]))
        self.links.resolve(a)

    def _image(self, img: Element) -> None:
        if "decoding" not in img.attrib:
            self.pictures.resolve(img)

    def _list(self, items: Element) -> None:
        make_tasks(items, self.desk.wording)

    def _table(self, table: Element) -> bool:
        """Put a table into a box that scrolls, and that a keyboard can scroll."""
        inner = Element("table", table.attrib)
        inner[:] = table[:]
        tail = table.tail
        table.clear()
        table.tag, table.tail = "div", tail
        label = literal(self.desk.wording.table)
        table.attrib = {"class": "table", "role": "group", "aria-label": label, "tabindex": "0"}
        table.append(inner)
        for part in inner:
            part.text = part.tail = "\n"
            for row in part:
                row.text = row.tail = "\n"
                for cell in row:
                    self._visit(cell)
        return True

    def _heading(self, heading: Element) -> None:
        if heading.tag == "h1":
            heading.tag = "h2"
            heading.set("class", " ".join(["headline", *heading.get("class", "").split()]))
            self.desk.page.headings.append((heading, False))
        else:
            self.desk.page.headings.append((heading, heading is self.top))

    def _verbatim(self, element: Element) -> bool:
        self.run_of_text.append((element, ""))
        return True

    def _indented_code(self, pre: Element) -> bool:
        pre.set("tabindex", "0")
        if len(pre) and pre[0].text:
            pre[0].text = type(pre[0].text)(pre[0].text.rstrip() + "\n")
        return True


def _seen(element: Element, place: str) -> str:
    """A text node; of an element that stays verbatim, what its neighbours see of it."""
    if place:
        return getattr(element, place) or ""
    text = "".join(element.itertext())
    return text[:1].strip() + text[-1:].strip()


def _is_raw(p: Element) -> bool:
    """Whether a paragraph is only HTML that its author wrote as a block."""
    return not len(p) and HTML_PLACEHOLDER_RE.fullmatch((p.text or "").strip()) is not None
