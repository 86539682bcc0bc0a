"""A folder of another machine, changed by rsync alone: no shell is needed there."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from ssg.deploy.changes import Record, above, read_record
from ssg.deploy.inplace import Settle, publish
from ssg.deploy.journal import Journal
from ssg.deploy.parcel import Parcel
from ssg.deploy.shipment import Shipment
from ssg.deploy.ssh import Machine
from ssg.trees import MANIFEST

_SOME_FAILED, _VANISHED = 23, 24
_ESCAPED = re.compile(rb"\\#([0-7]{3})")


class RsyncTarget:
    """Changed in place: the record there and a journal here say how far a broken run came."""

    def __init__(self, machine: Machine, path: str, home: Path, journal: Journal) -> None:
        self.machine = machine
        self.tree = Tree(machine, path, home)
        self.journal = journal

    def look(self) -> Record:
        return self.journal.applied(self.tree.record())

    def in_the_way(self, names: Collection[str]) -> set[str]:
        return self.tree.present(names) if names else set()

    def send(self, shipment: Shipment) -> None:
        publish(self.tree, shipment, self.journal)

    def close(self) -> None:
        self.machine.close()


class Tree:
    """A folder there. What is sent to it is gathered in a folder of `home` here."""

    def __init__(self, machine: Machine, path: str, home: Path) -> None:
        self.machine = machine
        self.path = f"{machine.where}:{path}/"
        self.home = home

    def record(self) -> Record:
        with TemporaryDirectory() as empty:
            options = ("--ignore-missing-args", self.path, empty)
            self.machine.patiently(lambda: self.machine.rsync(*options, names=[MANIFEST]))
            file = Path(empty, MANIFEST)
            return read_record(file.read_bytes() if file.exists() else None, self.path)

    def present(self, names: Collection[str]) -> set[str]:
        """Those that are there, or cannot be because a file is where their folder belongs."""
        asked = {*names, *(folder for name in names for folder in above(name))}
        there = self._listed(sorted(asked))
        files = {name for name in there if not name.endswith("/")}
        return {
            name
            for name in names
            if name in there or f"{name}/" in there or not files.isdisjoint(above(name))
        }

    def _listed(self, names: Sequence[str]) -> set[str]:
        """Names that are there; those of folders end with a slash."""
        options = ("--dry-run", "--dirs", "--8-bit-output", "--out-format=%n")
        passes = (0, _SOME_FAILED)  # a file may be where a folder is asked for
        with TemporaryDirectory() as empty:
            done = self.machine.patiently(
                lambda: self.machine.rsync(
                    *options,
                    "--ignore-missing-args",
                    self.path,
                    empty,
                    names=names,
                    passes=passes,
                )
            )
        lines = (_ESCAPED.sub(_character, line) for line in done.out.split(b"\n"))
        return {os.fsdecode(line) for line in lines}

    def write(self, record: bytes) -> None:
        with self._stage() as stage:
            (stage / MANIFEST).write_bytes(record)
            self.machine.patiently(lambda: self._push(stage, [MANIFEST]))

    def put(self, parcel: Parcel, names: Sequence[str], settle: Settle) -> None:
        """rsync takes out of the stage what has arrived: what is left there is sent again."""
        waiting = list(names)

        def attempt() -> None:
            try:
                self._push(stage, waiting)
            finally:
                left = [name for name in waiting if (stage / name).exists()]
                settle(set(waiting) - set(left))
                waiting[:] = left

        with self._stage() as stage:
            for name in names:
                _fill(stage / name, parcel, name)
            self.machine.patiently(attempt)

    def _push(self, stage: Path, names: Sequence[str]) -> None:
        """rsync tells every name, so that it ends soon when nobody listens any more."""
        options = ("--whole-file", "--ignore-times", "--compress", "--remove-source-files")
        modes = ("--perms", "--chmod=D755,F644", "--out-format=%n", "--outbuf=L")
        self.machine.rsync(*options, *modes, f"{stage}/", self.path, names=names)

    def remove(self, parcel: Parcel, names: Sequence[str], settle: Settle) -> None:
        self._delete(names)
        kept = {folder for name in parcel.files for folder in above(name)}
        empty = {folder for name in names for folder in above(name)} - kept
        for _, folders in groupby(sorted(empty, key=_depth, reverse=True), key=_depth):
            self._delete([*folders])
        settle(names)

    def _delete(self, names: Sequence[str]) -> None:
        """Files, and folders that are empty. That none of it is here makes rsync delete it there;
        it finds that the folders above have vanished, too.
        """
        with TemporaryDirectory() as empty:
            options = ("--delete-missing-args", "--no-implied-dirs", f"{empty}/", self.path)
            self.machine.patiently(
                lambda: self.machine.rsync(*options, names=names, passes=(0, _VANISHED))
            )

    @contextmanager
    def _stage(self) -> Iterator[Path]:
        """A folder of this step alone: rsync of a run that was killed may still be busy."""
        self.home.mkdir(parents=True, exist_ok=True)
        for left in self.home.glob("stage-*"):
            shutil.rmtree(left, ignore_errors=True)
        with TemporaryDirectory(prefix="stage-", dir=self.home) as stage:
            yield Path(stage)


def _fill(file: Path, parcel: Parcel, name: str) -> None:
    data = parcel.read(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    if name not in parcel.extra:
        with suppress(OSError):  # another disk, or one without links
            file.hardlink_to(parcel.folder / name)
            return
    file.write_bytes(data)


def _depth(folder: str) -> int:
    return folder.count("/")


def _character(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 8)])
