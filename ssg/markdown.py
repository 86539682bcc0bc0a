"""Markdown bodies become HTML, with what the page needs to know about them.

    source ──► lines (scanner, layout) ──► blocks ──► inline ──► one walk ──► HTML

Python-Markdown does the blocks and the inline part; what is ours is in `ssg.extensions`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from html import escape, unescape
from itertools import islice
from xml.etree.ElementTree import Element, SubElement

import regex
from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension, AbbrTreeprocessor
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from ssg.errors import Problem, problem
from ssg.extensions import balance, brackets, places
from ssg.extensions.advertising import Labels, is_advertising
from ssg.extensions.autolinks import Autolinks
from ssg.extensions.blocks import Blocks
from ssg.extensions.directives import DirectiveProcessor, restored
from ssg.extensions.elements import ASTERISK
from ssg.extensions.inline import Inline, any_sign
from ssg.extensions.mended import (
    Abbreviations,
    Attributes,
    Definitions,
    Emphasis,
    Footnotes,
    Headings,
    Tables,
    UnusedNotes,
)
from ssg.extensions.page import Desk, Finding, Page, Wording
from ssg.extensions.rawhtml import Kept, RawHtml
from ssg.extensions.scanner import Scanner
from ssg.extensions.serial import written
from ssg.extensions.walk import Walk
from ssg.limits import TooSlowError
from ssg.model import Body, Image, References
from ssg.phrases import single
from ssg.text import visible

__all__ = ["Renderer", "Wording"]

EXCERPT = 120
_HTML = re.compile("</?[A-Za-z]")
_WISH = re.compile(r"<!--\s*(?i:check):[^<>]*-->")  # meant for `ssg check`, not for readers
_HALF = re.compile("\x02(?:klzzwxh|wzxhzdk)?:?[0-9]*|(?:klzzwxh|wzxhzdk)?:?[0-9]+\x03")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ID = re.compile(r"""\s(?:id|name)=["']?([^"'\s>]+)""")
_ASTERISKS = frozenset(("text/leftover-asterisks", "html/markdown"))
_OF_THE_LAYOUT = ("_", "top")  # how the names begin that a layout gives


class Renderer:
    """Renders the bodies of one site. Not for two threads at once."""

    def __init__(
        self,
        references: References,
        wording: Wording,
        picture: Callable[[str, str], Image],
        phrases: Callable[[str], str] | None = None,
    ) -> None:
        self._desk = Desk(references, wording, picture, phrases)
        self._labels = Labels(references.sponsor_hosts, wording.sponsored_label)
        self._engine = Engine(self._desk)

    def body(
        self, source: str, text: str, first_line: int = 1, *, numbering: str = "none"
    ) -> tuple[Body, list[Problem]]:
        """The HTML of a body that begins at a line of file `source`, and what is wrong with it."""
        text = _clean(text)
        try:
            body, findings = self._rendered(text, source, numbering)
            if any(f.offset < 0 for f in findings):
                findings = self._placed(findings, text, source, numbering)
        except (TooSlowError, MemoryError):
            self._engine = Engine(self._desk)
            raise
        except Exception as e:  # whatever a library makes of hostile text is this post's problem
            self._engine = Engine(self._desk)
            why = type(e).__name__
            return Body(html=""), [problem("markdown/failed", source, first_line, 1, why=why)]
        return body, _problems(findings, text, source, first_line)

    def inline(self, text: str) -> str:
        """The inline Markdown of one paragraph, without its `<p>`."""
        self._desk.page = Page(whole=False)
        try:
            html = self._engine.inline(_clean(text))
            if _HTML.search(text):
                html, _ = balance.balanced(html)
            return self._labels.put(html)
        except Exception:
            self._engine = Engine(self._desk)
            return escape(text)

    def _rendered(self, text: str, source: str, numbering: str) -> tuple[Body, list[Finding]]:
        page = self._desk.page = Page(source=source, numbering=numbering)
        html = self._engine.html(text)
        self._check_asterisks(html)
        self._check_open(text)
        html = self._balanced(html.replace(ASTERISK, "*"), text)
        html = _WISH.sub("", self._labels.put(html))
        for mark in islice(_DIRECTION.finditer(text), 5):
            page.report("text/direction", mark.start(), got=visible(mark[0]))
        for anchor, offset in _lost(page.anchors, html):
            page.report("link/no-anchor", offset, name=anchor)
        body = Body(
            html=html,
            toc=tuple(page.toc),
            characters=page.characters,
            excerpt=_shortened(self._engine.excerpt()),
            slot=_slot(html, page),
            images=tuple(page.images),
            partners=tuple(page.partners),
            sponsored=is_advertising(html),
            players=page.players,
        )
        return body, page.findings

    def _check_asterisks(self, html: str) -> None:
        """Tell of asterisks that are left: those in HTML, where no Markdown is read, and others."""
        left = places.leftovers(html)
        for block in self._engine.raw.blocks() if left else ():
            for offset in filter(left.__contains__, places.leftovers(block.html)):
                left.remove(offset)
                name = {"name" if block.is_closed else "unclosed": block.name}
                self._desk.page.report("html/markdown", offset, **name)
        for offset in left:
            self._desk.page.report("text/leftover-asterisks", offset)

    def _check_open(self, text: str) -> None:
        """Tell of a `<p>` and the like that goes on over empty lines, with all that follows."""
        if "<" not in text:
            return
        for block in self._engine.raw.blocks():
            if not block.is_closed and block.name in balance.END_OPTIONAL and "\n\n" in block.html:
                self._desk.page.report("html/open", text.find(block.html), name=block.name)

    def _balanced(self, html: str, text: str) -> str:
        if not _HTML.search(text):
            return html
        html, faults = balance.balanced(html)
        places = balance.Places(text)
        for fault in faults:
            self._report(fault, places.of(fault))
        return html

    def _report(self, fault: balance.Fault, offset: int) -> None:
        if fault.scheme:
            self._desk.page.report("link/dangerous", offset, scheme=fault.scheme)
        else:
            code = "html/stray" if fault.is_end else "html/unclosed"
            self._desk.page.report(code, offset, name=fault.name)

    def _placed(
        self, findings: list[Finding], text: str, source: str, numbering: str
    ) -> list[Finding]:
        """The findings with their offsets, from a second run over a marked source."""
        _, again = self._rendered(places.marked(text), source, numbering)
        if [f.code for f in again] != [f.code for f in findings]:
            return findings
        return [
            f if f.offset >= 0 else f._replace(offset=found.offset)
            for f, found in zip(findings, again, strict=True)
        ]


class Engine:
    """Python-Markdown, set up once and used for every body."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        md = self.md = _markdown(desk)
        self.raw = RawHtml(md)
        self.walk = Walk(md, desk)
        directive = DirectiveProcessor(md.parser, desk, self.raw.taken_out)
        md.parser.blockprocessors.register(directive, "directive", 95)
        md.treeprocessors.register(self.walk, "unescape", 0)
        self.attributes = Attributes(md)
        md.treeprocessors.register(self.attributes, "attr_list", 8)
        md.postprocessors.register(Kept(md), "raw_html", 30)

    def html(self, text: str) -> str:
        md = self._ready(text)
        root = Element("div")
        lines = Scanner(self.desk, md.htmlStash.store, text).run()
        md.parser.parseChunk(root, self.raw.taken_out(lines))
        return restored(self._finished(root), self.desk)

    def inline(self, text: str) -> str:
        if not any_sign(text) and "\n" not in text:
            return text.replace(">", "&gt;")
        self._ready(text)
        root = Element("div")
        SubElement(root, "p").text = text
        return self._finished(root).removeprefix("<p>").removesuffix("</p>")

    def _ready(self, text: str) -> Markdown:
        """Python-Markdown, without what it knew of the last text."""
        self.attributes.wanted = "{" in text
        return self.md.reset()

    def _finished(self, root: Element) -> str:
        for processor in self.md.treeprocessors:
            changed = processor.run(root)
            root = root if changed is None else changed
        html = self.md.serializer(root)[len("<div>") : -len("</div>")]
        for last in self.md.postprocessors:
            html = last.run(html)
        return _without_halves(html).strip()

    def excerpt(self) -> str:
        paragraph = self.desk.page.paragraph
        return "" if paragraph is None else _without_halves(self.walk.text_of(paragraph))


def _markdown(desk: Desk) -> Markdown:
    md = Markdown(output_format="html")
    md.serializer = written
    Blocks.install(md)
    notes = Footnotes(desk.wording)
    extensions = [
        TableExtension(),
        AttrListExtension(),
        DefListExtension(),
        AbbrExtension(),
        SaneListExtension(),
        notes,
    ]
    md.registerExtensions(extensions, {})
    md.ESCAPED_CHARS += [":", "~", "@", "<"]
    md.treeprocessors.register(UnusedNotes(notes, desk), "unused_notes", 14)
    md.parser.blockprocessors.register(Headings(md.parser), "hashheader", 70)
    md.parser.blockprocessors.register(Tables(md.parser, {}), "table", 75)
    md.parser.blockprocessors.register(Definitions(md.parser), "deflist", 25)
    brackets.register(md)
    md.inlinePatterns.register(Autolinks(md), "bare_address", 85)
    known = md.treeprocessors["abbr"]
    assert isinstance(known, AbbrTreeprocessor)
    md.treeprocessors.register(Abbreviations(md, known.abbrs), "abbr", 7)
    md.treeprocessors.deregister("prettify")
    md.inlinePatterns.register(Emphasis(md), "em_strong", 60)
    md.treeprocessors.register(Inline(md, lambda: notes.footnotes), "inline", 20)
    return md


def _without_halves(text: str) -> str:
    """Text without the remains of placeholders that overlapping emphasis has cut."""
    if "\x02" not in text and "\x03" not in text:
        return text
    return _clean(_HALF.sub("", text))


def _clean(text: str) -> str:
    """Text with `\\n` line ends and without the characters that Python-Markdown keeps to itself."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in "\x00\x02\x03":
        if sign in text:
            text = text.replace(sign, "")
    return text


def _lost(anchors: Iterable[tuple[str, int]], html: str) -> list[tuple[str, int]]:
    """Those anchors that neither the body nor the layout around it has."""
    if not anchors:
        return []
    there = {unescape(name) for name in _ID.findall(html)}
    return [
        (anchor, offset)
        for anchor, offset in anchors
        if anchor and anchor not in there and not anchor.startswith(_OF_THE_LAYOUT)
    ]


def _slot(html: str, page: Page) -> int:
    """Where the second section begins, or -1."""
    sections = [h.id for h in page.toc if h.level == 2]
    if len(sections) < 2:
        return -1
    return html.rfind("<h2", 0, html.find(f' id="{sections[1]}"'))


def _shortened(text: str) -> str:
    """Text of at most `EXCERPT` characters, cut between graphemes."""
    if len(text) <= EXCERPT:
        return text
    if single(text[: EXCERPT + 1]):
        return text[: EXCERPT - 1].rstrip() + "…"
    kept = ""
    for grapheme in regex.findall(r"\X", text[: EXCERPT + 40]):
        if len(kept) + len(grapheme) >= EXCERPT:
            break
        kept += grapheme
    return kept.rstrip() + "…"


def _problems(findings: list[Finding], text: str, source: str, first_line: int) -> list[Problem]:
    """The findings in the order of the text; of asterisks left in one line, the first."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))] if findings else []
    located = [_located(f, text, starts, source, first_line) for f in findings]
    once = {p if p.code not in _ASTERISKS else (p.code, p.line): p for p in located[::-1]}
    return sorted(once.values())


def _located(
    finding: Finding, text: str, starts: list[int], source: str, first_line: int
) -> Problem:
    offset = finding.offset
    if not 0 <= offset <= len(text):  # not known, or its mark was torn by what surrounds it
        words = [blank for blank in finding.blanks.values() if blank] or ["**"]
        offset = max(0, *map(text.find, words))
    line = bisect_right(starts, offset)
    column = offset - starts[line - 1] + 1
    blanks = finding.blanks
    if tag := blanks.get("unclosed"):
        start = max(text.rfind(f"<{tag}", 0, offset), 0)
        blanks = {**blanks, "line": str(bisect_right(starts, start) + first_line - 1)}
    return problem(finding.code, source, line + first_line - 1, column, **blanks)
