"""Advertising that does not say so, and claims that rest on nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ssg.check.article import Article, Remark
from ssg.check.pointers import Pointer
from ssg.config import Config
from ssg.sponsors import Sponsors
from ssg.tables import records, rows
from ssg.text import visible
from ssg.written import PageMeta, TrendMeta

_DISCLOSED = re.compile("|".join(rows("disclosures")), re.MULTILINE)
_NEGATED = re.compile(
    r"ません|(?:て|で|は|も|が)(?:い)?ない|なし|していない|受けずに|いただかず|もらわず"
)
_END = re.compile(r"[。！？!?\n]")
_QUOTES = {"「": "」", "『": "』", "“": "”", "【": "】"}
_PR = re.compile(r"^[ \t>]*:{3,}[ \t]*pr\b", re.MULTILINE)


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(words for name, words in records("claims") if name == kind))


@cache
def _sponsors(hosts: tuple[str, ...]) -> Sponsors:
    return Sponsors(hosts)


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    meta = article.meta
    if not isinstance(meta, PageMeta):
        return
    sponsors = _sponsors(config.sponsor_hosts)
    labelled = is_labelled(article, sponsors)
    yield from _in_front_matter(article, sponsors)
    if article.section != "pages":  # where a site explains its advertising
        if not labelled:
            yield from _undisclosed(article)
            yield from _counters(article)
        if not meta.basis:
            yield from _claims(article, sponsored=labelled)


def is_labelled(article: Article, sponsors: Sponsors) -> bool:
    """Whether the build puts the label on the page."""
    meta = article.meta
    return (
        (isinstance(meta, TrendMeta) and bool(meta.partners))
        or _PR.search(article.body) is not None
        or any(_is_ad(pointer, sponsors) for pointer in article.pointers)
    )


def _is_ad(pointer: Pointer, sponsors: Sponsors) -> bool:
    return pointer.address in sponsors or "sponsored" in pointer.attributes.get("rel", "")


def _in_front_matter(article: Article, sponsors: Sponsors) -> Iterator[Remark]:
    """Links that the theme shows without a label, because they are to be sources and the like."""
    for field in article.fields:
        if field.text.startswith("http") and field.text in sponsors:
            yield Remark("advertising/front-matter", field.where)


def _undisclosed(article: Article) -> Iterator[Remark]:
    """A post that says that it was paid for, without the label."""
    for at, text in article.texts():
        for match in _DISCLOSED.finditer(text):
            end = _end(text, match.end())
            if _NEGATED.search(text, match.end() - 2, end) or _is_quoted(text, match.start()):
                continue
            yield article.remark(
                "advertising/no-label", at, match.start(), {"got": visible(match[0].strip())}
            )
            return


def _counters(article: Article) -> Iterator[Remark]:
    """Pictures of one pixel, as advertisers count with them."""
    for pointer in article.pointers:
        given = pointer.attributes
        sizes = {given.get(name, "").removesuffix("px") for name in ("width", "height")}
        if pointer.kind == "picture" and sizes <= {"0", "1"} and "//" in pointer.address:
            yield Remark("advertising/counter", pointer.at)


def _claims(article: Article, *, sponsored: bool) -> Iterator[Remark]:
    for at, text in article.texts():
        if not isinstance(at, int) and at[0] in ("original", "source", "sources"):
            continue
        for kind in ("superlative", "promise"):
            for match in _words(kind).finditer(text):
                begin, end = _begin(text, match.start()), _end(text, match.end())
                weighs = kind == "promise" or sponsored
                if not weighs and not _words("weighty").search(text, begin, end):
                    continue
                if _is_quoted(text, match.start()) or _is_denied(text, match.end(), end):
                    continue
                blanks: dict[str, object] = {"got": visible(match[0])}
                yield article.remark("advertising/claim", at, match.start(), blanks)


def _is_denied(text: str, start: int, end: int) -> bool:
    return _words("denied").search(text, start - 1, end) is not None


def _begin(text: str, at: int) -> int:
    return max(text.rfind(sign, 0, at) for sign in "。！？!?\n") + 1


def _end(text: str, at: int) -> int:
    """The end of a sentence, with its sign."""
    found = _END.search(text, at)
    return found.end() if found else len(text)


def _is_quoted(text: str, at: int) -> bool:
    """Whether somebody else says it: in a quotation of the line, or in a block of quotation."""
    line = text.rfind("\n", 0, at) + 1
    before = text[line:at]
    if before.lstrip().startswith(">"):
        return True
    return any(before.count(opening) > before.count(end) for opening, end in _QUOTES.items())
