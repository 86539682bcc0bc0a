"""Spread pure work over processes where that pays."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.context import ForkContext
from multiprocessing.sharedctypes import RawArray
from threading import Event, Thread
from typing import Any, TypeVar

from ssg.errors import EnvironmentFault, problem

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 200  # items; below that starting processes costs more than it saves
CHUNK = 32
HUNG = 20  # seconds on one item, after which its process is ended
_IDLE = -1.0
_PR_SET_PDEATHSIG = 1  # prctl(2)

_work: Callable[[Any], Any]
_items: Sequence[Any]
_desk: Any  # this worker's part of the board: its process, item, and since when


def available() -> int:
    """Processes that this machine gives us."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[T], R],
    items: Sequence[T],
    jobs: int,
    died: Callable[[T], R] | None = None,
    worth_it: int = WORTH_IT,
) -> Iterator[R]:
    """`work` of each item, in order. Processes are forked, so `work` may be any function and
    the items are not copied; where the system cannot fork safely everything is done here.

    When a process dies, or is ended because it hangs, `died` of its item takes the place of the
    result. Raises EnvironmentFault without `died`: the machine lacks memory, or somebody ended it.
    """
    if jobs <= 1 or len(items) < worth_it or not sys.platform.startswith("linux"):
        yield from map(work, items)
        return
    done = 0
    while done < len(items):
        start, pool = done, _Pool(work, items[done:], jobs)
        try:
            for result in pool.results():
                yield result
                done += 1
        except BrokenProcessPool as e:
            if died is None:
                raise EnvironmentFault([problem("build/died", ".")]) from e
            end = max(done + 1, start + pool.reached())
            yield from _one_by_one(work, items[done:end], died)
            done = end


def _one_by_one(work: Callable[[T], R], items: Sequence[T], died: Callable[[T], R]) -> Iterator[R]:
    """The results of items among which one is deadly, each made in a process of its own."""
    for item in items:
        try:
            yield from _Pool(work, [item], 1).results()
        except BrokenProcessPool:
            yield died(item)


class _Pool:
    """Workers, and a board on which each writes what it is at."""

    def __init__(self, work: Callable[[Any], Any], items: Sequence[Any], jobs: int) -> None:
        self.work = work
        self.items = items
        self.jobs = jobs
        self.board = RawArray("d", [_IDLE] * 3 * jobs)
        self.context: ForkContext = multiprocessing.get_context("fork")
        self.ended = Event()

    def results(self) -> Iterator[Any]:
        places = self.context.SimpleQueue()
        for place in range(self.jobs):
            places.put(place)
        given = (os.getpid(), self.work, self.items, self.board, places)
        chunk = min(CHUNK, max(1, len(self.items) // (4 * self.jobs)))
        with ProcessPoolExecutor(self.jobs, self.context, _adopt, given) as pool:
            watch = Thread(target=self._watch, daemon=True)
            results = pool.map(_one, range(len(self.items)), chunksize=chunk)
            watch.start()
            try:
                yield from results
            finally:
                self.ended.set()
                watch.join()

    def reached(self) -> int:
        """How many items there are up to the last that a worker was at."""
        return int(max(self.board[1::3])) + 1

    def _watch(self) -> None:
        """End workers that hang."""
        while not self.ended.wait(1):
            for at in range(0, len(self.board), 3):
                process, item, since = self.board[at : at + 3]
                if item != _IDLE and time.monotonic() - since > HUNG:
                    with suppress(ProcessLookupError):
                        os.kill(int(process), signal.SIGKILL)


def _adopt(
    parent: int,
    work: Callable[[Any], Any],
    items: Sequence[Any],
    board: Any,
    places: Any,
) -> None:
    """Begin as a worker that ends with its parent and leaves Ctrl-C to it."""
    global _work, _items, _desk
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it could be asked for
        os._exit(1)
    at = 3 * places.get()
    board[at] = os.getpid()
    _work, _items = work, items
    _desk = (board, at)


def _one(index: int) -> Any:
    board, at = _desk
    board[at + 2] = time.monotonic()
    board[at + 1] = index
    result = _work(_items[index])
    board[at + 1] = _IDLE
    return result
