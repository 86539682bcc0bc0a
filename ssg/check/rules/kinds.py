"""What a rule of `ssg check` is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from ssg.check.article import Article, Edit, Remark
from ssg.config import Config
from ssg.errors import Problem, problem
from ssg.gather import Kit, Library
from ssg.model import Frozen


class Finding(Frozen, frozen=True):
    """Something to mend, and how, if that is safe to say."""

    problem: Problem
    edit: Edit | None = None

    @classmethod
    def at(cls, code: str, path: str, line: int = 0, column: int = 0, **blanks: object) -> Finding:
        return cls(problem(code, path, line, column, **blanks))


class Survey(Frozen, frozen=True, eq=False):
    """What a rule about the whole site may look at: its own `facts` of each source by path, in
    the order of the paths, what the build knows, and the present moment in the site's zone.
    `html` is that of a source's body, `files` all of the output, unless a mistake hides them.
    """

    facts: Mapping[str, Any]
    kit: Kit
    library: Library
    now: datetime
    html: Callable[[str], str | None] = lambda _: None
    files: frozenset[str] | None = None


class ArticleRule(NamedTuple):
    """A rule that needs nothing but one source and the settings."""

    name: str
    remarks: Callable[[Article, Config], Iterable[Remark]]


class SiteRule(NamedTuple):
    """A rule that compares sources. `facts` of a source are plain data that JSON can carry; they
    are kept until the source changes.
    """

    name: str
    facts: Callable[[Article, Config], Any]
    judge: Callable[[Survey], Iterator[Finding]]
