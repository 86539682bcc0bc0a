"""A real sshd on loopback with keys of its own, and what a client needs to trust it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ssg.deploy import Order
from ssg.errors import SsgError
from ssg.messages import Told, tell
from tests.publishing import free_port, publish, wait_for

USER = pwd.getpwuid(os.getuid()).pw_name
PROGRAM = shutil.which("sshd") or "/usr/sbin/sshd"  # it wants an absolute path
SETTINGS = """
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/key.pub
PidFile none
UsePAM no
StrictModes no
UseDNS no
PermitRootLogin yes
MaxStartups 100
LogLevel ERROR
SetEnv HOME={folder}
KexAlgorithms curve25519-sha256
"""
CLIENT = """
Host *
  UserKnownHostsFile {known}
  IdentityFile {key}
  IdentitiesOnly yes
"""
SFTP = "Subsystem sftp internal-sftp"


@dataclass(frozen=True)
class Sshd:
    folder: Path
    port: int

    def client(self, key: str = "key", known: str = "known") -> Path:
        """A file for `ssh -F`."""
        file = self.folder / f"client-{key}-{known}"
        text = CLIENT.format(key=self.folder / key, known=self.folder / known)
        file.write_text(text, encoding="utf-8")
        return file

    def target(self, kind: str, path: Path, more: str = "", port: int = 0) -> str:
        """A line of YAML for site.yaml."""
        to = f"to: '{USER}@127.0.0.1:{path}', port: {port or self.port}"
        config = "" if "ssh_config" in more else f", ssh_config: '{self.client()}'"
        return f"  web: {{type: {kind}, {to}{config}{more}}}\n"


@contextmanager
def sshd(folder: Path, more: str = SFTP) -> Iterator[Sshd]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("host", "key", "stranger"):
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name]
        subprocess.run(make, check=True, stdin=subprocess.DEVNULL)
    for name, key in (("known", "host"), ("changed", "stranger")):
        (folder / name).write_text(f"* {(folder / f'{key}.pub').read_text()}")
    (folder / "nobody").write_text("")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    (folder / "settings").write_text(SETTINGS.format(folder=folder) + more + "\n")
    port = free_port()
    command = [PROGRAM, "-D", "-e", "-f", str(folder / "settings"), "-o", f"Port={port}"]
    command += _without_penalties(command)
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log) as server:
        try:
            wait_for(port)
            yield Sshd(folder, port)
        finally:
            server.terminate()


def _without_penalties(command: list[str]) -> list[str]:
    """Newer servers shut a machine out that breaks off often."""
    option = ["-o", "PerSourcePenalties=no"]
    known = subprocess.run([*command, *option, "-t"], capture_output=True, check=False)
    return [] if known.returncode else option


def failure(site: Path, order: Order = Order()) -> Told:  # noqa: B008 – it is frozen
    """What a writer is told when a publication of the site fails."""
    with pytest.raises(SsgError) as e:
        publish(site, order=order)
    (problem,) = e.value.problems
    assert "{" not in "".join(tell(problem, "en").text + tell(problem, "en").hint)
    return tell(problem, "ja")


@contextmanager
def nobody(path: Path) -> Iterator[str]:
    """A setting of sshd with which nobody may write into a folder."""
    if os.getuid() != 0:
        path.chmod(0o555)
        yield ""
        path.chmod(0o755)
        return
    shell = "setpriv --reuid 65534 --regid 65534 --clear-groups"
    yield f'ForceCommand exec {shell} sh -c "$SSH_ORIGINAL_COMMAND"\n'


@contextmanager
def small_disk(path: Path) -> Iterator[str]:
    """A folder with little room, and the setting of sshd that it needs."""
    path.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", path]
    if os.getuid() == 0 and subprocess.run(mount, check=False).returncode == 0:
        try:
            yield ""
        finally:
            subprocess.run(["umount", "-l", path], check=True)
    else:
        yield 'ForceCommand trap "" XFSZ; ulimit -f 200; eval "exec $SSH_ORIGINAL_COMMAND"\n'
