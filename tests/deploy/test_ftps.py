"""FTPS, to a real ProFTPD that wants data connections to go on with the TLS session."""

from __future__ import annotations

import ftplib
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ssg.deploy import Order
from ssg.errors import ContentError, EnvironmentFault
from ssg.messages import lines
from tests.conftest import RunSsg, clean_environment
from tests.ftpserver import PASSWORD, QUOTA, TLS, USUAL, VARIABLE, Server, give, server
from tests.publishing import blog, cut_and_go_on, files_of, lacking, look, post, publish, write
from tests.small import tree

CUTS = 50
FOLDERS = count()


@pytest.fixture(scope="module", name="host")
def _host() -> Iterator[Server]:
    with server() as running:
        yield running


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def web(host: Server) -> Path:
    return host.web / f"blog{next(FOLDERS)}"


@pytest.fixture
def site(host: Server, web: Path, tmp_path: Path) -> Path:
    return blog(tmp_path / "site", host.target(web.name))


def told(error: pytest.ExceptionInfo[Exception]) -> tuple[list[str], str]:
    """The codes of an error, and all its words; none of them is the password."""
    problems = error.value.problems  # type: ignore[attr-defined]
    words = "\n".join([*lines(problems, "ja"), *lines(problems, "en")])
    assert PASSWORD not in words + str(error.value)
    return [p.code for p in problems], words


# --- what is sent ------------------------------------------------------------------------------


def test_the_first_publication_sends_everything_and_the_second_nothing(
    site: Path, web: Path
) -> None:
    first = publish(site)
    assert files_of(web) == files_of(site / "public")
    assert set(first.changes.added) == files_of(web).keys()
    before = tree(web)
    assert not publish(site).changes
    assert tree(web) == before


def test_an_edit_sends_a_handful(site: Path, web: Path) -> None:
    publish(site)
    post(site, "p1", "書き直した本文。")
    found = publish(site).changes
    assert "posts/p1/index.html" in found.changed
    assert len(found.sent) < len(files_of(web)) / 2
    assert (found.added, found.removed) == ((), ())
    assert files_of(web) == files_of(site / "public")


def test_names_with_kana_spaces_and_what_shells_take_for_patterns(site: Path, web: Path) -> None:
    names = ("がぎぐ ポスト/画像 [1] *.txt", "-rf/-la", "100%/a&b'c\"d.txt", ".well-known/x", "é/é")
    for name in names:
        write(site, f"assets/static/{name}", name)
    publish(site)
    assert files_of(web) | {n: n.encode() for n in names} == files_of(web)
    write(site, f"assets/static/{names[0]}", "新しい")
    assert publish(site).changes.changed == (names[0],)
    for name in names:
        (site / "assets/static" / name).unlink()
    publish(site, order=Order(confirmed=True))
    assert files_of(web) == files_of(site / "public")
    assert not {"がぎぐ ポスト", "-rf", "100%", "é"} & {p.name for p in web.iterdir()}


def test_what_is_gone_is_removed_with_its_folder_and_what_is_not_ours_stays(
    site: Path, web: Path
) -> None:
    publish(site)
    (web / "posts/p1/mine.txt").write_text("私のもの")
    for name in ("p1", "p2"):
        (site / f"content/posts/{name}.md").unlink()
    publish(site, order=Order(confirmed=True))
    assert not (web / "posts/p2").exists()
    assert [f.name for f in (web / "posts/p1").iterdir()] == ["mine.txt"]
    post(site, "p2")
    publish(site)
    assert (web / "posts/p2/index.html").is_file()


def test_a_dry_run_tells_what_the_next_run_does_and_touches_nothing(site: Path, web: Path) -> None:
    told = publish(site, order=Order(dry_run=True)).changes
    assert not web.exists()
    assert publish(site).changes == told
    before = tree(web)
    look(site, 2)
    post(site, "new")
    told = publish(site, order=Order(dry_run=True, confirmed=True)).changes
    assert tree(web) == before
    assert publish(site, order=Order(confirmed=True)).changes == told


@pytest.mark.parametrize(
    "config", [USUAL, f"{USUAL}<Limit MLSD>\nDenyAll\n</Limit>\n"], ids=["MLSD", "NLST"]
)
def test_files_of_others_are_not_replaced_unless_told(tmp_path: Path, config: str) -> None:
    with server(config) as host:
        site, web = blog(tmp_path / "site", host.target("web")), host.web / "web"
        write(site, "assets/static/.well-known/あ い.txt", "私の")
        theirs = {"index.html": "ほかのサイト", ".well-known/あ い.txt": "ほか"}
        for name, text in theirs.items():
            write(web, name, text)
        (web / "posts").mkdir()
        give(web)
        before = tree(web)
        with pytest.raises(ContentError) as e:
            publish(site)
        codes, words = told(e)
        assert codes == ["deploy/in-the-way"]
        assert all(name in words for name in theirs)
        assert tree(web) == before
        publish(site, order=Order(take_over=True))
        assert files_of(web) == files_of(site / "public")


def test_a_damaged_record_is_not_trusted(site: Path, web: Path) -> None:
    publish(site)
    (web / ".ssg-manifest.json").write_text("{")
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert told(e)[0] == ["deploy/broken-record"]


def test_a_file_that_became_a_folder(site: Path, web: Path) -> None:
    write(site, "assets/static/guide", "ファイル")
    publish(site)
    (site / "assets/static/guide").unlink()
    write(site, "assets/static/guide/first", "フォルダー")
    publish(site)
    assert files_of(web) == files_of(site / "public")


# --- breaks ------------------------------------------------------------------------------------


def test_after_a_cut_anywhere_readers_lack_nothing_and_the_next_run_ends_whole(
    site: Path, web: Path, host: Server
) -> None:
    cut_and_go_on(site, host.wire, lambda: files_of(web), CUTS)
    assert hidden(web) == {".ssg-manifest.json"}


def test_a_cut_that_passes_is_not_noticed(
    site: Path, web: Path, host: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site)
    look(site, 2)
    waited = []

    def mend(seconds: float) -> None:
        waited.append(seconds)
        host.wire.mend()

    monkeypatch.setattr("ssg.deploy.troubles.time.sleep", mend)
    publish(site, order=Order(confirmed=True), show=lambda plan: host.wire.cut_after(20_000))
    assert waited
    assert files_of(web) == files_of(site / "public")


def test_a_process_that_is_killed_goes_on_where_it_stopped(
    site: Path, web: Path, host: Server, run_ssg: RunSsg
) -> None:
    environment = {VARIABLE: PASSWORD}
    assert run_ssg("deploy", "--no-check", "--yes", cwd=site, env=environment).code == 0
    host.wire.cut_after(None)
    look(site, 2)
    assert run_ssg("deploy", "--no-check", "--yes", cwd=site, env=environment).code == 0
    whole = host.wire.carried
    for number, at in enumerate((0.05, 0.3, 0.5, 0.7, 0.85)):
        look(site, number + 3)
        host.wire.cut_after(None)
        process = subprocess.Popen(
            [sys.executable, "-m", "ssg", "deploy", "--no-check", "--yes", "--quiet"],
            cwd=site,
            env=clean_environment() | environment,
        )
        while host.wire.carried < at * whole and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert lacking(files_of(web)) == set()
    done = run_ssg("deploy", "--no-check", "--yes", cwd=site, env=environment)
    assert (done.code, done.err) == (0, "")
    assert files_of(web) == files_of(site / "public")
    assert hidden(web) == {".ssg-manifest.json"}


def hidden(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob(".*")}


# --- other servers -----------------------------------------------------------------------------


def test_the_server_refuses_data_connections_without_the_session(host: Server) -> None:
    context = ssl.create_default_context(cafile=host.home / "ca.pem")
    with ftplib.FTP_TLS(context=context, timeout=10) as client:
        client.connect("127.0.0.1", host.wire.port)
        client.login("tarou", PASSWORD)
        client.prot_p()
        with pytest.raises((ftplib.Error, OSError, EOFError)):
            client.nlst(str(host.web))


@pytest.mark.parametrize("limit", ["MaxClients 2", "MaxClientsPerUser 1", "MaxInstances 3"])
def test_a_host_that_allows_few_connections_gets_few(tmp_path: Path, limit: str) -> None:
    with server(f"{USUAL}{limit}\n") as host:
        site = blog(tmp_path / "site", host.target("web"))
        publish(site)
        assert files_of(host.web / "web") == files_of(site / "public")


def test_a_server_that_renames_onto_nothing(tmp_path: Path) -> None:
    with server(f"{TLS}AllowOverwrite off\n") as host:
        site = blog(tmp_path / "site", host.target("web"))
        publish(site)
        look(site, 2)
        publish(site, order=Order(confirmed=True))
        assert files_of(host.web / "web") == files_of(site / "public")
        assert hidden(host.web) == {".ssg-manifest.json"}


def test_tls_1_2(tmp_path: Path) -> None:
    with server(f"{USUAL}TLSProtocol TLSv1.2\n") as host:
        site = blog(tmp_path / "site", host.target("web"))
        publish(site)
        assert files_of(host.web / "web") == files_of(site / "public")


# --- what is refused ---------------------------------------------------------------------------


def test_a_wrong_password(site: Path, web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "chigau")
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    codes, words = told(e)
    assert codes == ["deploy/refused"]
    assert VARIABLE in words
    assert "chigau" not in words
    assert not web.exists()


def test_no_password(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    codes, words = told(e)
    assert codes == ["deploy/no-password"]
    assert VARIABLE in words


def test_the_password_of_netrc(
    site: Path, web: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    file = tmp_path / ".netrc"
    file.touch(0o600)
    file.write_text(f"machine 127.0.0.1\nlogin tarou\npassword {PASSWORD}\n")
    publish(site)
    assert files_of(web) == files_of(site / "public")
    file.write_text(f"machine 127.0.0.1 login tarou\n{PASSWORD}\n")
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert told(e)[0] == ["deploy/no-password"]


@pytest.mark.parametrize(("name", "ca"), [("127.0.0.1", False), ("localhost", True)])
def test_a_certificate_that_proves_nothing(
    host: Server, tmp_path: Path, name: str, ca: bool
) -> None:
    site = blog(tmp_path / "site", host.target("unsure", name, ca))
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    codes, words = told(e)
    assert codes == ["deploy/untrusted"]
    assert "ca_file" in words
    assert not (host.web / "unsure").exists()


def test_a_server_without_encryption_gets_no_password(tmp_path: Path) -> None:
    with server("AllowOverwrite on\n") as host:
        site = blog(tmp_path / "site", host.target("web"))
        with pytest.raises(EnvironmentFault) as e:
            publish(site)
        assert told(e)[0] == ["deploy/no-tls"]
        assert "AUTH" in (host.home / "commands").read_text()
        assert not {"USER", "PASS"} & {*(host.home / "commands").read_text().split()}


def test_no_permission(site: Path, web: Path) -> None:
    publish(site)
    before = tree(web)
    look(site, 2)
    (web / "assets/css").chmod(0o555)
    with pytest.raises(EnvironmentFault) as e:
        publish(site, order=Order(confirmed=True))
    assert told(e)[0] == ["deploy/forbidden"]
    assert lacking(files_of(web)) == set()
    assert {n: h for n, h in tree(web).items() if n.endswith("html")}.items() <= before.items()
    (web / "assets/css").chmod(0o755)
    publish(site, order=Order(confirmed=True))
    assert files_of(web) == files_of(site / "public")


def test_a_folder_in_a_folder_that_is_not_there(host: Server, tmp_path: Path) -> None:
    site = blog(tmp_path / "site", host.target("no/where"))
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    assert told(e)[0] == ["deploy/no-place"]


def test_a_name_that_no_host_has(
    host: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    site = blog(tmp_path / "site", host.target("web", "ftp.chigau.jp"))
    with pytest.raises(EnvironmentFault) as e:
        publish(site)
    codes, words = told(e)
    assert codes == ["deploy/no-place"]
    assert "ftp.chigau.jp" in words


def test_a_full_disk(tmp_path: Path) -> None:
    with server(USUAL + QUOTA) as host:
        host.allow(200_000)
        site = blog(tmp_path / "site", host.target("web"))
        publish(site)
        before = files_of(host.web / "web")
        write(site, "assets/js/big.js", "x" * 300_000)
        look(site, 2)
        with pytest.raises(EnvironmentFault) as e:
            publish(site, order=Order(confirmed=True))
        assert told(e)[0] == ["deploy/no-space"]
        assert files_of(host.web / "web").items() >= before.items()
        host.allow(2_000_000)
        publish(site, order=Order(confirmed=True))
        assert files_of(host.web / "web") == files_of(site / "public")
