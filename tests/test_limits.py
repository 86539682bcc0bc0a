"""What takes too long or too much memory is interrupted; what does not is left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ssg import bodies, limits, parallel, reading
from ssg.build import Options, build
from ssg.errors import ContentError
from ssg.limits import TooSlowError, deadline, memory
from ssg.parallel import spread
from ssg.templates import Layouts, Theme
from tests.conftest import REPO, SiteFactory
from tests.small import NOW, posts, tree


def work(seconds: float, allowed: float) -> str:
    end = time.monotonic() + seconds
    with deadline(allowed):
        while time.monotonic() < end:
            pass
    return "done"


def test_the_main_thread_is_interrupted() -> None:
    with pytest.raises(TooSlowError):
        work(30, 0.05)
    assert work(0, 30) == "done"


def test_a_thread_is_interrupted() -> None:
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(TooSlowError):
            pool.submit(work, 30, 0.05).result()
        assert pool.submit(work, 0, 30).result() == "done"


def test_other_threads_go_on() -> None:
    with ThreadPoolExecutor(2) as pool:
        late, early = pool.submit(work, 30, 0.1), pool.submit(work, 0.3, 30)
        assert early.result() == "done"
        assert isinstance(late.exception(), TooSlowError)


def test_memory_is_bounded_and_given_back() -> None:
    with memory(64), pytest.raises(MemoryError):
        bytearray(256 * 1024 * 1024)
    with memory(512):
        assert len(bytearray(256 * 1024 * 1024)) == 256 * 1024 * 1024


# --- a post that is beyond ---------------------------------------------------------------------


@pytest.fixture(params=[1, 2], ids=["here", "workers"])
def jobs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(parallel, "WORTH_IT", 2)
    monkeypatch.setattr(spread, "__defaults__", (None, 2))
    return int(request.param)


def problems(root: Path, jobs: int) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as error:
        build(root, Options(output=root / "public", now=NOW, jobs=jobs))
    return [(p.path, p.code) for p in error.value.problems]


def test_a_post_that_takes_too_long(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """It is named, the others are made, and it is tried again the next time."""
    root = site_factory(posts(9))
    rendered = bodies.Renderer.body

    def slow(self: bodies.Renderer, source: str, *args: object, **more: object) -> object:
        while source.endswith("p03.md"):
            pass
        return rendered(self, source, *args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(limits, "SECONDS", 0.2)
        patch.setattr(bodies.Renderer, "body", slow)
        assert problems(root, jobs) == [("content/posts/p03.md", "post/slow")]
        assert not (root / "public").exists()
    build(root, Options(output=root / "public", now=NOW, jobs=jobs))
    assert "本文3です。" in (root / "public/feed.xml").read_text("utf-8")


def test_a_post_that_needs_too_much_memory(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    root = site_factory(posts(9))
    read = reading.read

    def greedy(path: str, *args: object) -> object:
        hoard = bytearray(900_000_000) if path.endswith("p04.md") else b""
        return (hoard and None) or read(path, *args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read", greedy)
        assert problems(root, jobs) == [("content/posts/p04.md", "post/memory")]
    build(root, Options(output=root / "public", now=NOW, jobs=jobs))


def test_a_layout_that_needs_too_much_memory(site_factory: SiteFactory, jobs: int) -> None:
    greedy = "-- layouts/trend.html --\n{% for n in range(99) %}{{ page.title.ljust(10**8) }}{% endfor %}"
    root = site_factory(posts(9) + greedy)
    assert problems(root, jobs) == [("layouts/trend.html", "layout/memory")]


def test_a_layout_that_needs_too_much_memory_in_a_thread(tmp_path: Path) -> None:
    (tmp_path / "greedy").write_text("{% for n in range(99) %}{{ title.ljust(10**8) }}{% endfor %}")
    theme = Theme(Layouts((tmp_path,)), {}, {}, str)
    with ThreadPoolExecutor(1) as pool, pytest.raises(ContentError, match="layout/memory"):
        pool.submit(theme.render, "greedy", {"title": "a"}, "a.md").result()


def test_compiling_a_layout_is_bounded_too(tmp_path: Path) -> None:
    """Jinja computes what is the same on every page while it compiles."""
    (tmp_path / "greedy").write_text("{{ 'a' | center(10 ** 10) }}{{ 'a' | center(1000000000) }}")
    theme = Theme(Layouts((tmp_path,)), {}, {}, str)
    theme.compile()
    with pytest.raises(ContentError, match="layout/memory"):
        theme.render("greedy", {}, "a.md")


def test_a_post_that_ends_its_process(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is gone; the old site stays, the post is named, no process is left."""
    root = site_factory(posts(9))
    build(root, Options(output=root / "public", now=NOW))
    before = tree(root / "public")
    rendered = bodies.Renderer.body

    def deadly(self: bodies.Renderer, source: str, *args: object, **more: object) -> object:
        if source.endswith(("p02.md", "p07.md")):
            os.kill(os.getpid(), signal.SIGKILL)
        return rendered(self, source, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(parallel, "WORTH_IT", 2)
    monkeypatch.setattr(spread, "__defaults__", (None, 2))
    monkeypatch.setattr(bodies.Renderer, "body", deadly)
    for number in range(9):
        file = root / f"content/posts/p{number:02}.md"
        file.write_text(file.read_text("utf-8") + "追記。\n", "utf-8")
    deaths = [(f"content/posts/p0{n}.md", "post/died") for n in (2, 7)]
    assert problems(root, 2) == deaths
    assert tree(root / "public") == before


def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that never looks at signals would not let a deadline interrupt it."""
    monkeypatch.setattr(parallel, "HUNG", 0.5)

    def hang(number: int) -> int:
        if number == 13:
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            time.sleep(60)
        return number

    results = list(spread(hang, range(30), 2, lambda number: -number, worth_it=2))
    assert results == [n if n != 13 else -13 for n in range(30)]


# --- a post of a megabyte --------------------------------------------------------------------------

MEGABYTE = 1_000_000
HOSTILE = {
    "blocks": ":::note\n",
    "brackets": "[a](",
    "headings": "# a\n",
    "quotes": "> a\n",
    "slashes": "\\",
}
CHILD = """
import re, sys
from pathlib import Path
from ssg import limits
from ssg.build import Options, build
from ssg.errors import ContentError
limits.SECONDS = 3
root = Path(sys.argv[1])
try:
    build(root, Options(output=root / "public", jobs=1))
except ContentError as e:
    print(*(p.code for p in e.problems))
status = Path("/proc/self/status").read_text()  # getrusage would count the parent's memory too
print(int(re.search(r"VmHWM:\\s*(\\d+)", status)[1]) // 1024)
"""


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_megabyte_of_anything_is_built_or_refused(kind: str, site_factory: SiteFactory) -> None:
    """Within the time and memory that a post may take; the rest of the site is not its fault."""
    piece = HOSTILE[kind]
    text = piece * (MEGABYTE // len(piece.encode()))
    root = site_factory(posts(2))
    post = root / "content/posts/p01.md"
    post.write_text(post.read_text("utf-8") + "\n" + text + "\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(root)],
        cwd=REPO,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *codes, megabytes = done.stdout.split()
    assert set(codes) <= {"post/slow", "post/memory", "markdown/failed", "post/long"}
    assert bool(codes) is not (root / "public/posts/p01/index.html").is_file()
    assert int(megabytes) < limits.MEGABYTES
