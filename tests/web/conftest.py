"""The sample site, built once by the program itself and served under a strict policy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from filelock import FileLock

from tests.conftest import REPO, SOURCES, run
from tests.web.built import Built


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Built:
    """A clean build of a copy, which leaves the repository's cache and output alone."""
    base = tmp_path_factory.getbasetemp()
    site = (base if worker_id == "master" else base.parent) / "sample"
    with FileLock(f"{site}.lock"):
        if not (site / "public").exists():
            build_sample(site)
    return Built(site / "public")


def build_sample(site: Path) -> None:
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir()
    for source in SOURCES:
        copy = shutil.copytree if (REPO / source).is_dir() else shutil.copy
        copy(REPO / source, site / source)
    done = run("build", cwd=site)
    assert done.code == 0, done.out + done.err


class Handler(SimpleHTTPRequestHandler):
    """Sends files as a static host does, with the strictest policy that a page can ask for."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def server(built: Built) -> Iterator[str]:
    """The address of the served site, ending with a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=built.root)) as http:
        thread = Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()
        thread.join()
