"""Work in several processes is the same work, and ends when its parent does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg import parallel
from ssg.errors import EnvironmentFault
from ssg.parallel import available, spread
from tests.conftest import SiteFactory, clean_environment
from tests.small import made, posts, tree


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 7, 40, 333])
def test_results_come_in_order(jobs: int, count: int) -> None:
    assert list(spread(lambda n: n * n, range(count), jobs, worth_it=2)) == [
        n * n for n in range(count)
    ]


@settings(max_examples=10)
@given(st.lists(st.text()))
def test_any_function_can_be_spread(items: list[str]) -> None:
    assert list(spread(lambda text: text[::-1], items, 2, worth_it=1)) == [t[::-1] for t in items]


def test_processes_are_used_where_that_pays() -> None:
    assert set(spread(lambda _: os.getpid(), range(parallel.WORTH_IT - 1), 2)) == {os.getpid()}
    workers = set(spread(lambda _: os.getpid(), range(parallel.WORTH_IT), 2))
    assert os.getpid() not in workers


def test_everything_is_done_here_where_forks_are_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert set(spread(lambda _: os.getpid(), range(500), 2)) == {os.getpid()}


def test_a_process_that_is_killed_is_told() -> None:
    with pytest.raises(EnvironmentFault, match="build/died"):
        list(spread(lambda n: os.kill(os.getpid(), signal.SIGKILL), range(10), 2, worth_it=1))


def test_an_exception_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda n: 1 // n, range(10), 2, worth_it=1))


def test_available_is_at_least_one() -> None:
    assert 1 <= available() <= (os.cpu_count() or 1)


# --- the parent dies ----------------------------------------------------------------------------


def children(parent: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = stat.read_text().partition(" (")
        except OSError:
            continue
        if int(rest.rpartition(") ")[2].split()[1]) == parent:
            found.add(int(pid))
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


@pytest.fixture
def big_build(site_factory: SiteFactory) -> Iterator[tuple[Path, subprocess.Popen[str], set[int]]]:
    """A build over an old site, at a moment when it has workers."""
    root = site_factory(posts(230))
    made(root)
    with subprocess.Popen(
        [
            sys.executable,
            "-B",
            "-m",
            "ssg",
            "build",
            "--clean",
            "--jobs",
            "2",
            "--now",
            "2026-04-01",
        ],
        cwd=root,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        workers: set[int] = set()
        while len(workers) < 2 and process.poll() is None:
            workers = children(process.pid)
        assert len(workers) == 2
        yield root, process, workers


def test_workers_end_with_their_parent(
    big_build: tuple[Path, subprocess.Popen[str], set[int]],
) -> None:
    """They would write old pages into the stage of the next build, and never end."""
    root, process, workers = big_build
    before = tree(root / "public")
    process.kill()
    process.wait()
    for _ in range(1000):
        if not any(map(alive, workers)):
            break
        time.sleep(0.01)
    assert not any(map(alive, workers))
    assert tree(root / "public") == before
    made(root)
    assert tree(root / "public") == before
    assert not list(root.glob(".public*"))


def test_an_interrupted_build_says_nothing(
    big_build: tuple[Path, subprocess.Popen[str], set[int]],
) -> None:
    """Ctrl-C reaches every process of a terminal's job."""
    root, process, workers = big_build
    before = tree(root / "public")
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "")
    assert not any(map(alive, workers))
    assert tree(root / "public") == before
    assert not list(root.glob(".public*"))
