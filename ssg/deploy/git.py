"""A branch of a git repository, from which GitHub Pages and others serve a site.

The new tree is made out of the old one without its files: they are neither fetched nor looked at.
Readers see the old tree or the new one. Nothing of the writer's own repository is touched.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from ssg.deploy.changes import Changes, Record, above, read_record
from ssg.deploy.complaints import telling, understood
from ssg.deploy.repository import GitError, Repository
from ssg.deploy.shipment import Shipment
from ssg.deploy.troubles import Patience, fault, patiently
from ssg.errors import EnvironmentFault, problem
from ssg.output import disk_errors
from ssg.targets import WrittenGit, here, variable
from ssg.trees import MANIFEST

_REMOTE = "ssg"  # as the remote is called in our repository
_SITE = "refs/heads/site"  # what the remote's branch is there
_NO_BRANCH = "couldn't find remote ref"


class GitTarget:
    """`tip` is the commit that was found, "" when there is none; `files` are all that it has."""

    def __init__(self, root: Path, name: str, target: WrittenGit, patience: Patience) -> None:
        self.where = target.remote
        self.branch = f"refs/heads/{target.branch}"
        self.history = target.history
        self.patience = patience
        self.variable = variable(name)
        folder = root / ".cache" / "deploy" / f"{name}.git"
        self.repository = Repository(root, folder, self._settings(root))
        self.tip = ""
        self.files = set[str]()
        self.ours = set[str]()

    def look(self) -> Record:
        with self._told():
            self.repository.open()
            with suppress(GitError):
                return self._look()
            self.repository.remake()
            return self._look()

    def in_the_way(self, names: Collection[str]) -> set[str]:
        """All files, when the branch holds no site of ours: it may be another one than meant."""
        if not self._is_ours():
            return self.files
        wanted, folders = set(names), {folder for name in names for folder in above(name)}
        others = self.files - self.ours - {MANIFEST}
        return {n for n in others if n in folders or not wanted.isdisjoint([n, *above(n)])}

    def send(self, shipment: Shipment) -> None:
        with self._told():
            self._commit(shipment)
            self._push()

    def close(self) -> None:
        self.repository.keep()

    def _look(self) -> Record:
        self.tip = self._fetch()
        listed = (
            self.repository.git("ls-tree", "-r", "-z", "--name-only", _SITE) if self.tip else b""
        )
        self.files = set(listed.decode(errors="surrogateescape").split("\0")) - {""}
        data = self._afar("cat-file", "blob", f"{_SITE}:{MANIFEST}") if self._is_ours() else None
        record = read_record(data, self.where)
        known = {name: file for name, file in record.files.items() if name in self.files}
        pending = [name for name in record.pending if name in self.files]
        self.ours = {*known, *pending}
        return Record(known, pending, url=record.url)

    def _is_ours(self) -> bool:
        return MANIFEST in self.files

    def _fetch(self) -> str:
        refs = f"+{self.branch}:{_SITE}"
        try:
            self._afar(
                "fetch",
                "--quiet",
                "--depth=1",
                "--no-tags",
                "--no-recurse-submodules",
                _REMOTE,
                refs,
            )
        except GitError as e:
            if _NO_BRANCH in str(e):
                return ""
            raise
        return self.repository.git("rev-parse", _SITE).decode().strip()

    def _commit(self, shipment: Shipment) -> None:
        parcel, sent = shipment.parcel, shipment.changes.sent
        with self.repository.importing() as stream:
            stream.write(self._head(shipment.changes))
            for name in shipment.changes.removed:
                stream.write(b"D %b\n" % _quoted(name))
            for number, name in enumerate(sent, 1):
                stream.write(_file(name, parcel.read(name)))
                shipment.progress("send", number, len(sent))
            record = Record(parcel.files, url=parcel.url)
            stream.write(_file(MANIFEST, msgspec.json.encode(record)))
            stream.write(b"\ndone\n")

    def _head(self, changes: Changes) -> bytes:
        writer = self.repository.writer() or f"ssg <ssg@localhost> {int(time.time())} +0000"
        counts = (len(changes.added), len(changes.changed), len(changes.removed))
        message = "ssg deploy: +{} ~{} -{}\n".format(*counts)
        lines = [f"commit {_SITE}", f"committer {writer}", f"data {len(message)}", message]
        if self.tip and self.history:
            lines.append(f"from {self.tip}\n")
        elif self.tip:
            tree = self.repository.git("rev-parse", f"{self.tip}^{{tree}}").decode().strip()
            lines.append(f'M 040000 {tree} ""\n')
        return "\n".join(lines).encode()

    def _push(self) -> None:
        """Only if the branch is still what was found; the same commit again does no harm."""
        lease = f"--force-with-lease={self.branch}:{self.tip}"
        self._afar(
            "push",
            "--quiet",
            "--no-thin",
            "--no-verify",
            "--no-signed",
            "--no-follow-tags",
            "--recurse-submodules=no",
            lease,
            _REMOTE,
            f"{_SITE}:{self.branch}",
        )

    def _afar(self, *arguments: str) -> bytes:
        """What git prints when it may have to ask the remote."""
        blanks = {"variable": self.variable} if _is_web(self.where) else {}

        def attempt() -> bytes:
            with understood(self.where, **blanks):
                return self.repository.git(*arguments)

        return patiently(attempt, self.patience, self.where)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what this machine refuses into a fault. A repository that failed is not kept."""
        with disk_errors():
            try:
                yield
            except GitError as e:
                self.repository.discard()
                why = telling(str(e).splitlines())
                if "No space left" in str(e):
                    full = problem("disk/full", str(self.repository.folder), why=why)
                    raise EnvironmentFault([full]) from None
                fault("deploy/failed", self.where, why)

    def _settings(self, root: Path) -> dict[str, str]:
        remote = f"remote.{_REMOTE}"
        return {
            f"{remote}.url": _address(root, self.where),
            f"{remote}.promisor": "true",
            f"{remote}.partialclonefilter": "blob:none",
            **self._password(),
        }

    def _password(self) -> dict[str, str]:
        """So that git takes it from the environment, for this host alone, and keeps it nowhere."""
        if not _is_web(self.where) or self.variable not in os.environ:
            return {}
        parts = urlsplit(self.where)
        host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        name = "" if parts.username else "echo username=git; "
        says = f'{name}printf "password=%s\\n" "${self.variable}"'
        helper = f'!f() {{ if [ "$1" = get ]; then {says}; fi; }}; f'
        return {"credential.helper": "", f"credential.{host}.helper": helper}


def _is_web(remote: str) -> bool:
    return remote.startswith(("https://", "http://"))


def _address(root: Path, remote: str) -> str:
    """As git is told it: a path is relative to the site."""
    return remote if re.match(r"[^/]+:", remote) else str(here(root, remote))


def _file(name: str, data: bytes) -> bytes:
    return b"M 100644 inline %b\ndata %d\n%b\n" % (_quoted(name), len(data), data)


def _quoted(name: str) -> bytes:
    safe = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{safe}"'.encode(errors="surrogateescape")
