"""How search results and cards show a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssg.check.article import Article
from ssg.check.rules.kinds import Finding, Survey
from ssg.config import Config


def facts(article: Article, config: Config) -> Any:
    """The title, with its place."""
    title = getattr(article.meta, "title", None)
    return [title, *article.place(("title",))] if title else None


def judge(survey: Survey) -> Iterator[Finding]:
    """Titles that two published sources have in common."""
    first: dict[str, str] = {}
    for path, known in survey.facts.items():
        if known is None:
            continue
        title, line, column = known
        if title in first:
            yield Finding.at("sharing/same-title", path, line, column, first=first[title])
        first.setdefault(title, path)
