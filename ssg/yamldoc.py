"""Strict YAML with positions: the only module that knows YAML.

Values stay what the author typed: a scalar is text until a field says what it should be,
so `lang: no`, `version: 1.10` and `id: 010` lose nothing. Anchors, aliases, merge keys,
tags, duplicate keys and several documents are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

import yaml

from ssg import mistakes
from ssg.errors import Problem, problem
from ssg.mistakes import Met, Mistake
from ssg.text import CONTROL, visible

Location = tuple[str | int, ...]

MAX_DEPTH = 24
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
# libyaml takes these three for line ends; editors and this program do not. They travel
# through it as noncharacters, which no text may contain.
_HIDE = str.maketrans("\x85\u2028\u2029", "\ufdd0\ufdd1\ufdd2")
_SHOW = str.maketrans("\ufdd0\ufdd1\ufdd2", "\x85\u2028\u2029")


class Node:
    """A value with its place in the file, both numbers from 1."""

    line: int
    column: int


class Scalar(Node, str):
    """A scalar as typed. `plain` is false when it was quoted or a block."""

    plain: bool = True

    @property
    def is_null(self) -> bool:
        return self.plain and self in NULLS


class Map(Node, dict[str, Any]):
    """A mapping that also knows where its keys stand. `typed` is its text if that is one line."""

    keys_at: dict[str, tuple[int, int]]
    typed: str = ""


class Seq(Node, list[Any]):
    """A list that knows where it stands, and its text as a mapping does."""

    typed: str = ""


class YamlError(Exception):
    """The text is not the YAML we accept; `problems` say where and why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(problems[0].code)


def load(text: str, path: str, first_line: int = 1) -> tuple[Map, list[Problem]]:
    """The mapping that `text` holds, with warnings.

    `first_line` is the line of the file on which `text` begins. Raises YamlError.
    """
    reader = _Reader(text, path, first_line)
    if found := list(mistakes.white_space(reader.lines)):
        raise YamlError(*map(reader.tell, found))
    try:
        root = reader.document(yaml.parse(text.translate(_HIDE), Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as e:
        reader.problems.append(reader.tell(reader.explained(e)))
        raise YamlError(*dict.fromkeys(reader.problems)) from e
    except yaml.YAMLError as e:
        raise YamlError(problem("yaml/syntax", path, first_line, 1)) from e
    if reader.problems:
        raise YamlError(*reader.problems)
    if not isinstance(root, Map):
        raise YamlError(reader.tell(reader.not_a_mapping()))
    return root, reader.warnings


def position(root: Map, where: Location, *, key: bool = False) -> tuple[int, int]:
    """Line and column of the value at `where` (or of its key); of the nearest parent if absent."""
    node: Any = root
    place = (root.line, root.column)
    for step in where:
        if isinstance(node, Map) and step in node:
            key_place = node.keys_at[str(step)]
            node = node[str(step)]
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            node = node[step]
            key_place = (node.line, node.column)
        else:
            return place
        place = (node.line, node.column)
    return key_place if key and where else place


def plain(value: Any) -> Any:
    """What YAML 1.2 means by a value, for keys without a rule of their own (`extra`, data)."""
    if isinstance(value, Map):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, Seq):
        return [plain(v) for v in value]
    if not value.plain:
        return str(value)
    if value.is_null:
        return None
    if value in ("true", "false"):
        return value == "true"
    return _number(str(value))


def unbearable(value: Any, where: Location = ()) -> Iterator[tuple[Location, str]]:
    """The numbers below a value that JSON cannot carry, with their places."""
    if isinstance(value, Map):
        for key, inner in value.items():
            yield from unbearable(inner, (*where, key))
    elif isinstance(value, Seq):
        for index, inner in enumerate(value):
            yield from unbearable(inner, (*where, index))
    elif value.plain and _NUMBER.fullmatch(value) and isinstance(_number(str(value)), str):
        yield where, visible(value, 20)


_NUMBER = re.compile(
    r"[-+]?(?:0|[1-9][0-9]*)|[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


def _number(text: str) -> int | float | str:
    if not _NUMBER.fullmatch(text) or text.lstrip("-+").startswith("."):
        return text
    if "." not in text:
        return int(text) if len(text) <= 19 else text
    return number if isfinite(number := float(text)) else text


class _Reader:
    """Turns libyaml's events into nodes, and its complaints into ours."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.ended = 0  # the line on which the last scalar ends

    def at(self, code: str, line: int, column: int, /, **blanks: object) -> Problem:
        return problem(code, self.path, line, column, **blanks)

    def tell(self, mistake: Mistake) -> Problem:
        line = mistake.line + self.first_line
        return self.at(mistake.code, line, mistake.column, **mistake.blanks)

    # --- from events to nodes

    def document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse("yaml/two-documents", event)
                    return root
            elif isinstance(event, yaml.NodeEvent):
                node = self.node(event, events, 1)
                root = root if documents > 1 else node
        if root is None or (isinstance(root, Scalar) and root.is_null):
            root = Map()
            root.line, root.column, root.keys_at = self.first_line, 1, {}
        return root

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Any:
        node: Any
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.refuse("yaml/anchor", event, what=sign + str(event.anchor))
        elif event.tag is not None:
            typed = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse("yaml/tag", event, what=visible(typed))
        if depth > MAX_DEPTH:
            raise YamlError(self.at("yaml/too-deep", *self.place(event), limit=MAX_DEPTH))
        if isinstance(event, yaml.MappingStartEvent):
            node = self.mapping(event, events, depth)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self.sequence(event, events, depth)
        else:
            node = self.scalar(event)
        node.line, node.column = self.place(event)
        return node

    def sequence(self, start: Any, events: Iterator[Any], depth: int) -> Seq:
        node = Seq()
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            node.append(self.node(event, events, depth + 1))
        node.typed = self.typed(start, event)
        return node

    def typed(self, start: Any, end: Any) -> str:
        """The text of a list or mapping, or "" when it goes over more than one line."""
        line, column = start.start_mark.line, start.start_mark.column
        last = end.end_mark.line if start.flow_style else self.ended
        stop = end.end_mark.column if start.flow_style else None
        return self.lines[line][column:stop].rstrip() if line == last else ""

    def mapping(self, start: Any, events: Iterator[Any], depth: int) -> Map:
        node = Map()
        node.keys_at = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.refuse("yaml/key", event)
            elif key == "<<" and key.plain:
                self.refuse("yaml/anchor", event, what="<<")
            elif key in node:
                first = node.keys_at[key][0]
                self.refuse("yaml/duplicate", event, key=visible(key), first=first)
            else:
                node[str(key)] = value
                node.keys_at[str(key)] = self.place(event)
        node.typed = self.typed(start, event)
        return node

    def scalar(self, event: Any) -> Scalar:
        if isinstance(event, yaml.AliasEvent):
            return Scalar("")
        node = Scalar(event.value.translate(_SHOW))
        node.plain = not event.style
        self.ended = event.end_mark.line
        if control := CONTROL.search(node):
            self.refuse("encoding/control", event, got=f"U+{ord(control[0]):04X}")
        if node.plain:
            self.look_behind(node, event)
        return node

    def look_behind(self, node: Scalar, event: Any) -> None:
        """Text after ` #` that the author meant, lines that are not part of a value, and curly
        quotes that quote nothing.
        """
        (first, start), (last, _) = self.spot(event.start_mark), self.spot(event.end_mark)
        for mistake in mistakes.swallowed(self.lines, first, last, start):
            self.problems.append(self.tell(mistake))
        line, column = self.place(event, end=True)
        rest = self.lines[line - self.first_line][column - 1 :]
        lost = re.match(r"\s+(#[^\s#].*)", rest)
        if lost and node.is_null:
            self.problems.append(
                self.at("yaml/hash-value", line, column + lost.start(1), what=visible(lost[1]))
            )
        elif lost:
            self.warnings.append(
                self.at("yaml/hash-comment", line, column + lost.start(1), what=visible(lost[1]))
            )
        if node[:1] in "“”„‟" and node:
            self.warnings.append(self.at("yaml/curly-quotes", *self.place(event)))

    def place(self, event: Any, *, end: bool = False) -> tuple[int, int]:
        line, column = self.spot(event.end_mark if end else event.start_mark)
        return line + self.first_line, column + 1

    def spot(self, mark: Any) -> tuple[int, int]:
        """Line and column from 0; libyaml may point below the last line."""
        if mark.line < len(self.lines):
            return mark.line, mark.column
        return len(self.lines) - 1, len(self.lines[-1])

    def refuse(self, code: str, event: Any, **blanks: object) -> None:
        self.problems.append(self.at(code, *self.place(event), **blanks))

    # --- what libyaml could not read

    def explained(self, error: yaml.MarkedYAMLError) -> Mistake:
        mark = error.problem_mark or error.context_mark
        since = error.context_mark or mark
        met = Met(str(error.problem), *self.spot(mark), self.spot(since))
        return mistakes.explain(self.lines, met)

    def not_a_mapping(self) -> Mistake:
        index = next((i for i, line in enumerate(self.lines) if line.strip()), 0)
        found = mistakes.usual(self.lines[index], index)
        return found or Mistake("yaml/not-a-mapping", index, 1)
