"""Is there anything to do? Everything that a build read, as it stood when the build began.

Nothing heavy is imported here: a build with nothing to do should end before one notices.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from ssg.cache import Cache
from ssg.errors import Problem
from ssg.model import Frozen
from ssg.stamps import Seen, Stamp
from ssg.trees import manifest_id


class Options(Frozen, frozen=True):
    """What the command line decides. `jobs` is the number of processes; `clean` forgets what
    earlier builds left in the cache; `explain` names a page to tell of.
    """

    output: Path
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    strict: bool = False
    jobs: int = 1
    clean: bool = False
    explain: str = ""
    now: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))

    @property
    def settings(self) -> tuple[str, str, bool, bool]:
        """Those that decide what is written, and where."""
        return str(self.output), self.base_url or "", self.drafts, self.future


class Cause(Frozen, frozen=True):
    """Something that a page is made of and that has changed: an `input` of many pages, a `source`
    in its role, or nothing but the `order`. Of a page that is missing, a `near` one.
    """

    kind: Literal["input", "source", "order", "near"]
    name: str = ""
    role: str = ""


class Explanation(Frozen, frozen=True):
    """What became of one page: `new`, `made` anew because of its causes, `kept` or `missing`."""

    page: str
    fate: Literal["new", "made", "kept", "missing"]
    causes: tuple[Cause, ...] = ()


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
    explained: Explanation | None = None


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


class Marks(Frozen, frozen=True):
    """What the files of an output were made of, and the output that they are. `inputs` are the
    digests of everything that pages are made of, by name.
    """

    manifest: str = ""
    marks: dict[str, bytes] = {}
    inputs: dict[str, str] = {}


def unchanged(root: Path, options: Options, seen: Seen | None = None) -> Report | None:
    """The report of the last build if a new one would make the same site, else None."""
    began = time.perf_counter()
    if options.clean or options.explain or not (root / ".cache").is_dir():
        return None
    with Cache(root / ".cache") as cache:
        snapshot = _load(cache, options)
    if snapshot is None or not _holds(snapshot, options, seen or Seen.now(root)):
        return None
    seconds = time.perf_counter() - began
    return msgspec.structs.replace(snapshot.report, changed=0, seconds=seconds, phases={})


def remember(cache: Cache, snapshot: Snapshot, marks: Marks) -> None:
    """Keep what a build leaves for the next one to the same output."""
    cache.put(_key(snapshot.settings[0]), msgspec.msgpack.encode(snapshot))
    cache.put(f"marks:{snapshot.settings[0]}", msgspec.msgpack.encode(marks))


def recalled(cache: Cache, options: Options) -> Marks:
    """The marks of the files in the output; none when they are not those of the last build."""
    try:
        data = cache.get(f"marks:{options.output}") or b""
        found = msgspec.msgpack.decode(data, type=Marks)
    except msgspec.MsgspecError:
        return Marks()
    return found if found.manifest == manifest_id(options.output) else Marks()


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


def _holds(snapshot: Snapshot, options: Options, seen: Seen) -> bool:
    return (
        snapshot.settings == options.settings
        and snapshot.since <= options.now.timestamp() < snapshot.until
        and not (options.strict and snapshot.report.warnings)
        and snapshot.manifest == manifest_id(options.output)
        and snapshot.files == seen.stamps
    )
