"""Years that have passed: what called itself the latest then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ssg.check.article import Article, At, Remark
from ssg.check.prose import BLOT
from ssg.check.rules.kinds import Finding, Survey
from ssg.config import Config
from ssg.written import NewsMeta, TrendMeta

_LATEST = re.compile(
    r"(20\d\d)年?(?:\d{1,2}月)?(?:度|版)?の?最新(?!の?(?:統計|調査|データ|白書|実績|決算|値))"
    r"|[【\[［](20\d\d)(?:年?(?:\d{1,2}月)?(?:度|最新)?版?)[】\]］]"
    r"|(20\d\d)年(?:度)?版(?!の?[^、。\s]{0,6}(?:白書|報告|調査|統計|データ|目録|カタログ))"
)
# At the end of a title, but not behind that of a film or a book.
_CLOSING = re.compile(rf"(?<![』」{BLOT}])[（(](20\d\d)年?(?:度)?[）)]$")
_GUIDE = re.compile(  # what claims to be new; an event has a year of its own
    "選び|[勧薦]め|おすすめ|オススメ|ランキング|比較|まとめ|方法|[りい見きけめび]方|料金|一覧|ガイド"
    "|入門|ベスト|相場|とは|対策|解説|新"
)
_THIS_YEAR = re.compile(
    r"今年(?:度)?[（(](20\d\d)年?(?:度)?[）)](?![^。\n]{0,40}(?:去年|昨年|一昨年|当時|と書い))"
)
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \u3000][^\n]*", re.MULTILINE)
_TITLES = frozenset(("title", "kicker", "subtitle", "description"))
_NAMES: tuple[At, ...] = (("title",), ("kicker",))
_DATED = re.compile(
    r"[【\[（(]?(20\d\d)\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})日?"
    r"(?:[（(][月火水木金土日][）)])?[】\]）)]?(?=[ \u3000:：|｜、]|(?<=[】\]）)]))"
)


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    """A title that begins with the date of its post: readers see it beside the title anyway."""
    meta = article.meta
    if not isinstance(meta, TrendMeta | NewsMeta) or not (match := _DATED.match(meta.title)):
        return
    if tuple(map(int, match.groups())) in _dates(meta):
        yield article.remark("japanese/dated-title", ("title",), 0, {"got": match[0]})


def _dates(meta: TrendMeta | NewsMeta) -> set[tuple[int, int, int]]:
    told = meta.source.published if isinstance(meta, NewsMeta) else None
    return {(d.year, d.month, d.day) for d in (meta.date, told) if d}


def facts(article: Article, config: Config) -> Any:
    """The years that call themselves the latest, and the year that they are measured by: that of
    a post. Pages and authors have none: they stand for today.
    """
    own = _year_of(article.meta)
    years = [
        [year, *article.place(at, start)]
        for at, start, year in _years(article, everywhere=own is None)
        if own is None or year < own
    ]
    return [own, years]


def judge(survey: Survey) -> Iterator[Finding]:
    for path, (own, years) in survey.facts.items():
        now = own or survey.now.year
        for year, line, column in years:
            if year < now:
                yield Finding.at("japanese/stale-year", path, line, column, year=year, now=now)


def _year_of(meta: Any) -> int | None:
    if not isinstance(meta, TrendMeta | NewsMeta):
        return None
    days: list[datetime] = [day for day in (meta.date, meta.updated) if day]
    return max(day.year for day in days)


def _years(article: Article, *, everywhere: bool) -> Iterator[tuple[At, int, int]]:
    for at, text in article.own:
        if "20" not in text:
            continue
        for match in _THIS_YEAR.finditer(text):
            yield at, match.start(), int(match[1])
        for start, part in _titles(at, text, everywhere):
            for match in _LATEST.finditer(part):
                yield at, start + match.start(), int(match[1] or match[2] or match[3])
        if at in _NAMES and _GUIDE.search(text) and (closing := _CLOSING.search(text)):
            yield at, closing.start(), int(closing[1])


def _titles(at: At, text: str, everywhere: bool) -> Iterator[tuple[int, str]]:
    """Titles and headings, with where they begin; of pages and authors every text."""
    if everywhere or (not isinstance(at, int) and at[0] in _TITLES):
        yield 0, text
    elif isinstance(at, int):
        yield from ((match.start(), match[0]) for match in _HEADING.finditer(text))
