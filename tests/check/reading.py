"""Texts before the rules: what they say of them, and what mending makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from ssg.check.article import Article, Edit
from ssg.check.fixing import changes
from ssg.check.rules import ARTICLE_RULES, SITE_RULES
from ssg.check.rules.kinds import Finding, Survey
from ssg.config import Config
from ssg.frontmatter import read

NOW = datetime(2026, 12, 1, tzinfo=UTC)
CONFIG = Config(title="いち", url="https://blog.example.com")
POST = "title: 題名\ndate: 2026-04-01\n"
BRIEF = POST + "source: {name: 通信, url: 'https://wire.example.com/1'}\n"
FRONT = {"posts": POST, "news": BRIEF, "pages": POST, "authors": "name: 太郎\n"}
WITHOUT_A_SITE = ("spelling", "years")  # rules that need nothing but their facts


class Told(NamedTuple):
    """A remark: its code and place, counted from the first line of the body, and its blanks."""

    code: str
    line: int
    column: int
    blanks: dict[str, str]


def source(body: str, front: str = "", section: str = "posts") -> str:
    """A source. Keys of `front` take the place of those that every source of its section has."""
    keys = {line.partition(":")[0] for line in front.split("\n")}
    given = [ln for ln in FRONT[section].splitlines() if ln.partition(":")[0] not in keys]
    return "\n".join(["---", *given, *front.splitlines(), "---", body])


def look(files: dict[str, str]) -> Iterator[Finding]:
    """What is said of these sources. Those that a build refuses have no place here."""
    articles = [article(path, text) for path, text in files.items()]
    for one in articles:
        for rule in ARTICLE_RULES:
            for remark in rule.remarks(one, CONFIG):
                yield Finding(one.problem(remark), one.edit(remark))
    for rule in SITE_RULES:
        if rule.name in WITHOUT_A_SITE:
            facts = {one.path: rule.facts(one, CONFIG) for one in articles}
            nothing: Any = None
            yield from rule.judge(Survey(facts, nothing, nothing, NOW))


def article(path: str, text: str) -> Article:
    front, problems = read(path, text, path.split("/")[1])
    assert front, problems
    return Article(front)


def remarks(
    body: str, front: str = "", section: str = "posts", family: str = "japanese/"
) -> list[Told]:
    text = source(body, front, section)
    start = text.count("\n") - body.count("\n")
    found = (f.problem for f in look({f"content/{section}/a.md": text}))
    told = (Told(p.code, p.line - start, p.column, dict(p.args)) for p in found)
    return sorted((t for t in told if t.code.startswith(family)), key=lambda t: t[1:3])


def codes(
    body: str, front: str = "", section: str = "posts", family: str = "japanese/"
) -> list[str]:
    return [told.code.removeprefix(family) for told in remarks(body, front, section, family)]


def edits(path: str, text: str) -> list[Edit]:
    return [f.edit for f in look({path: text}) if f.edit]


def mended(root: Path, body: str) -> str:
    """The body as --fix leaves it."""
    name, text = "content/posts/a.md", source(body)
    head = text[: len(text) - len(body)]
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(text.encode())
    after = next(changes(root, edits(name, text), edits), None)
    return after.after.decode().removeprefix(head) if after else body
