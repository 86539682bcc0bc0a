"""Nothing that is saved is missed, however it is saved, and nothing else is acted on."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from watchdog.events import FileSystemEvent

from ssg import watch as module
from ssg.watch import Watch, stamps
from tests.conftest import SiteFactory
from tests.editors import STYLES, in_place
from tests.serving import PATIENCE, Lines, Served, serving, until
from tests.small import SMALL

SAVES = int(os.environ.get("SSG_SOAK", "120"))


class Watched:
    """A watch at work: what it acted on, and what the post held at that moment."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.post = root / "content/posts/a.md"
        self.acts: list[set[str]] = []
        self.held: list[str | None] = []
        self.busy: Event | None = None
        self.answers: Iterator[bool] = iter(())

    def act(self, changed: set[str]) -> bool:
        self.acts.append(changed)
        self.held.append(self.post.read_text("utf-8") if self.post.is_file() else None)
        if self.busy:
            self.busy.wait(PATIENCE)
        return next(self.answers, True)

    def acted_on(self, path: str) -> None:
        until(lambda: any(path in changed for changed in self.acts), f"{path} in {self.acts}")

    def at_rest(self) -> None:
        """Wait until a look has come to nothing: a mark is made and acted on."""
        mark = self.root / f"assets/mark-{len(self.acts)}.txt"
        mark.parent.mkdir(exist_ok=True)
        mark.write_text("x")
        self.acted_on(f"assets/{mark.name}")


@pytest.fixture
def site(site_factory: SiteFactory) -> Path:
    return site_factory(SMALL)


@contextmanager
def watching(site: Path) -> Iterator[Watched]:
    watched = Watched(site)
    watch = Watch(site, watched.act)
    thread = Thread(target=watch.run)
    thread.start()
    try:
        yield watched
    finally:
        watch.end()
        thread.join(PATIENCE)
        watch.observer.join(PATIENCE)


@pytest.mark.parametrize("save", STYLES)
def test_every_way_to_save(save: Callable[[Path, str], None], site: Path) -> None:
    with watching(site) as watched:
        for number in range(5):
            save(watched.post, f"題{number}")
            until(lambda text=f"題{number}": watched.held[-1:] == [text], f"題{number}")
        assert set().union(*watched.acts) == {"content/posts/a.md"}
        assert set(watched.held) == {f"題{number}" for number in range(5)}


def test_a_file_that_is_empty_for_a_moment_is_waited_for(site: Path) -> None:
    with watching(site) as watched:
        with watched.post.open("w") as file:
            time.sleep(module.PATIENCE / 4)
            file.write("後から")
        until(lambda: watched.held[-1:] == ["後から"], "never written")
        watched.post.unlink()
        time.sleep(module.PATIENCE / 4)
        watched.post.write_text("新しく", "utf-8")
        until(lambda: watched.held[-1:] == ["新しく"], "never written")
        assert set(watched.held) == {"後から", "新しく"}


def test_a_file_that_stays_empty_or_gone_is_acted_on(site: Path) -> None:
    with watching(site) as watched:
        watched.post.write_text("")
        until(lambda: watched.held[-1:] == [""], "the empty file")
        watched.post.unlink()
        until(lambda: watched.held[-1:] == [None], "the missing file")


def test_saves_that_change_nothing_and_files_of_editors(site: Path) -> None:
    with watching(site) as watched:
        in_place(watched.post, "本文")
        watched.acted_on("content/posts/a.md")
        watched.acts.clear()
        in_place(watched.post, "本文")
        watched.post.touch()
        watched.post.with_name(".a.md.swp").write_text("x")
        watched.post.with_name("a.md~").write_text("x")
        watched.post.with_name(".#a.md").symlink_to("nowhere")
        watched.at_rest()
        assert [changed for changed in watched.acts if "assets/mark-0.txt" not in changed] == []


def test_two_saves_within_a_tick_of_the_clock(site: Path) -> None:
    """Of one size and, as far as the file system tells, of one moment."""
    with watching(site) as watched:
        for text in ("一一", "二二", "三三", "四四"):
            in_place(watched.post, text)
            os.utime(watched.post, ns=(0, 0))
        until(lambda: watched.held[-1:] == ["四四"], str(watched.held))


def test_folders_that_come_go_and_come_again(site: Path) -> None:
    with watching(site) as watched:
        shutil.rmtree(site / "layouts")
        watched.acted_on("layouts/home.html")
        watched.acts.clear()
        for folder in ("layouts", "assets/css", "content/posts/2026/04"):
            (site / folder).mkdir(parents=True)
            (site / folder / "new.html").write_text("x")
            watched.acted_on(f"{folder}/new.html")
            (site / folder / "later.html").write_text("x")
            watched.acted_on(f"{folder}/later.html")
        moved = (site / "content/posts/2026").rename(site / "content/posts/2027")
        watched.acted_on("content/posts/2027/04/new.html")
        (moved / "04/new.html").write_text("y")
        until(lambda: watched.acts[-1] == {"content/posts/2027/04/new.html"}, str(watched.acts[-1]))


def test_the_settings_are_watched_and_what_lies_beside_is_not(site: Path) -> None:
    with watching(site) as watched:
        (site / "public").mkdir()
        (site / "public/index.html").write_text("x")
        (site / "notes.txt").write_text("x")
        (site / "site.yaml").write_text("title: 別の名\n", "utf-8")
        watched.acted_on("site.yaml")
        assert watched.acts == [{"site.yaml"}]


def test_a_burst_is_joined(site: Path) -> None:
    with watching(site) as watched:
        watched.busy = Event()
        in_place(watched.post, "初め")
        watched.acted_on("content/posts/a.md")
        names = [f"content/posts/p{number}.md" for number in range(1000)]
        for name in names:
            (site / name).write_text(name)
        for name in names[:500]:
            (site / name).unlink()
        watched.busy.set()
        until(lambda: len(set().union(*watched.acts)) > 500, "the burst")
        watched.at_rest()
        assert len(watched.acts) < 10
        assert set(names[500:]) <= set().union(*watched.acts)


def test_events_that_are_lost_make_no_difference(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the first is heard, as when the queue of the system runs over."""
    monkeypatch.setattr(module, "ECHOES", (0.1, 0.1))
    hear, heard = module._Ears.on_any_event, Event()

    def hear_once(ears: module._Ears, event: FileSystemEvent) -> None:
        if not heard.is_set():
            heard.set()
            hear(ears, event)

    monkeypatch.setattr(module._Ears, "on_any_event", hear_once)
    with watching(site) as watched:
        in_place(watched.post, "聞こえた")
        watched.acted_on("content/posts/a.md")
        (site / "content/posts/b.md").write_text("聞こえない", "utf-8")
        watched.acted_on("content/posts/b.md")


def test_what_could_not_be_taken_over_comes_again(site: Path) -> None:
    with watching(site) as watched:
        watched.answers = iter((False, False))
        in_place(watched.post, "本文")
        until(lambda: len(watched.acts) == 3, str(watched.acts))
        watched.at_rest()
        assert watched.acts[:3] == [{"content/posts/a.md"}] * 3
        assert watched.acts[3:] == [{"assets/mark-3.txt"}]


def test_without_watches_it_looks_by_itself(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(module, "DEAF", 0.05)
    monkeypatch.setattr(module.Observer, "schedule", refuse)
    with watching(site) as watched:
        in_place(watched.post, "見つけた")
        watched.acted_on("content/posts/a.md")


def test_what_vanishes_while_one_looks(site: Path) -> None:
    (site / "content/posts/link.md").symlink_to("nowhere")
    assert "content/posts/a.md" in stamps(site)
    shutil.rmtree(site / "content")
    assert [path for path in stamps(site) if path.startswith("content")] == []


# --- many saves ------------------------------------------------------------------------------


def test_many_saves_in_every_style(site: Path) -> None:
    """`SSG_SOAK=2000 pytest tests/test_watch.py -k many -s` for a longer one."""
    layout = "<html><head></head><body>{% if body is defined %}{{ body.html }}{% endif %}</body>"
    (site / "layouts/trend.html").write_text(layout)
    post = site / "content/posts/a.md"
    with serving(site) as served, served.stream("/posts/a/") as stream:
        for number in range(SAVES):
            text = f"---\ntitle: 甲\ndate: 2026-01-01\n---\n第{number}稿。\n"
            STYLES[number % len(STYLES)](post, text)
            shown(served, stream, f"第{number}稿。")
            if number == SAVES // 2:
                before = at_rest(served)
        until(lambda: resources(served)[1:] <= before[1:], f"{before} -> {resources(served)}")
        print(f"{SAVES} saves; memory, files, threads: {before} -> {resources(served)}")
        assert [line for line in stream.all if line in ("data: problems", "data: fixed")] == []
        assert served.err.all == []


def shown(served: Served, stream: Lines, wanted: str) -> None:
    """Whether the page was told of a change that brings it up to date."""
    for _ in range(10):
        stream.next("data: changed")
        if wanted in served.get("/posts/a/").text:
            return
    raise AssertionError(f"{wanted} is missing")


def at_rest(served: Served) -> tuple[int, int, int]:
    """The least that is seen within a moment: answers in the making have threads of their own."""
    found = []
    for _ in range(20):
        found.append(resources(served))
        time.sleep(0.01)
    return min(found, key=lambda seen: seen[1:])


def resources(served: Served) -> tuple[int, int, int]:
    """Kilobytes of memory, open files and threads of the server."""
    folder = Path("/proc", str(served.process.pid))
    [memory] = re.findall(r"VmRSS:\s*(\d+)", (folder / "status").read_text())
    return int(memory), len(list((folder / "fd").iterdir())), len(list((folder / "task").iterdir()))
