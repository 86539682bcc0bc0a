"""Slips of the hand in Markdown: what was meant as a heading, a list or a link, and is text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from markdown.util import BLOCK_LEVEL_ELEMENTS

from ssg.check.article import Article, Remark
from ssg.check.prose import BLOT, blotted, without_blocks
from ssg.config import Config
from ssg.extensions.addresses import video_id, video_start
from ssg.extensions.layout import columns
from ssg.text import visible


class Line(NamedTuple):
    """A line of Markdown and where it begins. What is no prose in it is blotted out."""

    at: int
    text: str


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    lines = list(_lines(_outside_html(article)))
    for needs, rule in _RULES:
        if not article.letters.isdisjoint(needs):
            yield from rule(article, lines)
    yield from _players(article)


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for line in text.split("\n"):
        yield Line(at, line)
        at += len(line) + 1


# --- HTML -----------------------------------------------------------------------------------------


_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS) - {"hr"}
_BLOCK = re.compile(r"^ {0,3}<([A-Za-z][A-Za-z0-9]*)\b", re.MULTILINE)


def _outside_html(article: Article) -> str:
    """The prose without the blocks of HTML, in which there is no Markdown."""
    text = article.prose
    if "<" not in article.letters:
        return text
    source, end, pieces = without_blocks(article.body), 0, list[str]()
    for match in _BLOCK.finditer(source):
        start = match.start()
        if start >= end and match[1].lower() in _BLOCKS:
            pieces.append(text[end:start])
            end = _end_of(match[1], source, start)
            pieces.append(blotted(text[start:end]))
    return "".join([*pieces, text[end:]])


def _end_of(name: str, text: str, start: int) -> int:
    """Where the element ends that begins at an index."""
    depth = 0
    for tag in re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE).finditer(text, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(text)


def _players(article: Article) -> Iterator[Remark]:
    for pointer in article.pointers:
        address = f"https:{pointer.address}" if pointer.address[:2] == "//" else pointer.address
        if pointer.kind == "embed" and pointer.attributes and (video := video_id(address)):
            start = f"?t={n}" if (n := video_start(address)) else ""
            yield Remark("markup/player", pointer.at, blanks={"id": f"{video}{start}"})


# --- headings and rules ---------------------------------------------------------------------------


_GLUED = re.compile(r"( {0,3}(?:> ?)*)(#{2,6}(?![#\s])|＃{2,6}[ \u3000]?(?![＃\s]))(?=[^\n])")
_UNDERLINE = re.compile(r"-{2,}[ ]*")
_BEGINS_NO_TEXT = re.compile(r"[ \t]|[-*+>|#:]|\d+\.|$")
_SENTENCE = re.compile(r"[。！？!?…」）)][ \u3000]*$|。")


def _headings(article: Article, lines: list[Line]) -> Iterator[Remark]:
    for line in lines:
        if match := _GLUED.match(line.text):
            old = match[2]
            new = unicodedata.normalize("NFKC", old).strip() + " "
            shown = visible(new + article.body[line.at + match.end() :].split("\n", 1)[0], 24)
            place = line.at + match.start(2)
            yield article.remark("markup/heading", place, 0, {"better": shown}, old, new)


def _rules(article: Article, lines: list[Line]) -> Iterator[Remark]:
    """A sentence right above `---`, which makes a heading of it."""
    above = [Line(0, ""), *lines]
    for before, line, below in zip(above, lines, lines[1:], strict=False):
        alone = not before.text.strip() or before.text.lstrip()[:1] == "#"
        is_text = _SENTENCE.search(line.text) and not _BEGINS_NO_TEXT.match(line.text)
        if alone and is_text and _UNDERLINE.fullmatch(below.text):
            yield article.remark("markup/rule", below.at)


# --- lists and tables -----------------------------------------------------------------------------


_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,2}\.) ")
_SIGNED = re.compile(r"( {0,3})([-+]|\*(?=[^*\[][^*]*$))(?=[A-Za-z\[]|\*\*|[^\x00-\x7fα-ω])")
_NUMBERED = re.compile(
    r"( {0,3})([0-9]{1,2}[.)]|[0-9０-９]{1,2}[．）]|[０-９]{1,2}[.)])[ \u3000]?(?=[^\s\d０-９])"
)


def _lists(article: Article, lines: list[Line]) -> Iterator[Remark]:
    """Lines that follow each other and begin as items do, but for the space."""
    for number, line in enumerate(lines):
        around = (lines[number - 1] if number else None, *lines[number + 1 : number + 2])
        if _ITEM.match(line.text):
            continue
        signed = _SIGNED.match(line.text)
        if signed and any(o and _like(signed[2], o.text) for o in around):
            yield _item(article, line, signed, f"{signed[2]} ")
        numbered = _NUMBERED.match(line.text)
        if numbered and any(o and _beside(_number(numbered[2]), o.text) for o in around):
            yield _item(article, line, numbered, f"{_number(numbered[2])}. ")


def _like(sign: str, text: str) -> bool:
    other = _SIGNED.match(text)
    return (other is not None and other[2] == sign) or text.lstrip(" ").startswith(f"{sign} ")


def _beside(number: int, text: str) -> bool:
    """Whether a line has the number before or after this one."""
    match = _NUMBERED.match(text)
    return match is not None and abs(_number(match[2]) - number) == 1


def _number(mark: str) -> int:
    return int(unicodedata.normalize("NFKC", mark[:-1]))


def _item(article: Article, line: Line, match: re.Match[str], new: str) -> Remark:
    place = line.at + match.start(2)
    old = match[0][len(match[1]) :]
    return article.remark("markup/list", place, 0, {"got": old.strip(), "better": new}, old, new)


_ROW = re.compile(r" {0,3}\|.*\|[ ]*")
_SEPARATOR = re.compile(r" {0,3}\|[-:| ]+\|[ ]*")


def _tables(article: Article, lines: list[Line]) -> Iterator[Remark]:
    """Rows without the line below the first one that makes a table of them."""
    rows = list[Line]()
    for line in [*lines, Line(0, "")]:
        if _ROW.fullmatch(line.text):
            rows.append(line)
            continue
        if len(rows) > 1 and not any(_SEPARATOR.fullmatch(row.text) for row in rows):
            row = "|" + "---|" * columns(rows[0].text)
            yield article.remark("markup/table", rows[0].at, 0, {"row": row})
        rows.clear()


# --- links and pictures ---------------------------------------------------------------------------


_POINTED = re.compile(rf"[\[［][^\[\]［］\n{BLOT}]{{1,100}}[\]］][ \u3000]?[(（]")
_TARGET = re.compile(r"(https?://[!-'*-~]+|[\w./-]{1,80}\.(?:md|png|jpe?g|webp|gif|svg))[)）]")
_BLOTS = re.compile(f"{BLOT}+")
_BARE_PICTURE = re.compile(r"!\(([\w./-]{1,80}\.(?:png|jpe?g|webp|gif|svg))\)")


def _links(article: Article, lines: list[Line]) -> Iterator[Remark]:
    for line in lines:
        for match in _POINTED.finditer(line.text):
            address = _BLOTS.match(line.text, match.end())
            stop = address.end() if address else match.end()
            yield from _pointed(article, *(line.at + at for at in (*match.span(), stop)))


def _pointed(article: Article, start: int, end: int, stop: int) -> Iterator[Remark]:
    """A link whose words are from an index on, and whose address is between two others."""
    words = article.body[start:end]
    if target := _TARGET.match(article.body, end):
        old = words + target[0]
        text = words[:-1].rstrip()[1:-1]
        better = f"[{text}]({target[1]})"
        if old != better:
            blanks: dict[str, object] = {"better": visible(better)}
            yield article.remark("markup/link", start, 0, blanks, old, better)
    elif words.endswith("](") and _is_open(article.body[end - 1 : stop]):
        yield article.remark("markup/unclosed-link", start)


def _is_open(address: str) -> bool:
    """Whether an address, with the bracket before it, lacks one at its end."""
    return len(address) > 1 and address.count("(") > address.count(")")


def _pictures(article: Article, lines: list[Line]) -> Iterator[Remark]:
    for line in lines:
        for match in _BARE_PICTURE.finditer(line.text):
            place = line.at + match.start()
            yield article.remark("markup/picture", place, 0, {"name": match[1]})


Rule = Callable[[Article, list[Line]], Iterator[Remark]]
# What a text has to hold for a rule to look at it.
# --- other programs -------------------------------------------------------------------------------


# Of Hugo, of WordPress, of Jekyll; the latter two only where they begin a line.
_SHORTCODE = re.compile(
    r"\{\{[<%]\s*/?\s*[\w-]+"
    r"|^ {0,3}\[/?(?:caption|gallery|embed|video|audio|playlist|toc|contents|blogcard)\b[^\]\n]*\]"
    r"|^ {0,3}\{%-? *(?:include|highlight|endhighlight|raw|endraw|link|post_url|youtube)\b",
    re.MULTILINE,
)


def _shortcodes(article: Article, lines: list[Line]) -> Iterator[Remark]:
    for line in lines:
        for match in _SHORTCODE.finditer(line.text):
            if article.body.startswith("(", line.at + match.end()):  # a link
                continue
            place = line.at + match.end() - len(match[0].lstrip())
            blanks: dict[str, object] = {"got": visible(match[0].strip(), 24)}
            yield article.remark("markup/shortcode", place, 0, blanks)


_RULES: tuple[tuple[str, Rule], ...] = (
    ("#＃", _headings),
    ("-", _rules),
    ("-+*.．)）", _lists),
    ("|", _tables),
    ("[［", _links),
    ("!", _pictures),
    ("{[", _shortcodes),
)
