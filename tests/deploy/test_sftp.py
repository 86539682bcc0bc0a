"""A folder of another machine over SFTP, for hosts without a shell."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import Queue

import asyncssh
import pytest

from ssg.deploy import Order
from ssg.deploy.sftp import _tolerant
from tests.conftest import run
from tests.deploy.contract import CUTS, Disk, Folders, Promises, Resumed, Shared, Wired, afar
from tests.publishing import blog, files_of, look, post, publish, wire
from tests.small import tree
from tests.sshd import SFTP, USER, Sshd, failure, nobody, small_disk, sshd

YES = Order(confirmed=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("ssh")) as running:
        yield running


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """A server that cannot put a file in the place of another in one step."""
    with sshd(tmp_path_factory.mktemp("ssh"), f"{SFTP} -P posix-rename") as running:
        yield running


@pytest.fixture(params=["server", "old"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    host = request.getfixturevalue(request.param)
    with wire(host.port) as line:
        place = afar(Disk(made(tmp_path, host, port=line.port), tmp_path / "web"), line)
        place.cuts = {"server": CUTS, "old": 20}[request.param]
        yield place


@pytest.fixture
def site(tmp_path: Path, server: Sshd) -> Path:
    return made(tmp_path, server)


class TestSftp(Promises, Shared, Folders, Wired, Resumed):
    pass


def made(folder: Path, server: Sshd, more: str = "", port: int = 0) -> Path:
    """A site, and the folder `web` beside it that it is published to."""
    (folder / "web").mkdir()
    return blog(folder / "site", server.target("sftp", folder / "web", more, port))


def web(site: Path) -> Path:
    return site.parent / "web"


def test_readers_may_read_whatever_the_host_has_in_mind(tmp_path: Path) -> None:
    with sshd(tmp_path / "ssh", f"{SFTP} -u 077") as server:
        site = made(tmp_path, server)
        publish(site)
    modes = {path.is_dir(): oct(path.stat().st_mode & 0o777) for path in web(site).rglob("*")}
    assert modes == {True: "0o755", False: "0o644"}


# --- what the other end refuses


def test_a_key_that_is_not_known_there(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server, f", ssh_config: '{server.client(key='stranger')}'")
    assert failure(site).code == "deploy/refused"


def test_a_wrong_password_is_told_without_it(
    server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = made(tmp_path, server, f", ssh_config: '{server.client(key='stranger')}'")
    monkeypatch.setenv("SSG_WEB_PASSWORD", "ひみつ-word")
    told = failure(site)
    assert told.code == "deploy/refused"
    assert "SSG_WEB_PASSWORD" in told.hint
    shown = run("deploy", "--debug", cwd=site, env={"SSG_WEB_PASSWORD": "ひみつ-word"})
    assert shown.code == 4
    assert "ひみつ" not in shown.out + shown.err


class Guard(asyncssh.SSHServer):
    """Lets those in who know the password: an sshd asks the system, which no test may change."""

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, "ひみつ-word")

    def password_auth_supported(self) -> bool:
        return True


@contextmanager
def guarded(server: Sshd, folder: Path) -> Iterator[Sshd]:
    ready = Queue[int]()

    async def serve() -> None:
        async with asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=Guard,
            server_host_keys=[server.folder / "host"],
            sftp_factory=partial(asyncssh.SFTPServer, chroot=str(folder)),
        ) as listener:
            ready.put(listener.get_port())
            await asyncio.get_running_loop().run_in_executor(None, ended.wait)

    ended = threading.Event()
    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        yield Sshd(server.folder, ready.get(timeout=10))
    finally:
        ended.set()
        thread.join()


def test_a_password_of_the_environment_lets_us_in(
    server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSG_WEB_PASSWORD", "ひみつ-word")
    (tmp_path / "web").mkdir()
    with guarded(server, tmp_path / "web") as guard:
        site = blog(tmp_path / "site", guard.target("sftp", Path("/")))
        publish(site)
        look(site, 2)
        publish(site, order=YES)
    assert files_of(web(site)) == files_of(site / "public")


@pytest.mark.parametrize("known", ["changed", "nobody", "none", "missing"])
def test_a_host_that_is_not_who_it_was(server: Sshd, tmp_path: Path, known: str) -> None:
    config = server.client(known=known)
    if known == "none":
        config.write_text(config.read_text().replace(str(server.folder / "none"), "none"))
    site = made(tmp_path, server, f", ssh_config: '{config}'")
    told = failure(site)
    assert told.code == "deploy/host-key"
    assert f"ssh -p {server.port} -F {config} {USER}@127.0.0.1" in told.hint
    assert files_of(web(site)) == {}


def test_a_host_that_is_not_there(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server)
    text = (site / "site.yaml").read_text()
    (site / "site.yaml").write_text(text.replace("127.0.0.1:", "no-host.invalid:"))
    assert failure(site).code == "deploy/no-place"


def test_a_file_of_settings_that_is_not_there(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server, ", ssh_config: nowhere/config")
    assert "nowhere/config" in failure(site).text


def test_a_folder_that_is_not_there(site: Path) -> None:
    web(site).rmdir()
    assert failure(site).code == "deploy/no-place"
    assert not web(site).exists()


def test_a_folder_that_we_may_not_write_to(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        target = Path(folder, "web")
        target.mkdir()
        with nobody(target) as setting, sshd(tmp_path / "ssh", SERVED + setting) as server:
            site = blog(tmp_path / "site", server.target("sftp", target))
            assert failure(site).code == "deploy/forbidden"
            assert tree(target) == {}


SERVED = "Subsystem sftp /usr/lib/openssh/sftp-server\n"  # a program of its own


def test_a_server_that_only_gives(server: Sshd, tmp_path: Path) -> None:
    with sshd(tmp_path / "ssh", f"{SFTP} -R") as server:
        site = made(tmp_path, server)
        assert failure(site).code == "deploy/forbidden"
        assert files_of(web(site)) == {}


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    with (
        small_disk(tmp_path / "web") as setting,
        sshd(tmp_path / "ssh", (SERVED if setting else SFTP + "\n") + setting) as server,
    ):
        site = blog(tmp_path / "site", server.target("sftp", tmp_path / "web"))
        publish(site)
        before = files_of(web(site))
        large = site / "assets/static/large.bin"
        large.parent.mkdir(exist_ok=True)
        large.write_bytes(random.Random(1).randbytes(2_000_000))
        assert failure(site).code == "deploy/failed" if setting else "deploy/no-space"
        assert files_of(web(site)) == before
        large.unlink()
        post(site, "p1", "書き直した本文。")
        publish(site)
        assert files_of(web(site)) == files_of(site / "public")


def test_a_host_without_sftp(tmp_path: Path) -> None:
    with sshd(tmp_path / "ssh", "") as server:
        assert failure(made(tmp_path, server)).code == "deploy/no-sftp"


def test_the_extra_is_named_when_it_is_missing(
    server: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = made(tmp_path, server)
    monkeypatch.delitem(sys.modules, "ssg.deploy.sftp", raising=False)
    monkeypatch.setitem(sys.modules, "asyncssh", None)
    told = failure(site)
    assert told.code == "deploy/no-extra"
    assert "ssg-trend[sftp]" in told.hint


def test_what_is_cancelled_before_it_begins_is_never_asked_for() -> None:
    asked = []

    async def work() -> None:
        asked.append(1)

    async def cancelled() -> list[object]:
        task = asyncio.create_task(_tolerant(work))
        task.cancel()
        return list(await asyncio.gather(task, return_exceptions=True))

    with ThreadPoolExecutor(1) as thread:  # another loop may run in this one
        [outcome] = thread.submit(asyncio.run, cancelled()).result()
    assert isinstance(outcome, asyncio.CancelledError)
    assert asked == []
