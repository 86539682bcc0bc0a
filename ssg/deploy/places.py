"""From what site.yaml says of a target to the place itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ssg.deploy.journal import Journal
from ssg.deploy.shipment import Target
from ssg.deploy.stores import StoreTarget
from ssg.deploy.troubles import Patience
from ssg.errors import ConfigError, problem
from ssg.targets import (
    WrittenDir,
    WrittenFtps,
    WrittenGit,
    WrittenS3,
    WrittenTarget,
    here,
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
            if folder.resolve() == (root / "public").resolve():
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
    raise AssertionError(target.type)
