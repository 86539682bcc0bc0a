"""Sums of money: what the source says in English, and what the post makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssg.check.article import Article, At, Remark
from ssg.config import Config
from ssg.written import NewsMeta, PageMeta

_WIDE = re.compile("[０-９．，＄￥]")
_NARROW = str.maketrans("０１２３４５６７８９．，＄￥", "0123456789.,$¥")
_NUMBER = r"\d[\d,]*+(?:\.\d++)?+"
_SCALES = {
    "trillion": 12, "tn": 12, "t": 12,
    "billion": 9, "bn": 9, "b": 9,
    "million": 6, "mn": 6, "m": 6,
    "thousand": 3, "k": 3, "": 0,
}  # fmt: skip
_SIGNS = {"$": "ドル", "€": "ユーロ", "£": "ポンド", "¥": "円元"}
_WORDS = {
    "usd": "ドル", "dollar": "ドル", "eur": "ユーロ", "euro": "ユーロ", "gbp": "ポンド",
    "pound": "ポンド", "jpy": "円", "yen": "円", "cny": "元", "rmb": "元", "yuan": "元",
    "renminbi": "元",
}  # fmt: skip
_MONEY = "|".join(_WORDS)
_COIN = re.compile(_MONEY, re.IGNORECASE)
_ENGLISH = re.compile(
    rf"(?:(?P<sign>[$€£¥])|\b(?P<code>usd|eur|gbp|jpy|cny|rmb)\s?)?(?<![\d.,])(?P<number>{_NUMBER})"
    r"(?:[\s-]?(?P<scale>trillion|billion|million|thousand|tn|bn|mn|[tbmk])(?![A-Za-z]))?"
    rf"(?:[\s-](?:u\.?s\.?\s)?(?P<word>{_MONEY})s?\b)?",
    re.IGNORECASE,
)
_UNITS = {"兆": 12, "億": 8, "万": 4, "千": 3, "百": 2, "": 0}
_JAPANESE = re.compile(
    rf"(?<![\d.,兆億万千百])(?P<sum>{_NUMBER}[兆億万千百](?:{_NUMBER}[億万千百])*+(?:{_NUMBER})?|{_NUMBER})"
    r"\s?(?:米|豪|香港|加|シンガポール|人民)?"
    r"(?P<currency>ドル|円(?!周|形|盤|滑|卓|満|高|安)|ユーロ|ポンド|元(?![年日旦素々本町号])"
    r"|人(?![月民])|名(?!前)|台(?![湾北所風])|件|回)"
)
_PART = re.compile(rf"({_NUMBER})([兆億万千百]?)")
_KANJI = re.compile(
    r"(?P<sum>[〇一二三四五六七八九十百千](?<![数何幾兆億万千百十〇一二三四五六七八九\d].)"
    r"(?<![一二三四五六七八九]、.)[〇一二三四五六七八九十百千]*+[兆億万]"
    r"(?:[〇一二三四五六七八九十百千]++[億万])*+)"
    r"(?:米|豪|人民)?(?P<currency>ドル|円|ユーロ|ポンド|元)"
)
_KANJI_PART = re.compile("([〇一二三四五六七八九十百千]+)([兆億万])")
_DIGITS, _TENS = "〇一二三四五六七八九", {"十": 10, "百": 100, "千": 1000}
_COUNTED = {
    "人名": "people person user customer subscriber member player viewer visitor worker employee"
    " resident patient fan student follower",
    "台": "unit vehicle car truck device phone robot",
    "件回": "download install transaction case record",
}
_COUNTERS = {noun: counter for counter, nouns in _COUNTED.items() for noun in nouns.split()}
_COUNTABLE = re.compile(r"[\dBKMNbdkmn]\s[A-Za-z]")
_COUNT = re.compile(
    rf"(?P<number>\d(?<![\d.,$€£¥].)[\d,]*+(?:\.\d++)?+)"
    r"(?:[\s-]?(?P<scale>billion|million|thousand|bn|mn|[bmk])(?![A-Za-z]))?"
    rf"\s(?:(?!(?:and|or|to|for|from|by|with|in)\s)[A-Za-z-]+\s){{0,3}}?(?P<noun>{'|'.join(_COUNTERS)})s?\b",
    re.IGNORECASE,
)
_LEAST = 10_000  # smaller sums are written as they are
_ROUNDING, _EXACT = 0.06, 0.03
_SLIPS = (10, 100, 1000, 1 / 10, 1 / 100, 1 / 1000)
_UNIT_SLIPS = (*_SLIPS, 10_000, 1 / 10_000)  # the digits are right, their unit is not
_GROUPED = re.compile(
    r"(?<![\d,.])(\d{1,3}(?:,\d{3})+,\d{1,2}|\d{1,3},\d{4,})(?![\d,])(?=[万億兆]?(?:円|ドル|人|ユーロ))"
)
_OVERFLOWING = re.compile(r"\d兆\d{5,}億|\d億\d{5,}万|\d万\d{5,}(?=円|ドル|人)")


class Sum(NamedTuple):
    """Money, or people and things that are counted: `currency` is then the word they are counted
    with; it is empty where nobody knows. `number` is what was typed before the unit, if only one.
    """

    value: float
    currency: str
    written: str
    number: float = 0


class Told(NamedTuple):
    """A sum of the post, with its place in a text."""

    at: At
    text: str
    place: int
    sum: Sum


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    texts = [(at, _narrow(text)) for at, text in article.texts()]
    for at, text in texts:
        grouped = _GROUPED.finditer(text) if "," in text else ()
        for match in (*grouped, *_OVERFLOWING.finditer(text)):
            blanks: dict[str, object] = {"got": match[0]}
            yield article.remark("figures/grouping", at, match.start(), blanks)
    said = list(_said(article, texts))
    if any(one.currency for one in said):
        yield from _compared(article, texts, said)


def _said(article: Article, texts: Iterable[tuple[At, str]]) -> Iterator[Sum]:
    """The sums that sources name in English."""
    meta = article.meta
    if isinstance(meta, PageMeta):
        for reference in meta.sources:
            yield from _english(reference.title)
    if isinstance(meta, NewsMeta):
        yield from _english(meta.source.title or "")
        yield from _english((meta.original and meta.original.text) or "")
    for at, text in texts:
        if isinstance(at, int):
            yield from _english(text)


def _compared(
    article: Article, texts: Iterable[tuple[At, str]], said: list[Sum]
) -> Iterator[Remark]:
    """Japanese sums that are ten, a hundred or a thousand times what a source says, or the
    reverse, and that no source says.
    """
    rows = [Told(at, text, *found) for at, text in texts for found in _japanese(text)]
    told = [row for row in rows if not _is_original(row.at)]
    known = [*said, *(row.sum for row in rows if _is_original(row.at))]
    right = {english: [row for row in told if _is_same(row.sum, english)] for english in said}
    for row in told:
        if any(_is_same(row.sum, other) for other in known):
            continue
        if english := next((e for e in right if _is_slip(row, e, right[e])), None):
            better = in_japanese(english.value) + row.sum.currency
            blanks: dict[str, object] = {"got": row.sum.written, "original": english.written}
            yield article.remark("figures/scale", row.at, row.place, blanks | {"better": better})


def _is_same(one: Sum, other: Sum) -> bool:
    return one.currency in (other.currency or one.currency) and _near(
        one.value, other.value, _ROUNDING
    )


def _is_slip(row: Told, english: Sum, right: list[Told]) -> bool:
    """Whether a sum is meant to be an English one. Where others give that one right, it has the
    same digits and stands apart from them: $3 billion is 30億ドル in the title, 3億ドル below.
    """
    one = row.sum
    if one.currency not in english.currency:
        return False
    if one.number and one.number == english.number and not _is_counted(one):
        apart = not any(_is_beside(row, other) for other in right)
        return apart and _is_times(one, english, _UNIT_SLIPS)
    return not right and _is_times(one, english, _SLIPS)


def _is_times(one: Sum, english: Sum, factors: Iterable[float]) -> bool:
    return any(_near(one.value, english.value * by, _EXACT) for by in factors)


def _is_counted(one: Sum) -> bool:
    return any(one.currency in counter for counter in _COUNTED)


def _is_beside(one: Told, other: Told) -> bool:
    first, last = sorted((one.place, other.place))
    return one.at == other.at and "\n" not in one.text[first:last]


def _is_original(at: At) -> bool:
    """Whether it is what a source says, and not the post."""
    return not isinstance(at, int) and at[0] in ("original", "source", "sources")


def _near(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * other


def _english(text: str) -> Iterator[Sum]:
    """Money and counts, and numbers of neither kind, which may be either: from $2 to 3 million."""
    text = _narrow(text)
    counts = list(_COUNT.finditer(text)) if _COUNTABLE.search(text) else []
    for match in counts:
        yield from _sum(match, _COUNTERS[match["noun"].lower()])
    if counts or any(sign in text for sign in "$€£¥") or _COIN.search(text):
        for match in _ENGLISH.finditer(text):
            word = (match["code"] or match["word"] or "").lower()
            yield from _sum(match, _WORDS.get(word) or _SIGNS.get(match["sign"] or "", ""))


def _sum(match: re.Match[str], currency: str) -> Iterator[Sum]:
    number = _number(match["number"])
    value = number * 10 ** _SCALES[(match["scale"] or "").lower()]
    if value >= _LEAST:
        yield Sum(value, currency, match[0].strip(), number)


def _japanese(text: str) -> Iterator[tuple[int, Sum]]:
    for match in _JAPANESE.finditer(text):
        parts = [(_number(n), _UNITS[unit]) for n, unit in _PART.findall(match["sum"])]
        yield from _told(match, parts)
    for match in _KANJI.finditer(text):
        parts = [(_of_kanji(n), _UNITS[unit]) for n, unit in _KANJI_PART.findall(match["sum"])]
        yield from _told(match, parts)


def _told(match: re.Match[str], parts: list[tuple[float, int]]) -> Iterator[tuple[int, Sum]]:
    value = sum(number * 10**power for number, power in parts)
    if value >= _LEAST / 1000:
        number = parts[0][0] if len(parts) == 1 else 0
        yield match.start(), Sum(value, match["currency"], match[0], number)


def _of_kanji(written: str) -> float:
    """A number below ten thousand: 三百二十, or 三二〇."""
    value, digit = 0, 0
    for sign in written:
        if sign in _TENS:
            value, digit = value + (digit or 1) * _TENS[sign], 0
        else:
            digit = digit * 10 + _DIGITS.index(sign)
    return value + digit


def _narrow(text: str) -> str:
    """The text with ASCII digits, as long as it was."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def in_japanese(value: float) -> str:
    """A number as it is written in Japanese: 1200000000 is 12億."""
    rest, text = round(value), ""
    for unit, power in (("兆", 12), ("億", 8), ("万", 4)):
        count, rest = divmod(rest, 10**power)
        text += f"{count}{unit}" if count else ""
    return text + (str(rest) if rest or not text else "")
