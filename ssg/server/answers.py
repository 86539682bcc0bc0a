"""What each request is answered with: a page of the preview, or a part of its client."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from hashlib import blake2b
from html import escape
from importlib.resources import files
from threading import Thread
from typing import TypeVar
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from ssg.excerpts import Excerpts
from ssg.media import type_of
from ssg.server.guard import SAFE, refusal, told
from ssg.server.live import Live, View, Viewer, is_html
from ssg.server.rows import row

T = TypeVar("T")
OURS = "/_ssg/"
CLIENT = ("client.js", "morph.js", "bar.js", "client.css")
_HEAD = re.compile(rb"<head(\s[^>]*)?>", re.I)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_EMPTY = b"""<!doctype html>
<html>
<head><title>ssg</title><meta name="color-scheme" content="light dark"></head>
<body></body>
</html>
"""


class App:
    """The ASGI application. `host` is the one that the server was told to listen at."""

    def __init__(self, live: Live, excerpts: Excerpts, host: str) -> None:
        self.live = live
        self.excerpts = excerpts
        self.host = host
        folder = files("ssg.server") / "client"
        self.client = {OURS + name: (folder / name).read_bytes() for name in CLIENT}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            response = refusal(request, self.host) or await self._answered(request)
            await response(scope, receive, send)

    async def _answered(self, request: Request) -> Response:
        try:
            return await self._answer(request)
        except Exception as e:
            self.live.defect(e)
            return told(500, "This is a defect of ssg.")

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"]
        if path == OURS + "events":
            return self._events(request)
        if path == OURS + "problems":
            return await in_thread(lambda: self._problems(request))
        if path in self.client:
            return reply(request, self.client[path], type_of(path))
        if view := self.live.known(site_path(path, self._prefix)):
            return self._shown(request, view)
        return await in_thread(lambda: self._page(request, path))

    def _page(self, request: Request, path: str) -> Response:
        prefix = self._prefix
        if prefix and path in ("/", prefix):
            return moved(prefix + "/")
        view = self.live.view(site_path(path, prefix))
        if view.shown and view.shown.status == 404 and self._is_folder(path, prefix):
            return moved(path + "/")
        return self._shown(request, view)

    def _shown(self, request: Request, view: View) -> Response:
        shown, lang = view.shown, self.live.lang
        if shown is None:
            return reply(request, marked(_EMPTY, view, lang), "text/html", 503)
        body = marked(shown.body, view, lang) if is_html(shown) else shown.body
        return reply(request, body, shown.type, shown.status)

    @property
    def _prefix(self) -> str:
        return unquote(self.live.preview.prefix)

    def _is_folder(self, path: str, prefix: str) -> bool:
        """Whether a path lacks nothing but its last slash."""
        view = self.live.view(site_path(path + "/", prefix))
        return not path.endswith("/") and view.shown is not None and view.shown.status == 200

    def _problems(self, request: Request) -> Response:
        found = self.live.view(self._site_path(request)).problems
        rows = [row(problem, self.live.lang, self.excerpts) for problem in found]
        return JSONResponse(rows, headers=SAFE | {"cache-control": "no-store"})

    def _events(self, request: Request) -> Response:
        headers = SAFE | {"cache-control": "no-store", "content-type": "text/event-stream"}
        if request.method == "HEAD":
            return Response(headers=headers)
        digest = request.query_params.get("digest", "")
        return StreamingResponse(self._stream(self._site_path(request), digest), headers=headers)

    async def _stream(self, path: str, digest: str) -> AsyncIterator[str]:
        viewer = Viewer(path, digest)
        try:
            await in_thread(lambda: self.live.join(viewer))
            yield ": listening\n\n"
            async for event in viewer.events():
                yield event
        finally:
            self.live.viewers.discard(viewer)

    def _site_path(self, request: Request) -> str:
        path = unquote(request.query_params.get("path", "/"))
        return site_path(path, self._prefix)


def site_path(path: str, prefix: str) -> str:
    """The path inside the site that an address means; "" when it lies outside."""
    inside = path.removeprefix(prefix) if path.startswith(prefix + "/") else ""
    shorter = inside.removesuffix("index.html")
    return unicodedata.normalize("NFC", shorter if shorter.endswith("/") else inside)


def marked(body: bytes, view: View, lang: str) -> bytes:
    """A page with the client, which learns here what it shows. Its script is the first, so that it
    sees the page as it was sent, before another script changes it.
    """
    shown = view.shown
    facts = {"digest": view.digest, "lang": lang}
    if shown and shown.source:
        facts |= {"source": shown.source, "characters": str(shown.characters), "held": shown.held}
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in facts.items())
    tag = f'<script type="module" src="{OURS}client.js"{data}></script>'
    place = _HEAD.search(body)
    cut = place.end() if place else len(body)
    return body[:cut] + tag.encode("utf-8", "backslashreplace") + body[cut:]


def moved(path: str) -> Response:
    """A redirect inside this server."""
    address = quote("/" + path.lstrip("/"), safe="/~!$&'()*+,;=:@")
    return told(307, address, {"location": address})


def reply(request: Request, body: bytes, media: str, status: int = 200) -> Response:
    """The whole, a part, or "as you have it", as the request asks."""
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    headers = SAFE | {"content-type": media, "etag": tag, "accept-ranges": "bytes"}
    if status != 200:
        return Response(body, status, headers)
    if tag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers=headers)
    part = _RANGE.fullmatch(request.headers.get("range", ""))
    if part and request.headers.get("if-range", tag) == tag and any(part.groups()):
        return _part(body, part, headers)
    return Response(body, status, headers)


def _part(body: bytes, part: re.Match[str], headers: dict[str, str]) -> Response:
    size = len(body)
    if part[1]:
        first, last = int(part[1]), min(int(part[2] or size), size - 1)
    else:
        first, last = max(size - int(part[2]), 0), size - 1
    if first > last:
        return Response(status_code=416, headers=headers | {"content-range": f"bytes */{size}"})
    headers |= {"content-range": f"bytes {first}-{last}/{size}"}
    return Response(body[first : last + 1], 206, headers)


async def in_thread(work: Callable[[], T]) -> T:
    """What `work` returns, done in a thread that does not hold up the end of the program."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: BaseException | None) -> None:
        if result.done():
            return
        if error:
            result.set_exception(error)
        else:
            result.set_result(value)  # type: ignore[arg-type]

    def run() -> None:
        with suppress(RuntimeError):  # the loop has ended
            try:
                loop.call_soon_threadsafe(settle, work(), None)
            except Exception as e:
                loop.call_soon_threadsafe(settle, None, e)

    Thread(target=run, daemon=True).start()
    return await result
