"""Lines for nginx, to be included in the `server` block of a site."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ssg.deploy.hosting import NOT_FOUND, TEXTS, TYPES, Hosting


def nginx(host: Hosting, compressed: Collection[str]) -> str:
    return "".join(f"{line}\n" for line in _lines(host, compressed))


def _lines(host: Hosting, compressed: Collection[str]) -> Iterator[str]:
    yield "# Made by ssg deploy. Include it in the server block that has the root of the site."
    yield "index index.html;"
    yield "absolute_redirect off;"
    yield "charset utf-8;"
    yield f"charset_types {_types(without='text/html')};"
    yield "types {"
    yield from (f"  {kind} {suffix};" for suffix, kind in TYPES.items())
    yield "}"
    if host.not_found:
        yield f"error_page 404 {_quoted(f'{host.prefix}/{NOT_FOUND}')};"
    yield "gzip on;"
    yield "gzip_vary on;"
    yield "gzip_min_length 1000;"
    yield f"gzip_types {_types(without='text/html')};"
    if "gzip" in compressed:
        yield "gzip_static on;"
    if "brotli" in compressed:
        yield "brotli_static on;"
    yield from _headers(host)
    yield r"location ~ /\.ssg-manifest\.json$ { return 404; }"
    for redirect in host.redirects:
        target = redirect.target.replace("$", "%24")  # the dollar of a variable has no escape
        for path in redirect.paths:
            yield f"location = {_quoted(path)} {{ return 301 {_quoted(target)}; }}"


def _headers(host: Hosting) -> Iterator[str]:
    for name, value in host.headers.items():
        yield f"add_header {name} {_quoted(value)} always;"
    for pattern, control in host.cached():
        line = f"set $ssg_cache {_quoted(control)};"
        yield line if pattern == ".*" else f"if ($uri ~ {_quoted(f'^{pattern}$')}) {{ {line} }}"
    yield "add_header Cache-Control $ssg_cache;"


def _types(without: str) -> str:
    return " ".join(sorted({TYPES[suffix] for suffix in TEXTS} - {without}))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
