"""What a YAML document holds: values as typed, each with its place in the file.

A scalar is text until a field says what it should be, so `lang: no`, `version: 1.10` and
`id: 010` lose nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

from ssg.text import visible

Location = tuple[str | int, ...]

NULLS = frozenset(("", "~", "null", "Null", "NULL"))


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
