"""Links to other sites, against servers of this machine; and never to where they must not lead."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

import pytest

from ssg.check import external
from ssg.check.external import AGENT, Outcome, Verdict, follow_links, verdict_of
from ssg.check.guard import Address, is_public
from ssg.config import load_config
from tests.conftest import RunSsg, SiteFactory

STATUSES = {
    "good": 200, "missing": 404, "gone": 410, "forbidden": 403, "busy": 429, "broken": 503,
}  # fmt: skip


def here(address: Address) -> bool:
    return str(address) == "127.0.0.1"


class Site:
    """A site with a page for each kind of answer; `asked` is what it was asked, in order."""

    def __init__(self, hidden: str) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.at_once = self.most_at_once = 0
        self.lock = Lock()
        self.hidden = hidden
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                with site.lock:
                    site.at_once += 1
                    self.counts = True
                    site.most_at_once = max(site.most_at_once, site.at_once)
                    agent = self.headers["User-Agent"]
                    site.asked.append((self.command, self.path, agent))
                try:
                    self.answer(self.path.strip("/"))
                finally:
                    self.over()

            def over(self) -> None:
                """Before the last byte goes: whoever has it may ask again at once."""
                with site.lock:
                    site.at_once -= self.counts
                    self.counts = False

            do_GET = do_HEAD

            def answer(self, name: str) -> None:
                ways = {
                    "moved": (301, "/good"),
                    "moved-on": (308, "/moved"),
                    "elsewhere": (302, "/good"),
                    "to-missing": (301, "/missing"),
                    "to-hidden": (302, site.hidden),
                    "to-file": (302, "file:///etc/passwd"),
                    "round": (302, "/round"),
                }
                if name == "drip":
                    self.drip()
                elif name == "get-only" and self.command == "HEAD":
                    self.say(405)
                elif name == "huge" and self.command == "GET":
                    self.say(200, length=10**12)
                    with suppress(OSError):
                        for _ in range(10_000):
                            self.wfile.write(b"x" * 65536)
                elif name == "huge":
                    self.say(405)
                elif name in ways:
                    self.say(*ways[name])
                else:
                    self.say(STATUSES.get(name, 200))

            def say(self, status: int, to: str = "", length: int = 0) -> None:
                self.send_response(status)
                if to:
                    self.send_header("Location", to)
                self.send_header("Content-Length", str(length))
                self.over()
                self.end_headers()

            def drip(self) -> None:
                with suppress(OSError):
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
                    for _ in range(300):
                        self.wfile.write(b"x")
                        time.sleep(0.1)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def canary() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine that nobody may connect to, and who did."""
    visitors: list[object] = []
    listener = socket.create_server(("", 0), family=socket.AF_INET)

    def watch() -> None:
        with suppress(OSError):
            while True:
                line, address = listener.accept()
                visitors.append(address)
                line.close()

    Thread(target=watch, daemon=True).start()
    yield listener.getsockname()[1], visitors
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@pytest.fixture
def site(canary: tuple[int, list[object]]) -> Iterator[Site]:
    made = Site(f"http://127.0.0.2:{canary[0]}/")
    thread = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        ("good", Verdict()),
        ("get-only", Verdict()),
        ("huge", Verdict()),
        ("elsewhere", Verdict()),
        ("missing", Verdict("links/gone", "404")),
        ("gone", Verdict("links/gone", "410")),
        ("to-missing", Verdict("links/gone", "404")),
        ("moved", Verdict("links/moved", "{url}/good")),
        ("moved-on", Verdict("links/moved", "{url}/good")),
        ("forbidden", Verdict(known=False)),
        ("busy", Verdict(known=False)),
        ("broken", Verdict(known=False)),
        ("round", Verdict(known=False)),
        ("to-file", Verdict("links/private", "{url}/to-file")),
        ("to-hidden", Verdict("links/private", "{url}/to-hidden")),
    ],
)
def test_what_becomes_of_a_link(
    site: Site, canary: tuple[int, list[object]], page: str, verdict: Verdict
) -> None:
    found = verdict_of(f"{site.url}/{page}", here)
    assert found == verdict._replace(why=verdict.why.replace("{url}", site.url))
    assert {agent for _, _, agent in site.asked} == {AGENT}
    assert canary[1] == []


def test_a_page_that_drips_is_given_up(site: Site) -> None:
    assert verdict_of(f"{site.url}/drip", here, seconds=0.5) == Verdict(known=False)


def test_a_machine_that_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert verdict_of(url, here, seconds=0.3) == Verdict(known=False)
    assert verdict_of(url, here) == Verdict(known=False)  # nobody listens now


def test_a_site_that_is_not_secure(site: Site) -> None:
    found = verdict_of(site.url.replace("http:", "https:"), here)
    assert (found.code, found.known) == ("links/tls", True)
    assert found.why


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (socket.EAI_NONAME, Verdict("links/no-host", "no.such.name")),
        (socket.EAI_AGAIN, Verdict(known=False)),
    ],
)
def test_names(monkeypatch: pytest.MonkeyPatch, error: int, verdict: Verdict) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise socket.gaierror(error, "")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert verdict_of("https://no.such.name/x") == verdict


HIDDEN = [
    "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1",
    "127.0.0.2", "0.0.0.0", "0", "localhost", "LOCALHOST", "127。0。0。1", "１２７.0.0.1", "127.0.0.1.",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::1]", "[fe80::1]", "[fe80::5efe:127.0.0.1]", "[fc00::1]", "[fd00:ec2::254]",
    "169.254.169.254", "[::ffff:169.254.169.254]", "10.0.0.1", "172.16.0.1", "192.168.1.1",
    "100.100.100.200", "168.63.129.16", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "user:pass@127.0.0.1", "user@localhost",
]  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_nobody_is_led_inside(canary: tuple[int, list[object]], name: str) -> None:
    port, visitors = canary
    found = verdict_of(f"http://{name}:{port}/", seconds=0.5)
    assert found.code in ("links/private", "links/no-host") or not found.known
    assert visitors == []


NUMBERS = [name.strip("[]") for name in HIDDEN if name.strip("[]").count(":") > 1] + [
    "127.0.0.1", "0.0.0.0", "169.254.169.254", "10.0.0.1", "172.31.255.255", "192.168.0.1",
    "100.64.0.1", "168.63.129.16", "224.0.0.1", "255.255.255.255",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_machines_that_are_not_public(number: str) -> None:
    assert not is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "number",
    ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"],
)
def test_machines_that_are(number: str) -> None:
    assert is_public(ipaddress.ip_address(number))


def test_a_name_with_one_hidden_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every address of a name is looked at, and the name is looked up once."""
    looked_up: list[str] = []

    def both(name: str, port: int, **_: object) -> list[tuple[object, ...]]:
        looked_up.append(name)
        return [(0, 0, 0, "", (number, port)) for number in ("127.0.0.1", "127.0.0.9")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    found = verdict_of(site.url.replace("127.0.0.1", "two.example"), here)
    assert found.code == "links/private"
    assert site.asked == []
    assert looked_up == ["two.example"]


@pytest.fixture
def follow(
    site: Site, site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], tuple[Path, Callable[[], Outcome]]]:
    def made() -> tuple[Path, Callable[[], Outcome]]:
        root = site_factory(
            "-- site.yaml --\ntitle: 帖\nurl: https://b.example\n"
            "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\n"
            f"sources: [{{title: 元, url: '{site.url}/gone'}}]\n---\n"
            f"[良い]({site.url}/good) [無い]({site.url}/missing#x) [越した]({site.url}/moved)\n"
            f"[見本](https://www.example.com/) [混んだ]({site.url}/busy) [自分](https://b.example/)\n"
            f"`{site.url}/code` [良い]({site.url}/good#節)\n"
        )
        config = load_config(root)
        return root, lambda: follow_links(root, config, here, pause=0.01, seconds=5)

    return made


def test_the_links_of_a_site(
    site: Site, follow: Callable[[], tuple[Path, Callable[[], Outcome]]]
) -> None:
    _, run = follow()
    outcome = run()
    assert [(p.code, p.line, dict(p.args)["why"]) for p in outcome.problems] == [
        ("links/gone", 4, "410"),
        ("links/gone", 6, "404"),
        ("links/moved", 6, f"{site.url}/good"),
    ]
    assert outcome.unknown == (f"{site.url}/busy",)
    assert outcome.looked_at == 5
    assert site.most_at_once == 1
    assert "/code" not in {path for _, path, _ in site.asked}
    assert {method for method, path, _ in site.asked if path == "/good"} == {"HEAD"}


def test_good_links_are_remembered_for_a_week(
    site: Site,
    follow: Callable[[], tuple[Path, Callable[[], Outcome]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, run = follow()
    first = run()
    site.asked.clear()
    assert run() == first
    asked = [path for _, path, _ in site.asked]
    assert "/missing" in asked
    assert asked.count("/good") == 1  # behind the one that has moved
    site.asked.clear()
    later = time.time() + external.WEEK + 1
    monkeypatch.setattr(external.time, "time", lambda: later)
    run()
    assert [path for _, path, _ in site.asked].count("/good") == 2


def test_the_command_refuses_this_machine(
    site: Site, follow: Callable[[], tuple[Path, Callable[[], Outcome]]], run_ssg: RunSsg
) -> None:
    root, _ = follow()
    done = run_ssg("--lang", "en", "check", "--external", cwd=root)
    assert done.code == 1
    assert "can only be opened in your own network" in done.out
    assert "Links to other sites: 5; could not be checked: 0." in done.err
    assert site.asked == []
