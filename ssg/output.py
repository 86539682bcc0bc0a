"""The only writer of the site: stage beside the output, sync, exchange in one step.

kill -9 at any moment leaves the whole old or the whole new site; the next build removes what
a killed one left. Files of the output that no build wrote (`.git`, `CNAME`) are carried over.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from ssg.errors import BusyError, ConfigError, EnvironmentFault, problem
from ssg.model import Frozen

MANIFEST = ".ssg-manifest.json"
LOCK_SECONDS = 10
_OURS = ("content", "layouts", "assets", ".git", ".cache", "ssg", "tests")
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def check_output(root: Path, output: Path) -> None:
    """Refuse a place where a build could destroy something. Raises ConfigError; writes nothing."""
    why = _danger(root.resolve(), output)
    if why:
        raise ConfigError([problem(f"output/{why}", str(output))])


def _danger(root: Path, output: Path) -> str:
    real = output.resolve()
    if output.is_symlink():
        return "symlink"
    if real == Path(real.anchor) or real == Path.home().resolve() or root.is_relative_to(real):
        return "dangerous"
    if any(real.is_relative_to(root / name) for name in _OURS):
        return "inside-source"
    if output.exists() and not output.is_dir():
        return "not-a-folder"
    if output.is_dir() and not (output / MANIFEST).is_file() and _is_foreign(output):
        return "foreign"
    return ""


def _is_foreign(folder: Path) -> bool:
    """Whether a folder that no build made holds more than what hosts want beside a site."""
    return any(not p.name.startswith(".") and p.name != "CNAME" for p in folder.iterdir())


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """Keep other builds of this site away. Raises BusyError when one does not end in time."""
    from filelock import FileLock, Timeout

    folder = root / ".cache"
    folder.mkdir(exist_ok=True)
    try:
        with FileLock(folder / "build.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as e:
        raise BusyError([problem("build/busy", ".cache/build.lock")]) from e


class Stage:
    """A new tree beside the output, which takes its place when it is complete."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.with_name(f".{output.name}.stage")
        self.aside = output.with_name(f".{output.name}.old")
        self._recover()
        self.before = _manifest(output)
        self.folder.mkdir(parents=True)

    def _recover(self) -> None:
        """Undo what a killed build left: a half stage, or an output moved aside."""
        if self.aside.exists() and not self.output.exists():
            self.aside.rename(self.output)
        for leftover in (self.folder, self.aside):
            if leftover.exists():
                shutil.rmtree(leftover)

    def write(self, name: str, data: bytes) -> str:
        """A file of the new tree; `name` is relative, with `/`. Returns the digest of its bytes.

        A file that the old tree has with the same bytes is linked, not written again.
        """
        file = self.folder / name
        made = blake2b(data, digest_size=16).hexdigest()
        same = self.before.files.get(name) == made
        if same and self._linked(self.output / name, file, len(data)):
            return made
        try:
            file.write_bytes(data)
        except FileNotFoundError:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return made

    def _linked(self, old: Path, new: Path, size: int) -> bool:
        """Whether `new` is now a link to `old`; not when somebody changed it after the build."""
        try:
            status = old.stat(follow_symlinks=False)
            if status.st_mtime_ns > self.before.made or status.st_size != size:
                return False
            try:
                os.link(old, new, follow_symlinks=False)
            except FileNotFoundError:
                new.parent.mkdir(parents=True, exist_ok=True)
                os.link(old, new, follow_symlinks=False)
        except OSError:
            return False
        return True

    def publish(self, files: Mapping[str, str]) -> int:
        """Exchange the trees. `files` are the digests of the files written, by name; what else
        the old output holds stays. Returns how many files are not as they were.
        """
        self._carry_over(frozenset(files))
        old = self.before.files
        changed = sum(old.get(name) != made for name, made in files.items())
        changed += len(old.keys() - files.keys())
        text = json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False)
        self.write(MANIFEST, text.encode())
        _sync(self.folder)
        self._exchange()
        shutil.rmtree(self.folder, ignore_errors=True)
        return changed

    def discard(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _carry_over(self, ours: frozenset[str]) -> None:
        if not self.output.is_dir():
            return
        known = ours | self.before.files.keys() | {MANIFEST}
        for folder, folders, files in os.walk(self.output, onerror=_raise):
            here = Path(folder)
            new = self.folder / here.relative_to(self.output)
            links = [d for d in folders if (here / d).is_symlink()]
            for name in [*files, *links]:
                if (here / name).relative_to(self.output).as_posix() not in known:
                    _carry(here / name, new / name)
            if not folders and not files:  # no build makes an empty folder; git needs some
                new.mkdir(parents=True, exist_ok=True)

    def _exchange(self) -> None:
        if not self.output.exists():
            self.folder.rename(self.output)
        elif not _exchanged(self.folder, self.output):
            self.output.rename(self.aside)
            try:
                self.folder.rename(self.output)
            except OSError:
                self.aside.rename(self.output)
                raise
            shutil.rmtree(self.aside, ignore_errors=True)
        with suppress(OSError):  # the site is public already, whether or not the disk says so
            _sync(self.output.parent)


class Manifest(Frozen, frozen=True):
    """The files that the last build wrote, with their digests, and when (in ns)."""

    files: dict[str, str] = {}
    made: int = 0


def _manifest(output: Path) -> Manifest:
    file = output / MANIFEST
    try:
        files = json.loads(file.read_bytes())["files"]
        return Manifest({str(k): str(v) for k, v in files.items()}, file.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def manifest_id(output: Path) -> str:
    """What tells the output of one build from that of another; "" when there is none."""
    try:
        return blake2b((output / MANIFEST).read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


def _raise(error: OSError) -> None:
    raise error


def _carry(old: Path, new: Path) -> None:
    """A file that is not ours, linked when the system can, never followed if it is a link."""
    if any(p.is_file() for p in new.parents) or new.exists():
        return
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_symlink():
        new.symlink_to(old.readlink())
        return
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two names in one step (renameat2, Linux 3.15); false where the system has no such."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = os.fsencode(one), os.fsencode(other)
    if libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _sync(folder: Path) -> None:
    """Bring the folder's file system to the disk before anything relies on it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if not hasattr(libc, "syncfs") or libc.syncfs(descriptor) != 0:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the machine refuses into one clear line. Raises EnvironmentFault."""
    try:
        yield
    except OSError as e:
        code = {errno.ENOSPC: "disk/full", errno.EDQUOT: "disk/full"}.get(
            e.errno or 0, "disk/failed"
        )
        where = str(e.filename or "-")
        raise EnvironmentFault([problem(code, where, 0, 0, why=e.strerror or e)]) from e
