"""Git hosts on loopback: git's own daemon, and a web server that asks for a password."""

from __future__ import annotations

import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.conftest import clean_environment
from tests.publishing import free_port, wait_for


@contextmanager
def daemon(folder: Path, *options: str) -> Iterator[int]:
    """The port at which the repositories of a folder are served to everyone."""
    port = free_port()
    programs = subprocess.check_output(["git", "--exec-path"], text=True).strip()
    process = subprocess.Popen(
        [
            f"{programs}/git-daemon",
            f"--base-path={folder}",
            "--export-all",
            "--informative-errors",
            "--reuseaddr",
            "--listen=127.0.0.1",
            f"--port={port}",
            *options,
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


class WebHost(ThreadingHTTPServer):
    """Git over HTTP, for those who know the password. `answer` is what all others are told."""

    def __init__(self, folder: Path, password: str) -> None:
        self.folder = folder
        self.password = password
        self.answer = 401
        self.users = set[str]()
        super().__init__(("127.0.0.1", 0), _Visit)


class _Visit(BaseHTTPRequestHandler):
    server: WebHost

    def do_GET(self) -> None:
        user, _, password = self._told().partition(":")
        if password != self.server.password:
            self.send_response(self.server.answer)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.end_headers()
            return
        self.server.users.add(user)
        head, _, body = self._backend(user).partition(b"\r\n\r\n")
        fields = [line.partition(": ") for line in head.decode().split("\r\n")]
        status = next((value for name, _, value in fields if name == "Status"), "200")
        self.send_response(int(status.split()[0]))
        for name, _, value in fields:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def _told(self) -> str:
        return b64decode(self.headers.get("Authorization", "").partition(" ")[2]).decode()

    def _backend(self, user: str) -> bytes:
        path, _, query = self.path.partition("?")
        asked = {
            "GIT_PROJECT_ROOT": str(self.server.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "REMOTE_USER": user,
        }
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        environment = clean_environment() | asked
        return subprocess.check_output(["git", "http-backend"], input=body, env=environment)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def web_host(folder: Path, password: str) -> Iterator[WebHost]:
    with WebHost(folder, password) as host:
        thread = Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield host
        finally:
            host.shutdown()
            thread.join()
