"""Notice what changes below a site. An event means only that it is time to look again: what has
changed is always taken from the disk, so that an event lost or too many make no difference.
"""

from __future__ import annotations

import logging
import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from threading import Event, Lock

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

FOLDERS = ("content", "layouts", "assets")
FILE = "site.yaml"
PATIENCE = 0.1  # seconds for a file that is empty or gone: its editor may be about to write it
ECHOES = (1.0, 5.0)  # looks after the last event, for changes whose events were lost
LONGEST = 3600.0  # without a look, for the clock may be set
DEAF = 1.0  # between two looks where the system lets us watch no more folders
# Reading a file is an event too: left in, a look would lead to the next one for ever.
HEARD: list[type[FileSystemEvent]] = [
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]

Stamp = tuple[int, int, int, int]
Stamps = dict[str, Stamp]


class Watch:
    """Calls `act` with the paths that have changed, relative to `root`, in the thread of `run`;
    once more with the same when it answers that it could not take them over yet. `seen` are the
    stamps of a look that came before: what changed since is acted on at once. `due` tells the
    moment (in seconds since 1970) at which there is something to do although no file changes.
    """

    def __init__(
        self,
        root: Path,
        act: Callable[[set[str]], bool],
        seen: Stamps | None = None,
        due: Callable[[], float] = lambda: math.inf,
    ) -> None:
        logging.getLogger("watchdog").setLevel(logging.CRITICAL)
        self.root = root
        self.act = act
        self.due = due
        self.ears = _Ears(f"{root}{os.sep}")
        self.observer = Observer()
        self.watched: dict[Path, tuple[tuple[int, int], ObservedWatch | None]] = {}
        self.deaf = False
        self.ended = False
        self.late = seen is not None
        self._listen()
        self.observer.start()
        self.seen = stamps(root) if seen is None else seen
        self.prints: dict[str, bytes] = {}  # of what files held when they last changed

    def run(self) -> None:
        """Look whenever something was heard, and a few times more, until `end`."""
        echoes: tuple[float, ...] = ()
        owed: set[str] = set()
        if self.late:
            self.ears.woken.set()
        while not self.ended:
            heard = self.ears.woken.wait(self._pause(echoes))
            echoes = ECHOES if heard else echoes[1:]
            self._listen()
            owed |= self._changed()
            if (owed or self.due() <= time.time()) and self.act(owed):
                owed = set()
            elif owed:
                self.ears.woken.set()

    def _pause(self, echoes: tuple[float, ...]) -> float:
        """Seconds until the next look, if nothing is heard."""
        left = max(self.due() - time.time(), 0)
        return min(left, DEAF if self.deaf else LONGEST, *echoes[:1])

    def stale(self) -> bool:
        """Whether the disk has changed since the last look."""
        return stamps(self.root) != self.seen

    def end(self) -> None:
        self.ended = True
        self.ears.woken.set()
        self.observer.stop()

    def _changed(self) -> set[str]:
        """The files that hold something else than before."""
        changed = set()
        for path in self._candidates():
            held = _print(self.root / path)
            if self.prints.get(path) != held:
                self.prints[path] = held
                changed.add(path)
        return changed

    def _candidates(self) -> set[str]:
        """What does not look as it was seen, or was heard of: two saves within a tick of the clock
        look the same. An empty or vanished file is given a moment to be whole again.
        """
        before, heard = self.seen, self.ears.taken()
        deadline = time.monotonic() + PATIENCE
        while True:
            self.seen = stamps(self.root)
            paths = {path for path, _ in before.items() ^ self.seen.items()}
            paths |= heard & self.seen.keys()
            left = deadline - time.monotonic()
            if left <= 0 or all(_is_whole(self.seen.get(path)) for path in paths):
                return paths
            self.ears.woken.wait(left)
            heard |= self.ears.taken()

    def _listen(self) -> None:
        """Watch the folders that exist: one may be new, or have been made anew."""
        for folder in (self.root, *(self.root / name for name in FOLDERS)):
            found = _identity(folder)
            known, watch = self.watched.get(folder, (None, None))
            if found == known:
                continue
            if watch:
                with suppress(KeyError):
                    self.observer.unschedule(watch)
            self.watched.pop(folder, None)
            if found:
                self.watched[folder] = found, self._scheduled(folder)

    def _scheduled(self, folder: Path) -> ObservedWatch | None:
        deep = folder != self.root
        try:
            return self.observer.schedule(
                self.ears, str(folder), recursive=deep, event_filter=HEARD
            )
        except OSError:
            self.deaf = True
            return None


class _Ears(FileSystemEventHandler):
    """Collects the paths of events, which come in threads of the observer."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.woken = Event()
        self.lock = Lock()
        self.paths: set[str] = set()

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = (os.fsdecode(path) for path in (event.src_path, event.dest_path))
        with self.lock:
            self.paths.update(path.removeprefix(self.prefix) for path in paths)
            self.woken.set()

    def taken(self) -> set[str]:
        """The paths heard since the last call."""
        with self.lock:
            self.woken.clear()
            paths, self.paths = self.paths, set()
        return paths


def stamps(root: Path) -> Stamps:
    """Every file that a page may be made of; editors' own files stay out."""
    found = {path: stamp for name in FOLDERS for path, stamp in _below(str(root), name)}
    with suppress(OSError):
        found[FILE] = _stamp((root / FILE).stat())
    return found


def _below(root: str, folder: str) -> Iterator[tuple[str, Stamp]]:
    """The files below a folder; what vanishes meanwhile is left out."""
    try:
        entries = list(os.scandir(f"{root}/{folder}"))
    except OSError:
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, path)
        elif not entry.name.startswith((".", "#")) and not entry.name.endswith("~"):
            with suppress(OSError):
                yield path, _stamp(entry.stat(follow_symlinks=False))


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _print(file: Path) -> bytes:
    try:
        return blake2b(file.read_bytes(), digest_size=16).digest() if file.is_file() else b""
    except OSError:
        return b""


def _is_whole(stamp: Stamp | None) -> bool:
    return stamp is not None and stamp[0] > 0


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
