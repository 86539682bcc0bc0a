"""A folder of another machine over SFTP, for hosts without a shell."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import Queue

import asyncssh
import pytest

from ssg.deploy import Order
from ssg.errors import SsgError
from tests.conftest import clean_environment, run
from tests.publishing import blog, files_of, lacking, look, post, publish, wire, write
from tests.small import tree
from tests.sshd import SFTP, USER, Sshd, failure, nobody, seen, small_disk, sshd

YES = Order(confirmed=True)
RECORD = ".ssg-manifest.json"
AWKWARD = ("あ い.txt", "引用'\"`$x.txt", "#印;.txt", "-n *[a] \\#134.txt", "深い 所/い.txt")
LONG = "長" * 80  # 240 bytes: there is room for little more in a name


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
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return made(tmp_path, request.getfixturevalue(request.param))


def made(folder: Path, server: Sshd, more: str = "", port: int = 0) -> Path:
    """A site, and the folder `web` beside it that it is published to."""
    (folder / "web").mkdir()
    return blog(folder / "site", server.target("sftp", folder / "web", more, port))


def web(site: Path) -> Path:
    return site.parent / "web"


def test_the_first_publication_sends_everything_and_the_second_nothing(site: Path) -> None:
    first = publish(site)
    assert files_of(web(site)) == files_of(site / "public")
    assert set(first.changes.added) == files_of(web(site)).keys()
    assert not publish(site).changes


def test_an_edit_sends_a_handful(site: Path) -> None:
    publish(site)
    before = {name: (web(site) / name).stat().st_ino for name in files_of(web(site))}
    post(site, "p1", "書き直した本文。")
    found = publish(site).changes
    assert (found.added, found.removed) == ((), ())
    after = {name: (web(site) / name).stat().st_ino for name in files_of(web(site))}
    assert {n for n in after if after[n] != before[n]} <= {*found.changed}
    assert "posts/p1/index.html" in found.changed
    assert "posts/p2/index.html" not in found.changed
    assert files_of(web(site)) == files_of(site / "public")
    assert leftovers(site) == []


def leftovers(site: Path) -> list[Path]:
    return [path for path in web(site).rglob(".*") if path.name != RECORD]


def test_what_is_gone_is_removed_with_its_folder_and_what_is_not_ours_stays(site: Path) -> None:
    publish(site)
    (web(site) / "posts/p1/mine.txt").write_text("私のもの")
    (web(site) / ".well-known").mkdir()
    for name in ("p1", "p2"):
        (site / f"content/posts/{name}.md").unlink()
    found = publish(site, order=YES).changes
    assert {"posts/p1/index.html", "posts/p2/index.html"} <= {*found.removed}
    assert not (web(site) / "posts/p2").exists()
    assert (web(site) / "posts/p1/mine.txt").read_text() == "私のもの"
    assert (web(site) / ".well-known").is_dir()


def test_a_dry_run_tells_what_the_next_run_does_and_touches_nothing(site: Path) -> None:
    publish(site)
    before = tree(web(site))
    look(site, 2)
    post(site, "new")
    told = publish(site, order=Order(dry_run=True, confirmed=True)).changes
    assert tree(web(site)) == before
    assert publish(site, order=YES).changes == told


def test_names_of_every_kind(site: Path) -> None:
    names = (*AWKWARD, *(f"{LONG}{number}.txt" for number in range(9)))
    for name in names:
        write(site, f"assets/static/{name}", name)
    publish(site)
    assert files_of(web(site)) == files_of(site / "public")
    assert set(names) <= files_of(web(site)).keys()
    for name in names:
        (site / "assets/static" / name).unlink()
    publish(site, order=YES)
    assert files_of(web(site)) == files_of(site / "public")
    assert not (web(site) / "深い 所").exists()


def test_files_of_others_are_not_replaced_unless_told(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server)
    for name in AWKWARD:
        write(site, f"assets/static/{name}", "私の")
        write(web(site), name, "ほかの")
    told = failure(site)
    assert told.code == "deploy/in-the-way"
    assert all(name in told.text for name in AWKWARD)
    assert {*files_of(web(site)).values()} == {"ほかの".encode()}
    publish(site, order=Order(take_over=True))
    assert files_of(web(site)) == files_of(site / "public")


def test_a_file_of_others_where_a_folder_belongs(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server)
    write(web(site), "posts", "ほかの")
    assert failure(site).code == "deploy/in-the-way"
    assert files_of(web(site)) == {"posts": "ほかの".encode()}


def test_a_file_that_became_a_folder_and_back(site: Path) -> None:
    static = site / "assets/static"
    write(site, "assets/static/guide", "ファイル")
    publish(site)
    (static / "guide").unlink()
    write(site, "assets/static/guide/first", "フォルダー")
    publish(site)
    assert files_of(web(site)) == files_of(site / "public")
    (static / "guide/first").unlink()
    (static / "guide").rmdir()
    write(site, "assets/static/guide", "ファイル")
    publish(site)
    assert files_of(web(site)) == files_of(site / "public")


def test_readers_may_read_whatever_the_host_has_in_mind(tmp_path: Path) -> None:
    with sshd(tmp_path / "ssh", f"{SFTP} -u 077") as server:
        site = made(tmp_path, server)
        publish(site)
    modes = {path.is_dir(): oct(path.stat().st_mode & 0o777) for path in web(site).rglob("*")}
    assert modes == {True: "0o755", False: "0o644"}


# --- breaks


@pytest.mark.parametrize(("kind", "cuts"), [("server", 50), ("old", 20)])
def test_after_a_cut_anywhere_readers_lack_nothing_and_the_next_run_ends_whole(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, cuts: int
) -> None:
    chance = random.Random(f"sftp {kind}")
    with wire(request.getfixturevalue(kind).port) as line:
        site = made(tmp_path, Sshd(request.getfixturevalue(kind).folder, line.port))
        publish(site)
        look(site, 2)
        line.cut_after(None)
        publish(site, order=YES)
        whole, broken = line.carried, 0
        for number in range(cuts):
            look(site, number + 3)
            line.cut_after(chance.randrange(whole))
            broken += not publishes(site)
            assert lacking(seen(web(site))) == set()
            line.mend()
            publish(site, order=YES)
            assert files_of(web(site)) == files_of(site / "public")
        assert broken > cuts * 3 // 4


def publishes(site: Path) -> bool:
    """Whether a publication gets through."""
    try:
        publish(site, order=YES)
    except SsgError as e:
        if [p.code for p in e.problems] != ["deploy/interrupted"]:
            raise
        return False
    return True


def test_a_run_after_a_break_sends_only_what_is_left(server: Sshd, tmp_path: Path) -> None:
    with wire(server.port) as line:
        site = made(tmp_path, server, port=line.port)
        (site / "assets/static").mkdir()
        for number in range(20):
            data = random.Random(number).randbytes(100_000)
            (site / f"assets/static/{number:02}.bin").write_bytes(data)
        line.cut_after(2_000_000)
        assert not publishes(site)
        line.mend()
        publish(site)
        assert line.carried < 2_000_000
        assert files_of(web(site)) == files_of(site / "public")


def test_a_lost_connection_is_told_in_two_lines(server: Sshd, tmp_path: Path) -> None:
    with wire(server.port) as line:
        site = made(tmp_path, server, port=line.port)
        publish(site, order=Order(dry_run=True))
        line.cut_after(20_000)
        told = run("deploy", "--no-build", "--quiet", cwd=site)
    assert told.code == 4
    assert len(told.err.splitlines()) == 2


def test_a_killed_run_leaves_what_readers_need(server: Sshd, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "ssg", "deploy", "--no-build", "--yes"]
    with wire(server.port) as line:
        site = made(tmp_path, server, port=line.port)
        publish(site)
        line.cut_after(None)
        look(site, 2)
        publish(site, order=YES)
        whole = line.carried
        for number in range(4):
            look(site, number + 3)
            publish(site, order=Order(dry_run=True, confirmed=True))
            line.cut_after(None)
            with subprocess.Popen(
                command,
                cwd=site,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            ) as process:
                while process.poll() is None and line.carried <= whole * (2 * number + 1) // 8:
                    time.sleep(0.001)
                process.kill()
            assert process.returncode in (0, -9)
            assert lacking(seen(web(site))) == set()
            publish(site, order=YES)
            assert files_of(web(site)) == files_of(site / "public")


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
    loop, ready = asyncio.new_event_loop(), Queue[int]()

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
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        yield Sshd(server.folder, ready.get(timeout=10))
    finally:
        ended.set()
        thread.join()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


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
