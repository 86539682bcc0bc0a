"""How far a publication came, so that the next run goes on where a break stopped it."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import msgspec

from ssg.deploy.changes import Record
from ssg.trees import File

_Line = tuple[str, File | None]  # a file that is there now, or that is gone


class Journal:
    """One line for each file done. The first line has the id of the publication."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lock = Lock()

    def applied(self, record: Record) -> Record:
        """The record, with what this machine knows of the publication that it speaks of."""
        if not record.pending:
            return record
        known = dict(self._lines(record.id))
        files = {name: file for name, file in known.items() if file}
        pending = [name for name in record.pending if name not in known]
        return Record(record.files | files, pending, record.id, record.url)

    def begin(self, id: str) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_bytes(msgspec.json.encode(id) + b"\n")

    def done(self, name: str, file: File | None) -> None:
        line = msgspec.json.encode((name, file)) + b"\n"
        with self.lock, self.file.open("ab") as out:
            out.write(line)

    def end(self) -> None:
        self.file.unlink(missing_ok=True)

    def _lines(self, id: str) -> list[_Line]:
        try:
            first, *rest = self.file.read_bytes().split(b"\n")[:-1]
            if msgspec.json.decode(first) != id:
                return []
            return [msgspec.json.decode(line, type=_Line) for line in rest]
        except (OSError, ValueError):
            return []
