"""What a host must be told of a site, whoever the host is.

Strict-Transport-Security is not among it: it binds readers' browsers for a year, also when the
site moves or a certificate lapses, and every host has a switch of its own for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from ssg.deploy.caching import FINGERPRINTED, NOT_AT_ALL, STEADY, cache_control
from ssg.deploy.facts import Facts
from ssg.deploy.policy import policy
from ssg.model import Frozen
from ssg.urls import Addresses

NOT_FOUND = "404.html"
_SAFE = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
# What servers do not know or disagree about, and what a page is made of.
TYPES = {
    "avif": "image/avif",
    "css": "text/css",
    "gif": "image/gif",
    "html": "text/html",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "m4a": "audio/mp4",
    "mjs": "text/javascript",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain",
    "wasm": "application/wasm",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zip": "application/zip",
}
TEXTS = ("css", "html", "js", "json", "mjs", "svg", "txt", "webmanifest", "xml")


class Redirect(Frozen, frozen=True, order=True):
    """A page that has moved: from a path as readers read it, to an address ready for a header,
    which begins with `/` on the site itself.
    """

    path: str
    target: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Both ways to ask for a folder."""
        return (self.path, self.path[:-1]) if self.path.endswith("/") else (self.path,)


class Hosting(Frozen, frozen=True):
    """`prefix` is the path of the site at its host, `/blog` or "". `headers` belong to every
    answer. `folders` are those below which every file may be kept equally long.
    """

    origin: str
    prefix: str
    headers: dict[str, str]
    redirects: tuple[Redirect, ...]
    folders: dict[str, str]
    not_found: bool

    def cached(self) -> Iterator[tuple[str, str]]:
        """Patterns of paths, and how long what they match may be kept: a later one decides."""
        yield ".*", NOT_AT_ALL
        for pattern in (STEADY, FINGERPRINTED):
            sample = {STEADY: "favicon.ico", FINGERPRINTED: "assets/a-0123456789.css"}[pattern]
            yield rf"{re.escape(self.prefix)}/({pattern})", cache_control(sample)


def hosting(names: Iterable[str], facts: Mapping[str, Facts], url: str) -> Hosting:
    """What a host must be told of a site with these files and facts, whose address is `url`."""
    addresses = Addresses(url)
    known = set(names)
    return Hosting(
        addresses.origin,
        unquote(addresses.prefix),
        _SAFE | {"Content-Security-Policy": policy(facts.values(), addresses.origin)},
        tuple(sorted(_redirects(facts, addresses))),
        _folders(known),
        NOT_FOUND in known,
    )


def _redirects(facts: Mapping[str, Facts], addresses: Addresses) -> Iterator[Redirect]:
    for name, page in facts.items():
        if page.moved_to:
            own = page.moved_to.startswith(addresses.origin + "/")
            target = page.moved_to.removeprefix(addresses.origin) if own else page.moved_to
            path = f"{unquote(addresses.prefix)}/{name.removesuffix('index.html')}"
            if unquote(target) != path and urlsplit(page.moved_to).scheme in ("http", "https"):
                yield Redirect(path, target)


def _folders(names: set[str]) -> dict[str, str]:
    """The folders at the root of a site whose files may all be kept equally long."""
    found: dict[str, set[str]] = {}
    for name in names:
        folder, slash, _ = name.partition("/")
        if slash:
            found.setdefault(folder, set()).add(cache_control(name))
    same = {folder: controls.pop() for folder, controls in found.items() if len(controls) == 1}
    return {folder: same[folder] for folder in sorted(same) if same[folder] != NOT_AT_ALL}
