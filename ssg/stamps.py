"""Stamps of files: whether one is still what it was, without reading it.

A file counts as the same while its size, time of change and inode are. A stamp decides nothing
else: where it differs, the file is read and its digest decides.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from ssg import __version__
from ssg.theme import folders

Stamp = tuple[int, int, int]

NOTHING: Stamp = (-1, 0, 0)  # of what could not be looked at
FOLDERS = ("content", "layouts", "assets")
LIBRARIES = ("markdown", "jinja2", "yaml", "pygments", "PIL", "budoux")
DISTRIBUTIONS = (
    "jinja2",
    "markdown",
    "pyyaml",
    "pygments",
    "pillow",
    "budoux",
    "msgspec",
    "pydantic",
)
# A file changed so shortly before it was looked at may change again without a new time.
SETTLED_NS = 50_000_000


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


class Seen(NamedTuple):
    """The stamps of all files of a site, and when the look at them began (in ns)."""

    stamps: dict[str, Stamp]
    began: int

    @classmethod
    def now(cls, root: Path) -> Seen:
        began = time.time_ns()
        return cls(look(root), began)

    def settled(self) -> dict[str, Stamp]:
        """The stamps to remember. A file changed just before has no time, so it is read anew: it
        may have changed again without a new one.
        """
        limit = self.began - SETTLED_NS
        return {
            path: stamp if stamp[1] < limit else (stamp[0], 0, stamp[2])
            for path, stamp in self.stamps.items()
        }


def _file(path: Path) -> Iterator[tuple[str, Stamp]]:
    try:
        status = path.stat()
    except OSError:
        return
    yield str(path), (status.st_size, status.st_mtime_ns, status.st_ino)


def _below(folder: str) -> dict[str, Stamp]:
    """Every entry below a folder; what vanishes while one looks is left out."""
    stamps: dict[str, Stamp] = {}
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                found = list(entries)
        except OSError:
            continue
        for entry in found:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                with suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    stamps[entry.path] = status.st_size, status.st_mtime_ns, status.st_ino
    return stamps


def same(one: Stamp, other: Stamp) -> bool:
    """Whether two stamps are surely of one state of a file: not when there is no time to go by."""
    return one == other and one[1] != 0


def stamp_of(file: Path) -> Stamp:
    """The stamp of one file, following links."""
    try:
        status = file.stat()
    except OSError:
        return NOTHING
    near = time.time_ns() - status.st_mtime_ns < SETTLED_NS
    return status.st_size, 0 if near else status.st_mtime_ns, status.st_ino


@cache
def program() -> bytes:
    """The digest of this program and of the libraries whose work it keeps."""
    made = blake2b(__version__.encode(), digest_size=16)
    for library in DISTRIBUTIONS:
        made.update(f"{library} {version(library)}".encode())
    here = Path(__file__).parent
    for file in sorted([*here.rglob("*.py"), *here.glob("tables/*.txt")]):
        made.update(file.read_bytes())
    return made.digest()
