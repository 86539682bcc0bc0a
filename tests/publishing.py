"""A site to publish, what readers of it must never see, and a wire that can be cut."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
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
    built(root)
    return send(root, target, order, patience, show)


def built(root: Path) -> None:
    build(root, Options(output=root / "public", now=NOW))


def send(
    root: Path,
    target: str = "",
    order: Order = Order(),  # noqa: B008 – it is frozen
    patience: Patience = PATIENCE,
    show: Callable[[Plan], object] = lambda plan: None,
) -> Plan:
    """Publish what was built, in this process."""
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


def seen(folder: Path) -> dict[str, bytes]:
    """What readers see, though a server may still be at work after a cut."""
    for _ in range(20):
        with suppress(FileNotFoundError):
            return files_of(folder)
    raise AssertionError(f"{folder} does not come to rest")


class Wire:
    """A port on loopback that leads to another one until so many bytes were carried; then every
    connection is cut, and no new one is made until it is mended. Those of `further` lead to the
    same ports of another host.
    """

    def __init__(self, port: int, host: str = "127.0.0.1", further: Iterable[int] = ()) -> None:
        self.left: int | None = None
        self.carried = 0
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        self.listeners: list[socket.socket] = []
        self.port = self._lead(0, (host, port))
        for one in further:
            self._lead(one, (host, one))

    def cut_after(self, count: int | None) -> None:
        with self.lock:
            self.left, self.carried = count, 0

    def mend(self) -> None:
        self.cut_after(None)

    def _lead(self, port: int, behind: tuple[str, int]) -> int:
        listener = socket.create_server(("127.0.0.1", port))
        self.listeners.append(listener)
        threading.Thread(target=self._accept, args=(listener, behind), daemon=True).start()
        return int(listener.getsockname()[1])

    def _accept(self, listener: socket.socket, behind: tuple[str, int]) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(near, behind), daemon=True).start()

    def _join(self, near: socket.socket, behind: tuple[str, int]) -> None:
        """Carry both ways until one end has enough. Only here are sockets closed: the number of
        a closed one may be another's at once.
        """
        with near, suppress(OSError), socket.create_connection(behind) as far:
            with self.lock:
                if self.left == 0:
                    return
                self.open |= {near, far}
            for one in (near, far):  # what is small goes at once, as without a wire
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=self._carry, args=(far, near), daemon=True)
            back.start()
            self._carry(near, far)
            back.join()
            with self.lock:
                self.open -= {near, far}

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(self._allowed(data))
                if self.left == 0:
                    self._cut()
        self._end(one, other)

    def _allowed(self, data: bytes) -> bytes:
        with self.lock:
            if self.left is not None:
                data = data[: self.left]
                self.left -= len(data)
            self.carried += len(data)
            return data

    def _cut(self) -> None:
        with self.lock:
            self._end(*self.open)

    def _end(self, *sockets: socket.socket) -> None:
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for listener in self.listeners:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for it
            listener.close()
        self.cut_after(0)
        self._cut()


@contextmanager
def wire(port: int, host: str = "127.0.0.1", further: Iterable[int] = ()) -> Iterator[Wire]:
    with closing(Wire(port, host, further)) as made:
        yield made


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 10, host: str = "127.0.0.1") -> None:
    """Wait until something listens on loopback."""
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, f"nothing listens on port {port}"
            time.sleep(0.02)
