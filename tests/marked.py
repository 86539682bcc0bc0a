"""Texts for `ssg check` in which each place that is to be reported is marked: `⟦code⟧` before it."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

from ssg.check import check
from ssg.check.article import Article
from ssg.config import Config
from ssg.fresh import Options
from ssg.frontmatter import read
from ssg.sponsors import ADVERTISERS
from tests.small import NOW

CONFIG = Config(title="帖", url="https://blog.example.com", sponsor_hosts=ADVERTISERS)
MARK = re.compile(r"⟦([a-z]+/[a-z-]+)⟧")
HEAD = {
    "posts": "title: 題\ndate: 2026-01-01\n",
    "news": "title: 題\ndate: 2026-01-01\nsource: {name: 甲社, url: 'https://news.example/1'}\n",
    "pages": "title: 題\ndate: 2026-01-01\n",
}
Place = tuple[str, int, int]


def post(body: str, front: str = "", section: str = "posts") -> str:
    return f"---\n{HEAD[section]}{front}---\n{body}\n"


def unmarked(text: str) -> tuple[str, list[Place]]:
    """The text without its marks, and what they say: code, line, column."""
    places = []
    while match := MARK.search(text):
        before = text[: match.start()]
        line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
        places.append((match[1], line, column))
        text = before + text[match.end() :]
    return text, places


def article(text: str, section: str = "posts") -> Article:
    front, problems = read(f"content/{section}/a.md", text, section)
    assert front, problems
    return Article(front)


def reported(rules: ModuleType, text: str, section: str = "posts") -> list[Place]:
    """What the rules of a module say of one source."""
    one = article(text, section)
    problems = [one.problem(remark) for remark in rules.remarks(one, CONFIG)]
    return sorted(((p.code, p.line, p.column) for p in problems), key=lambda p: p[1:])


def as_marked(rules: ModuleType, body: str, front: str = "", section: str = "posts") -> None:
    """The rules say what is marked, there, and nothing else."""
    text, places = unmarked(post(body, front, section))
    assert reported(rules, text, section) == places


def told(site: Path, areas: tuple[str, ...]) -> list[tuple[str, str, int]]:
    """What `ssg check` says of a site: code, path and line of what belongs to these areas."""
    review = check(site, Options(output=site / "public", now=NOW))
    problems = (finding.problem for finding in review.findings)
    return [(p.code, p.path, p.line) for p in problems if p.code.partition("/")[0] in areas]
