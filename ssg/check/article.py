"""What the rules of `ssg check` read: one source, as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ssg.check.pointers import Pointer, pointers
from ssg.check.prose import masked
from ssg.errors import Problem, problem
from ssg.nodes import Location, Map, Scalar, Seq, position
from ssg.text import line_and_column
from ssg.written import FrontMatter
from ssg.yamldoc import load

At = int | Location  # an offset in the body, or a place in the front matter


class Edit(NamedTuple):
    """A safe correction: at a place of a file, `old` becomes `new`. Neither has a line break."""

    path: str
    line: int
    column: int
    old: str
    new: str


class Remark(NamedTuple):
    """What a rule has to say of an article. `at` is where, `inside` how many characters further in
    a field; `old` there may become `new`.
    """

    code: str
    at: At
    inside: int = 0
    blanks: dict[str, object] = {}
    old: str = ""
    new: str = ""


class Field(NamedTuple):
    """A text of the front matter, with its place. `plain` is how it stands in the file, when that
    is on one line and without escapes.
    """

    where: Location
    text: str
    plain: bool


class Article:
    """A source with its text taken apart. Offsets count characters of the body."""

    def __init__(self, front: FrontMatter) -> None:
        self.front = front
        self.path = front.path
        self.section = front.section
        self.meta = front.meta
        self.body = front.body

    @cached_property
    def prose(self) -> str:
        """The body with all that is not prose (code, tags, addresses) blotted out by `BLOT`s, so
        that offsets are those of the body.
        """
        return masked(self.body)

    @cached_property
    def pointers(self) -> list[Pointer]:
        """What the body links to, shows and embeds."""
        return pointers(self.body)

    @cached_property
    def raw(self) -> Map:
        """The front matter as typed, with the places of its values."""
        raw, _ = load(self.front.block, self.path, first_line=2)
        return raw

    @cached_property
    def fields(self) -> list[Field]:
        """Every text of the front matter that readers see."""
        return [f for f in _fields(self.raw, ()) if f.where[0] not in _NOT_READ]

    def texts(self) -> Iterator[tuple[At, str]]:
        """All that readers see: each field of the front matter, then the prose of the body."""
        yield from ((field.where, field.text) for field in self.fields)
        yield 0, self.prose

    def place(self, at: At, inside: int = 0) -> tuple[int, int]:
        """Line and column in the file; `inside` counts characters from the start of the field."""
        if isinstance(at, int):
            line, column = line_and_column(self.body, at + inside)
            return line + self.front.body_line - 1, column
        line, column = position(self.raw, at)
        return line, column + (inside if self._is_plain(at) else 0)

    def _is_plain(self, where: Location) -> bool:
        return any(field.where == where and field.plain for field in self.fields)

    def remark(
        self,
        code: str,
        at: At,
        inside: int = 0,
        blanks: dict[str, object] | None = None,
        old: str = "",
        new: str = "",
    ) -> Remark:
        """A remark about a place `inside` a text that `texts` gave."""
        if isinstance(at, int):
            return Remark(code, at + inside, 0, blanks or {}, old, new)
        return Remark(code, at, inside, blanks or {}, old, new)

    def problem(self, remark: Remark) -> Problem:
        place = self.place(remark.at, remark.inside)
        return problem(remark.code, self.path, *place, **remark.blanks)

    def edit(self, remark: Remark) -> Edit | None:
        """The correction that a remark proposes, if its place in the file is certain."""
        if not remark.old or "\n" in remark.old + remark.new:
            return None
        if not isinstance(remark.at, int) and not self._is_plain(remark.at):
            return None
        line, column = self.place(remark.at, remark.inside)
        return Edit(self.path, line, column, remark.old, remark.new)


_NOT_READ = frozenset(
    "date updated expires slug aliases author layout numbering toc comments search feed draft extra"
    " partners scores media check".split()
)


def _fields(node: Any, where: Location) -> Iterator[Field]:
    items = node.items() if isinstance(node, Map) else enumerate(node)
    for step, value in items:
        if isinstance(value, Scalar):
            yield Field((*where, step), str(value), value.plain and "\n" not in value)
        elif isinstance(value, Map | Seq):
            yield from _fields(value, (*where, step))
