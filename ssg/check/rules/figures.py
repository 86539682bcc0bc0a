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
    r"(?P<currency>ドル|円(?!周|形|盤|滑|卓|満|高|安)|ユーロ|ポンド|元(?![年日旦素々本町号]))"
)
_PART = re.compile(rf"({_NUMBER})([兆億万千百]?)")
_LEAST = 10_000  # smaller sums are written as they are
_ROUNDING, _EXACT = 0.06, 0.03
_SLIPS = (10, 100, 1000, 1 / 10, 1 / 100, 1 / 1000)
_GROUPED = re.compile(
    r"(?<![\d,.])(\d{1,3}(?:,\d{3})+,\d{1,2}|\d{1,3},\d{4,})(?![\d,])(?=[万億兆]?(?:円|ドル|人|ユーロ))"
)
_OVERFLOWING = re.compile(r"\d兆\d{5,}億|\d億\d{5,}万|\d万\d{5,}(?=円|ドル|人)")


class Sum(NamedTuple):
    value: float
    currency: str
    written: str


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    texts = [(at, _narrow(text)) for at, text in article.texts()]
    for at, text in texts:
        grouped = _GROUPED.finditer(text) if "," in text else ()
        for match in (*grouped, *_OVERFLOWING.finditer(text)):
            blanks: dict[str, object] = {"got": match[0]}
            yield article.remark("figures/grouping", at, match.start(), blanks)
    if said := list(_said(article, texts)):
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
    reverse, while none is what it says.
    """
    told = [
        (at, place, one)
        for at, text in texts
        if not _is_original(at)
        for place, one in _japanese(text)
    ]
    for english in dict.fromkeys(said):
        same = [row for row in told if row[2].currency in english.currency]
        if any(_near(one.value, english.value, _ROUNDING) for _, _, one in same):
            continue
        for at, place, one in same:
            slip = any(_near(one.value, english.value * by, _EXACT) for by in _SLIPS)
            if slip and not _is_explained(one, said, english):
                better = in_japanese(english.value) + one.currency
                blanks: dict[str, object] = {"got": one.written, "original": english.written}
                yield article.remark("figures/scale", at, place, blanks | {"better": better})


def _is_explained(one: Sum, said: Iterable[Sum], but: Sum) -> bool:
    """Whether another sum of the sources is the one that is meant."""
    return any(
        one.currency in other.currency and _near(one.value, other.value, _ROUNDING)
        for other in said
        if other != but
    )


def _is_original(at: At) -> bool:
    return not isinstance(at, int) and at[0] == "original"


def _near(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * other


def _english(text: str) -> Iterator[Sum]:
    text = _narrow(text)
    if not any(sign in text for sign in "$€£¥") and not re.search(_MONEY, text, re.IGNORECASE):
        return
    for match in _ENGLISH.finditer(text):
        word = (match["code"] or match["word"] or "").lower()
        currency = _WORDS.get(word) or _SIGNS.get(match["sign"] or "", "")
        scale = (match["scale"] or "").lower()
        if not currency or (len(scale) == 1 and not match["sign"] and not match["code"]):
            continue
        value = _number(match["number"]) * 10 ** _SCALES[scale]
        if value >= _LEAST:
            yield Sum(value, currency, match[0].strip())


def _japanese(text: str) -> Iterator[tuple[int, Sum]]:
    for match in _JAPANESE.finditer(text):
        value = sum(_number(n) * 10 ** _UNITS[unit] for n, unit in _PART.findall(match["sum"]))
        if value >= _LEAST / 1000:
            yield match.start(), Sum(value, match["currency"], match[0])


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
