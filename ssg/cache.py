"""What the last build knew: one SQLite file that may be deleted at any time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any

FILE = "build.sqlite3"
PAGE = 16_384  # bytes: a rendered post fits into one
CACHE_PAGES = -16_000  # KiB


class Cache:
    """Bytes by key. A cache that cannot be read is the same as an empty one; where none can be
    written, what is put is kept in memory.

    A process forked from the one that opened it reads what had been committed, and writes
    nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = RLock()
        self.process = os.getpid()
        self.database: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.database = self._connected()
        except (sqlite3.Error, OSError):
            self._give_up()
        self.memory: dict[str, bytes] = {}
        self._rows(f"PRAGMA page_size = {PAGE}")
        self._rows("CREATE TABLE IF NOT EXISTS blobs (key TEXT PRIMARY KEY, value BLOB)")
        self._rows("PRAGMA journal_mode = WAL")  # others may read while this process writes
        self._rows("PRAGMA synchronous = NORMAL")
        self._rows(f"PRAGMA cache_size = {CACHE_PAGES}")

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / FILE, check_same_thread=False)

    def get(self, key: str) -> bytes | None:
        rows = self._rows("SELECT value FROM blobs WHERE key = ?", key)
        return rows[0][0] if rows else self.memory.get(key)

    def put(self, key: str, value: bytes) -> None:
        self._rows("INSERT OR REPLACE INTO blobs VALUES (?, ?)", key, value)
        if self.database is None:
            self.memory[key] = value

    def drop(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._rows("DELETE FROM blobs WHERE key = ?", key)

    def clear(self) -> None:
        """Forget everything."""
        self._rows("DELETE FROM blobs")

    def commit(self) -> None:
        """Let other processes see what was put, and let it outlive this one."""
        with self.lock, suppress(sqlite3.Error):
            if self.database is not None:
                self.database.commit()

    def keep_pictures(self, keys: set[str]) -> None:
        """Forget the pictures that this build did not use; their keys begin with `/`."""
        self.keep("/", keys)

    def keep(self, beginning: str, keys: set[str]) -> None:
        """Forget all other keys that have this beginning."""
        rows = self._rows("SELECT key FROM blobs WHERE key GLOB ?", f"{beginning}*")
        self.drop({key for (key,) in rows} - keys)

    def _rows(self, statement: str, *values: str | bytes) -> list[tuple[Any, ...]]:
        """What a statement finds; nothing from now on when the file is damaged or the disk full."""
        with self.lock:
            if self.process != os.getpid():
                self._adopt()
            if self.database is None:
                return []
            try:
                return self.database.execute(statement, values).fetchall()
            except sqlite3.Error as e:
                if e.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    self._give_up()
                return []

    def _adopt(self) -> None:
        """A connection of this process's own; SQLite forbids to use its parent's."""
        self.process = os.getpid()
        if self.database is not None:
            self.inherited = self.database  # not closed: that would let go of the parent's locks
            self.database = self._connected()
            self.database.execute("PRAGMA query_only = TRUE")
            self.database.execute("BEGIN")  # one look for all that follows

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
            self.commit()
            self.database.close()
