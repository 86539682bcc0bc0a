"""Spread pure work over processes where that pays."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 200  # items; below that starting processes costs more than it saves
CHUNK = 32
_PR_SET_PDEATHSIG = 1  # prctl(2)

_work: Callable[[Any], Any]
_items: Sequence[Any]


def available() -> int:
    """Processes that this machine gives us."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[T], R], items: Sequence[T], jobs: int, worth_it: int = WORTH_IT
) -> Iterator[R]:
    """`work` of each item, in order. Processes are forked, so `work` may be any function and
    the items are not copied; where the system cannot fork safely everything is done here.
    """
    if jobs <= 1 or len(items) < worth_it or not sys.platform.startswith("linux"):
        yield from map(work, items)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, _adopt, (os.getpid(), work, items)) as pool:
        chunk = min(CHUNK, max(1, len(items) // (4 * jobs)))
        yield from pool.map(_one, range(len(items)), chunksize=chunk)


def _adopt(parent: int, work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    """Begin as a worker that ends with its parent and leaves Ctrl-C to it."""
    global _work, _items
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it could be asked for
        os._exit(1)
    _work, _items = work, items


def _one(index: int) -> Any:
    return _work(_items[index])
