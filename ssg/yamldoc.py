"""Strict YAML with positions: the only module that knows YAML.

Values stay what the author typed (`ssg.nodes`). Anchors, aliases, merge keys, tags, duplicate
keys and several documents are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from ssg import mistakes
from ssg.errors import Problem, problem
from ssg.mistakes import Met, Mistake
from ssg.nodes import Location, Map, Node, Scalar, Seq, plain, position, unbearable
from ssg.text import CONTROL, visible

__all__ = [
    "MAX_DEPTH",
    "Location",
    "Map",
    "Scalar",
    "Seq",
    "YamlError",
    "load",
    "plain",
    "position",
    "unbearable",
]

MAX_DEPTH = 24
# libyaml takes these three for line ends; editors and this program do not. They travel
# through it as noncharacters, which no text may contain.
_ENDS, _HIDDEN = "\x85\u2028\u2029", "\ufdd0\ufdd1\ufdd2"
_HIDE, _SHOW = str.maketrans(_ENDS, _HIDDEN), str.maketrans(_HIDDEN, _ENDS)
_ODD_BLANKS = "\t\u00a0\u3000"
_CURLY = "“”„‟"
# A value in one line without any of these signs gives no reason to look behind it.
_SIGNS = ("#", "：", *_CURLY)
_TIGHT = re.compile(r":(?<=[a-z_]:)(?!//|\s|$)")


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
    if _any_of(_ODD_BLANKS, text) and (found := list(mistakes.white_space(reader.lines))):
        raise YamlError(*map(reader.tell, found))
    try:
        root = reader.document(_events(text))
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


def _events(text: str) -> Iterator[Any]:
    hidden = text.translate(_HIDE) if _any_of(_ENDS, text) else text
    return iter(yaml.CSafeLoader(hidden).get_event, None)


def _any_of(signs: Iterable[str], text: str) -> bool:
    return any(sign in text for sign in signs)


def _doubtful(text: str, lines: list[str]) -> frozenset[int]:
    """The lines (from 0) in which `_Reader.look_behind` may find something."""
    if not (_any_of(_SIGNS, text) or _TIGHT.search(text)):
        return frozenset()
    return frozenset(
        index for index, line in enumerate(lines) if _any_of(_SIGNS, line) or _TIGHT.search(line)
    )


class _Reader:
    """Turns libyaml's events into nodes, and its complaints into ours."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.ended = 0  # the line on which the last scalar ends
        self.doubtful = _doubtful(text, self.lines)
        escapes = "\\" in text
        self.hides = escapes or _any_of(_HIDDEN + _ENDS, text)
        self.may_hold_control = escapes or CONTROL.search(text) is not None

    def at(self, code: str, line: int, column: int, /, **blanks: object) -> Problem:
        if blanks.keys() & {"better", "what"} and self.is_secret(line):
            blanks = {"what": "…"}
        return problem(code, self.path, line, column, **blanks)

    def is_secret(self, line: int) -> bool:
        """Whether a line of site.yaml may hold a password, which no message repeats."""
        from ssg.targets import betrays

        return self.path == "site.yaml" and betrays(self.lines[line - self.first_line])

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
        kind = type(event)
        if kind is yaml.AliasEvent or event.anchor or event.tag is not None:
            self.refuse_sign(event)
        if depth > MAX_DEPTH:
            raise YamlError(self.at("yaml/too-deep", *self.place(event), limit=MAX_DEPTH))
        if kind is yaml.ScalarEvent:
            node = self.scalar(event)
        elif kind is yaml.MappingStartEvent:
            node = self.mapping(event, events, depth)
        elif kind is yaml.SequenceStartEvent:
            node = self.sequence(event, events, depth)
        else:
            node = Scalar("")
        node.line, node.column = self.place(event)
        return node

    def refuse_sign(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.refuse("yaml/anchor", event, what=sign + str(event.anchor))
        else:
            typed = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse("yaml/tag", event, what=visible(typed))

    def sequence(self, start: Any, events: Iterator[Any], depth: int) -> Seq:
        node = Seq()
        while type(event := next(events)) is not yaml.SequenceEndEvent:
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
        while type(event := next(events)) is not yaml.MappingEndEvent:
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.refuse("yaml/key", event)
                continue
            name = str(key)
            if name == "<<" and key.plain:
                self.refuse("yaml/anchor", event, what=name)
            elif name in node:
                first = node.keys_at[name][0]
                self.refuse("yaml/duplicate", event, key=visible(name), first=first)
            else:
                node[name] = value
                node.keys_at[name] = key.line, key.column
                if start.flow_style and ":" in name and key.plain:
                    self.look_into(key, value)
        node.typed = self.typed(start, event)
        return node

    def look_into(self, key: Scalar, value: Any) -> None:
        """A key such as `name:あ`, which lacks the space that would end it at the colon."""
        if value == "" and value.plain and (end := mistakes.tight_colon(key)):
            better = visible(f"{key[:end]} {key[end:]}", 120)
            self.problems.append(
                self.at("yaml/no-space", key.line, key.column + end, better=better)
            )

    def scalar(self, event: Any) -> Scalar:
        node = Scalar(event.value.translate(_SHOW) if self.hides else event.value)
        self.ended = event.end_mark.line
        if self.may_hold_control and (control := CONTROL.search(node)):
            self.refuse("encoding/control", event, got=f"U+{ord(control[0]):04X}")
        if event.style:
            node.plain = False
        elif self.ended != event.start_mark.line or self.ended in self.doubtful:
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
        if node and node[0] in _CURLY:
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
