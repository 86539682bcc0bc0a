"""Lines for Caddy, to be imported into the block of a site."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ssg.deploy.hosting import NOT_FOUND, TEXTS, TYPES, Hosting

_UNKNOWN = ("avif", "txt", "webmanifest", "xml")  # not on every machine, or without a charset


def caddy(host: Hosting, compressed: Collection[str]) -> str:
    return "".join(f"{line}\n" for line in _lines(host, compressed))


def _lines(host: Hosting, compressed: Collection[str]) -> Iterator[str]:
    yield "# Made by ssg deploy. Import it in the block of the site, which names its root."
    yield "encode zstd gzip"
    yield "header {"
    yield from (f"\t{name} {_quoted(value)}" for name, value in host.headers.items())
    yield "}"
    yield from _cached(host)
    yield from _late()
    yield r"@ssg_record path */.ssg-manifest.json"
    yield "error @ssg_record 404"
    for redirect in host.redirects:
        for path in redirect.paths:
            yield f"redir {_quoted(_pattern(path))} {_quoted(_plain(redirect.target))} 301"
    yield from _served(host, compressed)


def _cached(host: Hosting) -> Iterator[str]:
    """In a `route` things happen in the order in which they stand."""
    yield "route {"
    for number, (pattern, control) in enumerate(host.cached()):
        yield f"\t@ssg_cache_{number} path_regexp {_quoted(f'^{pattern}$')}"
        yield f"\theader @ssg_cache_{number} Cache-Control {_quoted(control)}"
    yield "}"


def _late() -> Iterator[str]:
    """What the file server would say otherwise is replaced when it has spoken."""
    for suffix in _UNKNOWN:
        kind = TYPES[suffix] + ("; charset=utf-8" if suffix in TEXTS else "")
        yield from _deferred(f"*.{suffix}", "Content-Type", kind)
    yield from _deferred(f"*/ {' '.join(f'*.{s}' for s in TEXTS)}", "Vary", "Accept-Encoding")


def _deferred(paths: str, name: str, value: str) -> Iterator[str]:
    matcher = f"@ssg_{name}_{paths.rpartition('.')[2]}"
    yield f"{matcher} path {paths}"
    yield f"header {matcher} {{"
    yield f"\t{name} {_quoted(value)}"
    yield "\tdefer"
    yield "}"


def _served(host: Hosting, compressed: Collection[str]) -> Iterator[str]:
    ways = [way for way, named in (("br", "brotli"), ("gzip", "gzip")) if named in compressed]
    yield "file_server {"
    if ways:
        yield f"\tprecompressed {' '.join(ways)}"
    yield "}"
    if host.not_found:
        yield "handle_errors {"
        yield "\t@ssg_gone expression `{http.error.status_code} == 404`"
        yield f"\trewrite @ssg_gone {_quoted(f'{host.prefix}/{NOT_FOUND}')}"
        yield "\tfile_server"
        yield "}"


def _pattern(path: str) -> str:
    """A path that means itself: neither a pattern nor a placeholder."""
    return _plain(path).replace("*", "%2A")


def _plain(text: str) -> str:
    return text.replace("{", "%7B").replace("}", "%7D")


def _quoted(text: str) -> str:
    """Only a quotation mark is escaped in Caddy's quoted texts."""
    return '"' + text.replace('"', '\\"') + '"'
