"""`:::` blocks in the form of Zenn and Qiita: note, fold, speech bubble, lists, advertisement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString

from ssg.extensions.elements import literal, picture
from ssg.extensions.page import Desk, Directive
from ssg.text import nearest

NAMES = ("message", "details", "balloon", "recommended", "timeline", "pr")
_OTHER_NAMES = dict.fromkeys(("note", "info", "tip"), "message") | dict.fromkeys(
    ("alert", "caution", "danger", "important", "warn", "warning"), "message alert"
)
_OF_LISTS = ("recommended", "timeline")
_PLACEHOLDER = re.compile("\x02ssg:([0-9]+)\x03")


def placeholder(number: int) -> str:
    """The line that stands for a directive until its block is built."""
    return f"\x02ssg:{number}\x03"


def check(directive: Directive, desk: Desk, offset: int) -> None:
    """Report a directive that does not exist or names nobody. `offset` is that of its name."""
    name, argument = directive.name, directive.argument
    at_argument = offset + max(directive.written.find(argument) - directive.written.find(name), 0)
    if name not in NAMES:
        _report(desk, "directive/unknown", offset, name, _OTHER_NAMES.get(name.lower()), NAMES)
    elif name == "message" and argument not in ("", "alert"):
        _report(desk, "directive/unknown", offset, f"message {argument}", "message alert", ())
    elif name == "timeline" and argument:
        _report(desk, "directive/unknown", offset, f"timeline {argument}", "timeline", ())
    elif name == "balloon":
        authors = desk.references.authors
        _check_name(directive, desk, "directive/unknown-author", at_argument, authors)
    elif name == "pr":
        partners = desk.references.partners
        _check_name(directive, desk, "directive/unknown-partner", at_argument, partners)


def _check_name(
    directive: Directive, desk: Desk, unknown: str, at: int, known: Mapping[str, object]
) -> None:
    if not directive.argument:
        example = {"example": min(known)} if known else {}
        desk.page.report("directive/no-name", at, name=directive.name, **example)
    elif directive.argument not in known:
        _report(desk, unknown, at, directive.argument, None, known)


def _report(
    desk: Desk, code: str, offset: int, name: str, near: str | None, known: Iterable[str]
) -> None:
    near = near or nearest(name, known)
    desk.page.report(code, offset, name=name, **({"near": near} if near else {}))


def rough_kinds(lines: list[str]) -> Iterator[str]:
    """For each line `open`, `close` (also one that may be of a `:::pr` above it) or nothing."""
    fence = ""
    for line in map(str.strip, lines):
        if mark := re.match(r"`{3,}|~{3,}", line):
            fence = "" if fence and line.startswith(fence) else fence or mark[0]
        if fence or not line.startswith(":::") or re.match(r":+\s*pr\b", line):
            yield ""
        else:
            yield "open" if line.strip(":") else "close"


class DirectiveProcessor(BlockProcessor):
    """Builds the block that a placeholder stands for, and reads the Markdown inside."""

    def __init__(self, parser: BlockParser, desk: Desk, raw: Callable[[str], str]) -> None:
        super().__init__(parser)
        self.desk = desk
        self.raw = raw
        self.builders: dict[str, Callable[[Element, Directive], Element | None]] = {
            "message": self._message,
            "details": self._details,
            "balloon": self._balloon,
            "recommended": self._recommended,
            "timeline": self._timeline,
            "pr": self._pr,
        }

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("\x02ssg:")

    def run(self, parent: Element, blocks: list[str]) -> None:
        match = _PLACEHOLDER.match(blocks[0])
        assert match
        rest = blocks.pop(0)[match.end() :].lstrip("\n")
        if rest:
            blocks.insert(0, rest)
        directive = self.desk.page.directives[int(match[1])]
        build = self.builders.get(directive.name, self._unknown)
        inside = build(parent, directive)
        if inside is not None:
            self.parser.state.set("directive")
            self.parser.parseChunk(inside, self.raw(directive.text))
            self.parser.state.reset()
            _dress(directive.name, inside)
            if directive.name in _OF_LISTS and not any(map(_may_be_list, inside)):
                self.desk.page.report("directive/no-list", directive.offset, name=directive.name)

    def _message(self, parent: Element, directive: Directive) -> Element:
        wording = self.desk.wording
        alert = directive.argument == "alert"
        note = SubElement(parent, "aside", {"class": "note", "role": "note"})
        title = SubElement(note, "p", {"class": "note-title"})
        title.text = AtomicString(literal(wording.note_alert if alert else wording.note))
        if alert:
            note.set("class", "note note-alert")
        return note

    def _details(self, parent: Element, directive: Directive) -> Element:
        fold = SubElement(parent, "details", {"class": "fold"})
        SubElement(fold, "summary").text = directive.argument or self.desk.wording.details
        return fold

    def _balloon(self, parent: Element, directive: Directive) -> Element:
        balloon = SubElement(parent, "div", {"class": "balloon"})
        if author := self.desk.references.authors.get(directive.argument):
            who = SubElement(balloon, "div", {"class": "balloon-who"})
            if author.picture:
                who.append(picture(author.picture, "", "4rem", "balloon-icon"))
            elif author.icon:
                icon = SubElement(who, "span", {"class": "balloon-icon", "aria-hidden": "true"})
                icon.text = AtomicString(literal(author.icon))
            name = SubElement(who, "span", {"class": "balloon-name"})
            name.text = AtomicString(literal(author.name))
        return SubElement(balloon, "div", {"class": "balloon-says"})

    def _recommended(self, parent: Element, directive: Directive) -> Element:
        wording = self.desk.wording
        box = SubElement(parent, "section", {"class": "box recommended"})
        title = SubElement(box, "p", {"class": "box-title"})
        text = directive.argument or wording.recommended
        title.text = AtomicString(literal(wording.kicker.replace("{text}", text)))
        return box

    def _timeline(self, parent: Element, directive: Directive) -> Element:
        return SubElement(parent, "div", {"class": "timeline"})

    def _unknown(self, parent: Element, directive: Directive) -> Element:
        return SubElement(parent, "div")

    def _pr(self, parent: Element, directive: Directive) -> None:
        partner = self.desk.references.partners.get(directive.argument)
        if not partner:
            return
        self.desk.page.partners[partner.id] = None
        box = SubElement(parent, "div", {"class": "pr pr-banner" if partner.image else "pr"})
        line = SubElement(box, "p", {"class": "pr-line"})
        rel = "sponsored nofollow noopener"
        link = SubElement(line, "a", {"href": literal(partner.url), "rel": rel})
        if partner.image:
            self.desk.page.show(partner.image)
            link.append(picture(partner.image, partner.image.alt or partner.text))
        else:
            link.text = AtomicString(literal(partner.text))
        if partner.disclosure:
            note = SubElement(box, "p", {"class": "pr-note"})
            note.text = AtomicString(literal(partner.disclosure))


def _may_be_list(block: Element) -> bool:
    """Whether a block is a list, or HTML that may be one."""
    return block.tag in ("ul", "ol", "dl") or (block.text or "").startswith("\x02")


def _dress(name: str, block: Element) -> None:
    if name == "recommended":
        for child in block:
            if child.tag == "ul":
                child.set("class", "checks")


def restored(html: str, desk: Desk) -> str:
    """HTML in which a directive that raw HTML swallowed is the text its author wrote."""
    return _PLACEHOLDER.sub(lambda m: escape(desk.page.directives[int(m[1])].written), html)
