"""A folder of another machine, by rsync over ssh: changed in place, or a release at a time."""

from __future__ import annotations

import os
import random
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssg.config import load_targets
from ssg.deploy import Order, rollback, ssh
from ssg.errors import SsgError
from tests.conftest import run
from tests.deploy.contract import (
    RECORD,
    Disk,
    Folders,
    Promises,
    Resumed,
    Shared,
    Wired,
    afar,
)
from tests.publishing import (
    PATIENCE,
    blog,
    files_of,
    look,
    post,
    publish,
    wire,
    write,
)
from tests.small import tree
from tests.sshd import USER, Sshd, failure, nobody, small_disk, sshd

YES = Order(confirmed=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("ssh")) as running:
        yield running


@pytest.fixture(params=["in place", "releases"])
def site(request: pytest.FixtureRequest, server: Sshd, tmp_path: Path) -> Path:
    return made(tmp_path, server, ", releases: 3" if request.param == "releases" else "")


def made(folder: Path, server: Sshd, more: str = "", port: int = 0) -> Path:
    """A site, and the folder `web` beside it that it is published to."""
    (folder / "web").mkdir()
    return blog(folder / "site", server.target("rsync", folder / "web", more, port))


def public(site: Path) -> Path:
    """What the web server shows."""
    web = site.parent / "web"
    return web / "current" if "releases" in (site / "site.yaml").read_text() else web


def releases(site: Path) -> list[str]:
    return sorted(path.name for path in (site.parent / "web/releases").iterdir())


@pytest.fixture
def place(server: Sshd, tmp_path: Path) -> Iterator[Disk]:
    with wire(server.port) as line:
        yield afar(Disk(made(tmp_path, server, "", line.port), tmp_path / "web"), line)


class TestInPlace(Promises, Shared, Folders, Wired, Resumed):
    pass


def test_readers_may_read_whatever_the_host_has_in_mind(tmp_path: Path) -> None:
    with sshd(tmp_path / "ssh", 'ForceCommand umask 077; eval "exec $SSH_ORIGINAL_COMMAND"') as s:
        site = made(tmp_path, s)
        publish(site)
    modes = {path.is_dir(): oct(path.stat().st_mode & 0o777) for path in public(site).rglob("*")}
    assert modes == {True: "0o755", False: "0o644"}


def test_the_folder_itself_stays_as_the_host_wants_it(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server)
    public(site).chmod(0o2711)
    publish(site)
    assert oct(public(site).stat().st_mode & 0o7777) == "0o2711"


# --- what the other end refuses


def test_a_key_that_is_not_known_there(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server, f", ssh_config: '{server.client(key='stranger')}'")
    assert failure(site).code == "deploy/refused"


@pytest.mark.parametrize("known", ["changed", "nobody"])
def test_a_host_that_is_not_who_it_was(server: Sshd, tmp_path: Path, known: str) -> None:
    config = server.client(known=known)
    site = made(tmp_path, server, f", ssh_config: '{config}'")
    told = failure(site)
    assert told.code == "deploy/host-key"
    assert f"ssh -p {server.port} -F {config} {USER}@127.0.0.1" in told.hint
    assert files_of(public(site)) == {}


def test_a_host_that_is_not_there(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server)
    text = (site / "site.yaml").read_text()
    (site / "site.yaml").write_text(text.replace("127.0.0.1:", "no-host.invalid:"))
    assert failure(site).code == "deploy/no-place"


def test_a_folder_that_is_not_there(site: Path) -> None:
    (site.parent / "web").rmdir()
    assert failure(site).code == "deploy/no-place"
    assert not (site.parent / "web").exists()


@pytest.mark.parametrize("more", ["", ", releases: 2"])
def test_a_folder_that_we_may_not_write_to(tmp_path: Path, more: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        web = Path(folder, "web")
        web.mkdir()
        with nobody(web) as setting, sshd(tmp_path / "ssh", setting) as server:
            site = blog(tmp_path / "site", server.target("rsync", web, more))
            assert failure(site).code == "deploy/forbidden"
            assert tree(web) == {}


@pytest.mark.parametrize("more", ["", ", releases: 2"])
def test_a_full_disk_loses_nothing(tmp_path: Path, more: str) -> None:
    web = tmp_path / "web"
    with small_disk(web) as setting, sshd(tmp_path / "ssh", setting) as server:
        site = blog(tmp_path / "site", server.target("rsync", web, more))
        publish(site)
        before = files_of(public(site))
        large = site / "assets/static/large.bin"
        large.parent.mkdir(exist_ok=True)
        large.write_bytes(random.Random(1).randbytes(2_000_000))
        told = failure(site)
        assert told.code == "deploy/no-space", told
        assert files_of(public(site)) == before
        large.unlink()
        post(site, "p1", "書き直した本文。")
        publish(site)
        assert files_of(public(site)) == files_of(site / "public")


def test_a_host_without_rsync(tmp_path: Path) -> None:
    with sshd(tmp_path / "ssh", 'ForceCommand PATH=/nowhere; eval "$SSH_ORIGINAL_COMMAND"') as s:
        assert failure(made(tmp_path, s)).code == "deploy/no-rsync"


def test_a_host_that_speaks_sftp_alone(tmp_path: Path) -> None:
    with sshd(tmp_path / "ssh", "ForceCommand internal-sftp") as server:
        assert failure(made(tmp_path, server)).code == "deploy/no-rsync"


@pytest.mark.parametrize("program", ["ssh", "rsync"])
def test_a_program_that_is_missing_here(
    site: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    real = ssh.shutil.which
    monkeypatch.setattr(ssh.shutil, "which", lambda name: name != program and real(name))
    told = failure(site)
    assert told.code == "deploy/no-program"
    assert program in told.text


def test_an_rsync_that_can_do_less(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin/rsync"
    write(tmp_path, "bin/rsync", "#!/bin/sh\necho openrsync: protocol version 29\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    told = failure(site)
    assert told.code == "deploy/no-program"
    assert "rsync 3.1" in told.text


# --- releases


@pytest.fixture
def kept(server: Sshd, tmp_path: Path) -> Path:
    return made(tmp_path, server, ", releases: 3")


def test_only_so_many_releases_are_kept(kept: Path) -> None:
    for number in range(5):
        look(kept, number)
        publish(kept, order=YES)
    assert len(releases(kept)) == 3
    assert public(kept).readlink() == Path("releases", releases(kept)[-1])
    assert tree(public(kept)).keys() - {RECORD} == tree(kept / "public").keys() - {RECORD}


def test_the_release_before_is_kept_whatever_the_number(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server, ", releases: 1")
    for number in range(3):
        look(site, number)
        publish(site, order=YES)
    assert len(releases(site)) == 2


def test_what_did_not_change_is_stored_once(kept: Path) -> None:
    publish(kept)
    post(kept, "p1", "書き直した本文。")
    publish(kept)
    one, other = (kept.parent / "web/releases" / name for name in releases(kept))
    assert (one / "posts/p2/index.html").samefile(other / "posts/p2/index.html")
    assert not (one / "posts/p1/index.html").samefile(other / "posts/p1/index.html")


def test_readers_see_the_one_or_the_other_release_at_every_moment(kept: Path) -> None:
    publish(kept)
    page, found, ended = public(kept) / "index.html", set[bytes](), threading.Event()

    def read() -> None:
        while not ended.is_set():
            found.add(page.read_bytes())

    reader = Reader(read)
    made = {page.read_bytes()}
    for number in range(3):
        look(kept, number + 2)
        publish(kept, order=YES)
        made.add((kept / "public/index.html").read_bytes())
    ended.set()
    reader.join()
    assert reader.error is None
    assert len(found) > 1
    assert found <= made


class Reader(threading.Thread):
    """A thread whose error is kept."""

    def __init__(self, work) -> None:  # type: ignore[no-untyped-def]
        super().__init__()
        self.work = work
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except Exception as e:
            self.error = e


def test_back_to_the_release_before_and_on_from_there(kept: Path) -> None:
    seen_before = []
    for number in range(3):
        look(kept, number)
        publish(kept, order=YES)
        seen_before.append(files_of(public(kept)))
    first, second, third = releases(kept)
    told = run("--lang", "ja", "deploy", "--rollback", cwd=kept)
    assert told.code == 0
    assert third in told.out
    assert second in told.out
    assert files_of(public(kept)) == seen_before[1]
    assert back(kept) == (second, first)
    assert files_of(public(kept)) == seen_before[0]
    assert code(kept) == "deploy/no-release-before"
    assert files_of(public(kept)) == seen_before[0]
    look(kept, 9)
    assert publish(kept, order=YES).changes
    assert files_of(public(kept)) == files_of(kept / "public")
    assert first in releases(kept)
    assert not {second, third} & {*releases(kept)}
    assert back(kept)[1] == first


def back(site: Path) -> tuple[str, str]:
    name, target = load_targets(site).chosen("")
    return rollback(site, name, target, PATIENCE)


def code(site: Path) -> str:
    with pytest.raises(SsgError) as e:
        back(site)
    return e.value.problems[0].code


def test_there_is_no_way_back_without_releases(server: Sshd, tmp_path: Path) -> None:
    site = made(tmp_path, server)
    publish(site)
    assert code(site) == "deploy/no-releases"


def test_there_is_no_way_back_before_the_first_publication(kept: Path) -> None:
    assert code(kept) == "deploy/no-release-before"


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_a_current_that_is_not_ours_is_left_alone(kept: Path, kind: str) -> None:
    current = public(kept)
    if kind == "folder":
        current.mkdir()
    elif kind == "file":
        current.write_text("私の")
    else:
        current.symlink_to("../elsewhere")
    before = tree(kept.parent / "web")
    assert failure(kept).code == "deploy/not-a-release"
    assert code(kept) == "deploy/not-a-release"
    assert tree(kept.parent / "web") == before


def test_a_login_that_uses_csh(tmp_path: Path, server: Sshd) -> None:
    """The scripts go to sh, whatever the login speaks; here it reads no script at all."""
    picky = tmp_path / "picky"
    picky.write_text(
        '#!/bin/sh\ncase $1 in "sh -s"|"rsync --server "*) exec $1;; *) exit 9;; esac\n'
    )
    picky.chmod(0o755)
    with sshd(tmp_path / "ssh", f'ForceCommand {picky} "$SSH_ORIGINAL_COMMAND"') as s:
        site = made(tmp_path, s, ", releases: 2")
        publish(site)
        assert files_of(public(site)) == files_of(site / "public")


def test_files_put_into_a_release_by_hand_are_carried_on(kept: Path) -> None:
    publish(kept)
    (public(kept) / "mine.txt").write_text("私の")
    look(kept, 2)
    publish(kept, order=YES)
    assert (public(kept) / "mine.txt").read_text() == "私の"
