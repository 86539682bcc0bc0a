"""A rental server that takes files over FTPS: FTP that begins with `AUTH TLS`.

Passwords and files are never sent without encryption, to none but the host that was named.
"""

from __future__ import annotations

import posixpath
import re
import socket
import ssl
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from ftplib import FTP_TLS, Error, error_perm, error_temp
from functools import partial
from hashlib import blake2b
from itertools import groupby
from netrc import NetrcParseError, netrc
from os import environ
from pathlib import Path
from typing import NamedTuple

from ssg.deploy.troubles import CrowdedError, PassingError, fault
from ssg.targets import remote

SECONDS = 30  # without an answer
_FAREWELL_SECONDS = 5
_MISSING = re.compile(
    r"no such|not found|not exist|n't exist|(can ?not|can't) find|not a dir", re.I
)
_FULL = re.compile(r"quota|no space|disk (is )?full|exceed", re.I)
_CROWD = re.compile(r"too many|maximum|already connected|connection limit", re.I)
_UNKNOWN = ("500", "501", "502", "504")  # commands that a server does not know (RFC 959)

Troubles = Callable[[], AbstractContextManager[None]]


class Login(NamedTuple):
    user: str
    password: str


class Client(FTP_TLS):
    """Data connections go on with the TLS session of the control connection: most hosts want it,
    for it proves that both are ours. They lead to the same host, whatever PASV answers.
    """

    def auth(self) -> str:
        answer = super().auth()
        assert self.sock
        self.file = self.sock.makefile("r", encoding=self.encoding, errors="replace")
        return answer

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[ssl.SSLSocket, int]:
        plain, size = super(FTP_TLS, self).ntransfercmd(cmd, rest)
        assert isinstance(self.sock, ssl.SSLSocket)
        session = self.sock.session
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # files are small
        try:
            wrapped = self.context.wrap_socket(plain, server_hostname=self.host, session=session)
        except BaseException:
            plain.close()
            raise
        return wrapped, size or 0

    def data(self, command: str) -> ssl.SSLSocket:
        return self.ntransfercmd(command)[0]


class FtpsStore:
    """A folder of an FTPS server. `variable` names where its password is looked for first."""

    lines = 4
    batch = 20

    def __init__(self, to: str, port: int, ca_file: Path | None, variable: str) -> None:
        self.where = to
        self.to = remote(to)
        self.port = port
        self.variable = variable
        self.login = _login(to, variable)
        self.context = _context(to, ca_file)
        self.made: set[str] = set()  # folders that are there

    def connect(self) -> FtpsLine:
        client = Client(context=self.context, timeout=SECONDS)
        try:
            with self._troubles():
                self._enter(client)
                home = "/" if self.to.path.startswith("/") else client.pwd()
        except BaseException:
            client.close()
            raise
        base = posixpath.normpath(posixpath.join(home, self.to.path))
        return FtpsLine(client, base, self.made, self._troubles)

    def _enter(self, client: Client) -> None:
        with self._crowding():
            client.connect(self.to.host, self.port)
        try:
            client.auth()
        except error_perm as e:
            fault("deploy/no-tls", self.where, str(e))
        with self._crowding():
            client.login(*self.login, secure=False)  # it is, since `auth`
        client.prot_p()
        with suppress(error_perm):
            client.voidcmd("OPTS UTF8 ON")
        client.voidcmd("TYPE I")

    @contextmanager
    def _crowding(self) -> Iterator[None]:
        """What a host says to a connection more than it bears."""
        try:
            yield
        except EOFError:
            raise CrowdedError("closed") from None
        except Error as e:
            if str(e).startswith("421") or _CROWD.search(str(e)):
                raise CrowdedError(self._told(e)) from None
            raise

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Turn what the network and the server say into what a `Line` raises."""
        try:
            yield
        except ssl.SSLCertVerificationError as e:
            why = e.verify_message or str(e)
            fault("deploy/untrusted", self.where, why, setting="ca_file")
        except socket.gaierror as e:
            if e.errno == socket.EAI_NONAME:
                fault("deploy/no-place", self.where, self.to.host)
            raise PassingError(e.strerror) from None
        except error_perm as e:
            self._refused(self._told(e))
        except error_temp as e:
            if str(e).startswith("452"):
                fault("deploy/no-space", self.where, self._told(e))
            raise PassingError(self._told(e)) from None
        except (Error, OSError, EOFError) as e:
            raise PassingError(self._told(e) or "connection closed") from None
        except ValueError as e:  # a line break in a name or a password
            fault("deploy/failed", self.where, self._told(e))

    def _refused(self, why: str) -> None:
        if why.startswith("530"):
            fault("deploy/refused", self.where, why, variable=self.variable)
        if why.startswith("552") or _FULL.search(why):
            fault("deploy/no-space", self.where, why)
        if why.startswith(("550", "553")):
            code = "deploy/no-place" if _MISSING.search(why) else "deploy/forbidden"
            fault(code, self.where, why)
        fault("deploy/failed", self.where, why)

    def _told(self, error: Exception) -> str:
        """The words of a server, which may repeat the password."""
        return str(error).replace(self.login.password, "…")


class FtpsLine:
    def __init__(self, client: Client, base: str, made: set[str], troubles: Troubles) -> None:
        self.client = client
        self.base = base
        self.made = made
        self.troubles = troubles

    def get(self, name: str) -> bytes | None:
        path = self._path(name)
        with self.troubles():
            try:
                data = self._read(f"RETR {path}")
            except error_perm as e:
                if self._is_gone(path, e):
                    return None
                raise
            self._expect(path, len(data))
            return data

    def put(self, name: str, data: bytes) -> None:
        path = self._path(name)
        part = _beside(path, "part")
        with self.troubles():
            for folder in self._above(path):
                self._make(folder)
            self._delete(part)  # a broken session may still be writing to it
            self._write(part, data)
            self._expect(part, len(data))
            self._replace(part, path)

    def remove(self, names: Sequence[str]) -> None:
        paths = [self._path(name) for name in names]
        folders = {folder for path in paths for folder in self._above(path)} - {self.base}
        with self.troubles():
            for path in paths:
                self._delete(path)
                self._delete(_beside(path, "part"))
            for folder in sorted(folders, key=len, reverse=True):
                with suppress(error_perm):  # it holds something
                    self.client.voidcmd(f"RMD {folder}")
                    self.made.discard(folder)

    def present(self, names: Collection[str]) -> set[str]:
        with self.troubles():
            return set(self._present(self.base, sorted(names)))

    def close(self) -> None:
        try:
            self.client.putcmd("QUIT")
        finally:
            self.client.close()

    def _path(self, name: str) -> str:
        return posixpath.join(self.base, name)

    def _above(self, path: str) -> list[str]:
        """The folders of a file from our own on, the outermost first."""
        steps = posixpath.relpath(path, self.base).split("/")[:-1]
        return [posixpath.join(self.base, *steps[:n]) for n in range(len(steps) + 1)]

    def _make(self, folder: str) -> None:
        if folder in self.made:
            return
        try:
            self.client.voidcmd(f"MKD {folder}")
        except error_perm as e:
            with _as(e):
                self.client.voidcmd(f"CWD {folder}")  # it is there already
        self.made.add(folder)

    def _write(self, path: str, data: bytes) -> None:
        """Send a file. The answer says more than a broken data connection, and comes first."""
        trouble = None
        with self.client.data(f"STOR {path}") as conn:
            try:
                conn.sendall(data)
                _farewell(conn)
            except OSError as e:
                trouble = e
        self.client.voidresp()
        if trouble:
            raise trouble

    def _read(self, command: str) -> bytes:
        with self.client.data(command) as conn:
            data = b"".join(iter(partial(conn.recv, 65536), b""))
            _farewell(conn)
        self.client.voidresp()
        return data

    def _expect(self, path: str, size: int) -> None:
        """Raises PassingError when a file was cut short, if the server can tell."""
        try:
            there = self.client.size(path)
        except error_perm as e:
            if str(e).startswith(_UNKNOWN):
                return
            raise PassingError(str(e)) from None
        if there != size:
            raise PassingError(f"{there} of {size} bytes")

    def _replace(self, part: str, path: str) -> None:
        """Rename a file onto another. Where a server does not do that, the old one is moved aside
        first: whoever asks just then finds none.
        """
        try:
            self.client.rename(part, path)
        except error_perm as e:
            aside = _beside(path, "old")
            self._delete(aside)
            with _as(e):
                self.client.rename(path, aside)
            try:
                self.client.rename(part, path)
            except error_perm:
                self.client.rename(aside, path)
                raise
            self._delete(aside)

    def _delete(self, path: str) -> None:
        try:
            self.client.voidcmd(f"DELE {path}")
        except error_perm as e:
            if not self._is_gone(path, e):
                raise

    def _is_gone(self, path: str, error: error_perm) -> bool:
        """Whether a command was refused because there is no such file."""
        folder, name = posixpath.split(path)
        return bool(_MISSING.search(str(error))) or name not in self._list(folder)

    def _present(self, folder: str, names: list[str]) -> Iterator[str]:
        """Those of the names, relative to a folder, that are there."""
        here = self._list(folder)
        for first, group in groupby(names, lambda name: name.partition("/")[0]):
            inner = [name.partition("/")[2] for name in group]
            if first in here:
                yield from (first for rest in inner if not rest)
                deeper = [rest for rest in inner if rest]
                below = self._below(posixpath.join(folder, first), deeper) if deeper else ()
                yield from (f"{first}/{name}" for name in below)

    def _below(self, folder: str, names: list[str]) -> Iterator[str]:
        """Those that are in a folder; all of them when it is a file, which is in their way."""
        try:
            self.client.voidcmd(f"CWD {folder}")
        except error_perm:
            yield from names
        else:
            yield from self._present(folder, names)

    def _list(self, folder: str) -> set[str]:
        """The names in a folder; none when there is no such folder."""
        try:
            lines = self._lines(folder)
        except error_perm as e:
            if _MISSING.search(str(e)):
                return set()
            raise
        return {line.decode(errors="surrogateescape") for line in lines}

    def _lines(self, folder: str) -> list[bytes]:
        try:
            facts = self._read(f"MLSD {folder}").splitlines()
            return [line.partition(b" ")[2] for line in facts]
        except error_perm as e:
            if _MISSING.search(str(e)):
                raise
        self.client.voidcmd(f"CWD {folder}")  # NLST may take a name for a pattern
        return [posixpath.basename(line) for line in self._read("NLST -a").splitlines()]


@contextmanager
def _as(error: error_perm) -> Iterator[None]:
    """Of two refusals the first one says what is wrong."""
    try:
        yield
    except error_perm:
        raise error from None


def _farewell(conn: ssl.SSLSocket) -> None:
    """End a TLS connection as it should be; some servers just hang up."""
    conn.settimeout(_FAREWELL_SECONDS)
    with suppress(OSError):
        conn.unwrap()


def _beside(path: str, suffix: str) -> str:
    """A hidden name in the same folder, the same for each try."""
    folder, name = posixpath.split(path)
    return posixpath.join(
        folder, f".ssg-{blake2b(name.encode(), digest_size=6).hexdigest()}.{suffix}"
    )


def _context(where: str, ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as e:
            fault("deploy/untrusted", where, f"{ca_file}: {e.strerror}", setting="ca_file")
    return context


def _login(to: str, variable: str) -> Login:
    """From the environment, or from the file that FTP clients share."""
    place = remote(to)
    if place.user and (password := environ.get(variable, "").strip("\r\n")):
        return Login(place.user, password)
    try:
        user, _, password = netrc().authenticators(place.host) or ("", "", "")
    except FileNotFoundError:
        user, password = "", ""
    except NetrcParseError as e:  # its words may hold a password
        fault("deploy/no-password", to, f"~/.netrc:{e.lineno}", variable=variable)
    if not password or place.user not in ("", user):
        fault("deploy/no-password", to, place.host, variable=variable)
    return Login(user, password)
