"""Parts of Python-Markdown that are right for English and wrong for Japanese, made right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, FootnoteExtension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import DelimiterProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from ssg.extensions.elements import literal
from ssg.extensions.inline import PLAIN_STRONG
from ssg.extensions.japanese import WIDE
from ssg.extensions.page import Desk, Wording


class Headings(HashHeaderProcessor):
    """A heading has a space after its `#`, half or full width: `#タグ` is text."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})[ \u3000]+(?P<header>[^\n]*?)(?:[ \u3000]+#+)?[ \u3000]*(?:\n|$)"
    )

    def run(self, parent: Element, blocks: list[str]) -> bool:
        if "\n" in blocks[0]:
            super().run(parent, blocks)
            heading = next(h for h in reversed(parent) if h.tag[:1] == "h")
        elif match := self.RE.match(blocks[0]):
            blocks.pop(0)
            heading = SubElement(parent, f"h{len(match['level'])}")
            heading.text = match["header"].strip()
        else:
            return False
        if heading.text and heading.text.endswith("}"):
            heading.text = _GLUED_ATTRIBUTES.sub(r" \1", heading.text)
        return True


_GLUED_ATTRIBUTES = re.compile(r"(?<=[^\s{])(\{:?[#.][^{}]*\})$")


_ATTRIBUTE = (
    r"(?:[#.][^\s{}#.=\"']+|[A-Za-z][\w:.-]*=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"'=][^\s{}\"']*))"
    r"(?=[ }#.])"
)
_ATTRIBUTES = rf"\{{:?[ ]*((?:{_ATTRIBUTE}[ ]*)+)\}}"


class Attributes(AttrListTreeprocessor):
    """`{#id .class key=value}` and nothing else, so that `{{ … }}` and `{% … %}` stay text."""

    HEADER_RE = re.compile(rf"[ ]+{_ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_ATTRIBUTES}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_ATTRIBUTES}")  # type: ignore[misc]
    wanted = True  # false when a source has no brace at all

    def run(self, doc: Element) -> None:
        if self.wanted:
            super().run(doc)


class Abbreviations(AbbrTreeprocessor):
    """`AI` is a word in `AIの`: only Latin letters and digits beside it make it part of one."""

    def run(self, root: Element) -> None:
        if self.abbrs:
            names = "|".join(map(re.escape, sorted(self.abbrs, key=len, reverse=True)))
            self.RE = re.compile(rf"(?<![A-Za-z0-9_])(?:{names})(?![A-Za-z0-9_])")
            self.iter_element(root)


class Footnotes(FootnoteExtension):
    """Numbered as they are referred to; ids without spaces."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        super().__init__(
            BACKLINK_TEXT="&#8617;&#xFE0E;",
            BACKLINK_TITLE=wording.footnote_back.replace("{number}", "{}"),
            USE_DEFINITION_ORDER=False,
        )

    def makeFootnoteId(self, id: str) -> str:
        return super().makeFootnoteId(_without_spaces(id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:
        return super().makeFootnoteRefId(_without_spaces(id), found)

    def unique_ref(self, reference: str, found: bool = False) -> str:
        """`fnref:1`, then `fnref2:1`: counted, where Python-Markdown tries all numbers."""
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        return reference if count == 1 else reference.replace("fnref", f"fnref{count}", 1)

    def makeFootnotesDiv(self, root: Element) -> Element | None:
        notes = super().makeFootnotesDiv(root)
        if notes is not None:
            notes.set("role", "doc-endnotes")
            notes.set("aria-label", literal(self.wording.footnotes))
            for number, item in enumerate(notes.iterfind("ol/li"), 1):
                if len(item):
                    _part_from_block(item)
                else:
                    self._add_link_back(item, number)
        return notes

    def _add_link_back(self, note: Element, number: int) -> None:
        """Python-Markdown gives none to an empty note, and later looks for it."""
        target = "#" + note.attrib["id"].replace("fn", "fnref", 1)
        link = Element("a", {"href": target, "class": "footnote-backref"})
        link.set("title", self.wording.footnote_back.replace("{number}", str(number)))
        link.text = FN_BACKLINK_TEXT
        SubElement(note, "p").append(link)


class UnusedNotes(Treeprocessor):
    """Tells of footnotes that nothing refers to; there is nothing to which they could link back."""

    def __init__(self, notes: Footnotes, desk: Desk) -> None:
        self.notes = notes
        self.desk = desk

    def run(self, root: Element) -> None:
        if unused := self.notes.footnotes.keys() - {*self.notes.footnote_order}:
            ids = {self.notes.makeFootnoteId(name) for name in unused}
            for note in root.iter("li"):
                if note.get("id") in ids:
                    _without_link_back(note)
            page = self.desk.page
            for name in sorted(unused):
                page.report("footnote/unused", page.notes.get(name, -1), name=name)


def _without_link_back(note: Element) -> None:
    for parent in [*note.iter()]:
        for link in parent.findall("a[@class='footnote-backref']"):
            parent.remove(link)


def _part_from_block(note: Element) -> None:
    """A link back that Python-Markdown put into the placeholder of a block stands below it."""
    last = note[-1]
    if block := HTML_PLACEHOLDER_RE.match(last.text or ""):
        SubElement(note, "p")[:] = last[:]
        last.text, last[:] = block[0], []


def _without_spaces(name: str) -> str:
    return re.sub(r"\s+", "-", unicodedata.normalize("NFC", name))


class Definitions(DefListProcessor):
    """A definition needs a term, above it in the block or in the block before."""

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        above = self.lastChild(parent)
        found = self.RE.search(blocks[0])
        own = found is not None and blocks[0][: found.start()].strip()
        if own or (above is not None and above.tag in ("p", "dl")):
            return super().run(parent, blocks)
        return False


class Tables(TableProcessor):
    """Alignment is a class: inline styles are forbidden by the theme's content policy."""

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        line = SubElement(parent, "tr")
        tag = "th" if parent.tag == "thead" else "td"
        cells = self._split_row(row)
        for index, side in enumerate(align):
            cell = SubElement(line, tag, {"class": f"align-{side}"} if side else {})
            cell.text = cells[index].strip(" ") if index < len(cells) else ""

    def _split_row(self, row: str) -> list[str]:
        if "`" in row or "\\" in row:
            return super()._split_row(row)  # type: ignore[misc, no-any-return]
        if self.border:
            row = row.removeprefix("|").removesuffix("|")
        return row.split("|")


class Emphasis(DelimiterProcessor):
    """`*`, `_` and `~`. Also `__強調__` between Japanese letters; a single `_` stays part of a
    word there, as in 資料_最終_版.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)
        self.add("~", "del", double=True)
        self.delimiters["_"].boundary = _UNDERSCORES
        self.compiled_re = re.compile("[*_~]")

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if not self.regions and (strong := PLAIN_STRONG.match(data, m.start())):
            element = Element("strong")
            element.text = strong[1]
            return element, strong.start(), strong.end()
        return super().handleMatch(m, data)

    def get_match(self, data: str, start: int) -> re.Match[str] | None:
        return self.delimiters[data[start]].boundary.match(data, start)

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """The next delimiters that may begin something, or end what is open."""
        for sign in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[sign[0]]
            match = delimiter.boundary.match(data, sign.start())
            if match and (delimiter.stack or match.lastgroup != "end"):
                return match
        return None


_FREE = rf"(?:(?<![\w_])|(?<={WIDE})(?=__))"
_ENDED = rf"(?:(?![\w_])|(?<=__)(?={WIDE}))"
_UNDERSCORES = re.compile(
    rf"""(?x)
    (?P<ambiguous>(?<!^)(?<![\s_]){_FREE}_+{_ENDED}(?![\s_])(?!$))|
    (?P<end>(?<!^)(?<![\s_])_+{_ENDED})|
    (?P<start>{_FREE}_+(?![\s_])(?!$))
    """
)
