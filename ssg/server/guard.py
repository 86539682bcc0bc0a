"""Who may read a preview: this machine's browser, and no other page that is open in it."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

SAFE = {
    "cache-control": "no-cache",
    "content-security-policy": "frame-ancestors 'self'",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
LOCAL = frozenset(("localhost", "127.0.0.1", "[::1]"))
METHODS = ("GET", "HEAD")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:/\s@\[\]]+)(?::\d{1,5})?")


def refusal(request: Request, asked: str) -> Response | None:
    """Why a request is not answered, or None. `asked` is the host that the server was told."""
    if not _is_ours(request, asked):
        return told(403, "This host name is not served here.")
    if _is_foreign(request):
        return told(403, "Other sites may not read this.")
    if request.method not in METHODS:
        return told(405, "Only GET and HEAD.", {"allow": ", ".join(METHODS)})
    return None


def told(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(
        words + "\n", status, SAFE | {"cache-control": "no-store"} | (headers or {})
    )


def literal(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _is_ours(request: Request, asked: str) -> bool:
    """Whether the Host header names us. A name that leads here by a trick of DNS does not; the
    number of the address that the request came in by does.
    """
    match = _HOST.fullmatch(request.headers.get("host", ""))
    here = request.scope.get("server") or ("", 0)
    known = LOCAL | {literal(asked).lower(), literal(str(here[0]))}
    return match is not None and match[1].lower() in known


def _is_foreign(request: Request) -> bool:
    """Whether another page asks, save by a link to follow."""
    headers = request.headers
    if any(origin != f"http://{headers['host']}" for origin in headers.getlist("origin")):
        return True
    from_elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
    manner = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
    return from_elsewhere and manner != ("navigate", "document")
