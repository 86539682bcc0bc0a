"""Run a program and see what it costs: seconds, and the memory of all its processes together."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LIMIT = 1800.0
PULSE = 0.02


@dataclass(frozen=True)
class Cost:
    seconds: float
    cpu: float  # seconds of all its processes
    peak: int  # bytes, 0 where it was not sampled


@dataclass(frozen=True)
class Command:
    arguments: tuple[str, ...]
    folder: Path
    environment: tuple[tuple[str, str], ...] = ()

    def with_arguments(self, *more: str) -> Command:
        return Command((*self.arguments, *more), self.folder, self.environment)


class Meter:
    """The highest sum of PSS over a process and all that it has started."""

    def __init__(self, pid: int, pulse: float = PULSE) -> None:
        self.peak = 0
        self._pulse = pulse
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> int:
        self._ended.set()
        self._thread.join()
        return self.peak

    def _watch(self) -> None:
        while not self._ended.wait(self._pulse):
            self.peak = max(self.peak, sum(map(_pss, _family(self._pid))))


def run(command: Command, *, sample: bool = False) -> Cost:
    """Wait for the program; sampling costs a little time, so it has runs of its own."""
    start, busy = time.perf_counter(), _cpu()
    with started(command) as process:
        meter = Meter(process.pid) if sample else None
        code = process.wait(timeout=LIMIT)
        seconds = time.perf_counter() - start
        peak = meter.end() if meter else 0
    if code:
        raise SystemExit(f"{' '.join(command.arguments)} ended with {code} in {command.folder}")
    return Cost(seconds, _cpu() - busy, peak)


@contextmanager
def started(command: Command) -> Iterator[subprocess.Popen[bytes]]:
    """The program as the head of a group of its own, which ends with the block."""
    process = subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env=os.environ | dict(command.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    for stop in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, stop)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue


def _cpu() -> float:
    """Seconds that our ended children and theirs have computed so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
