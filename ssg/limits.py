"""How long one piece of work may take, and how much memory: what is beyond is told, not endured."""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer, current_thread, get_ident, main_thread

SECONDS = 10
MEGABYTES = 512


class TooSlowError(Exception):
    """The time is used up."""


@contextmanager
def limits() -> Iterator[None]:
    """Raise TooSlowError or MemoryError in what needs more than a post may."""
    with deadline(SECONDS), memory(MEGABYTES):
        yield


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Interrupt with TooSlowError what takes longer, in whichever thread."""
    if hasattr(signal, "setitimer") and current_thread() is main_thread():
        alarm = _by_signal
    else:
        alarm = _by_timer
    with alarm(seconds):
        yield


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    def interrupt(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # again, should somebody catch the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _by_timer(seconds: float) -> Iterator[None]:
    thread, lock, done = get_ident(), Lock(), False

    def interrupt() -> None:
        with lock:
            if not done:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(thread), ctypes.py_object(TooSlowError)
                )

    timer = Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            done = True
        timer.cancel()


@contextmanager
def memory(megabytes: int) -> Iterator[None]:
    """Let this process have so much more memory and no more: what asks for more gets a
    MemoryError. Only where the system can tell and bound a process's memory (Linux).
    """
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    most = _address_space() + megabytes * 1024 * 1024
    if before[1] != resource.RLIM_INFINITY:
        most = min(most, before[1])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    finally:
        with suppress(ValueError):
            resource.setrlimit(resource.RLIMIT_AS, before)


def _address_space() -> int:
    """Bytes of this process's address space now: proc(5), the first number of `statm`."""
    import resource

    with open("/proc/self/statm", "rb", buffering=0) as statm:
        return int(statm.read(64).split()[0]) * resource.getpagesize()
