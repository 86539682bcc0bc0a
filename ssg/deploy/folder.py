"""A folder of this machine: a mounted disk, the root of a local web server.

The whole folder is exchanged in one step, as a build does with its output. Where that cannot be,
because the folder is where a disk is mounted, files are replaced one by one.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ssg.deploy.changes import Record, read_record
from ssg.deploy.parcel import digest
from ssg.deploy.shipment import Shipment
from ssg.deploy.troubles import fault
from ssg.output import Stage, check_output
from ssg.trees import MANIFEST, Manifest, intact, manifest

_CODES = {
    errno.ENOSPC: "deploy/no-space",
    errno.EDQUOT: "deploy/no-space",
    errno.EACCES: "deploy/forbidden",
    errno.EPERM: "deploy/forbidden",
    errno.EROFS: "deploy/forbidden",
    errno.ENOENT: "deploy/no-place",
    errno.ENOTDIR: "deploy/no-place",
}


class FolderTarget:
    """Exchanged as a whole: readers see the old site or the new one, and nothing can go on."""

    def __init__(self, root: Path, folder: Path) -> None:
        check_output(root, folder, shared=True)
        self.home = root / ".cache"  # a small change costs little when the last tree is kept here
        self.folder = folder

    def look(self) -> Record:
        with troubles(self.folder):
            record = read_record(read(self.folder / MANIFEST), str(self.folder))
            made = manifest(self.folder)
        same = {n: f for n, f in record.files.items() if intact(f"{self.folder}/{n}", f, made)}
        pending = sorted({*record.pending, *(record.files.keys() - same.keys())})
        return Record(same, pending, url=record.url)

    def in_the_way(self, names: Collection[str]) -> set[str]:
        return {name for name in names if os.path.lexists(self.folder / name)}

    def send(self, shipment: Shipment) -> None:
        parcel, total = shipment.parcel, len(shipment.parcel.files)
        with troubles(self.folder):
            stage = Stage(self.folder, self.home)
            try:
                for number, (name, file) in enumerate(parcel.files.items(), 1):
                    same = stage.before.files.get(name) == file
                    if not (same and stage.reuse(name)):
                        stage.write(name, parcel.read(name))
                    shipment.progress("send", number, total)
                with suppress(OSError):  # readable by whom the old one was
                    shutil.copymode(self.folder, stage.folder)
                stage.publish(Manifest(parcel.files, url=parcel.url))
            finally:
                stage.discard()

    def close(self) -> None:
        pass


class FolderStore:
    """A folder whose files are replaced one by one."""

    lines = 4
    batch = 100

    def __init__(self, root: Path, folder: Path) -> None:
        check_output(root, folder, shared=True)
        self.folder = folder
        self.where = str(folder)

    def connect(self) -> FolderLine:
        return FolderLine(self.folder)


class FolderLine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> bytes | None:
        with troubles(self.folder):
            return read(self.folder / name)

    def put(self, name: str, data: bytes) -> None:
        file = self.folder / name
        part = file.with_name(f".ssg-{digest(name.encode())[0]}.part")
        with troubles(self.folder):
            file.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)

    def remove(self, names: Sequence[str]) -> None:
        for name in names:
            file = self.folder / name
            with troubles(self.folder):
                with suppress(FileNotFoundError, NotADirectoryError):
                    file.unlink()
                for folder in file.relative_to(self.folder).parents[:-1]:
                    try:
                        (self.folder / folder).rmdir()
                    except OSError:
                        break

    def present(self, names: Collection[str]) -> set[str]:
        return {name for name in names if os.path.lexists(self.folder / name)}

    def close(self) -> None:
        pass


def read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def troubles(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into a fault of the target."""
    try:
        yield
    except OSError as e:
        code = _CODES.get(e.errno or 0, "deploy/failed")
        fault(code, str(folder), e.strerror or str(e))
