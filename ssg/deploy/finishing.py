"""The files that a target gets beside those of the build."""

from __future__ import annotations

from ssg.deploy.announce import key_file
from ssg.deploy.parcel import Parcel
from ssg.targets import WrittenGit, WrittenTarget


def finished(parcel: Parcel, target: WrittenTarget, url: str) -> Parcel:
    """The parcel with what this target needs. `url` is the site's."""
    extra: dict[str, bytes] = {}
    if isinstance(target, WrittenGit):
        extra |= _for_pages(target)
    if target.indexnow:
        extra |= key_file(target.url or url)
    return parcel.with_files(extra)


def _for_pages(target: WrittenGit) -> dict[str, bytes]:
    """GitHub Pages takes a site as it is when there is a .nojekyll, and its name from CNAME."""
    cname = {"CNAME": f"{target.cname}\n".encode()} if target.cname else {}
    return {".nojekyll": b"", **cname}
