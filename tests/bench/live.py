"""From saving a post to its new text at its address, on a server that watches the folder."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from edits import append, pick
from processes import Command, Meter, started

HOST = "127.0.0.1"
EDITS = 15
POLL = 0.001
LIMIT = 120.0
PULSE = 0.25  # seldom enough not to disturb
READY = 600.0


@dataclass(frozen=True)
class Live:
    seconds: tuple[float, ...]
    peak: int  # bytes


def serve(command: Command, posts: Path, chance: random.Random) -> Live:
    """`command` takes a port as its last argument."""
    port = _free_port()
    with started(command.with_arguments(str(port))) as process:
        meter = Meter(process.pid, PULSE)
        try:
            page = HTTPConnection(HOST, port, timeout=LIMIT)
            _until(lambda: _get(page, "/posts/post-00000/"), READY)
            seconds = tuple(_edit(page, posts, chance) for _ in range(EDITS))
            return Live(seconds, meter.peak)
        finally:
            meter.end()


def _edit(page: HTTPConnection, posts: Path, chance: random.Random) -> float:
    post = pick(posts, chance)
    address = f"/posts/{post.stem}/"
    _get(page, address)
    time.sleep(chance.uniform(0.5, 2.0))
    mark = append(post, chance).encode()
    start = time.perf_counter()
    _until(lambda: mark in _get(page, address), LIMIT)
    return time.perf_counter() - start


def _until(done: Callable[[], object], limit: float) -> None:
    end = time.perf_counter() + limit
    while not done():
        if time.perf_counter() > end:
            raise SystemExit(f"The page did not come within {limit:.0f} s")
        time.sleep(POLL)


def _get(page: HTTPConnection, address: str) -> bytes:
    """The page, or nothing while there is none: one connection, made anew only if it breaks."""
    try:
        page.request("GET", address)
        answer = page.getresponse()
        body = answer.read()
    except (HTTPException, OSError):
        page.close()
        return b""
    return body if answer.status == 200 else b""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
