"""What is sent: the files of the last build, and those made for this target alone."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from ssg.errors import ContentError, problem
from ssg.model import Frozen
from ssg.trees import File, Manifest, intact


class Parcel(Frozen, frozen=True):
    """Files by name, relative with `/`, of a site at `url`. Those in `extra` lie in no folder."""

    folder: Path
    files: dict[str, File]
    extra: dict[str, bytes] = {}
    url: str = ""

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises ContentError when they are not those that were built."""
        if name in self.extra:
            return self.extra[name]
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            data = b""
        if digest(data) != self.files[name]:
            raise ContentError([problem("deploy/not-the-output", str(self.folder / name))])
        return data

    def with_files(self, extra: Mapping[str, bytes]) -> Parcel:
        """The parcel with further files, which take the place of those of the same name."""
        files = self.files | {name: digest(data) for name, data in extra.items()}
        return Parcel(self.folder, files, self.extra | dict(extra), self.url)


def packed(output: Path, manifest: Manifest) -> Parcel:
    """What the last build wrote. Raises ContentError when someone has changed it since: it would
    not be what the writer looked at, and a file that no build wrote may be private.
    """
    if not manifest.made:
        raise ContentError([problem("deploy/no-output", str(output))])
    for name, made in manifest.files.items():
        if not intact(f"{output}/{name}", made, manifest):
            raise ContentError([problem("deploy/not-the-output", str(output / name))])
    return Parcel(output, manifest.files, url=manifest.url)


def digest(data: bytes) -> File:
    """As a manifest has it."""
    return blake2b(data, digest_size=16).hexdigest(), len(data)
