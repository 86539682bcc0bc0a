"""Mend what is safe to mend: the lines concerned and nothing else, when the author agrees."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Literal

from ssg.check.article import Edit
from ssg.model import Frozen
from ssg.output import disk_errors
from ssg.text import visible

Again = Callable[[str, str], Iterable[Edit]]  # what can be mended in a text, by its path
Outcome = Literal["written", "changed", "read-only"]
ROUNDS = 8  # one correction may make room for another


class Change(Frozen, frozen=True):
    """A file as it is and as it would be."""

    path: str
    before: bytes
    after: bytes


def changes(root: Path, edits: Iterable[Edit], again: Again) -> Iterator[Change]:
    """What the edits make of each file, and those that can be made `again` after them; what no
    longer fits it is left out.
    """
    for path, group in groupby(sorted(set(edits)), attrgetter("path")):
        try:
            before = (root / path).read_bytes()
            after = _settled(path, before.decode(), list(group), again).encode()
        except (OSError, UnicodeDecodeError):
            continue
        if after != before:
            yield Change(path, before, after)


def _settled(path: str, text: str, edits: list[Edit], again: Again) -> str:
    for _ in range(ROUNDS):
        better = _edited(text, edits)
        if better == text:
            break
        text, edits = better, sorted(set(again(path, better)))
    return text


def diff(change: Change) -> Iterator[str]:
    """The lines concerned, as they are and as they would be."""
    before, after = (_lines(data.decode())[::2] for data in (change.before, change.after))
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        if old != new:
            yield from (f"{visible(change.path, 400)}:{number}", f"- {old}", f"+ {new}")


@disk_errors()
def write(root: Path, change: Change) -> Outcome:
    """Put the new text in place in one step, if the file is still what it was."""
    file = (root / change.path).resolve()
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        if _is_read_only(file):
            return "read-only"
        with part.open("xb") as out:
            out.write(change.after)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(file.stat().st_mode)
        if file.read_bytes() != change.before:
            return "changed"
        part.replace(file)
    except FileNotFoundError:
        return "changed"
    finally:
        part.unlink(missing_ok=True)
    return "written"


def _is_read_only(file: Path) -> bool:
    """Whether its owner took the permission to write away: root could write all the same."""
    return not file.stat().st_mode & stat.S_IWUSR or not os.access(file, os.W_OK)


_LINE_END = re.compile(r"(\r\n|\r|\n)")


def _lines(text: str) -> list[str]:
    """Lines and what ends them, in turns."""
    return _LINE_END.split(text)


def _edited(text: str, edits: list[Edit]) -> str:
    lines = _lines(text)
    taken = len(lines), 0  # where the edit behind begins
    for edit in reversed(edits):
        index, start = 2 * (edit.line - 1), edit.column - 1
        line = lines[index] if index < len(lines) else ""
        end = start + len(edit.old)
        if line[start:end] == edit.old and (index, end) <= taken:
            lines[index] = line[:start] + edit.new + line[end:]
            taken = index, start
    return "".join(lines)
