"""`ssg serve` in a process of its own, and a browser that sends exactly what it is told to."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, NamedTuple

from tests.conftest import REPO, clean_environment

PATIENCE = 20.0  # seconds in which something that happens at once has surely happened


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Lines:
    """What a process prints, line by line as it comes."""

    def __init__(self, stream: IO[str]) -> None:
        self.all: list[str] = []
        self.coming: Queue[str] = Queue()
        self.thread = Thread(target=self._read, args=(stream,), daemon=True)
        self.thread.start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:  # ends with the process or the connection
            self.all.append(line.rstrip("\n"))
            self.coming.put(self.all[-1])

    def next(self, pattern: str = "") -> str:
        """The next line that has the pattern."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self.coming.get(timeout=max(end - time.monotonic(), 0.01))
            except Empty:
                raise AssertionError(f"no line {pattern!r} in {self.all}") from None
            if re.search(pattern, line):
                return line


class Served:
    """A running preview."""

    def __init__(self, site: Path, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        assert process.stderr
        self.site, self.process = site, process
        self.out, self.err = Lines(process.stdout), Lines(process.stderr)

    def begin(self) -> None:
        self.greeting = self.out.next("http://")
        self.address = re.findall(r"http://\S+/", self.greeting)[0]
        self.port = int(re.findall(r":(\d+)/", self.address)[0])

    def end(self, number: int = signal.SIGINT) -> int:
        """The exit code after a signal."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def ask(self, request: bytes) -> Answer:
        """The answer to these very bytes; status 0 when the connection is just closed."""
        with self.connect() as sock:
            sock.sendall(request)
            data = b""
            try:
                while part := sock.recv(65536):
                    data += part
            except ConnectionError:
                pass
        return answer(data)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        given = {"Host": f"localhost:{self.port}", "Connection": "close"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in given.items())]
        return self.ask("\r\n".join([*lines, "", ""]).encode())

    def problems(self, path: str = "/") -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self.get(f"/_ssg/problems?path={path}").body)
        return rows

    @contextmanager
    def stream(self, path: str, digest: str = "") -> Iterator[Lines]:
        """The lines of an event stream as they come."""
        with self.connect() as sock:
            target = f"/_ssg/events?path={path}&digest={digest}"
            sock.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            with sock.makefile("r", encoding="utf-8", newline="") as lines:
                reader = Lines(lines)
                reader.next(": listening")
                try:
                    yield reader
                finally:
                    sock.shutdown(socket.SHUT_RDWR)
                    reader.thread.join(PATIENCE)

    def save(self, path: str, text: str) -> None:
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def shows(self, path: str, wanted: str) -> None:
        """Wait until a page holds a text."""
        until(lambda: wanted in self.get(path).text, f"{path} never shows {wanted!r}")


def answer(data: bytes) -> Answer:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in rest if ": " in line)
    if headers.get("transfer-encoding") == "chunked":
        body = b"".join(re.split(rb"\r\n[0-9a-f]+\r\n", b"\r\n" + body)[1:])
    return Answer(int(first.split()[1]) if first else 0, headers, body)


def until(happened: Callable[[], bool], words: str) -> None:
    """Wait for something, but not for ever."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, words
        time.sleep(0.01)


@contextmanager
def serving(site: Path, *args: str, lang: str = "en") -> Iterator[Served]:
    command = [sys.executable, "-W", "error", "-m", "ssg", "--lang", lang, "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, *args],
        cwd=site,
        env=clean_environment() | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(REPO)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        served = Served(site, process)
        try:
            served.begin()
            yield served
        finally:
            process.kill()
            served.out.thread.join(PATIENCE)
            served.err.thread.join(PATIENCE)
