"""`ssg serve`: watch the sources, keep the preview, answer the browser."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from types import FrameType

import uvicorn

from ssg.errors import EnvironmentFault, problem
from ssg.excerpts import Excerpts
from ssg.fresh import Options
from ssg.messages import lines
from ssg.preview import Preview
from ssg.sentences import FRAME
from ssg.server.answers import App
from ssg.server.guard import LOCAL, literal
from ssg.server.live import Live
from ssg.watch import Watch, stamps

NEXT_PORTS = 20
BACKLOG = 2048
SWITCH = 0.001  # seconds for which the preview may keep an answer waiting
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(
    root: Path,
    options: Options,
    place: tuple[str, int],
    lang: str,
    say: Callable[[str], None],
    complain: Callable[[str], None],
    ready: Callable[[str], object],
) -> int:
    """Serve the preview at a host and port until a signal ends it; returns its number. `ready` is
    called with the address as soon as it answers.
    """
    host = place[0]
    with listening(*place) as sock:
        sys.setswitchinterval(SWITCH)
        excerpts = Excerpts.of(root)
        live = Live(Preview(root, options), lang, say, complain, excerpts.line)
        seen = stamps(root)
        live.begin()  # before there are threads, so that it may fork
        watch = Watch(
            root,
            lambda changed: live.renew(changed, watch.stale),
            seen,
            due=lambda: live.preview.until,
        )
        address = f"http://{literal(host)}:{sock.getsockname()[1]}{live.preview.prefix}/"
        say(_greeting(live, address))
        if literal(host) not in LOCAL:
            for line in lines([problem("serve/open-to-others", address)], lang):
                complain(line)
        Thread(target=watch.run, daemon=True).start()
        ready(address)
        app = App(live, excerpts, host)
        try:
            return Server(app, live).until_signal(sock)
        finally:
            watch.end()


class Server(uvicorn.Server):
    """Ends at the first signal, at once and without a word."""

    def __init__(self, app: App, live: Live) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                ws="none",
                http="h11",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=0,
            )
        )
        self.live = live
        self.caught = 0

    def until_signal(self, sock: socket.socket) -> int:
        asyncio.run(self.serve([sock]))
        return self.caught

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()

        def stop(number: int, frame: FrameType | None) -> None:
            self.caught = number
            self.should_exit = True
            loop.call_soon_threadsafe(self.live.close)

        before = {number: signal.signal(number, stop) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens. Raises EnvironmentFault."""
    try:
        sock = _bound(host, port)
    except OSError as e:
        place = f"{literal(host)}:{port}"
        if e.errno != errno.EADDRINUSE:
            raise EnvironmentFault([problem("serve/no-address", place, why=e.strerror)]) from e
        blanks = {"free": free} if (free := _free_port(host, port)) else {}
        raise EnvironmentFault([problem("serve/port-taken", place, port=port, **blanks)]) from e
    with sock:
        sock.listen(BACKLOG)
        yield sock


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    sock = socket.socket(family, kind, protocol)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(address)
    except OSError:
        sock.close()
        raise
    return sock


def _free_port(host: str, port: int) -> int:
    """A port soon after one that is taken, or 0."""
    for other in range(port + 1, min(port + 1 + NEXT_PORTS, 65536)):
        with suppress(OSError), _bound(host, other):
            return other
    return 0


def _greeting(live: Live, address: str) -> str:
    preview = live.preview
    return FRAME[live.lang]["serving"].format(
        address=address, pages=f"{preview.pages:,}", posts=f"{preview.posts:,}"
    )
