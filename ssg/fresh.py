"""Is there anything to do? Everything that a build read, as it stood when the build began.

A file counts as the same while its size, time of change and inode are. Nothing heavy is
imported here: a build with nothing to do should end before one notices.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import msgspec

from ssg.cache import Cache
from ssg.errors import Problem
from ssg.model import Frozen
from ssg.output import manifest_id
from ssg.theme import folders

FOLDERS = ("content", "layouts", "assets")
LIBRARIES = ("markdown", "jinja2", "yaml", "pygments", "PIL", "budoux")
# A file changed so shortly before it was read may change again without a new time.
SETTLED_NS = 50_000_000

Stamp = tuple[int, int, int]


class Options(Frozen, frozen=True):
    """What the command line decides. `jobs` is the number of processes; `clean` forgets what
    earlier builds left in the cache.
    """

    output: Path
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    strict: bool = False
    jobs: int = 1
    clean: bool = False
    now: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))

    @property
    def settings(self) -> tuple[str, str, bool, bool]:
        """Those that decide what is written, and where."""
        return str(self.output), self.base_url or "", self.drafts, self.future


class Report(Frozen, frozen=True):
    """How a build went. `changed` files were written, the others were the same as before.
    `held_back` maps sources to the reason; `phases` are seconds.
    """

    output: str
    pages: int
    posts: int
    changed: int
    held_back: dict[str, str]
    seconds: float
    phases: dict[str, float]
    warnings: tuple[Problem, ...]


class Snapshot(Frozen, frozen=True):
    """A finished build: what it read, what it wrote, and from when until when it holds.

    `since` and `until` are seconds since 1970: between them the same posts are published.
    """

    settings: tuple[str, str, bool, bool]
    files: dict[str, Stamp]
    manifest: str
    since: float
    until: float
    report: Report


def unchanged(root: Path, options: Options) -> Report | None:
    """The report of the last build if a new one would make the same site, else None."""
    began = time.perf_counter()
    if options.clean or not (root / ".cache").is_dir():
        return None
    with Cache(root / ".cache") as cache:
        snapshot = _load(cache, options)
    if snapshot is None or not _holds(snapshot, root, options):
        return None
    seconds = time.perf_counter() - began
    return msgspec.structs.replace(snapshot.report, changed=0, seconds=seconds, phases={})


def remember(cache: Cache, snapshot: Snapshot) -> None:
    """Keep what a build leaves for the next one to the same output."""
    cache.put(_key(snapshot.settings[0]), msgspec.msgpack.encode(snapshot))


def _load(cache: Cache, options: Options) -> Snapshot | None:
    data = cache.get(_key(str(options.output)))
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=Snapshot)
    except msgspec.MsgspecError:
        return None


def _key(output: str) -> str:
    return f"snapshot:{output}"


def _holds(snapshot: Snapshot, root: Path, options: Options) -> bool:
    return (
        snapshot.settings == options.settings
        and snapshot.since <= options.now.timestamp() < snapshot.until
        and not (options.strict and snapshot.report.warnings)
        and snapshot.manifest == manifest_id(options.output)
        and snapshot.files == look(root)
    )


# --- looking at files --------------------------------------------------------------------


def look(root: Path) -> dict[str, Stamp]:
    """The stamps of everything that a build of this site may read, this program included."""
    stamps = dict(_file(root / "site.yaml"))
    for name in FOLDERS:
        for folder in {root / name, *folders(root, name)}:
            stamps |= _below(str(folder))
    stamps |= _below(str(Path(__file__).parent))
    for library in LIBRARIES:
        spec = find_spec(library)
        if spec and spec.origin:
            stamps |= _file(Path(spec.origin))
    return stamps


def settled(stamps: dict[str, Stamp], began: int) -> dict[str, Stamp]:
    """The stamps to remember. A file changed just before `began` (in ns) has none, so it is read
    anew: it may have changed again without a new time.
    """
    return {
        path: (size, changed if changed < began - SETTLED_NS else 0, inode)
        for path, (size, changed, inode) in stamps.items()
    }


def _file(path: Path) -> Iterator[tuple[str, Stamp]]:
    try:
        status = path.stat()
    except OSError:
        return
    yield str(path), (status.st_size, status.st_mtime_ns, status.st_ino)


def _below(folder: str) -> dict[str, Stamp]:
    """Every entry below a folder; what cannot be looked at has a stamp of zeros."""
    stamps: dict[str, Stamp] = {}
    waiting = [folder]
    while waiting:
        try:
            entries = os.scandir(waiting.pop())
        except OSError:
            continue
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                status = entry.stat(follow_symlinks=False)
                stamps[entry.path] = status.st_size, status.st_mtime_ns, status.st_ino
    return stamps
