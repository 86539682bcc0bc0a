"""What the last build knew: one SQLite file that may be deleted at any time."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

FILE = "build.sqlite3"


class Cache:
    """Bytes by key. A cache that cannot be read or written is the same as an empty one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database: sqlite3.Connection | None = None
        try:
            folder.mkdir(exist_ok=True)
            self.database = sqlite3.connect(folder / FILE)
        except (sqlite3.Error, OSError):
            self._give_up()
        self._rows("PRAGMA journal_mode = WAL")
        self._rows("PRAGMA synchronous = NORMAL")
        self._rows("CREATE TABLE IF NOT EXISTS blobs (key TEXT PRIMARY KEY, value BLOB)")

    def get(self, key: str) -> bytes | None:
        rows = self._rows("SELECT value FROM blobs WHERE key = ?", key)
        return rows[0][0] if rows else None

    def put(self, key: str, value: bytes) -> None:
        self._rows("INSERT OR REPLACE INTO blobs VALUES (?, ?)", key, value)

    def keep_pictures(self, keys: set[str]) -> None:
        """Forget the pictures that this build did not use; their keys begin with `/`."""
        for (key,) in self._rows("SELECT key FROM blobs WHERE key LIKE '/%'"):
            if key not in keys:
                self._rows("DELETE FROM blobs WHERE key = ?", key)

    def _rows(self, statement: str, *values: str | bytes) -> list[tuple[Any, ...]]:
        """What a statement finds; nothing from now on when the file is damaged or the disk full."""
        if self.database is None:
            return []
        try:
            return self.database.execute(statement, values).fetchall()
        except sqlite3.Error as e:
            if e.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                self._give_up()
            return []

    def _give_up(self) -> None:
        """Go on without a cache, and leave no damaged one to the next build."""
        if self.database is not None:
            self.database.close()
            self.database = None
        for file in self.folder.glob(f"{FILE}*"):
            with suppress(OSError):
                file.unlink()

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.database is not None:
            with suppress(sqlite3.Error):
                self.database.commit()
            self.database.close()
