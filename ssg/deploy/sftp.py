"""A folder of another machine, over SFTP: rental servers without a shell have it too.

One connection carries the requests of all lines: hosts limit how many one may open.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Collection, Coroutine, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Lock, Thread
from typing import Any, NoReturn, TypeVar

import asyncssh
from asyncssh import SFTPAttrs, SFTPError, SFTPNoSuchFile, SFTPNoSuchPath

from ssg.deploy.changes import above
from ssg.deploy.ssh import Login
from ssg.deploy.troubles import PassingError, fault

T = TypeVar("T")
Work = Callable[[], Coroutine[Any, Any, T]]
LOGIN, REQUEST = 30, 120  # seconds
logging.getLogger("asyncio").setLevel(logging.ERROR)  # what it warns of is told in our own words
SLOWEST = 1000  # bytes in a second, of one of several files
_READ_ONLY = 1  # a flag of statvfs
_MISSING = (SFTPNoSuchFile, SFTPNoSuchPath)
_FORBIDDEN = (asyncssh.SFTPPermissionDenied, asyncssh.SFTPWriteProtect)
_FULL = (asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded)
_LOST = (
    OSError,
    CancelledError,
    TimeoutError,
    asyncssh.DisconnectError,
    asyncssh.ChannelOpenError,
    asyncssh.SFTPConnectionLost,
    asyncssh.SFTPNoConnection,
    asyncssh.SFTPEOFError,
)


class SftpStore:
    """The password, if there is one, stands in the environment variable `variable`."""

    lines = 16
    batch = 64

    def __init__(self, login: Login, variable: str) -> None:
        self.login = login
        self.where = login.where
        self.variable = variable
        self.lock = Lock()
        self.session: Session | None = None

    def connect(self) -> SftpLine:
        with self.lock:
            if self.session is None or self.session.closed:
                with self._troubles():
                    self.session = Session(self._options())
            return SftpLine(self.session, self.login)

    def _options(self) -> asyncssh.SSHClientConnectionOptions:
        login = self.login
        given: dict[str, Any] = {
            "username": login.at.user,
            "port": login.port,
            "password": os.environ.get(self.variable),
            "config": login.config and [str(login.config)],
        }
        options = asyncssh.SSHClientConnectionOptions(
            host=login.at.host,
            connect_timeout=LOGIN,
            login_timeout=LOGIN,
            keepalive_interval=15,
            **{name: value for name, value in given.items() if value},
        )
        return asyncssh.SSHClientConnectionOptions(options, known_hosts=_known(options))

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """What can go wrong before anything is sent."""
        try:
            yield
        except asyncssh.PermissionDenied as e:
            fault("deploy/refused", self.where, str(e), variable=self.variable)
        except asyncssh.HostKeyNotVerifiable as e:
            fault("deploy/host-key", self.where, str(e), command=self.login.command)
        except asyncssh.ChannelOpenError as e:
            fault("deploy/no-sftp", self.where, str(e))
        except socket.gaierror as e:
            fault("deploy/no-place", self.where, e.strerror or str(e))
        except (FileNotFoundError, PermissionError, asyncssh.ConfigParseError) as e:
            fault("deploy/failed", self.where, str(e))
        except (asyncssh.KeyExchangeFailed, asyncssh.KeyImportError) as e:
            fault("deploy/failed", self.where, str(e))
        except _LOST as e:
            if "Too many authentication failures" in str(e):
                fault("deploy/refused", self.where, str(e), variable=self.variable)
            raise PassingError(str(e) or "timed out") from e


def _known(options: asyncssh.SSHClientConnectionOptions) -> Any:
    """The hosts to trust. `UserKnownHostsFile none` means none, not all; a file need not exist."""
    named: Any = options.known_hosts
    if named == []:
        return ()
    return [name for name in named or [] if Path(name).expanduser().is_file()] or b""


class Session:
    """A connection, and the thread in which it lives."""

    def __init__(self, options: asyncssh.SSHClientConnectionOptions) -> None:
        self.lock = Lock()
        self.closed = False
        self.connection: asyncssh.SSHClientConnection | None = None
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        try:
            self.sftp = self.call(partial(self._open, options), 2 * LOGIN)
        except BaseException:
            self.close()
            raise

    def call(self, work: Work[T], seconds: float) -> T:
        with self.lock:
            if self.closed:
                raise PassingError("closed")
            waiting = asyncio.run_coroutine_threadsafe(_within(work, seconds), self.loop)
        return waiting.result()

    def close(self) -> None:
        """End the connection. Those who wait for it get an error."""
        with self.lock:
            if self.closed:
                return
            self.closed = True
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _open(self, options: asyncssh.SSHClientConnectionOptions) -> asyncssh.SFTPClient:
        self.connection = await asyncssh.connect(options.host, options=options)
        try:
            return await self.connection.start_sftp_client()
        except asyncssh.ChannelOpenError as e:
            if self.connection.is_closed():
                raise ConnectionResetError(str(e)) from e
            raise

    async def _end(self) -> None:
        if self.connection:
            self.connection.abort()
            await self.connection.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


async def _within(work: Work[T], seconds: float) -> T:
    async with asyncio.timeout(seconds):
        return await work()


class SftpLine:
    def __init__(self, session: Session, login: Login) -> None:
        self.session = session
        self.sftp = session.sftp
        self.base = login.folder
        self.where = f"{login.where}:{login.folder}"

    def get(self, name: str) -> bytes | None:
        return self._do(partial(self._get, name))

    def put(self, name: str, data: bytes) -> None:
        self._do(partial(self._put, name, data), len(data))

    def remove(self, names: Sequence[str]) -> None:
        self._do(partial(self._remove, names))

    def present(self, names: Collection[str]) -> set[str]:
        return self._do(partial(self._present, names))

    def close(self) -> None:
        self.session.close()

    def _do(self, work: Work[T], size: int = 0) -> T:
        try:
            return self.session.call(work, REQUEST + size / SLOWEST)
        except _FORBIDDEN as e:
            fault("deploy/forbidden", self.where, str(e))
        except _FULL as e:
            fault("deploy/no-space", self.where, str(e))
        except _MISSING as e:
            fault("deploy/no-place", self.where, str(e))
        except _LOST as e:
            raise PassingError(str(e) or "timed out") from e
        except SFTPError as e:
            self._tell(e, size)

    def _tell(self, error: SFTPError, size: int) -> NoReturn:
        """The protocol of most servers knows no words for a full disk and one to be read only."""
        code = "deploy/failed"
        with suppress(SFTPError, PassingError, *_LOST):
            disk = self.session.call(lambda: self.sftp.statvfs(self.base), REQUEST)
            if disk.flags & _READ_ONLY:
                code = "deploy/forbidden"
            elif disk.bavail * disk.frsize < size or not disk.bavail:
                code = "deploy/no-space"
        fault(code, self.where, str(error))

    # --- one request after the other

    def _path(self, name: str) -> str:
        return f"{self.base}/{name}" if name else self.base

    async def _get(self, name: str) -> bytes | None:
        """Of a file that was moved aside when the connection broke, that one."""
        for path in (self._path(name), self._beside(name, "old")):
            with suppress(*_MISSING):
                async with self.sftp.open(path, "rb") as file:
                    data: bytes | str = await file.read()
                    return data if isinstance(data, bytes) else data.encode()
        await self.sftp.stat(self.base)
        return None

    def _beside(self, name: str, kind: str) -> str:
        folder, _, leaf = name.rpartition("/")
        short = blake2b(leaf.encode(), digest_size=8).hexdigest()
        return self._path(f"{folder}/.{short}.{kind}".lstrip("/"))

    async def _put(self, name: str, data: bytes) -> None:
        part = self._beside(name, "part")
        try:
            await self._write(part, data)
        except _MISSING:
            await self._make(name.rpartition("/")[0])
            await self._write(part, data)
        try:
            await self.sftp.posix_rename(part, self._path(name))
        except asyncssh.SFTPOpUnsupported:
            await self._replace(part, self._path(name), self._beside(name, "old"))

    async def _write(self, path: str, data: bytes) -> None:
        """Readers may read it, whatever the host has in mind for new files."""
        mode = SFTPAttrs(permissions=0o644)
        async with self.sftp.open(path, "wb", mode) as file:
            await asyncio.gather(file.write(data), _tolerant(partial(file.setstat, mode)))

    async def _make(self, folder: str) -> None:
        """Make a folder and those above it; the base is not ours to make."""
        if not folder:
            await self.sftp.stat(self.base)
            return
        path, mode = self._path(folder), SFTPAttrs(permissions=0o755)
        try:
            await self.sftp.mkdir(path, mode)
        except _MISSING:
            await self._make(folder.rpartition("/")[0])
            await self._make(folder)
        except SFTPError:
            if not await self.sftp.isdir(path):
                raise
        else:
            await _tolerant(partial(self.sftp.setstat, path, mode))

    async def _replace(self, part: str, path: str, aside: str) -> None:
        """Where a server cannot replace a file in one step: the old one is never lost."""
        if await self.sftp.exists(path):
            await _tolerant(partial(self.sftp.remove, aside))
            await self.sftp.rename(path, aside)
        try:
            await self.sftp.rename(part, path)
        except SFTPError:
            await _tolerant(partial(self.sftp.rename, aside, path))
            raise
        await _tolerant(partial(self.sftp.remove, aside))

    async def _remove(self, names: Sequence[str]) -> None:
        await asyncio.gather(*(self._remove_file(name) for name in names))
        folders = {folder for name in names for folder in above(name)}
        for folder in sorted(folders, key=len, reverse=True):
            await _tolerant(partial(self.sftp.rmdir, self._path(folder)))

    async def _remove_file(self, name: str) -> None:
        with suppress(*_MISSING):
            await self.sftp.remove(self._path(name))

    async def _present(self, names: Collection[str]) -> set[str]:
        listings: dict[str, asyncio.Task[set[str] | None]] = {}

        def listing(folder: str) -> asyncio.Task[set[str] | None]:
            if folder not in listings:
                listings[folder] = asyncio.create_task(read(folder))
            return listings[folder]

        async def read(folder: str) -> set[str] | None:
            """The names in a folder; None when there is a file instead."""
            above, _, leaf = folder.rpartition("/")
            there = await listing(above) if folder else {leaf}
            if there is None or leaf not in there:
                return there and set()
            return await self._listed(folder)

        parts = {name: name.rpartition("/") for name in names}
        await asyncio.gather(*(listing(folder) for folder, _, _ in parts.values()))
        found = {name: listings[folder].result() for name, (folder, _, _) in parts.items()}
        return {n for n, there in found.items() if there is None or parts[n][2] in there}

    async def _listed(self, folder: str) -> set[str] | None:
        path = self._path(folder)
        if folder and not await self.sftp.isdir(path):
            return None
        return {str(name) for name in await self.sftp.listdir(path)}


async def _tolerant(work: Work[object]) -> None:
    """Do something that may fail without harm. A lost connection is no such failure."""
    try:
        await work()
    except _LOST:
        raise
    except SFTPError:
        pass
