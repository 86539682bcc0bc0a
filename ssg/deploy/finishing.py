"""The files that a target gets beside those of the build."""

from __future__ import annotations

from collections.abc import Mapping

from ssg.cache import Cache
from ssg.deploy.announce import key_file
from ssg.deploy.facts import Facts
from ssg.deploy.hosting import hosting
from ssg.deploy.parcel import Parcel
from ssg.deploy.servers import server_files
from ssg.deploy.twins import twins
from ssg.targets import WrittenGit, WrittenTarget


def finished(
    parcel: Parcel, target: WrittenTarget, url: str, facts: Mapping[str, Facts], cache: Cache
) -> Parcel:
    """The parcel with what this target needs. `facts` are those of its pages."""
    extra: dict[str, bytes] = {}
    if isinstance(target, WrittenGit):
        extra |= _for_pages(target)
    if target.server:
        extra |= _for_server(parcel, target, target.server, url, facts)
    if target.indexnow:
        extra |= key_file(target.url or url)
    if target.precompress:
        extra |= twins(parcel, target.precompress, cache)
    return parcel.with_files(extra)


def _for_server(
    parcel: Parcel, target: WrittenTarget, kind: str, url: str, facts: Mapping[str, Facts]
) -> dict[str, bytes]:
    """The host's files; what an author wrote into one of the same name comes first in it."""
    host = hosting(parcel.files, facts, url)
    texts = server_files(kind, host, target.precompress)
    own = {name: parcel.read(name) for name in texts if name in parcel.files}
    return {
        name: b"".join([own[name], b"\n"] if name in own else []) + text.encode()
        for name, text in texts.items()
    }


def _for_pages(target: WrittenGit) -> dict[str, bytes]:
    """GitHub Pages takes a site as it is when there is a .nojekyll, and its name from CNAME."""
    cname = {"CNAME": f"{target.cname}\n".encode()} if target.cname else {}
    return {".nojekyll": b"", **cname}
