"""A real ProFTPD with TLS. It listens on 127.0.0.2, and everything passes a wire on 127.0.0.1 as it
would a router: what PASV answers is never the address to connect to.
"""

from __future__ import annotations

import grp
import os
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme

from tests.publishing import Wire, free_port, wait_for, wire

PASSWORD = "himitsu-no-kotoba"
VARIABLE = "SSG_WEB_PASSWORD"
FAR = "127.0.0.2"
PORTS = 16
CONFIG = """
ServerType standalone
ServerName test
DefaultAddress 127.0.0.2
Port {port}
SocketBindTight on
UseIPv6 off
UseReverseDNS off
User {user}
Group {group}
AuthUserFile {home}/passwd
AuthOrder mod_auth_file.c
RequireValidShell off
PidFile {home}/pid
ScoreboardFile {home}/scoreboard
SystemLog {home}/log
TransferLog none
WtmpLog off
LogFormat all "%m"
ExtendedLog {home}/commands ALL all
DelayEngine off
PassivePorts {first} {last}
ModulePath /usr/lib/proftpd
MaxInstances 30
"""
TLS = """
LoadModule mod_tls.c
TLSEngine on
TLSRequired on
TLSRSACertificateFile {home}/cert.pem
TLSRSACertificateKeyFile {home}/key.pem
TLSLog {home}/tls.log
"""
QUOTA = """
LoadModule mod_quotatab.c
LoadModule mod_quotatab_file.c
QuotaEngine on
QuotaLimitTable file:{home}/limit
QuotaTallyTable file:{home}/tally
"""
USUAL = f"{TLS}AllowOverwrite on\n"


class Server:
    """A running server: `web` is a folder that it may write to, `wire` what leads to it."""

    def __init__(self, home: Path, wire: Wire) -> None:
        self.home = home
        self.web = home / "web"
        self.wire = wire

    def target(self, folder: str, host: str = "127.0.0.1", ca: bool = True) -> str:
        """The line of site.yaml that names a folder of this server."""
        trust = f", ca_file: {self.home}/ca.pem" if ca else ""
        to = f"tarou@{host}:{self.web}/{folder}"
        return f"  web: {{type: ftps, to: '{to}', port: {self.wire.port}{trust}}}\n"

    def allow(self, size: int) -> None:
        """How many bytes its user may have, if it counts them."""
        table = ["--type=limit", f"--table-path={self.home}/limit"]
        record = [
            "--name=tarou",
            "--quota-type=user",
            "--limit-type=hard",
            f"--bytes-upload={size}",
        ]
        quota(*table, "--update-record", *record)


@contextmanager
def server(config: str = USUAL) -> Iterator[Server]:
    """Started and ended here, with what is beyond CONFIG."""
    home = Path(tempfile.mkdtemp(prefix="ssg-ftps-"))
    (home / "web").mkdir()
    port, first = free_port(), free_row()
    certificates(home)
    tables(home)
    (home / "passwd").write_text(
        f"tarou:{hashed(PASSWORD)}:{_me().pw_uid}:{_me().pw_gid}::{home}:/x\n"
    )
    blanks = {"home": home, "port": port, "first": first, "last": first + PORTS - 1}
    names = {"user": _me().pw_name, "group": grp.getgrgid(_me().pw_gid).gr_name}
    (home / "conf").write_text((CONFIG + config).format(**blanks, **names))
    give(home)
    log = (home / "out").open("wb")
    process = subprocess.Popen(
        [_program("proftpd"), "-n", "-c", home / "conf"],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        **_identity(),
    )
    try:
        wait_for(port, host=FAR)
        with wire(port, FAR, range(first, first + PORTS)) as leading:
            yield Server(home, leading)
    finally:
        process.terminate()
        process.wait(10)
        log.close()
        shutil.rmtree(home)


def certificates(home: Path) -> None:
    ca = trustme.CA()
    cert = ca.issue_cert("127.0.0.1")
    ca.cert_pem.write_to_path(home / "ca.pem")
    cert.cert_chain_pems[0].write_to_path(home / "cert.pem")
    cert.private_key_pem.write_to_path(home / "key.pem")


def tables(home: Path) -> None:
    """Those that a server with QUOTA counts in."""
    for kind in ("limit", "tally"):
        quota(f"--type={kind}", f"--table-path={home}/{kind}", "--create-table")
    limit = ["--type=limit", f"--table-path={home}/limit", "--add-record"]
    quota(*limit, "--name=tarou", "--quota-type=user", "--limit-type=hard", "--bytes-upload=1")


def quota(*words: str) -> None:
    subprocess.run([_program("ftpquota"), *words], check=True, capture_output=True)


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, f"no {name} on this machine: `make test` installs it"
    return found


def hashed(password: str) -> str:
    words = ["openssl", "passwd", "-6", password]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def give(folder: Path) -> None:
    """Make everything below a folder the server's own."""
    folder.chmod(0o755)
    for file in (folder, *folder.rglob("*")):
        if os.getuid() == 0:
            os.chown(file, _me().pw_uid, _me().pw_gid)
        if file.is_file():
            file.chmod(0o600)


def _me() -> pwd.struct_passwd:
    """Whom the server runs as: an ordinary user, even where the tests do not."""
    return pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())


def _identity() -> dict[str, object]:
    if os.getuid() != 0:
        return {}
    return {"user": _me().pw_uid, "group": _me().pw_gid, "extra_groups": []}


def free_row() -> int:
    """The first of a row of ports that are free on both addresses."""
    for first in random.sample(range(20000, 30000, PORTS), 100):
        if all(
            _free(host, port) for host in ("127.0.0.1", FAR) for port in range(first, first + PORTS)
        ):
            return first
    raise AssertionError("no free ports")


def _free(host: str, port: int) -> bool:
    try:
        socket.create_server((host, port)).close()
    except OSError:
        return False
    return True
