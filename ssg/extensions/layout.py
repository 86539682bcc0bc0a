"""Lays out lines so that Python-Markdown reads them as Japanese writers mean them.

Lists, tables, quotes and code may follow a line of text without a blank line; lists nest by two
spaces or more. Python-Markdown wants a blank line before each and four spaces for each level.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

STANDALONE = "\x02"  # begins a line that stands for a whole block (code, HTML, a directive)
ITEM = re.compile(r"([*+-]|\d{1,9}\.)( +)(?=\S)")
_RULE = re.compile(r"(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,}")
_HEADING = re.compile(r"#{1,6}[ \u3000]")
_SEPARATOR = re.compile(r" *(?=.*\|)\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")
_NOT_A_PIPE = re.compile(r"`[^`]*`|\\.")
_begins_text = re.compile(r"(?![ \x02>*+\-_#0-9])").match
_LEVEL = "    "
_DEEPEST = 20  # of lists and of quotes; what is deeper stays at this level

Uneven = Callable[[int, int, int], None]  # the index of a row, the cells it has, and should have


class Before(Enum):
    """What the line before was."""

    BLANK = 0
    TEXT = 1  # of a paragraph
    ITEM = 2  # the first paragraph of a list's item
    BLOCK = 3  # a later paragraph of it


_BLANK, _TEXT, _ITEM, _BLOCK = Before  # to look a member up in its class is slow


class _Item(NamedTuple):
    marker: int
    content: int
    kind: str


def laid_out(lines: list[str], uneven: Uneven) -> str:
    layout = Layout(lines, uneven)
    return "\n".join(layout.run())


class Layout:
    def __init__(self, lines: list[str], uneven: Uneven, first: int = 0, depth: int = 0) -> None:
        self.lines = lines
        self.uneven = uneven
        self.first = first
        self.depth = depth
        self.out: list[str] = []
        self.items: list[_Item] = []
        self.before = _BLANK
        self.base = 0  # the level at which the lines since the last blank one begin

    def run(self) -> list[str]:
        at, end = 0, len(self.lines)
        while at < end:
            at = self._line(at)
        return self.out

    def _line(self, at: int) -> int:
        """Lay out the block that begins at a line; the index of the line after it."""
        line = self.lines[at]
        if not line or line.isspace():
            self._gap()
            return at + 1
        if not self.items and _begins_text(line) and "|" not in line:
            self._plain_text(line)
            return at + 1
        body = line.lstrip(" ")
        indent = len(line) - len(body)
        if indent < 4 or self.items:
            if body[0] == ">":
                return self._quote(at, indent)
            if "|" in body and self._is_table(at, body):
                return self._table(at, indent)
            if self._is_block(body, indent):
                return at + 1
        self._text(line, body, indent)
        return at + 1

    def _plain_text(self, line: str) -> None:
        """Take a line that can only be text, outside of lists."""
        if self.before is _BLANK:
            self.before, self.base = _TEXT, 0
        self.out.append(line)

    def _is_block(self, body: str, indent: int) -> bool:
        """Lay out a line that is no text, if it is none."""
        first = body[0]
        if first == STANDALONE:
            self._standalone(body, indent)
        elif first in "*-_" and _RULE.fullmatch(body):
            self._rule(body, indent)
        elif first == "#" and _HEADING.match(body):
            self._heading(body, indent)
        elif first in "*+-0123456789" and (match := ITEM.match(body)):
            return self._item(body, indent, match)
        else:
            return False
        return True

    # --- one kind of line each

    def _gap(self) -> None:
        if self.before is not _BLANK or not self.out or self.out[-1]:
            self.out.append("")
        self.before = _BLANK

    def _standalone(self, body: str, indent: int) -> None:
        level = self._enter(indent)
        self._gap()
        self.out += [_LEVEL * level + body, ""]

    def _rule(self, body: str, indent: int) -> None:
        if self.items:
            self._enter(indent)
            self._gap()
        self.out.append(_LEVEL * len(self.items) + body)
        self.before = _BLANK if self.items else _TEXT

    def _heading(self, body: str, indent: int) -> None:
        level = self._enter(indent)
        self._gap()
        self.out.append(_LEVEL * level + body)

    def _item(self, body: str, indent: int, match: re.Match[str]) -> bool:
        """Lay out an item of a list; False when the line cannot begin one here."""
        kind = "ol" if match[1][-1] == "." else "ul"
        sibling = self._leave(indent)
        if len(self.items) == _DEEPEST:
            sibling = self.items.pop()
        if self.before is _TEXT and sibling is None and not self.items:
            if kind == "ol" and match[1] != "1.":
                return False
            self._gap()
        elif (
            self.before is _BLOCK
            or (sibling and sibling.kind != kind)
            or len(self.items) < self.base
        ):
            self._gap()
        if self.before is _BLANK:
            self.base = len(self.items)
        self.out.append(f"{_LEVEL * len(self.items)}{match[1]} {body[match.end() :]}")
        inner = match.end() if len(match[2]) < 5 else len(match[1]) + 1
        self.items.append(_Item(indent, indent + inner, kind))
        self.before = _ITEM
        return True

    def _text(self, line: str, body: str, indent: int) -> None:
        if self.before is _BLANK:
            self._paragraph(line, body, indent)
        elif not self.items:
            self.out.append(line)
        else:
            depth = len(self.items) - (self.before is _ITEM)
            self.out.append(_LEVEL * depth + body)

    def _paragraph(self, line: str, body: str, indent: int) -> None:
        level = self.base = self._enter(indent)
        if not level:
            self.out.append(line)
            self.before = _TEXT
            return
        self.out.append(_LEVEL * level + " " * self._code_indent(indent) + body)
        self.before = _BLOCK

    def _code_indent(self, indent: int) -> int:
        """Four or more when a line inside an item is code, else 0."""
        by_content = indent - self.items[-1].content
        by_level = indent - 4 * len(self.items)
        return min((n for n in (by_content, by_level) if n >= 4), default=0)

    # --- blocks of several lines

    def _quote(self, at: int, indent: int) -> int:
        level = self._enter(indent)
        if level or self.before is not _TEXT:
            self._gap()
        end = at
        while end < len(self.lines) and self.lines[end].lstrip(" ").startswith(">"):
            end += 1
        inner = [_unquoted(line) for line in self.lines[at:end]]
        if self.depth == _DEEPEST:
            inner = [line.lstrip(" >") for line in inner]
        quote = Layout(inner, self.uneven, self.first + at, self.depth + 1).run()
        self.out += [_LEVEL * level + (f"> {line}" if line else ">") for line in quote]
        self.before = _BLOCK if level else _TEXT
        return end

    def _is_table(self, at: int, body: str) -> bool:
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        return _SEPARATOR.fullmatch(below) is not None and not ITEM.match(body)

    def _table(self, at: int, indent: int) -> int:
        level = self._enter(indent)
        self._gap()
        width = columns(self.lines[at])
        end = at
        while end < len(self.lines) and "|" in self.lines[end]:
            row = self.lines[end].strip(" ")
            if (found := columns(row)) != width:
                self.uneven(self.first + end, found, width)
            self.out.append(_LEVEL * level + row)
            end += 1
        self.out.append("")
        self.before = _BLANK
        return end

    # --- where in the lists we are

    def _enter(self, indent: int) -> int:
        """The level of lists that a block at an indent belongs to."""
        self._leave(indent)
        return len(self.items)

    def _leave(self, indent: int) -> _Item | None:
        """Close the items that a line at an indent is not inside of; the outermost of them."""
        closed = None
        while self.items and indent < self.items[-1].marker + 2:
            closed = self.items.pop()
        return closed


def _unquoted(line: str) -> str:
    bare = line.lstrip(" ")[1:]
    return bare[1:] if bare.startswith(" ") else bare


def columns(row: str) -> int:
    """How many cells a row of a table has."""
    bare = _NOT_A_PIPE.sub("", row) if "`" in row or "\\" in row else row
    bare = bare.strip(" ")
    return bare.removeprefix("|").removesuffix("|").count("|") + 1
