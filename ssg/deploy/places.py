"""From what site.yaml says of a target to the place itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ssg.deploy.journal import Journal
from ssg.deploy.releases import ReleasesTarget
from ssg.deploy.rsync import RsyncTarget
from ssg.deploy.shipment import Target
from ssg.deploy.ssh import Login, Machine
from ssg.deploy.stores import StoreTarget
from ssg.deploy.troubles import Patience, extra
from ssg.errors import ConfigError, problem
from ssg.targets import (
    WrittenDir,
    WrittenFtps,
    WrittenGit,
    WrittenRsync,
    WrittenS3,
    WrittenSftp,
    WrittenTarget,
    here,
    remote,
    variable,
)


@contextmanager
def opened(root: Path, name: str, target: WrittenTarget, patience: Patience) -> Iterator[Target]:
    """A target, as long as it is used. Raises EnvironmentFault."""
    place = _place(root, name, target, patience)
    try:
        yield place
    finally:
        place.close()


def _place(root: Path, name: str, target: WrittenTarget, patience: Patience) -> Target:
    """Each kind is imported only when it is used: some need heavy libraries."""
    journal = Journal(root / ".cache" / "deploy" / f"{name}.journal")
    match target:
        case WrittenDir():
            from ssg.deploy.folder import FolderStore, FolderTarget

            folder = here(root, target.path)
            if folder.resolve().is_relative_to((root / "public").resolve()):
                raise ConfigError([problem("deploy/own-output", str(folder))])
            if folder.is_mount():
                return StoreTarget(FolderStore(root, folder), journal, patience)
            return FolderTarget(root, folder)
        case WrittenGit():
            from ssg.deploy.git import GitTarget

            return GitTarget(root, name, target, patience)
        case WrittenFtps():
            from ssg.deploy.ftps import FtpsStore

            ca_file = here(root, target.ca_file) if target.ca_file else None
            store = FtpsStore(target.to, target.port, ca_file, variable(name))
            return StoreTarget(store, journal, patience)
        case WrittenS3():
            from ssg.deploy.s3 import S3Store

            return StoreTarget(S3Store(target), journal, patience)
        case WrittenRsync():
            return _rsync(root, name, target, journal, patience)
        case WrittenSftp():
            with extra("sftp", target.to):
                from ssg.deploy.sftp import SftpStore

            login = _login(root, target)
            return StoreTarget(SftpStore(login, variable(name)), journal, patience)
    raise AssertionError(target.type)


def _rsync(
    root: Path, name: str, target: WrittenRsync, journal: Journal, patience: Patience
) -> Target:
    login = _login(root, target)
    machine = Machine(login, patience)
    home = root / ".cache" / "deploy" / name
    if target.releases:
        return ReleasesTarget(machine, home, journal, target.releases)
    return RsyncTarget(machine, login.folder, home, journal)


def _login(root: Path, target: WrittenRsync | WrittenSftp) -> Login:
    config = here(root, target.ssh_config) if target.ssh_config else None
    return Login(remote(target.to), target.port, config)
