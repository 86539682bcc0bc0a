"""What can go wrong on the way, and how long to try."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeVar

from ssg.errors import EnvironmentFault, problem
from ssg.model import Frozen

T = TypeVar("T")
_LONGEST = 200  # characters of another program's words


class PassingError(Exception):
    """A trouble that may pass: a lost connection, a host that asks to come back later."""


class CrowdedError(PassingError):
    """A host that bears no further connection beside those that there are."""


class Patience(Frozen, frozen=True):
    """How often to try, and how many seconds to wait after the first time; then twice as long."""

    tries: int = 5
    first: float = 0.5


def patiently(work: Callable[[], T], patience: Patience, where: str) -> T:
    """What `work` returns. Raises EnvironmentFault when a trouble does not pass."""
    for number in range(patience.tries):
        try:
            return work()
        except PassingError as e:
            if number + 1 == patience.tries:
                fault("deploy/interrupted", where, str(e))
            time.sleep(patience.first * 2**number * random.uniform(0.8, 1.2))  # noqa: S311
    raise AssertionError("no try")


@contextmanager
def extra(name: str, where: str) -> Iterator[None]:
    """For imports of what only those have installed who asked for it."""
    try:
        yield
    except ModuleNotFoundError as e:
        raise EnvironmentFault([problem("deploy/no-extra", where, extra=name)]) from e


def fault(code: str, where: str, why: str, **blanks: object) -> NoReturn:
    """Raises EnvironmentFault; the words of other programs are freed of secrets and cut."""
    raise EnvironmentFault([problem(code, where, why=harmless(why), **blanks)])


def harmless(text: str) -> str:
    """The words of another program on one line, without the passwords of addresses."""
    line = " ".join(text.split())
    return re.sub(r"(://[^/\s:@]*):[^/\s@]*@", r"\1:…@", line)[:_LONGEST].rstrip(" .") or "?"
