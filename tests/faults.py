"""Builds that are killed, or that meet a full disk, at every step that changes the disk.

`python -m tests.faults HOW SITE` forks one build a step, so that the interpreter starts once.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from ssg import output, press
from ssg.errors import SsgError
from tests.small import generation, made, tree

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"}
CLEANING = {"os.remove", "os.rmdir"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_DIRECTORY


class Trap:
    """Counts the steps of a build, from the first event `since` on, and springs at one of them."""

    def __init__(self, at: int, since: str, spring: Callable[[str], None]) -> None:
        self.left = at
        self.since = since
        self.spring = spring

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        changes = event in CHANGES or (
            event == "open" and isinstance(args[2], int) and bool(args[2] & WRITING)
        )
        if event == self.since:
            self.since = ""
        if changes and not self.since and self.left > 0:
            self.left -= 1
            if self.left == 0:
                self.spring(event)


def die(event: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def disk_full(event: str) -> None:
    os.write(2, event.encode())  # tells the parent which step it was
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), event)


def trapped(site: Path, at: int, since: str, spring: Callable[[str], None]) -> tuple[int, str]:
    """Build in a process of its own that meets `spring` at a step; its exit and that step."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writer, 2)
        trap = Trap(at, since, spring)
        sys.addaudithook(trap)
        code = 70
        try:
            made(site)
            code = 0 if trap.left == 0 else 99
        except SsgError as e:
            code = e.exit_code
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as told:
        event = told.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), event


def every_step(site: Path, spring: Callable[[str], None], *, exchange: bool) -> dict[str, Any]:
    """What went wrong at which step, and how many steps there were."""
    press.draw_png = cache(press.draw_png)  # most of the time of so small a build
    since = "" if exchange else "os.rename"  # until then both ways are one
    if not exchange:
        output._exchanged = lambda *_: False
    states = {}
    for title in ("いち", "に", "さん"):
        generation(site, title)
        made(site)
        states[title] = tree(site / "public")
    wrong: list[str] = []
    now, target = "さん", "いち"
    for step in range(1, 1000):
        generation(site, target)
        code, event = trapped(site, step, since, spring)
        seen = tree(site / "public")
        state = next((title for title, known in states.items() if known == seen), "")
        stages = [p.name for p in site.iterdir() if p.name in (".public.stage", ".public.old")]
        aside = [*(site / ".cache").glob("*.old")]
        if code == -signal.SIGKILL:
            between = not exchange and not seen and aside
            found = [] if state or between else [f"a mixture, {aside}"]
        else:
            found = verdict(code, event, state, {0: target, 99: target, 4: now}, stages)
        wrong += [f"step {step}: {problem}" for problem in found]
        if code == 99:  # the step was never reached
            return {"steps": step - 1, "wrong": wrong}
        if state == target:  # next the third: the tree that is kept has the one before
            now, target = target, next(t for t in states if t not in (now, target))
    raise AssertionError("a build without an end")


def verdict(
    code: int, event: str, state: str, wanted: dict[int, str], stages: list[str]
) -> list[str]:
    problems = []
    if state != wanted.get(code):
        problems.append(f"exit {code} after {event}, but {state or 'a mixture'}")
    if stages and event not in CLEANING:
        problems.append(f"exit {code} after {event} left {stages}")
    return problems


if __name__ == "__main__":
    how, folder = sys.argv[1:]
    springs = {"kill": die, "full": disk_full}
    spring = springs[how.removesuffix("-without-exchange")]
    print(json.dumps(every_step(Path(folder), spring, exchange=how in springs)))
