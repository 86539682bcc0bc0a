"""Tell search engines (IndexNow) and feed readers (WebSub) what a publication changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from urllib.parse import urlencode, urlsplit

from ssg.config import Config
from ssg.deploy.changes import Changes
from ssg.deploy.web import SilentError, address, post
from ssg.errors import Problem, problem
from ssg.targets import WrittenTarget

MOST = 10_000  # addresses in one request, says the protocol
TIMEOUT = 10.0
_LATER_PAGES = re.compile(r"(.*/)?page/\d+/index\.html")
_FEEDS = ("feed.xml", "atom.xml", "feed.json")


def key(base: str) -> str:
    """What shows that an announcement comes from the site: the site has a file of this name."""
    return blake2b(base.encode(), digest_size=16).hexdigest()


def key_file(base: str) -> dict[str, bytes]:
    return {f"{key(base)}.txt": key(base).encode()}


def announced(
    config: Config, target: WrittenTarget, base: str, changes: Changes
) -> Iterator[Problem]:
    """Tell all who want to know. Yields a warning for each that cannot be told."""
    if target.indexnow:
        yield from to_engines(target.indexnow, base, changes)
    if base:
        yield from to_hubs(config.hubs, base, changes)


def to_engines(endpoint: str, base: str, changes: Changes) -> Iterator[Problem]:
    """Name the pages that are new, changed or gone. Yields a warning when it fails."""
    urls = [address(base, name) for name in _pages(changes)]
    site = {
        "host": urlsplit(base).netloc,
        "key": key(base),
        "keyLocation": address(base, f"{key(base)}.txt"),
    }
    requests = (
        json.dumps(site | {"urlList": urls[n : n + MOST]}).encode()
        for n in range(0, len(urls), MOST)
    )
    yield from _sent(endpoint, requests, "application/json; charset=utf-8")


def to_hubs(hubs: Sequence[str], base: str, changes: Changes) -> Iterator[Problem]:
    """Name the feeds that changed to each hub. Yields a warning for each that fails."""
    feeds = [address(base, name) for name in changes.sent if name.endswith(_FEEDS)]
    for hub in hubs:
        requests = (urlencode({"hub.mode": "publish", "hub.url": feed}).encode() for feed in feeds)
        yield from _sent(hub, requests, "application/x-www-form-urlencoded")


def _pages(changes: Changes) -> Iterator[str]:
    for name in (*changes.sent, *changes.removed):
        if name.endswith(".html") and name != "404.html" and not _LATER_PAGES.fullmatch(name):
            yield name


def _sent(endpoint: str, requests: Iterator[bytes], kind: str) -> Iterator[Problem]:
    parts = urlsplit(endpoint)
    try:
        for data in requests:
            post(endpoint, data, kind, TIMEOUT)
    except SilentError as e:
        yield problem("deploy/not-announced", f"{parts.scheme}://{parts.hostname}", why=str(e))
