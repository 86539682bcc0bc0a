"""Mend what is safe to mend: the lines concerned and nothing else, when the author agrees."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from ssg.check.article import Edit
from ssg.model import Frozen
from ssg.output import disk_errors


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
    """The lines concerned, as diff(1) shows them."""
    before, after = (data.decode().splitlines() for data in (change.before, change.after))
    yield from difflib.unified_diff(before, after, change.path, change.path, n=0, lineterm="")


@disk_errors()
def write(root: Path, change: Change) -> bool:
    """Put the new text in place in one step; false when the file is no longer what it was."""
    file = root / change.path
    if file.read_bytes() != change.before:
        return False
    part = file.with_name(f".{file.name}.part")
    with part.open("xb") as out:
        out.write(change.after)
        out.flush()
        os.fsync(out.fileno())
    part.chmod(file.stat().st_mode)
    part.replace(file)
    return True


def _edited(text: str, edits: list[Edit]) -> str:
    lines = text.split("\n")
    taken = len(text) + 1, 0  # where the edit behind begins
    for edit in reversed(edits):
        line, start = lines[edit.line - 1] if edit.line <= len(lines) else "", edit.column - 1
        end = start + len(edit.old)
        fits = line[start:end] == edit.old and (edit.line, end) <= taken
        if fits:
            lines[edit.line - 1] = line[:start] + edit.new + line[end:]
            taken = edit.line, start
    return "\n".join(lines)
