"""`.htaccess`, for Apache and LiteSpeed as hosts rent them out.

It uses nothing but what `AllowOverride FileInfo` permits, neither `Options` nor `Require`: many
hosts answer every request with an error when a site may not use them. What needs a module is left
out where the module is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from ssg.deploy.hosting import NOT_FOUND, TEXTS, TYPES, Hosting

_ENCODINGS = (("brotli", "br", "br"), ("gzip", "gz", "gzip"))
_TEXT_ASKED = rf"%{{REQUEST_URI}} =~ m#(/|\.({'|'.join(TEXTS)})(\.br|\.gz)?)$#"


def htaccess(host: Hosting, compressed: Collection[str]) -> str:
    return "".join(f"{line}\n" for line in _lines(host, compressed))


def _lines(host: Hosting, compressed: Collection[str]) -> Iterator[str]:
    yield "# Made by ssg deploy, anew each time."
    yield "AddDefaultCharset utf-8"
    yield f"AddCharset utf-8 {' '.join(f'.{suffix}' for suffix in TEXTS)}"
    for suffix, kind in TYPES.items():
        yield f"AddType {kind} .{suffix}"
    if host.not_found:
        yield f"ErrorDocument 404 {_quoted(f'{host.prefix}/{NOT_FOUND}')}"
    yield from _module("setenvif", _marked(host))
    yield from _module("headers", _headers(host))
    yield from _module("alias", _redirects(host))
    yield from _module("deflate", _module("filter", _deflated()))
    if compressed:
        yield from _module("rewrite", _compressed(compressed))


def _module(name: str, lines: Iterator[str]) -> Iterator[str]:
    yield f"<IfModule mod_{name}.c>"
    yield from (f"  {line}" for line in lines)
    yield "</IfModule>"


def _marked(host: Hosting) -> Iterator[str]:
    """A word for each way to be kept, by which headers are chosen."""
    for number, (pattern, _) in enumerate(host.cached()):
        yield f"SetEnvIf Request_URI {_quoted(f'^{pattern}([.](br|gz))?$')} ssg_cache_{number}"


def _headers(host: Hosting) -> Iterator[str]:
    for name, value in host.headers.items():
        yield f"Header always set {name} {_quoted(value.replace('%', '%%'))}"
    for number, (_, control) in enumerate(host.cached()):
        yield f"Header set Cache-Control {_quoted(control)} env=ssg_cache_{number}"
    yield f"Header append Vary Accept-Encoding {_quoted(f'expr={_TEXT_ASKED}')}"


def _redirects(host: Hosting) -> Iterator[str]:
    """The server's own idea of its address may lack the `s` of https: it is given in whole, and
    without its percent signs, for the server encodes it once more.
    """
    yield r'RedirectMatch 404 "/\.ssg-manifest\.json$"'
    for redirect in host.redirects:
        pattern = re.sub(r"([.^$*+?{}\[\]()|])", r"\\\1", redirect.path)
        optional = "?" if pattern.endswith("/") else ""
        whole = host.origin if redirect.target.startswith("/") else ""
        target = re.sub(r"([$&])", r"\\\1", whole + unquote(redirect.target))
        yield f"RedirectMatch 301 {_quoted(f'^{pattern}{optional}$')} {_quoted(target)}"


def _deflated() -> Iterator[str]:
    yield f"AddOutputFilterByType DEFLATE {' '.join(sorted({TYPES[s] for s in TEXTS}))}"


def _compressed(compressed: Collection[str]) -> Iterator[str]:
    """A file that was compressed beforehand in place of its original, for those who take it."""
    yield "RewriteEngine On"
    for way, suffix, encoding in _ENCODINGS:
        if way in compressed:
            yield rf"RewriteCond %{{HTTP:Accept-Encoding}} \b{encoding}\b"
            yield rf"RewriteCond %{{REQUEST_FILENAME}}.{suffix} -f"
            yield rf"RewriteRule ^(.+\.({'|'.join(TEXTS)}))$ $1.{suffix} [E=no-gzip:1,L]"
            yield f"RemoveLanguage .{suffix}"  # .br is also Breton
            yield f"RemoveType .{suffix}"
            yield f"AddEncoding {encoding} .{suffix}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', r"\"") + '"'
