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
    own = tuple(t.name for t in config.taxonomies if t.name not in ("tags", "companies"))
    for found in find_sources(root)[0]:
        text = read_source(root, found.path).text
        front = read(found.path, text, found.section, own)[0] if text is not None else None
        if front:
            yield Article(front)
