"""A web server on loopback, as a host has one: it serves a folder, and misbehaves when told to."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Host:
    """`answer` is called for each request instead of serving the folder when there is one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gzip = False
        self.answer: Callable[[Host, BaseHTTPRequestHandler], object] | None = None
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def paths(self) -> list[str]:
        return [unquote(asked.path) for asked in self.asked]

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(request.path).path)
        file = self.folder / (path[1:] + "index.html" if path.endswith("/") else path[1:])
        if not file.is_file():
            send(request, 404, b"<p>none</p>")
        elif self.gzip and "gzip" in request.headers.get("Accept-Encoding", ""):
            send(request, 200, gzip.compress(file.read_bytes()), {"Content-Encoding": "gzip"})
        else:
            send(request, 200, file.read_bytes())

    def close(self) -> None:
        self.closing.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def _handler(host) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                host.asked.append(Asked(self.command, self.path, dict(self.headers), body))
                with suppress(OSError):  # nobody waits for the answer any more
                    if host.answer:
                        host.answer(host, self)
                    else:
                        host.serve(self)

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                pass

        return Handler


def send(
    request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None
) -> None:
    request.send_response(status)
    for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


@contextmanager
def host(folder: Path) -> Iterator[Host]:
    made = Host(folder)
    try:
        yield made
    finally:
        made.close()
