"""Every source of a site as an article, for what looks at them all and at nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssg.check.article import Article
from ssg.config import Config
from ssg.content import find_sources, read_source
from ssg.frontmatter import read


def articles(root: Path, config: Config) -> Iterator[Article]:
    """The sources that can be read; what is wrong with the others is for a build to tell."""
    for found in find_sources(root)[0]:
        text = read_source(root, found.path).text
        if text is not None and (one := article(found.path, text, config)):
            yield one


def article(path: str, text: str, config: Config) -> Article | None:
    """One of them, if it can be read."""
    own = tuple(t.name for t in config.taxonomies if t.name not in ("tags", "companies"))
    front, _ = read(path, text, path.split("/", 2)[1], own)
    return Article(front) if front else None
