"""The web side of a publication: where its files are seen, and what is asked and told there."""

from __future__ import annotations

import time
import zlib
from http.client import HTTPException, HTTPMessage, HTTPResponse
from socket import EAI_NONAME, gaierror
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ssg import __version__
from ssg.config import Config
from ssg.deploy.troubles import harmless
from ssg.model import Frozen
from ssg.targets import WrittenDir, WrittenTarget
from ssg.urls import Addresses

MOST = 10_000_000  # bytes of an answer
_TROUBLES = (OSError, HTTPException, ValueError, zlib.error)


class SilentError(Exception):
    """There is no answer to be had; the text says why."""


class NoHostError(SilentError):
    """Nobody knows a host of this name: to wait does not help."""


class ElsewhereError(Exception):
    """Another host is to be asked."""


class Answer(Frozen, frozen=True):
    """`moved` when it came from another address than the one that was asked."""

    status: int
    body: bytes = b""
    moved: bool = False


def public_address(config: Config, target: WrittenTarget) -> str:
    """Where readers see a target, without a final slash; "" when this is not known: a folder may
    be anything, unless its settings tell.
    """
    known = not isinstance(target, WrittenDir) or target.indexnow
    return target.url or (config.url if known else "")


def address(base: str, name: str) -> str:
    """The address of a file of a site."""
    at_end = name == "index.html" or name.endswith("/index.html")
    path = name.removesuffix("index.html") if at_end else name
    addresses = Addresses(base)
    return addresses.absolute(addresses.href(f"/{path}"))


class _SameHost(HTTPRedirectHandler):
    """Goes on to another address of the same host, and no further than that."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if req.data is not None:
            return None
        if urlsplit(newurl).hostname != urlsplit(req.full_url).hostname:
            fp.close()
            raise ElsewhereError(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = build_opener(_SameHost())


def fetch(url: str, timeout: float) -> Answer:
    """What a reader gets. Raises SilentError and ElsewhereError."""
    return _asked(url, None, {"Accept-Encoding": "gzip", "Cache-Control": "no-cache"}, timeout)


def post(url: str, data: bytes, kind: str, timeout: float) -> None:
    """Tell a service something. Raises SilentError when it does not take it."""
    status = _asked(url, data, {"Content-Type": kind}, timeout).status
    if not 200 <= status < 300:
        raise SilentError(f"HTTP {status}")


def _asked(url: str, data: bytes | None, headers: dict[str, str], timeout: float) -> Answer:
    named = headers | {"User-Agent": f"ssg/{__version__}"}
    try:
        request = Request(url, data, named)  # noqa: S310 – addresses of site.yaml are of the web
        with _OPENER.open(request, timeout=timeout) as answer:
            body = _body(answer, time.monotonic() + 2 * timeout)
            plain = _plain(body, answer.headers.get("Content-Encoding", ""))
            return Answer(answer.status, plain, answer.url != url)
    except HTTPError as e:
        with e:
            return Answer(e.code)
    except _TROUBLES as e:
        reason = e.reason if isinstance(e, URLError) else e
        if isinstance(reason, gaierror) and reason.errno == EAI_NONAME:
            raise NoHostError("no-host") from None
        raise SilentError(harmless(str(reason))) from None


def _body(answer: HTTPResponse, end: float) -> bytes:
    """The bytes of an answer, as far as they come in time."""
    body = bytearray()
    while len(body) <= MOST and (part := answer.read1(65536)):
        body += part
        if time.monotonic() > end:
            raise TimeoutError("timed out")
    return bytes(body)


def _plain(body: bytes, encoding: str) -> bytes:
    if encoding.lower() not in ("gzip", "x-gzip"):
        return body
    return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, MOST + 1)
