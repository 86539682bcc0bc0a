"""Spread pure work over processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORTH_IT = 200  # items; below that starting processes costs more than it saves
CHUNK = 32

_work: Callable[[Any], Any]


def available() -> int:
    """Processes that this machine gives us."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[T], R], items: Sequence[T], jobs: int, worth_it: int = WORTH_IT
) -> Iterator[R]:
    """`work` of each item, in order. Processes are forked, so `work` may be any function;
    where the system cannot fork safely everything is done here.
    """
    if jobs <= 1 or len(items) < worth_it or not sys.platform.startswith("linux"):
        yield from map(work, items)
        return
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, _adopt, (work,)) as pool:
        chunk = min(CHUNK, max(1, len(items) // (4 * jobs)))
        yield from pool.map(_one, items, chunksize=chunk)


def _adopt(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _one(item: Any) -> Any:
    return _work(item)
