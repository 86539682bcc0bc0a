"""Strict YAML with positions: the only module that knows YAML.

Values stay what the author typed: a scalar is text until a field says what it should be,
so `lang: no`, `version: 1.10` and `id: 010` lose nothing. Anchors, aliases, merge keys,
tags, duplicate keys and several documents are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ssg.errors import Problem, problem
from ssg.text import visible

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
    """A mapping that also knows where its keys stand."""

    keys_at: dict[str, tuple[int, int]]


class Seq(Node, list[Any]):
    """A list that knows where it stands."""


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
    reader.refuse_white_space()
    try:
        root = reader.document(yaml.parse(text.translate(_HIDE), Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as e:
        raise YamlError(reader.explain(e)) from e
    except yaml.YAMLError as e:
        raise YamlError(problem("yaml/syntax", path, first_line, 1, why=e)) from e
    if reader.problems:
        raise YamlError(*reader.problems)
    if not isinstance(root, Map):
        raise YamlError(reader.not_a_mapping())
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
    """What YAML 1.2 means by a value, for keys without a rule of their own (`extra`, data).

    Raises ValueError for numbers that JSON cannot carry.
    """
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


def _number(text: str) -> int | float | str:
    if re.fullmatch(r"[-+]?(0|[1-9][0-9]*)", text):
        if len(text) > 19:
            raise ValueError(text[:20] + "…")
        return int(text)
    if re.fullmatch(r"[-+]?([0-9]+\.[0-9]+([eE][-+]?[0-9]{1,3})?|\.(inf|nan))", text, re.I):
        number = float(text.replace(".inf", "inf").replace(".nan", "nan"))
        if number != number or abs(number) == float("inf"):
            raise ValueError(text)
        return number
    return text


class _Reader:
    """Turns libyaml's events into nodes, and its complaints into ours."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def at(self, code: str, line: int, column: int, /, **blanks: object) -> Problem:
        return problem(code, self.path, line, column, **blanks)

    def refuse_white_space(self) -> None:
        found = []
        for number, line in enumerate(self.lines, self.first_line):
            if match := re.match(r"( *)([\t\u00a0\u3000])", line):
                found.append(self.at("yaml/indent", number, match.end(), what=_blank(match[2])))
            elif match := re.match(r" *(?:- +)?[\w-]+:(\t)", line):
                found.append(self.at("yaml/indent", number, match.end(), what=_blank("\t")))
        if found:
            raise YamlError(*found)

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
            self.refuse("yaml/tag", event, what=event.tag)
        if depth > MAX_DEPTH:
            raise YamlError(self.at("yaml/too-deep", *self.place(event), limit=MAX_DEPTH))
        if isinstance(event, yaml.MappingStartEvent):
            node = self.mapping(events, depth)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = Seq()
            while not isinstance(event_ := next(events), yaml.SequenceEndEvent):
                node.append(self.node(event_, events, depth + 1))
        else:
            node = self.scalar(event)
        node.line, node.column = self.place(event)
        return node

    def mapping(self, events: Iterator[Any], depth: int) -> Map:
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
        return node

    def scalar(self, event: Any) -> Scalar:
        if isinstance(event, yaml.AliasEvent):
            return Scalar("")
        node = Scalar(event.value.translate(_SHOW))
        node.plain = not event.style
        if node.plain:
            self.look_behind(node, event)
        return node

    def look_behind(self, node: Scalar, event: Any) -> None:
        """Text after ` #` that the author meant, and curly quotes that quote nothing."""
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
        mark = event.end_mark if end else event.start_mark
        return mark.line + self.first_line, mark.column + 1

    def refuse(self, code: str, event: Any, **blanks: object) -> None:
        self.problems.append(self.at(code, *self.place(event), **blanks))

    # --- what libyaml could not read

    def explain(self, error: yaml.MarkedYAMLError) -> Problem:
        """The likeliest mistake behind a syntax error, looked for where it was met or before."""
        mark = error.problem_mark or error.context_mark
        met = min(mark.line if mark else 0, len(self.lines) - 1)
        for index in (met, *range(met - 1, -1, -1)):
            if found := self.usual_mistake(index):
                return found
        column = mark.column + 1 if mark else 1
        return self.at("yaml/syntax", met + self.first_line, column, why=error.problem or error)

    def usual_mistake(self, index: int) -> Problem | None:
        line, number = self.lines[index], index + self.first_line
        if match := re.match(r"\s*(?:- +)?[\w-]+(：)", line):
            return self.at("yaml/wide-colon", number, match.end())
        if match := re.match(r"\s*(?:- +)?[\w-]+:(　)", line):
            return self.at("yaml/wide-space", number, match.end())
        match = re.match(r"(\s*(?:- +)?[\w-]+: +|\s*- +)([^\"'\s|>#].*)", line)
        if not match or not _needs_quotes(match[2]):
            return None
        quoted = match[2].rstrip().replace("\\", "\\\\").replace('"', '\\"')
        better = visible(f'{match[1].strip()} "{quoted}"', 120)
        return self.at("yaml/needs-quotes", number, match.end(1) + 1, better=better)

    def not_a_mapping(self) -> Problem:
        for index, line in enumerate(self.lines):
            if line.strip():
                found = self.usual_mistake(index)
                return found or self.at("yaml/not-a-mapping", self.first_line + index, 1)
        return self.at("yaml/not-a-mapping", self.first_line, 1)


def _needs_quotes(value: str) -> bool:
    if value[0] in "@`%*&!":
        return True
    opened = {"[": "]", "{": "}"}.get(value[0])
    if opened:
        return not value.rstrip().endswith(opened)
    return re.search(r": |:$", value) is not None


def _blank(character: str) -> str:
    return {"\t": "Tab", "\u00a0": "U+00A0", "\u3000": "U+3000"}[character]
