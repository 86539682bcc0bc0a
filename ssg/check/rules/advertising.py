"""Advertising that does not say so, and claims that rest on nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ssg.check.article import Article, Remark
from ssg.check.pointers import Pointer
from ssg.config import Config
from ssg.sponsors import Sponsors
from ssg.tables import records
from ssg.text import visible
from ssg.written import PageMeta, TrendMeta

_NEGATED = re.compile(
    r"ません|(?:て|で|は|も|が)(?:い)?ない|なし|していない|受けずに|いただかず|もらわず"
)
_END = re.compile(r"[。！？!?\n]")
_QUOTES = {"「": "」", "『": "』", "“": "”", "【": "】"}
_PR = re.compile(r"^[ \t>]*:{3,}[ \t]*pr\b", re.MULTILINE)


class _Words:
    """Regular expressions, each with words of which a text must have one to be searched."""

    def __init__(self, given: Iterable[tuple[str, ...]]) -> None:
        self.given = [(words.split(), re.compile(told, re.MULTILINE)) for words, told in given]

    def of(self, article: Article) -> list[re.Pattern[str]]:
        """Those that may find something in a source."""
        front, body = article.front.block, article.body
        return [
            pattern
            for words, pattern in self.given
            if any(word in body or word in front for word in words)
        ]


def _claims_of(kind: str) -> Iterator[tuple[str, ...]]:
    return (row[1:] for row in records("claims") if row[0] == kind)


_DISCLOSED = _Words(records("disclosures"))
_SUPERLATIVE, _PROMISE, _EFFECT = (
    _Words(_claims_of(kind)) for kind in ("superlative", "promise", "effect")
)
_WEIGHTY, _DENIED, _ATTRIBUTED = (
    re.compile("|".join(told for _, told in _claims_of(kind)))
    for kind in ("weighty", "denied", "attributed")
)
_COUNTING = re.compile(
    r"//(?:[\w-]+\.a8\.net/0\.gif|i\.moshimo\.com/af/i/impression"
    r"|ad\.jp\.ap\.valuecommerce\.com/servlet/gifbanner|h\.accesstrade\.net/sp/rr)\b"
)
_IN_WORD = re.compile("[ぁ-ん一-龠]")
_REST = re.compile(  # how a verb may go on: 稼げ, 稼げます
    "(?<![るくす])(?:[りきいしれせ]?(?:ました|ます)|る|て(?:い|お)?(?:ました|ります|ます|る)"
    "|いて(?:い|お)?(?:ました|ります|ます|る)?|った|いた|た)"
)


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
    rel = pointer.attributes.get("rel", "")
    return "sponsored" in rel or any(a in sponsors for a in (pointer.address, *pointer.loads))


def _in_front_matter(article: Article, sponsors: Sponsors) -> Iterator[Remark]:
    """Links to advertisers where readers expect a source."""
    for field in article.fields:
        if field.text.startswith("http") and field.text in sponsors:
            yield Remark("advertising/front-matter", field.where)


def _undisclosed(article: Article) -> Iterator[Remark]:
    """A post that says that it was paid for, without the label."""
    patterns = _DISCLOSED.of(article)
    for at, text in article.texts() if patterns else ():
        for match in _found(patterns, text):
            end = _end(text, match.end())
            if _NEGATED.search(text, match.end() - 2, end) or _is_quoted(text, match.start()):
                continue
            blanks: dict[str, object] = {"got": _whole(match)}
            yield article.remark("advertising/no-label", at, match.start(), blanks)
            return


def _counters(article: Article) -> Iterator[Remark]:
    """Pictures of one pixel, as advertisers count with them."""
    for pointer in article.pointers:
        given = pointer.attributes
        sizes = {given.get(name, "").removesuffix("px") for name in ("width", "height")}
        tiny = sizes <= {"0", "1"} and "//" in pointer.address
        if pointer.kind == "picture" and (tiny or _COUNTING.search(pointer.address)):
            yield Remark("advertising/counter", pointer.at)


def _claims(article: Article, *, sponsored: bool) -> Iterator[Remark]:
    superlatives, promises, effects = (w.of(article) for w in (_SUPERLATIVE, _PROMISE, _EFFECT))
    for at, text in article.texts() if superlatives or promises or effects else ():
        if not isinstance(at, int) and at[0] in ("original", "source", "sources"):
            continue
        found = [m for m in _found(superlatives, text) if sponsored or _is_weighty(text, m)]
        found += _found(promises, text)
        found += (m for m in _found(effects, text) if not _is_said_of(_ATTRIBUTED, text, m))
        places = set[int]()
        for match in found:
            start, end = match.span()
            denied = _DENIED.search(text, end - 1, _end(text, end))
            if not denied and not _is_quoted(text, start) and start not in places:
                blanks: dict[str, object] = {"got": _whole(match)}
                yield article.remark("advertising/claim", at, start, blanks)
            places.update(range(start, end))


def _found(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    return (match for pattern in patterns for match in pattern.finditer(text))


def _whole(match: re.Match[str]) -> str:
    """What was found, to the end of its last word: 稼げ is the beginning of 稼げます."""
    text, end = match.string, match.end()
    rest = _REST.match(text, end) if _IN_WORD.match(text, end - 1) else None
    return visible(match[0].strip() + (rest[0] if rest else ""))


def _is_said_of(words: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    """Whether one of the words stands in the sentence."""
    begin, end = _begin(text, match.start()), _end(text, match.end())
    return words.search(text, begin, end) is not None


def _is_weighty(text: str, match: re.Match[str]) -> bool:
    """Whether money or health is what is said to be the first of all: not behind a comma."""
    comma = text.find("、", match.end())
    end = min(_end(text, match.end()), comma if comma >= 0 else len(text))
    return _WEIGHTY.search(text, _begin(text, match.start()), end) is not None


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
