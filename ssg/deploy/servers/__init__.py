"""The words in which each kind of host is told what a site needs."""

from __future__ import annotations

from collections.abc import Callable, Collection

from ssg.deploy.hosting import Hosting
from ssg.deploy.servers.apache import htaccess
from ssg.deploy.servers.caddy import caddy
from ssg.deploy.servers.netlify import cloudflare_files, netlify_files
from ssg.deploy.servers.nginx import nginx

Files = dict[str, str]

_MAKERS: dict[str, Callable[[Hosting, Collection[str]], Files]] = {
    "nginx": lambda host, ways: {"nginx.conf": nginx(host, ways)},
    "caddy": lambda host, ways: {"Caddyfile": caddy(host, ways)},
    "apache": lambda host, ways: {".htaccess": htaccess(host, ways)},
    "netlify": lambda host, ways: netlify_files(host),
    "cloudflare": lambda host, ways: cloudflare_files(host),
}
KINDS = tuple(_MAKERS)


def server_files(kind: str, host: Hosting, compressed: Collection[str]) -> Files:
    """What a kind of host reads, by name. `compressed` are the ways in which files lie beside
    their originals: `gzip`, `brotli`.
    """
    return _MAKERS[kind](host, compressed)


def printed(files: Files) -> str:
    """Files as one text to look at, each with its name when there are several."""
    if len(files) == 1:
        return "".join(files.values())
    return "\n".join(f"# --- {name} ---\n{text}" for name, text in files.items())
