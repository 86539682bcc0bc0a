"""Which files of an output are pages of posts, briefs and free pages, by their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssg.config import Config
from ssg.errors import Problem, problem
from ssg.urls import PERMALINK_PARTS, is_reserved

SHOWN = 5  # pages that are named when they go


def articles(config: Config, files: Iterable[str]) -> frozenset[str]:
    """Those among the files that the site's permalinks make."""
    lists = {one.name for one in config.taxonomies} | {one.slug for one in config.digests}
    forms = [_form(pattern) for pattern in config.permalinks.values()]

    def is_article(name: str) -> bool:
        first = name.partition("/")[0]
        is_list = is_reserved(first) or first in lists
        return any(form.fullmatch(name) and not (is_list and free) for form, free in forms)

    return frozenset(filter(is_article, files))


def _form(pattern: str) -> tuple[re.Pattern[str], bool]:
    """What a permalink makes, and whether its first folder may have any name."""
    parts = pattern.strip("/").split("/")
    signs = "|".join(PERMALINK_PARTS)
    made = "/".join(re.sub(signs, "[^/]+", re.escape(part)) for part in parts)
    return re.compile(made + r"/index\.html"), parts[0].startswith(":")


def gone(removed: Iterable[str]) -> Iterator[Problem]:
    """That pages leave the site whose readers could be sent on."""
    for name in sorted(removed)[:SHOWN]:
        yield problem("deploy/page-gone", name, address="/" + name.removesuffix("index.html"))
