"""What takes too long in a thread is interrupted; what does not is left alone."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ssg.deadline import deadline


class LateError(Exception):
    pass


def work(seconds: float, allowed: float) -> str:
    end = time.monotonic() + seconds
    with deadline(allowed, LateError):
        while time.monotonic() < end:
            pass
    return "done"


def test_a_thread_is_interrupted() -> None:
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(LateError):
            pool.submit(work, 30, 0.05).result()
        assert pool.submit(work, 0, 30).result() == "done"


def test_other_threads_go_on() -> None:
    with ThreadPoolExecutor(2) as pool:
        late, early = pool.submit(work, 30, 0.1), pool.submit(work, 0.3, 30)
        assert early.result() == "done"
        assert isinstance(late.exception(), LateError)
