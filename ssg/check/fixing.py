"""Mend what is safe to mend: the lines concerned and nothing else, when the author agrees."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from ssg.check.article import Edit
from ssg.model import Frozen
from ssg.output import disk_errors
from ssg.text import visible


class Change(Frozen, frozen=True):
    """A file as it is and as it would be."""

    path: str
    before: bytes
    after: bytes


def changes(root: Path, edits: Iterable[Edit]) -> Iterator[Change]:
    """What the edits make of each file; those that no longer fit it are left out."""
    for path, group in groupby(sorted(set(edits)), attrgetter("path")):
        try:
            before = (root / path).read_bytes()
            after = _edited(before.decode(), list(group)).encode()
        except (OSError, UnicodeDecodeError):
            continue
        if after != before:
            yield Change(path, before, after)


def diff(change: Change) -> Iterator[str]:
    """The lines concerned, as they are and as they would be."""
    before, after = (_lines(data.decode())[::2] for data in (change.before, change.after))
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        if old != new:
            yield from (f"{visible(change.path, 400)}:{number}", f"- {old}", f"+ {new}")


@disk_errors()
def write(root: Path, change: Change) -> bool:
    """Put the new text in place in one step; false when the file is no longer what it was."""
    file = (root / change.path).resolve()
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        with part.open("xb") as out:
            out.write(change.after)
            out.flush()
            os.fsync(out.fileno())
        part.chmod(file.stat().st_mode)
        if file.read_bytes() != change.before:
            return False
        part.replace(file)
    except FileNotFoundError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return True


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
