"""What every test may use: a small site from one string, and the program in a process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

pytest.register_assert_rewrite("tests.deploy.contract")
REPO = Path(__file__).resolve().parents[1]
settings.register_profile("steady", settings(), deadline=None)  # two tests share two cores
settings.load_profile("steady")

SOURCES = ("content", "layouts", "assets", "site.yaml")


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    code: int
    out: str
    err: str


class RunSsg(Protocol):
    def __call__(self, *args: str | Path, cwd: Path, env: dict[str, str] | None = None) -> Run: ...


class SiteFactory(Protocol):
    def __call__(self, files: str, name: str = "site") -> Path: ...


def run(*args: str | Path, cwd: Path, env: dict[str, str] | None = None) -> Run:
    """`ssg ARGS` in a process of its own, without colour; a warning of Python is an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "ssg", *args],
        cwd=cwd,
        env=clean_environment() | (env or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def clean_environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "TMPDIR", "SYSTEMROOT"}}
    return kept | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "TERM": "dumb"}


def parts(archive: str) -> Iterator[tuple[str, str]]:
    """The files of a text with a `-- path --` line before each."""
    _, *pieces = re.split(r"^-- (\S+) --\n", archive, flags=re.MULTILINE)
    return zip(pieces[::2], pieces[1::2], strict=True)


@pytest.fixture(name="run_ssg")
def _run_ssg() -> RunSsg:
    return run


@pytest.fixture
def site_factory(tmp_path: Path) -> SiteFactory:
    """Writes a site from one string into a folder of the test and returns the folder."""

    def write(files: str, name: str = "site") -> Path:
        root = tmp_path / name
        for path, text in parts(files):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return root

    return write


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium. One a session: Playwright allows no second one in a thread."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert program, "no Chromium on this machine: `make test` installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


def fingerprint() -> dict[str, str]:
    files = (
        file
        for source in SOURCES
        for file in ([REPO / source] if (REPO / source).is_file() else (REPO / source).rglob("*"))
        if file.is_file()
    )
    return {str(file.relative_to(REPO)): sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="session", autouse=True)
def _sources_are_never_touched() -> Iterator[None]:
    before = fingerprint()
    yield
    after = fingerprint()
    changed = {path for path, _ in before.items() ^ after.items()}
    assert not changed, f"the tests changed sources of the sample site: {sorted(changed)}"
