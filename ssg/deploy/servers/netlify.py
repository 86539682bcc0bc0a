"""`_headers` and `_redirects`: of Netlify, and of Cloudflare Pages, which sets limits to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from ssg.deploy.hosting import Hosting

LINE = 2000  # characters of a header rule that Cloudflare reads
RULES = 100
REDIRECTS = 2000
REDIRECT_LINE = 1000
_SAFE = "/~!$&'()+,;=@"  # a `:` or `*` would begin a pattern


def netlify_files(host: Hosting) -> dict[str, str]:
    """`301!` sends on even where a page lies; paths with and without a final slash are one."""
    moved = (f"{_encoded(r.path)} {r.target} 301!" for r in host.redirects)
    return _files(_headers(host), moved)


def cloudflare_files(host: Hosting) -> dict[str, str]:
    """What goes beyond the limits is left out; pages that have moved then send their readers on
    by themselves.
    """
    moved = [f"{_encoded(p)} {r.target} 301" for r in host.redirects for p in r.paths[:1]]
    moved += [f"{_encoded(p)} {r.target} 301" for r in host.redirects for p in r.paths[1:]]
    short = [line for line in moved if len(line) <= REDIRECT_LINE][:REDIRECTS]
    headers = [line for line in _headers(host, RULES) if len(line) <= LINE]
    return _files(headers, short)


def _headers(host: Hosting, most: int = 10_000) -> Iterator[str]:
    """Rules add up, so that none may name a header that another one sets."""
    yield f"{_encoded(host.prefix)}/*"
    yield from (f"  {name}: {value}" for name, value in host.headers.items())
    for folder, control in list(host.folders.items())[: most - 1]:
        yield f"{_encoded(host.prefix)}/{_encoded(folder)}/*"
        yield f"  Cache-Control: {control}"


def _encoded(path: str) -> str:
    return quote(path, safe=_SAFE)


def _files(headers: Iterable[str], redirects: Iterable[str]) -> dict[str, str]:
    files = {"_headers": _text(headers), "_redirects": _text(redirects)}
    return {name: text for name, text in files.items() if text}


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
