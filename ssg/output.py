"""The only writer of the site: a stage, synced, exchanged with the output in one step.

kill -9 at any moment leaves the whole old or the whole new site; the next build removes what
a killed one left. Files of the output that no build wrote (`.git`, `CNAME`) are carried over.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

import msgspec

from ssg.errors import BusyError, ConfigError, problem, refusal
from ssg.trees import MANIFEST, File, Kept, Manifest, decoded, intact, manifest, others

LOCK_SECONDS = 10
_OURS = ("content", "layouts", "assets", ".git", ".cache", "ssg", "tests")
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def check_output(root: Path, output: Path, *, shared: bool = False) -> None:
    """Refuse a place where a build could destroy something; one with files of others too, unless
    it may be `shared` with them and is not replaced as a whole. Raises ConfigError; writes nothing.
    """
    why = _danger(root.resolve(), output)
    if why and not (shared and why in ("foreign", "mounted")):
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
    if output.is_mount():
        return "mounted"
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
    """A new tree, which takes the place of the output when it is complete.

    The tree that it replaces is kept in `home` and made into the next one: what did not change
    stays where it is, so a small change costs little however large the site. Without a `home` on
    the output's disk the tree is made beside the output, of links to the files that stay.
    """

    def __init__(self, output: Path, home: Path | None = None) -> None:
        self.output = output
        kept = home is not None and _same_disk(home, output)
        beside = output.with_name(f".{output.name}.stage")
        self.folder = home / f"stage-{_short_hash(output)}" if home and kept else beside
        self.keeps = kept
        self.aside = self.folder.with_name(f"{self.folder.name.removesuffix('.stage')}.old")
        self.touched: set[str] = set()
        self.folders = {""}  # that are known to be there
        self.ended = False
        self._recover({beside, output.with_name(f".{output.name}.old"), self.aside})
        self.before = manifest(output)
        self.record = self.folder.with_name(f"{self.folder.name}.json")
        self.kept = decoded(self.record, Kept)
        self.here = self.kept.tree
        self._open()

    def _recover(self, leftovers: set[Path]) -> None:
        """Undo what a killed build left: a half stage, or an output moved aside."""
        for leftover in leftovers - {self.folder}:
            if leftover.suffix == ".old" and leftover.exists() and not self.output.exists():
                leftover.rename(self.output)
            _remove(leftover)

    def _open(self) -> None:
        """Begin with the tree that is there if it is whole; from now on it is not."""
        self.record.unlink(missing_ok=True)
        if not self.here.made or not self.folder.is_dir():
            self.here = Manifest()
            _remove(self.folder)
            self.folder.mkdir(parents=True)

    # --- filling it

    def reuse(self, name: str) -> File | None:
        """Let a file be what it was in the old output; None when it is not there unharmed."""
        made = self.before.files.get(name)
        return made if made and self._placed(name, made) else None

    def write(self, name: str, data: bytes) -> File:
        """A file of the new tree; `name` is relative, with `/`. One that is there with the same
        bytes, or that the old output has, is not written again.
        """
        made = blake2b(data, digest_size=16).hexdigest(), len(data)
        if not self._placed(name, made):
            self._put(name, lambda new: _create(new, data))
        return made

    def expect(self, names: Iterable[str]) -> None:
        """These may be written now, by whichever process: they are not what they were."""
        self.touched.update(names)

    def _placed(self, name: str, made: File) -> bool:
        """Whether the new tree has this file; linked from the old output if need be."""
        there = self.here.files.get(name) == made
        if there and intact(f"{self.folder}/{name}", made, self.here):
            return True
        old = f"{self.output}/{name}"
        if self.before.files.get(name) != made or not intact(old, made, self.before):
            return False
        try:
            self.touched.add(name)
            self._put(name, lambda new: os.link(old, new, follow_symlinks=False))
        except OSError:
            return False
        return True

    def _put(self, name: str, make: Callable[[str], object]) -> None:
        """Make a file in the place of what is there; never write into it, for it may be a link
        to a file of the output.
        """
        self._make_folder(name.rpartition("/")[0])
        new = f"{self.folder}/{name}"
        try:
            make(new)
        except FileExistsError:
            _remove(Path(new))
            make(new)

    def _make_folder(self, name: str) -> None:
        if name in self.folders:
            return
        self._make_folder(name.rpartition("/")[0])
        folder = f"{self.folder}/{name}"
        try:
            os.mkdir(folder)
        except FileExistsError:
            if not os.path.isdir(folder) or os.path.islink(folder):
                os.unlink(folder)
                os.mkdir(folder)
        self.folders.add(name)

    # --- ending it

    def publish(self, new: Manifest) -> int:
        """Exchange the trees. `new` has all files of the new one; what else the old output
        holds stays. Returns how many files are not as they were.
        """
        files = new.files
        tree, self.here = self.here, Manifest()  # from now on it is neither the one nor the other
        self._clear([*(tree.files.keys() - files.keys()), *self.kept.carried])
        carried = self._carry_over(frozenset(files))
        old = self.before.files
        changed = sum(old.get(name) != made for name, made in files.items())
        changed += len(old.keys() - files.keys())
        self._sign(msgspec.structs.replace(new, files=dict(sorted(files.items()))))
        _sync(self.folder)
        self._exchange()
        with suppress(OSError):  # the site is public, whatever becomes of the old tree
            live = (self.output / MANIFEST).stat().st_mtime_ns
            self._leave(Kept(self.before, carried, live))
        return changed

    def discard(self) -> None:
        """Leave the output as it is, and what is still whole of this tree to the next build."""
        if self.ended:
            return
        with suppress(OSError):
            for name in self.touched:
                _remove(self.folder / name)
            whole = {n: f for n, f in self.here.files.items() if n not in self.touched}
            tree = msgspec.structs.replace(self.here, files=whole)
            self._leave(msgspec.structs.replace(self.kept, tree=tree))

    def _leave(self, kept: Kept) -> None:
        """Keep the tree that is in the folder now for the next build, if it is one."""
        self.ended = True
        if self.keeps and kept.tree.made and self.folder.is_dir():
            _create(str(self.record), msgspec.json.encode(kept))
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _clear(self, names: Iterable[str]) -> None:
        """Take out what the new tree does not have, and what has to be carried over anew."""
        for name in names:
            self._take_out(name)

    def _take_out(self, name: str) -> None:
        file = self.folder / name
        if not name.endswith("/"):
            _remove(file)
        for folder in (*((file,) if name.endswith("/") else ()), *file.parents):
            if folder == self.folder:
                return
            try:
                folder.rmdir()
            except OSError:
                return

    def _sign(self, manifest: Manifest) -> None:
        """Say in the tree what a build made of it."""
        data = msgspec.json.encode(manifest)
        self._put(MANIFEST, lambda new: _create(new, data))

    def _carry_over(self, ours: frozenset[str]) -> list[str]:
        """Take along what no build wrote. Returns its names, empty folders with a slash."""
        known = ours | self.before.files.keys() | {MANIFEST}
        carried = []
        for name in others(self.output, self.before, known, self.kept):
            if name.endswith("/"):  # no build makes an empty folder; git needs some
                (self.folder / name).mkdir(parents=True, exist_ok=True)
                carried.append(name)
            elif _carry(self.output / name, self.folder / name):
                carried.append(name)
        return carried

    def _exchange(self) -> None:
        if not self.output.exists():
            self.output.parent.mkdir(parents=True, exist_ok=True)
            self.folder.rename(self.output)
        elif not _exchanged(self.folder, self.output):
            self.output.rename(self.aside)
            try:
                self.folder.rename(self.output)
            except OSError:
                self.aside.rename(self.output)
                raise
            with suppress(OSError):
                self.aside.rename(self.folder)
        with suppress(OSError):  # the site is public already, whether or not the disk says so
            _sync(self.output.parent)


def _same_disk(home: Path, output: Path) -> bool:
    """Whether one step can bring a tree from one place to the other."""
    above = next(p for p in (output, *output.parents) if p.exists())
    return home.is_dir() and home.stat().st_dev == above.stat().st_dev and not output.is_mount()


def _short_hash(path: Path) -> str:
    return blake2b(os.fsencode(path), digest_size=5).hexdigest()


def _create(file: str, data: bytes) -> None:
    with open(file, "xb") as new:
        new.write(data)


def _remove(path: Path) -> None:
    """Remove whatever is at a path, without following it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _carry(old: Path, new: Path) -> bool:
    """Take a file along that is not ours, linked when the system can, never followed if it is a
    link; not where a file of ours stands in its way.
    """
    if any(p.is_file() for p in new.parents) or new.exists():
        return False
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_symlink():
        new.symlink_to(old.readlink())
        return True
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
    return True


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
        raise refusal(e) from e
