"""What every target promises, of releases: tests of their own are in test_rsync.py, which would take
twice as long with these.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.contract import Disk, Folders, Promises, Resumed, Wired, afar
from tests.publishing import blog, wire
from tests.sshd import Sshd, sshd


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("ssh")) as running:
        yield running


@pytest.fixture
def place(server: Sshd, tmp_path: Path) -> Iterator[Disk]:
    web = tmp_path / "web"
    web.mkdir()
    with wire(server.port) as line:
        target = server.target("rsync", web, ", releases: 2", line.port)
        place = afar(Disk(blog(tmp_path / "site", target), web, "current"), line)
        place.whole = True
        yield place


class TestReleases(Promises, Folders, Wired, Resumed):
    pass
