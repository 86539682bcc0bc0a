"""How editors save a file, each in its way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


def in_place(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")


def temporary_beside(file: Path, text: str) -> None:
    """Visual Studio Code's atomic save, gedit, Helix: a new file takes the name of the old."""
    new = file.with_name(f".{file.name}.tmp")
    new.write_text(text, "utf-8")
    new.replace(file)


def backup_and_new(file: Path, text: str) -> None:
    """Vim: a swap file, a probe of the folder, the old file as a backup, then a new one."""
    swap, probe = file.with_name(f".{file.name}.swp"), file.with_name("4913")
    swap.write_text("swap", "utf-8")
    probe.touch()
    probe.unlink()
    backup = file.rename(file.with_name(f"{file.name}~"))
    file.write_text(text, "utf-8")
    backup.unlink()
    swap.unlink()


def delete_and_create(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text, "utf-8")


def lock_and_copy(file: Path, text: str) -> None:
    """Emacs: a link that leads nowhere says who edits, a copy is kept, the file is overwritten."""
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("writer@desk.1234")
    shutil.copy2(file, file.with_name(f"{file.name}~"))
    file.write_text(text, "utf-8")
    lock.unlink()


def temporary_elsewhere(file: Path, text: str) -> None:
    """A program that writes in its own folder and moves the file into place."""
    new = file.parents[2] / f"{file.name}.new"
    new.write_text(text, "utf-8")
    new.replace(file)


STYLES: tuple[Callable[[Path, str], None], ...] = (
    in_place,
    temporary_beside,
    backup_and_new,
    delete_and_create,
    lock_and_copy,
    temporary_elsewhere,
)
