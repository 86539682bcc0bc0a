"""A bare git repository of our own, and the program that works in it.

It is only a cache of what a remote holds. While it is used it lies under a name of that run: what
a killed one left is thrown away by the next, with its locks, and what git still does there is lost.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryFile
from typing import IO

from ssg.errors import EnvironmentFault, problem

_SETTINGS = {
    "core.hooksPath": os.devnull,
    "fetch.writeCommitGraph": "false",
    "gc.autoDetach": "false",
    "gc.pruneExpire": "now",
    "http.lowSpeedLimit": "1",
    "http.lowSpeedTime": "120",
    "maintenance.auto": "false",
    "repack.writeBitmaps": "false",
}
# All others would make git work elsewhere, or tell what it should not.
_HEARD = re.compile(
    r"GIT_(SSH(_COMMAND|_VARIANT)?|ASKPASS|EXEC_PATH|(AUTHOR|COMMITTER|CONFIG|SSL|HTTP|PROXY)_.+)"
)


class GitError(Exception):
    """What git said when it failed."""


class Repository:
    """One below `.cache`. `settings` are those of git's configuration, for every command."""

    def __init__(self, root: Path, folder: Path, settings: Mapping[str, str]) -> None:
        program = shutil.which("git")
        if not program:
            raise EnvironmentFault([problem("deploy/no-program", "-", program="git")])
        self.root = root
        self.folder = folder
        self.used = folder.with_suffix(f".{token_hex(4)}.used")
        pairs = [f"{key}={value}" for key, value in {**_SETTINGS, **settings}.items()]
        self.program = [program, *(text for pair in pairs for text in ("-c", pair))]
        self.environment = _environment()

    def open(self) -> None:
        """Raises OSError and GitError."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        for left in self.folder.parent.glob(f"{self.folder.stem}.*.used"):
            shutil.rmtree(left, ignore_errors=True)
        try:
            self.folder.rename(self.used)
        except FileNotFoundError:
            self.remake()
        if not self._has_ssh_of_its_own():
            self.environment["GIT_SSH_COMMAND"] = _ssh()

    def remake(self) -> None:
        self.discard()
        self._run(
            "init", "--quiet", "--bare", "--object-format=sha1", "--template=", str(self.used)
        )

    def discard(self) -> None:
        if self.used.is_dir():
            shutil.rmtree(self.used)
        else:
            self.used.unlink(missing_ok=True)

    def keep(self) -> None:
        """Leave it to the next run, if it is as it should be."""
        with suppress(OSError, GitError):
            self.git("gc", "--auto", "--quiet")
            self.used.rename(self.folder)

    def git(self, *arguments: str) -> bytes:
        """What git prints. Raises GitError."""
        return self._run(f"--git-dir={self.used}", *arguments)

    def writer(self) -> str:
        """The writer as a commit names them, with the time; "" when git does not know them."""
        with suppress(GitError):
            answer = self._run("-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT")
            return answer.decode(errors="replace").strip()
        return ""

    @contextmanager
    def importing(self) -> Iterator[IO[bytes]]:
        """Takes a stream of git-fast-import, all of it or nothing. Raises GitError."""
        order = ("fast-import", "--quiet", "--force", "--done")
        command = [*self.program, f"--git-dir={self.used}", *order]
        with TemporaryFile() as said:
            with subprocess.Popen(  # noqa: S603 – no shell, and no argument of a writer's
                command,
                cwd=self.root,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=said,
            ) as process:
                assert process.stdin
                try:
                    yield process.stdin
                except BrokenPipeError:
                    pass  # it says why
                except BaseException:
                    process.kill()
                    raise
                finally:
                    with suppress(BrokenPipeError):
                        process.stdin.close()
            if process.returncode:
                raise _failure(process.returncode, said)

    def _run(self, *arguments: str) -> bytes:
        with TemporaryFile() as said:  # not a pipe: what ssh leaves behind may hold it open
            done = subprocess.run(  # noqa: S603 – no shell, and names never begin an argument
                [*self.program, *arguments],
                cwd=self.root,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                check=False,
            )
            if done.returncode:
                raise _failure(done.returncode, said)
        return done.stdout

    def _has_ssh_of_its_own(self) -> bool:
        if {"GIT_SSH", "GIT_SSH_COMMAND"} & self.environment.keys():
            return True
        with suppress(GitError):
            return bool(self.git("config", "--get", "core.sshCommand"))
        return False


def _failure(code: int, said: IO[bytes]) -> GitError:
    said.seek(0)
    ended = f"fatal: {signal.Signals(-code).name}" if code < 0 else ""
    return GitError(said.read().decode(errors="replace") or ended)


def _environment() -> dict[str, str]:
    """That of git: its words are English, and it asks nothing where nobody could answer."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or _HEARD.fullmatch(k)}
    silent = {} if _is_attended() else {"GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never"}
    return kept | {"LC_ALL": "C"} | silent


def _ssh() -> str:
    silent = "" if _is_attended() else " -o BatchMode=yes"
    return f"ssh -o ConnectTimeout=30 -o ServerAliveInterval=15{silent}"


def _is_attended() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
