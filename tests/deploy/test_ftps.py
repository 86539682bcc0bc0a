"""FTPS, to a real ProFTPD that wants data connections to go on with the TLS session."""

from __future__ import annotations

import ftplib
import socket
import ssl
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ssg.deploy import Order
from ssg.errors import EnvironmentFault
from ssg.messages import lines
from tests.deploy.contract import Disk, Folders, Promises, Resumed, Shared, Wired, afar
from tests.ftpserver import PASSWORD, QUOTA, TLS, USUAL, VARIABLE, Server, give, server
from tests.publishing import blog, files_of, lacking, look, publish, write
from tests.small import tree

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


class Folder(Disk):
    """One of the server's user."""

    secret = PASSWORD
    environment = {VARIABLE: PASSWORD}

    def put(self, name: str, text: str) -> None:
        super().put(name, text)
        give(self.folder)


@pytest.fixture
def place(host: Server, site: Path, web: Path) -> Disk:
    host.wire.mend()
    return afar(Folder(site, web), host.wire)


class TestFtps(Promises, Shared, Folders, Wired, Resumed):
    pass


# --- other servers -----------------------------------------------------------------------------


def hidden(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob(".*")}


def test_a_server_that_lists_in_another_way(tmp_path: Path) -> None:
    with server(f"{USUAL}<Limit MLSD>\nDenyAll\n</Limit>\n") as host:
        site = blog(tmp_path / "site", host.target("web"))
        (host.web / "web").mkdir()
        give(host.web / "web")
        Shared().test_a_place_of_others_is_not_taken_over_unless_told(
            Folder(site, host.web / "web")
        )


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
