"""What the last build knew: one SQLite file that may be deleted at any time."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType

FILE = "build.sqlite3"


class Cache:
    """Bytes by key. A cache that cannot be read or written is the same as an empty one."""

    def __init__(self, folder: Path) -> None:
        self.database: sqlite3.Connection | None = None
        try:
            folder.mkdir(exist_ok=True)
            self.database = self._opened(folder / FILE)
        except (sqlite3.DatabaseError, OSError):
            (folder / FILE).unlink(missing_ok=True) if folder.is_dir() else None

    @staticmethod
    def _opened(file: Path) -> sqlite3.Connection:
        database = sqlite3.connect(file)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("CREATE TABLE IF NOT EXISTS blobs (key TEXT PRIMARY KEY, value BLOB)")
        return database

    def get(self, key: str) -> bytes | None:
        if self.database is None:
            return None
        row = self.database.execute("SELECT value FROM blobs WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put(self, key: str, value: bytes) -> None:
        if self.database is not None:
            self.database.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (key, value))

    def keep_only(self, keys: set[str]) -> None:
        """Forget what this build did not use."""
        if self.database is not None:
            known = {row[0] for row in self.database.execute("SELECT key FROM blobs")}
            gone = [(key,) for key in known - keys]
            self.database.executemany("DELETE FROM blobs WHERE key = ?", gone)

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.database is not None:
            self.database.commit()
            self.database.close()
