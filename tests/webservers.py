"""Real servers on loopback that serve a folder as the generated files tell them, and their answers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote

from tests.publishing import free_port, wait_for

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MODULES = Path("/usr/lib/apache2/modules")
APACHE_MODULES = (
    "mpm_event authz_core dir mime env setenvif headers alias deflate filter rewrite".split()
)


class Got(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Web(NamedTuple):
    kind: str
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, accept: str = "") -> Got:
        """What a path written as readers read it is answered with; nothing is followed."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Accept-Encoding": accept} if accept else {}
            connection.request("GET", quote(path, safe="/?=%"), headers=headers)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Got(answer.status, found, answer.read())
        finally:
            connection.close()


@contextmanager
def running(kind: str, command: list[str], port: int, work: Path) -> Iterator[Web]:
    """A server until the end of the block. It keeps nothing in the writer's home."""
    home = {"HOME": str(work), "XDG_CONFIG_HOME": str(work), "XDG_DATA_HOME": str(work)}
    process = subprocess.Popen(
        command, env=os.environ | home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        wait_for(port)
        yield Web(kind, port)
    finally:
        process.terminate()
        words, _ = process.communicate(timeout=20)
        print(words.decode(errors="replace"))


def program(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin:/bin")
    assert found, f"no {name} on this machine: `make test` installs it"
    return found


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that a server can read which is not this user, as Apache is when root starts it."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def nginx(folder: Path, lines: str, work: Path) -> Iterator[Web]:
    """`lines` are included in the server's block."""
    port = free_port()
    work.mkdir()
    (work / "site.conf").write_text(lines, "utf-8")
    (work / "nginx.conf").write_text(
        (f"load_module {BROTLI};\n" if BROTLI.exists() else "")
        + f"daemon off;\nmaster_process off;\npid {work}/pid;\nerror_log stderr;\nevents {{}}\n"
        "http {\n  access_log off;\n"
        + "".join(
            f"  {name}_temp_path {work}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"  server {{ listen 127.0.0.1:{port}; root {folder}; include {work}/site.conf; }}\n}}\n",
        "utf-8",
    )
    config = str(work / "nginx.conf")
    with running("nginx", [program("nginx"), "-e", "stderr", "-c", config], port, work) as web:
        yield web


@contextmanager
def apache(folder: Path, work: Path, modules: Iterable[str] = APACHE_MODULES) -> Iterator[Web]:
    """The folder's .htaccess may do as little as with the strictest hosts."""
    port = free_port()
    work.mkdir()
    loaded = "".join(f"LoadModule {m}_module {MODULES}/mod_{m}.so\n" for m in modules)
    (work / "mime.types").write_text("text/html html\napplication/gzip gz\n")
    (work / "apache.conf").write_text(
        f"{loaded}User nobody\nGroup nogroup\nServerRoot {work}\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\n"
        f"PidFile {work}/pid\nErrorLog /dev/stderr\nTypesConfig {work}/mime.types\n"
        f"AddLanguage br .br\nAddType application/x-gzip .gz\n"
        f"Mutex file:{work} default\nDocumentRoot {folder}\n"
        f"<Directory {folder}>\n  AllowOverride FileInfo\n  Options FollowSymLinks\n"
        "  Require all granted\n</Directory>\n",
        "utf-8",
    )
    command = [program("apache2"), "-X", "-f", str(work / "apache.conf")]
    with running("apache", command, port, work) as web:
        yield web


@contextmanager
def caddy(folder: Path, lines: str, work: Path) -> Iterator[Web]:
    """`lines` are imported into the site's block."""
    port = free_port()
    work.mkdir()
    (work / "site.caddy").write_text(lines, "utf-8")
    config = work / "Caddyfile"
    config.write_text(
        "{\n\tadmin off\n\tauto_https off\n}\n"
        f"http://127.0.0.1:{port} {{\n\tbind 127.0.0.1\n\troot * {folder}\n"
        f"\timport {work}/site.caddy\n}}\n",
        "utf-8",
    )
    command = [program("caddy"), "run", "--config", str(config), "--adapter", "caddyfile"]
    with running("caddy", command, port, work) as web:
        yield web
