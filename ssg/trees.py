"""What lies in an output: the files that a build wrote, and those of others."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Set
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from ssg.model import Frozen
from ssg.stamps import SETTLED_NS

M = TypeVar("M", bound=Frozen)

File = tuple[str, int]  # the digest of a file's bytes, and how many they are
MANIFEST = ".ssg-manifest.json"


class Manifest(Frozen, frozen=True):
    """The files that a build wrote, for which address, whether they show what is not public yet,
    and when the tree was whole (in ns; 0 when it is not).
    """

    files: dict[str, File] = {}
    made: int = 0
    url: str = ""
    preview: bool = False


class Kept(Frozen, frozen=True):
    """The tree that the last build replaced, what of others it and the output have in common
    (empty folders with a final slash), and when the output was made.
    """

    tree: Manifest = Manifest()
    carried: list[str] = []
    live: int = 0


def manifest(folder: Path) -> Manifest:
    """What the last build wrote into a folder."""
    file = folder / MANIFEST
    try:
        return msgspec.structs.replace(decoded(file, Manifest), made=file.stat().st_mtime_ns)
    except OSError:
        return Manifest()


def decoded(file: Path, kind: type[M]) -> M:
    """What a file says; nothing when it is not there or damaged."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        return kind()


def manifest_id(output: Path) -> str:
    """What tells the output of one build from that of another; "" when there is none."""
    try:
        return blake2b((output / MANIFEST).read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


def intact(file: str, made: File, manifest: Manifest) -> bool:
    """Whether a file is still what a build wrote, and no one changed it after that."""
    try:
        status = os.lstat(file)
    except OSError:
        return False
    regular = stat.S_ISREG(status.st_mode)
    return regular and status.st_mtime_ns <= manifest.made and status.st_size == made[1]


def others(output: Path, before: Manifest, known: Set[str], kept: Kept) -> Iterator[str]:
    """The files in the output that are not `known`, and folders that hold nothing, in the order
    of their names. A folder of ours that nobody touched since the last build is not looked into.
    """
    if not output.is_dir():
        return
    ours = {""}
    for name in before.files:
        while (name := name.rpartition("/")[0]) not in ours:
            ours.add(name)
    carried = kept.carried if kept.live == before.made else None
    found = {name for name in carried or () if os.path.lexists(output / name)}
    beyond = {_beyond(name, ours) for name in found}
    since = before.made - SETTLED_NS if carried is not None else -1
    for folder in ours:
        if _changed(output / folder, since):
            found |= set(_inside(output, folder, ours, beyond))
    for folder in beyond - {""}:
        found -= {name for name in found if name.startswith(f"{folder}/")}
        found |= set(_below(output, folder))
    yield from sorted(found - known)


def _beyond(name: str, ours: Set[str]) -> str:
    """The outermost folder above a name that is not one of ours, or ""."""
    steps = name.rstrip("/").split("/") if name.endswith("/") else name.split("/")[:-1]
    above = ("/".join(steps[:n]) for n in range(1, len(steps) + 1))
    return next((folder for folder in above if folder not in ours), "")


def _changed(folder: Path, since: int) -> bool:
    try:
        return os.lstat(folder).st_mtime_ns > since
    except OSError:
        return False


def _inside(output: Path, folder: str, ours: Set[str], beyond: set[str]) -> Iterator[str]:
    """The files right in a folder of ours; folders of others are noted in `beyond`."""
    with os.scandir(output / folder) as entries:
        found = list(entries)
    for entry in found:
        name = f"{folder}/{entry.name}" if folder else entry.name
        if not entry.is_dir(follow_symlinks=False):
            yield name
        elif name not in ours:
            beyond.add(name)


def _below(output: Path, folder: str) -> Iterator[str]:
    """All files below a folder, and the empty folders with a final slash."""
    if not os.path.lexists(output / folder):
        return
    with os.scandir(output / folder) as entries:
        found = list(entries)
    if not found:
        yield f"{folder}/"
    for entry in found:
        name = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _below(output, name)
        else:
            yield name
