"""What can go wrong, drawn as a tree.

    SsgError            has `problems` and the exit code of the process
    ├── ContentError    1   a post, page, author, data file or layout
    ├── ConfigError     3   site.yaml, or a place that a build must not write to
    ├── EnvironmentFault 4  disk, permission, a missing program
    └── BusyError       5   another build holds the lock

Exit code 2 is click's own (usage), 70 is a defect of this program.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import ClassVar, Literal

import msgspec

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing to tell the author.

    `line` and `column` count from 1 in characters of the file; 0 means the whole file.
    `code` names an entry of the message catalogue, which says whether it is an error or
    a warning; `args` fill the blanks of its sentence and hint.
    """

    path: str
    line: int
    column: int
    code: str
    args: tuple[tuple[str, str], ...] = ()


def problem(code: str, path: str, line: int = 0, column: int = 0, /, **args: object) -> Problem:
    """A `Problem` whose blanks are given by name."""
    return Problem(path, line, column, code, tuple((k, str(v)) for k, v in args.items()))


class SsgError(Exception):
    """Base of every error that a user can cause or mend."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(", ".join(p.code for p in self.problems))

    def __reduce__(self) -> tuple[type[SsgError], tuple[tuple[Problem, ...]]]:
        """It may come from another process."""
        return type(self), (self.problems,)


class ContentError(SsgError):
    """Something an author wrote stops the build."""


class ConfigError(SsgError):
    """site.yaml is wrong, or the build was asked to write to a dangerous place."""

    exit_code = 3


class EnvironmentFault(SsgError):
    """The machine refused: disk full, no permission."""

    exit_code = 4


class BusyError(SsgError):
    """Another build of this site is running."""

    exit_code = 5


def refusal(error: OSError) -> EnvironmentFault:
    """What the machine refuses, as one clear line."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentFault([problem("disk/full", str(error.filename or "."))])
    why = error.strerror or error
    return EnvironmentFault([problem("disk/failed", str(error.filename or "."), why=why)])
