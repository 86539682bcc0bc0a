"""How search results and cards show a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import east_asian_width
from urllib.parse import quote

from ssg.check.article import Article, Remark
from ssg.check.rules.kinds import Finding, Survey
from ssg.config import Config
from ssg.written import PageMeta

# Full-width characters that are shown. Results cut titles at 30 to 35; a few more are usual in
# news and do no harm.
TITLE, DESCRIPTION = 40, 120
_LONG_TITLE, _LONG_DESCRIPTION = 60, 140  # characters; from here on a build warns
_LONG_SLUG = 200
_DIGITS = re.compile(r"[0-9]+(?:[-_.][0-9]+)*")


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    meta = article.meta
    if not isinstance(meta, PageMeta):
        return
    width = _width(meta.title)
    if width > TITLE and len(meta.title) <= _LONG_TITLE:
        yield Remark("sharing/title-cut", ("title",), blanks={"width": width, "most": TITLE})
    description = meta.description or ""
    width = _width(description)
    if width > DESCRIPTION and len(description) <= _LONG_DESCRIPTION:
        blanks: dict[str, object] = {"width": width, "most": DESCRIPTION}
        yield Remark("sharing/description-cut", ("description",), blanks=blanks)
    yield from _slug(article, meta)


def _slug(article: Article, meta: PageMeta) -> Iterator[Remark]:
    slug = meta.slug or article.path.rpartition("/")[2].removesuffix(".md")
    where = ("slug",) if meta.slug else ("title",)
    if _DIGITS.fullmatch(slug):
        yield Remark("sharing/number-slug", where, blanks={"slug": slug})
    elif (length := len(quote(slug))) > _LONG_SLUG:
        yield Remark("sharing/long-slug", where, blanks={"length": length})


def _width(text: str) -> int:
    """How many full-width characters a text is wide."""
    return (sum(1 + (east_asian_width(sign) in "WFA") for sign in text) + 1) // 2


def facts(article: Article, config: Config) -> Any:
    """The title and the description, each with its place."""
    found = {}
    for name in ("title", "description"):
        if text := getattr(article.meta, name, None):
            found[name] = [text, *article.place((name,))]
    return found


def judge(survey: Survey) -> Iterator[Finding]:
    """Titles and descriptions that two published sources have in common."""
    titles: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    for path, known in survey.facts.items():
        if row := known.get("title"):
            text, line, column = row
            if text in titles:
                yield Finding.at("sharing/same-title", path, line, column, first=titles[text])
            titles.setdefault(text, path)
        if row := known.get("description"):
            text, line, column = row
            if text in descriptions:
                first = descriptions[text]
                yield Finding.at("sharing/same-description", path, line, column, first=first)
            descriptions.setdefault(text, path)
