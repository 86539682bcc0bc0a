"""Hosts in addresses: who they are for a policy, and who can reach them."""

from __future__ import annotations

import re
from functools import lru_cache

_REMOTE = re.compile(r"(?:([a-z][a-z0-9+.-]*+):)?[/\\]{2}(?:[^/\\?#@]*+@)?([^/\\?#@]++)", re.I)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:[0-9]+)?")
_EMBEDDED = re.compile(r"(data|blob):", re.I)
_LOCAL = re.compile(
    r"(.*\.)?localhost|.*\.(local|internal)|0\.0\.0\.0|(127|10)(\.\d+){3}"
    r"|(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}|\[?(::1?|f[cd].*:.*|fe80:.*)\]?"
)
_SCHEMES = ("", "http", "https", "ws", "wss")


@lru_cache(10_000)
def source_of(url: str) -> str:
    """The origin of an address of another site (`https://host`, `//host`), or `data:`; "" for
    what lies on the site itself, and for what no browser would load.
    """
    url = re.sub(r"[\t\n\r]", "", url.strip(" \t\n\f\r"))
    if embedded := _EMBEDDED.match(url):
        return embedded[0].lower()
    match = _REMOTE.match(url)
    if not match or (match[1] or "").lower() not in _SCHEMES:
        return ""
    host = _ascii(match[2].lower())
    scheme = f"{match[1].lower()}:" if match[1] else ""
    return f"{scheme}//{host}" if _HOST.fullmatch(host) else ""


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def is_local(host: str) -> bool:
    """Whether a host, or the one of an origin, is one that only its own machine or network can
    reach.
    """
    name = re.sub(r":\d*$", "", host.rpartition("//")[2].lower()) if "//" in host else host.lower()
    return bool(_LOCAL.fullmatch(name))
