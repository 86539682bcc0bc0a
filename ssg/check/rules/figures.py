"""Sums of money: what the source says in English, and what the post makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import log
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
_CURRENCIES = frozenset(_WORDS.values())
_MONEY = "|".join(_WORDS)
_COIN = re.compile(_MONEY, re.IGNORECASE)
_ENGLISH = re.compile(
    rf"(?:(?P<sign>[$€£¥])\s?|\b(?P<code>usd|eur|gbp|jpy|cny|rmb)\s?)?(?<![\d.,])(?P<number>{_NUMBER})"
    r"(?:[\s-]?(?P<scale>trillion|billion|million|thousand|tn|bn|mn|[tbmk])(?![A-Za-z]))?"
    rf"(?:[\s-](?:u\.?s\.?\s)?(?P<word>{_MONEY})s?\b)?",
    re.IGNORECASE,
)
_SPELLED = {
    "half a": 0.5, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_IN_WORDS = re.compile(
    rf"\b(?P<number>{'|'.join(_SPELLED)})\s(?P<scale>trillion|billion|million)"
    rf"\s(?:u\.?s\.?\s)?(?P<word>{_MONEY})s?\b",
    re.IGNORECASE,
)
_UNITS = {"兆": 12, "億": 8, "万": 4, "千": 3, "百": 2, "": 0}
_JAPANESE = re.compile(
    rf"(?<![\d.,兆億万千百])(?P<sign>[$€£])?(?:\*\*)?"
    rf"(?P<sum>{_NUMBER}\s?[兆億万千百](?:{_NUMBER}[億万千百])*+(?:{_NUMBER})?|{_NUMBER})"
    r"\s?(?:\*\*)?(?:米|アメリカ|US|豪|香港|加|カナダ|シンガポール|人民)?"
    r"(?P<currency>ドル|USD|EUR|GBP|JPY|CNY|円(?!周|形|盤|滑|卓|満|高|安)|ユーロ|ポンド|元(?![年日旦素々本町号])"
    r"|人(?![月民])|名(?!前)|台(?![湾北所風])|件|回|(?<=[兆億万])(?![\d*]))"
)
_PART = re.compile(rf"({_NUMBER})\s?([兆億万千百]?)")
_FROM = re.compile(r"(?<![\d.,])(\d[\d,.]{0,9})\s?([兆億万]?)\s?[〜～~–-]\s?$")
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
    r"|(?<![\d,.])\d{2,3},\d{2}(?=円|ドル)"
)
_WIDE_COMMA = re.compile(r"(?<![0-9，])[0-9]{1,3}(?:，[0-9]{3})+(?=[万億兆]?(?:円|ドル|人|ユーロ))")
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
    place: int
    sum: Sum


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    typed = list(article.texts())
    texts = [(at, _narrow(text)) for at, text in typed]
    for (at, text), (_, as_typed) in zip(texts, typed, strict=True):
        grouped = _GROUPED.finditer(text) if "," in text else ()
        wide = _WIDE_COMMA.finditer(as_typed) if "，" in as_typed else ()
        for match in (*grouped, *_OVERFLOWING.finditer(text), *wide):
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
    reverse, or are told in another currency, and that no source says.
    """
    rows = [Told(at, *found) for at, text in texts for found in _japanese(text)]
    told = [row for row in rows if not _is_original(row.at)]
    known = [*said, *(row.sum for row in rows if _is_original(row.at))]
    right = {english: [row for row in told if _is_same(row.sum, english)] for english in said}
    for row in told:
        if any(_is_same(row.sum, other) for other in known):
            continue
        meant = [e for e in right if _is_slip(row, e, right[e]) or _is_exchanged(row, e, right)]
        if meant:
            english = min(meant, key=lambda e: abs(log(row.sum.value / e.value)))
            currency = row.sum.currency if row.sum.currency in english.currency else ""
            better = in_japanese(english.value) + (currency or english.currency)
            blanks: dict[str, object] = {"got": row.sum.written, "original": english.written}
            yield article.remark("figures/scale", row.at, row.place, blanks | {"better": better})


def _is_same(one: Sum, other: Sum) -> bool:
    return one.currency in (other.currency or one.currency) and _near(
        one.value, other.value, _ROUNDING
    )


def _is_slip(row: Told, english: Sum, right: list[Told]) -> bool:
    """Whether a sum is meant to be an English one. Where that one is given right in the same
    part of the post, it is another sum: 100億ドル, and 10億ドル a year. One that is right in the
    title only does not excuse what has its digits below: 30億ドル there, 3億ドル here.
    """
    one = row.sum
    if one.currency not in english.currency:
        return False
    if one.number and one.number == english.number and not _is_counted(one):
        apart = not any(_part(row.at) == _part(other.at) for other in right)
        return apart and _is_times(one, english, _UNIT_SLIPS)
    return not right and _is_times(one, english, _SLIPS)


def _is_times(one: Sum, english: Sum, factors: Iterable[float]) -> bool:
    return any(_near(one.value, english.value * by, _EXACT) for by in factors)


def _is_counted(one: Sum) -> bool:
    return any(one.currency in counter for counter in _COUNTED)


def _is_exchanged(row: Told, english: Sum, right: Mapping[Sum, list[Told]]) -> bool:
    """Whether a sum is an English one with another currency, which no source names."""
    one, named = row.sum, "".join(other.currency for other in right)
    return (
        one.currency in _CURRENCIES
        and english.currency in _CURRENCIES
        and one.currency not in named
        and one.value == english.value
        and not right[english]
    )


def _part(at: At) -> object:
    """The body, or the key of the front matter, that a place belongs to."""
    return "" if isinstance(at, int) else at[0]


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
        for match in _IN_WORDS.finditer(text):
            yield from _sum(match, _WORDS[match["word"].lower()])


def _sum(match: re.Match[str], currency: str) -> Iterator[Sum]:
    number = _SPELLED.get(match["number"].lower()) or _number(match["number"])
    value = number * 10 ** _SCALES[(match["scale"] or "").lower()]
    if value >= _LEAST:
        yield Sum(value, currency, match[0].strip(), number)


def _japanese(text: str) -> Iterator[tuple[int, Sum]]:
    for match in _JAPANESE.finditer(text):
        parts = [(_number(n), _UNITS[unit]) for n, unit in _PART.findall(match["sum"])]
        if currency := _currency(match):
            yield from _told(match, parts, currency)
            yield from _begin(text, match, parts, currency)
    for match in _KANJI.finditer(text):
        parts = [(_of_kanji(n), _UNITS[unit]) for n, unit in _KANJI_PART.findall(match["sum"])]
        yield from _told(match, parts, match["currency"])


def _currency(match: re.Match[str]) -> str:
    """What a sum is told in; empty where only a sign before it could say so."""
    word = match["currency"]
    return _WORDS.get(word.lower(), word) if word else _SIGNS.get(match["sign"] or "", "")


def _begin(
    text: str, match: re.Match[str], parts: list[tuple[float, int]], currency: str
) -> Iterator[tuple[int, Sum]]:
    """The smaller sum of a range: 5〜6億ドル."""
    before = text[max(0, match.start() - 14) : match.start()]
    if before.endswith(("〜", "～", "~", "–", "-")) and (found := _FROM.search(before)):
        number, power = _number(found[1]), _UNITS[found[2]] or parts[0][1]
        written = found[0] + match[0]
        yield match.start() - len(found[0]), Sum(number * 10**power, currency, written, number)


def _told(
    match: re.Match[str], parts: list[tuple[float, int]], currency: str
) -> Iterator[tuple[int, Sum]]:
    value = sum(number * 10**power for number, power in parts)
    if value >= _LEAST / 1000:
        number = parts[0][0] if len(parts) == 1 else 0
        written = match[0].replace("*", "")
        yield match.start(), Sum(value, currency, written, number)


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
