"""A site to publish, what readers of it must never see, and a wire that can be cut."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

from ssg.build import Options, build
from ssg.config import load_config, load_targets
from ssg.deploy import Order, Plan, deploy
from ssg.deploy.troubles import Patience
from tests.small import NOW

PATIENCE = Patience(tries=2, first=0.01)
LAYOUT = (
    '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{{ head.title }}</title>'
    '<link rel="stylesheet" href="{{ asset(\'css/own.css\') }}">'
    "<script src=\"{{ asset('js/own.js') }}\" defer></script></head>"
    "<body>{{ body.html if body is defined }}</body></html>\n"
)
NAMES = ("trend", "page", "home", "list", "terms", "archives", "author", "authors", "404")


def blog(root: Path, deploy: str, posts: int = 4) -> Path:
    """A small site that is published as `deploy` of site.yaml says (one line of YAML a target)."""
    write(root, "site.yaml", f"title: 一\nurl: https://blog.tarou.jp\ndeploy:\n{deploy}")
    for name in NAMES:
        write(root, f"layouts/{name}.html", LAYOUT)
    for number in range(posts):
        post(root, f"p{number}")
    look(root, 1)
    return root


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def post(root: Path, name: str, text: str = "本文です。") -> None:
    head = f"---\ntitle: 題{name}\ndate: 2026-01-02\ntags: [札]\n---\n"
    write(root, f"content/posts/{name}.md", head + text + "\n")


def look(root: Path, number: int) -> None:
    """Give every page another style sheet and another script: both get new names."""
    write(root, "assets/css/own.css", f"p{{margin:{number}px}}\n")
    write(root, "assets/js/own.js", f"window.look={number}\n")


def publish(
    root: Path,
    target: str = "",
    order: Order = Order(),  # noqa: B008 – it is frozen
    patience: Patience = PATIENCE,
    show: Callable[[Plan], object] = lambda plan: None,
) -> Plan:
    """Build the site and publish it, in this process."""
    build(root, Options(output=root / "public", now=NOW))
    name, place = load_targets(root).chosen(target)
    return deploy(root, load_config(root), name, place, order, show, patience=patience)


def lacking(files: dict[str, bytes]) -> set[str]:
    """The assets that pages of a published tree refer to and that are not in it."""
    wanted = {
        unquote(match[1].decode()).lstrip("/")
        for name, data in files.items()
        if name.endswith(".html")
        for match in re.finditer(rb'(?:src|href)="(/[^"#?]+\.\w+)"', data)
    }
    return wanted - files.keys()


def files_of(folder: Path) -> dict[str, bytes]:
    """What readers can see below a folder: no dot-files."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


class Wire:
    """A port on loopback that leads to another one until so many bytes were carried; then every
    connection is cut, and no new one is made until it is mended.
    """

    def __init__(self, port: int) -> None:
        self.behind = port
        self.left: int | None = None
        self.carried = 0
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int | None) -> None:
        with self.lock:
            self.left, self.carried = count, 0

    def mend(self) -> None:
        self.cut_after(None)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.left == 0:
                near.close()
                continue
            with suppress(OSError):
                far = socket.create_connection(("127.0.0.1", self.behind))
                with self.lock:
                    self.open |= {near, far}
                for one, other in ((near, far), (far, near)):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(self._allowed(data))
                if self.left == 0:
                    self._cut()
                    return
        self._close(one, other)

    def _allowed(self, data: bytes) -> bytes:
        with self.lock:
            if self.left is not None:
                data = data[: self.left]
                self.left -= len(data)
            self.carried += len(data)
            return data

    def _cut(self) -> None:
        with self.lock:
            sockets, self.open = self.open, set()
        self._close(*sockets)

    def _close(self, *sockets: socket.socket) -> None:
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        with self.lock:
            self.open -= {*sockets}

    def close(self) -> None:
        self.listener.close()
        self._cut()


@contextmanager
def wire(port: int) -> Iterator[Wire]:
    with closing(Wire(port)) as made:
        yield made


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 10) -> None:
    """Wait until something listens on loopback."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, f"nothing listens on port {port}"
            time.sleep(0.02)
