"""A machine that the programs ssh and rsync reach."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from typing import NoReturn, TypeVar

from ssg.deploy.troubles import PassingError, Patience, fault, patiently
from ssg.errors import EnvironmentFault, problem
from ssg.model import Frozen
from ssg.targets import Remote

T = TypeVar("T")
LONGEST_SOCKET = 80  # characters: systems allow about a hundred, and ssh adds some for a while
OLDEST = (3, 1)  # of rsync
_LOST = (10, 12, 20, 30, 35, 255)  # exit codes of rsync and ssh when a connection ends
_MEANINGS = (
    ("deploy/no-space", r"No space left|[Qq]uota exceeded|File too large"),
    ("deploy/host-key", r"Host key verification failed|HOST IDENTIFICATION HAS CHANGED"),
    ("deploy/refused", r"Permission denied \([a-z]|Too many authentication failures"),
    (
        "deploy/no-rsync",
        r"rsync: ([Cc]ommand )?not found|(found|command): rsync|sftp connections only|shell clean",
    ),
    ("deploy/forbidden", r"Permission denied|Operation not permitted|Read-only file system"),
    ("deploy/no-place", r"Could not resolve|No such file or directory|Not a directory"),
)


class Login(Frozen, frozen=True):
    """How to reach a machine. `config` is a file for `ssh -F`."""

    at: Remote
    port: int | None = None
    config: Path | None = None

    @property
    def where(self) -> str:
        return f"{self.at.user}@{self.at.host}" if self.at.user else self.at.host

    @property
    def folder(self) -> str:
        """The path without `~`: a login begins there. It is never taken for an option."""
        path = re.sub(r"^~(/|$)", "", self.at.path)
        return path if path.startswith("/") else f"./{path}".rstrip("/")

    @property
    def command(self) -> str:
        """What a writer runs to log in."""
        port = [f"-p {self.port}"] if self.port else []
        config = [f"-F {shlex.quote(str(self.config))}"] if self.config else []
        return " ".join(["ssh", *port, *config, self.where])


class Done(Frozen, frozen=True):
    code: int
    out: bytes
    err: str


def _lacking() -> Iterator[str]:
    """The programs that are not here, or too old; some systems have an rsync that can do less."""
    yield from (program for program in ("ssh", "rsync") if not shutil.which(program))
    told = subprocess.run(["rsync", "--version"], capture_output=True, check=False).stdout  # noqa: S607
    version = re.match(rb"rsync +version v?(\d+)\.(\d+)", told)
    if not version or (int(version[1]), int(version[2])) < OLDEST:
        yield f"rsync {OLDEST[0]}.{OLDEST[1]}"


class Machine:
    """The programs that run there share one connection as long as it lasts."""

    def __init__(self, login: Login, patience: Patience) -> None:
        for program in _lacking():
            raise EnvironmentFault([problem("deploy/no-program", "-", program=program)])
        self.login = login
        self.where = login.where
        self.patience = patience
        self.sockets = Path(mkdtemp(prefix="ssg-"))

    def rsync(self, *args: str, names: Collection[str], passes: Sequence[int] = (0,)) -> Done:
        """Run rsync once for files of these names; other exit codes than those that pass raise.
        A slash before a name says nothing to rsync, but that it is no comment.
        """
        listed = b"".join(b"/" + os.fsencode(name) + b"\0" for name in names)
        options = ("--secluded-args", "--timeout=60", "--from0", "--files-from=-")
        shell = shlex.join(self._ssh())
        return self._run(["rsync", *options, f"--rsh={shell}", *args], listed, passes)

    def script(self, body: str, **values: str) -> str:
        """What a script of sh prints there. It is read to its end before any of it is done."""
        given = "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items())
        text = f"set -eu\nLC_ALL=C; export LC_ALL\n{given}main() {{\n{body}\n}}\nmain\n"
        command = [*self._ssh(), "-T", self.where, "sh -s"]
        return os.fsdecode(self._run(command, text.encode(), (0,)).out)

    def patiently(self, work: Callable[[], T]) -> T:
        return patiently(work, self.patience, self.where)

    def close(self) -> None:
        if self._shares():
            with suppress(OSError):
                command = [*self._ssh(), "-O", "exit", self.where]
                subprocess.run(command, capture_output=True, check=False)  # noqa: S603
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _ssh(self) -> list[str]:
        login = self.login
        options = ["ConnectTimeout=20", "ServerAliveInterval=15", "ServerAliveCountMax=4"]
        if not sys.stdin.isatty():
            options.append("BatchMode=yes")
        if self._shares():
            options += ["ControlMaster=auto", "ControlPersist=60", f"ControlPath={self._socket()}"]
        command = ["ssh", *(part for option in options for part in ("-o", option))]
        command += ["-F", str(login.config)] if login.config else []
        return command + (["-p", str(login.port)] if login.port else [])

    def _socket(self) -> Path:
        return self.sockets / "s"

    def _shares(self) -> bool:
        return os.name == "posix" and len(str(self._socket())) <= LONGEST_SOCKET

    def _run(self, command: Sequence[str], sent: bytes, passes: Sequence[int]) -> Done:
        """The errors go through a file: the connection that stays open may hold a pipe."""
        with TemporaryFile() as errors:
            ended = subprocess.run(  # noqa: S603
                command,
                input=sent,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=os.environ | {"LC_ALL": "C"},
                check=False,
            )
            errors.seek(0)
            done = Done(ended.returncode, ended.stdout, errors.read().decode(errors="replace"))
        if done.code not in passes:
            self._fail(done)
        return done

    def _fail(self, done: Done) -> NoReturn:
        lines = [line.strip() for line in done.err.splitlines() if line.strip()]
        for code, pattern in _MEANINGS:
            for line in lines:
                if re.search(pattern, line):
                    fault(code, self.where, line, command=self.login.command)
        why = next(iter(lines), f"exit code {done.code}")
        if done.code in _LOST or not lines:
            raise PassingError(why)
        fault("deploy/failed", self.where, why)
