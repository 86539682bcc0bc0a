"""The preview's server: what it answers, to whom, and how it ends."""

from __future__ import annotations

import re
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from ssg.cli import cli
from tests.conftest import REPO, RunSsg, SiteFactory, parts
from tests.serving import PATIENCE, Served, serving
from tests.small import SMALL, tree

LAYOUT = """<!doctype html>
<html><head><title>{{ head.title }}</title></head>
<body>{% if body is defined %}{{ body.html | safe }}{% endif %}</body></html>
"""
PAGES = ("trend", "page", "home", "list", "terms", "archives", "author", "authors", "404")
HERE = {"PYTHONPATH": str(REPO)}
CANARY = "カナリア-7f3a"
SITE = "".join(f"-- layouts/{name}.html --\n{LAYOUT}" for name in PAGES) + (
    "-- site.yaml --\ntitle: 帖\nurl: https://blog.example.com\n"
    "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\n---\n一つめの本文です。\n"
    "-- content/posts/draft.md --\n---\ntitle: 乙\ndate: 2026-01-02\ndraft: true\n---\n下書きです。\n"
    "-- content/posts/later.md --\n---\ntitle: 丙\ndate: 2190-01-02\n---\n先の話です。\n"
    "-- assets/static/digits.txt --\n0123456789\n"
    f"-- .env --\n{CANARY}\n"
    f"-- .git/config --\n{CANARY}\n"
    f"-- notes.txt --\n{CANARY}\n"
)


def written(root: Path, archive: str) -> Path:
    for path, text in parts(archive):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview that no test changes; beside it lies a folder whose name begins like its own."""
    base = tmp_path_factory.mktemp("served")
    written(base / "site-leak", f"-- canary.txt --\n{CANARY}\n")
    with serving(written(base / "site", SITE)) as running:
        yield running
        assert running.process.poll() is None
        assert running.err.all == []


@pytest.fixture
def site(site_factory: SiteFactory) -> Path:
    return site_factory(SITE)


# --- what is answered ----------------------------------------------------------------------


def test_pages_files_and_types(served: Served) -> None:
    types = {
        "/": "text/html; charset=utf-8",
        "/posts/a/": "text/html; charset=utf-8",
        "/posts/a/index.html": "text/html; charset=utf-8",
        "/feed.xml": "text/xml; charset=utf-8",
        "/feed.json": "application/json; charset=utf-8",
        "/robots.txt": "text/plain; charset=utf-8",
        "/digits.txt": "text/plain; charset=utf-8",
        "/_ssg/client.js": "text/javascript; charset=utf-8",
        "/_ssg/client.css": "text/css; charset=utf-8",
    }
    for path, media in types.items():
        found = served.get(path)
        assert (found.status, found.headers["content-type"]) == (200, media), path
    assert "一つめの本文です。" in served.get("/posts/a/").text


def test_every_answer_is_safe(served: Served) -> None:
    paths = ("/", "/none", "/digits.txt", "/_ssg/client.js", "/_ssg/problems", "/posts/a")
    for found in map(served.get, paths):
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["cross-origin-resource-policy"] == "same-origin"
        assert found.headers["cache-control"] in ("no-cache", "no-store")
        assert found.headers["content-security-policy"] == "frame-ancestors 'self'"
        assert not [name for name in found.headers if name.startswith("access-control")]


def test_the_head_of_a_page_has_the_client_first(served: Served) -> None:
    text = served.get("/posts/a/").text
    [facts] = re.findall(r'<head><script type="module" src="/_ssg/client.js" ([^>]*)>', text)
    assert 'data-source="content/posts/a.md" data-characters="9" data-held=""' in facts
    assert 'data-lang="en"' in facts
    assert re.search(r'data-digest="200-\w+"', facts)
    assert "_ssg" not in served.get("/feed.xml").text


def test_a_draft_is_marked(served: Served) -> None:
    assert 'data-held="draft"' in served.get("/posts/draft/").text


def test_what_is_left_out_is_not_there(site: Path) -> None:
    with serving(site, "--no-drafts") as served:
        assert served.get("/posts/draft/").status == 404
        assert served.get("/posts/later/").status == 404
    with serving(site, "--future") as served:
        assert 'data-held="future"' in served.get("/posts/later/").text


def test_a_missing_page_is_the_site_s_own(served: Served) -> None:
    missing = served.get("/none/")
    assert missing.status == 404
    assert "<title>" in missing.text
    assert 'data-digest="404-' in missing.text


def test_an_address_without_its_last_slash(served: Served) -> None:
    moved = served.get("/posts/a")
    assert (moved.status, moved.headers["location"]) == (307, "/posts/a/")
    for path in ("//evil.example/..", "//posts/a", "/%2fposts/a", "/\\posts/a", "//evil.example"):
        assert "location" not in served.get(path).headers


def test_parts_of_a_file(served: Served) -> None:
    whole = b"0123456789\n"
    for wanted, body, place in (
        ("bytes=0-3", whole[:4], "bytes 0-3/11"),
        ("bytes=4-", whole[4:], "bytes 4-10/11"),
        ("bytes=-3", whole[-3:], "bytes 8-10/11"),
        ("bytes=5-999", whole[5:], "bytes 5-10/11"),
    ):
        part = served.get("/digits.txt", Range=wanted)
        assert (part.status, part.body, part.headers["content-range"]) == (206, body, place)
    for impossible in ("bytes=11-", "bytes=9-4", "bytes=-0"):
        part = served.get("/digits.txt", Range=impossible)
        assert (part.status, part.headers["content-range"]) == (416, "bytes */11")
    for ignored in ("bytes=-", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b"):
        assert served.get("/digits.txt", Range=ignored).body == whole
    assert served.get("/digits.txt", Range="bytes=0-3", If_Range='"old"').body == whole


def test_what_a_browser_has_is_not_sent_again(served: Served) -> None:
    tag = served.get("/").headers["etag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}'):
        again = served.get("/", If_None_Match=known)
        assert (again.status, again.body) == (304, b"")
    assert served.get("/", If_None_Match='"x"').status == 200


def test_head_has_no_body(served: Served) -> None:
    for path in ("/", "/none", "/digits.txt", "/_ssg/events?path=/"):
        assert served.get(path, "HEAD").body == b""


def test_a_site_below_a_path(site: Path) -> None:
    (site / "site.yaml").write_text("title: 帖\nurl: https://example.com/my%20blog/\n")
    with serving(site) as served:
        assert served.address.endswith("/my%20blog/")
        for path in ("/", "/my%20blog"):
            assert served.get(path).headers["location"] == "/my%20blog/"
        page = served.get("/my%20blog/posts/a/")
        assert page.status == 200
        assert served.get("/posts/a/").status == 404
        assert served.get("/my%20blog/posts/a").headers["location"] == "/my%20blog/posts/a/"
        digest = re.findall(r'data-digest="([^"]+)"', page.text)[0]
        with served.stream("/my%2520blog/posts/a/", digest) as stream:
            served.save("content/posts/a.md", "---\ntitle: 甲\ndate: 2026-01-01\n---\n別の文。\n")
            assert stream.next("data") == "data: changed"


# --- who is answered -----------------------------------------------------------------------

HOSTS = {
    "localhost": 1, "localhost:{port}": 1, "LOCALHOST": 1, "127.0.0.1:{port}": 1, "[::1]:{port}": 1,
    "evil.example": 0, "localhost.evil.example": 0, "127.0.0.1.evil.example:{port}": 0,
    "evil.example#localhost": 0, "user@localhost": 0, "localhost:x": 0, "": 0,
}  # fmt: skip
ORIGINS = {
    "": 1, "http://{host}": 1, "null": 0, "http://evil.example": 0, "http://10.1.2.3": 0,
    "http://localhost:1": 0, "https://{host}": 0, "http://{host}.evil.example": 0,
}  # fmt: skip
METHODS = {"GET": 1, "HEAD": 1, "POST": 0, "PUT": 0, "OPTIONS": 0}


def test_hosts_origins_and_methods(served: Served) -> None:
    """Every mixture of them: only where all three are right is there an answer."""
    before = tree(served.site)
    for (host, known), (origin, ours), (method, reads) in product(
        HOSTS.items(), ORIGINS.items(), METHODS.items()
    ):
        place = host.format(port=served.port)
        headers = {"Host": place}
        if origin:
            headers["Origin"] = origin.format(host=place)
        found = served.get("/digits.txt", method, **headers)
        wanted = 403 if not (known and ours) else 200 if reads else 405
        assert found.status == wanted, (host, origin, method)
        assert wanted == 200 or b"0123" not in found.body
    assert tree(served.site) == before


def test_the_stream_is_for_the_same_origin(served: Served) -> None:
    for origin, ours in ORIGINS.items():
        headers = {"Origin": origin.format(host=f"localhost:{served.port}")} if origin else {}
        with served.connect() as sock:
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            host = f"Host: localhost:{served.port}\r\n"
            sock.sendall(f"GET /_ssg/events?path=/ HTTP/1.1\r\n{host}{lines}\r\n".encode())
            assert sock.recv(12) == (b"HTTP/1.1 200" if ours else b"HTTP/1.1 403"), origin


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("none", "navigate", "document", 200),
        ("same-origin", "cors", "empty", 200),
        ("same-origin", "navigate", "iframe", 200),
        ("cross-site", "navigate", "document", 200),
        ("cross-site", "navigate", "iframe", 403),
        ("cross-site", "no-cors", "image", 403),
        ("same-site", "no-cors", "script", 403),
        ("same-site", "cors", "empty", 403),
    ],
)
def test_a_browser_says_who_asks(
    site: str, mode: str, dest: str, status: int, served: Served
) -> None:
    told = {"Sec_Fetch_Site": site, "Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": dest}
    assert served.get("/", **told).status == status


def test_a_web_socket_is_nothing_special(served: Served) -> None:
    asked = {"Upgrade": "websocket", "Connection": "Upgrade, close", "Sec_WebSocket_Version": "13"}
    asked |= {"Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
    assert served.get("/", **asked, Origin="http://evil.example").status == 403
    assert served.get("/", **asked).status in (200, 400)


def test_another_address_of_this_machine(site: Path) -> None:
    with serving(site, "--host", "0.0.0.0") as served:
        assert served.get("/", Host=f"127.0.0.1:{served.port}").status == 200
        assert served.get("/", Host="0.0.0.0").status == 200
        assert served.get("/", Host="evil.example").status == 403
        assert "serve/open-to-others" in served.err.next()


# --- 500 paths -----------------------------------------------------------------------------


def hostile_targets(base: Path) -> Iterator[bytes]:
    """Ways to ask for a file outside the site, or to trip whoever reads them."""
    outside = ["etc/passwd", f"{base.name}-leak/canary.txt", ".env", ".git/config", "notes.txt"]
    outside += ["site.yaml", "content/posts/draft.md", "layouts/home.html", "ssg/cli/build.py"]
    ups = [
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "%252e%252e%252f",
        "..\\",
        "..%5c",
        "%c0%ae%c0%ae/",
    ]
    for up, name, depth in product(ups, outside, (1, 3, 8)):
        yield b"/" + (up * depth + name).encode()
    for name in outside:
        for odd in ("/{}", "//{}", "/./{}", "/{}/", "/{}\\", "/{}%00", "/{}%00.html", "/{};a=b"):
            yield odd.format(name).encode()
        for odd in ("/posts/..;/../{}", "/@fs/{}", "/{}?raw", "/{}#x", "/x/#/../../{}"):
            yield odd.format(name).encode()
        yield f"file:///{name}".encode()
        yield f"http://evil.example/../{name}".encode()
    for path in (base, base.parent / f"{base.name}-leak/canary.txt", Path("/etc/passwd")):
        yield str(path).encode()
        yield b"/" + str(path).encode()
        yield b"/" + quote(str(path), safe="").encode()
    yield from (b"/" + bytes([code]) for code in range(256))
    yield from (b"/%%%02x" % code for code in range(0, 256, 5))
    yield from (b"/" + b"a" * size for size in (1000, 10_000, 70_000))
    yield from (b"", b"*", b"?", b"#", b"//", b"/%", b"/%zz", b"/%u0041", b"a", b":", b"http://")
    yield from (b"/<script>alert(1)</script>", b'/"onx=', b"/%3Cscript%3Ealert(1)%3C/script%3E")
    yield from (b"/_ssg/../../notes.txt", b"/_ssg/%2e%2e/__init__.py", b"/_ssg/guard.py", b"/_ssg/")


def test_no_path_leads_outside(served: Served) -> None:
    targets = list(dict.fromkeys(hostile_targets(served.site)))
    assert len(targets) >= 500
    for target in targets:
        request = b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        found = served.ask(request)
        shown = target[:80]
        assert found.status < 500, shown
        assert CANARY.encode() not in found.body, shown
        assert b"root:" not in found.body, shown
        assert b"Traceback" not in found.body, shown
        assert b"<script>alert" not in found.body, shown
        assert str(served.site).encode() not in found.body, shown
        assert found.status != 200 or b"<title>" in found.body, shown
    assert served.get("/").status == 200


def test_requests_that_are_none(served: Served) -> None:
    for data in (b"\x16\x03\x01\x02\x00", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0" * 4096):
        assert served.ask(data + b"\r\n\r\n").status in (0, 400, 403)
    assert served.get("/").status == 200


# --- what changes ----------------------------------------------------------------------------


def test_only_the_pages_concerned_are_told(site: Path) -> None:
    with serving(site) as served, ExitStack() as open_pages:
        before = {p: digest_of(served, p) for p in ("/posts/a/", "/posts/draft/", "/none/")}
        streams = {p: open_pages.enter_context(served.stream(p, d)) for p, d in before.items()}
        served.save("content/posts/a.md", "---\ntitle: 甲\ndate: 2026-01-01\n---\n直した。\n")
        assert streams["/posts/a/"].next("data") == "data: changed"
        served.out.next("Renewed: content/posts/a.md .open pages: 1; ")
        assert "直した。" in served.get("/posts/a/").text
        assert digest_of(served, "/posts/a/") != before["/posts/a/"]
        for path in ("/posts/draft/", "/none/"):
            assert [line for line in streams[path].all if line.startswith("data")] == []


def digest_of(served: Served, path: str) -> str:
    return re.findall(r'data-digest="([^"]+)"', served.get(path).text)[0]


def test_a_page_that_is_stale_when_it_comes_back_is_told(served: Served) -> None:
    with served.stream("/posts/a/", "200-of-another-day") as stream:
        assert stream.next("data") == "data: changed"


def test_pages_come_and_go(site: Path) -> None:
    with serving(site) as served:
        with served.stream("/posts/new/", digest_of(served, "/posts/new/")) as stream:
            served.save("content/posts/new.md", "---\ntitle: 新\ndate: 2026-01-03\n---\n新しい。\n")
            assert stream.next("data") == "data: changed"
        assert served.get("/posts/new/").status == 200
        with served.stream("/posts/new/", digest_of(served, "/posts/new/")) as stream:
            (site / "content/posts/new.md").unlink()
            assert stream.next("data") == "data: changed"
        assert served.get("/posts/new/").status == 404


def test_a_mistake_is_told_and_the_last_good_page_stays(site: Path) -> None:
    with serving(site) as served, served.stream("/posts/a/", "x") as stream:
        stream.next("changed")
        served.save(
            "content/posts/a.md", "---\ntitel: <b>甲</b>\ndate: 2026-01-01\n---\n直した。\n"
        )
        assert stream.next("data") == "data: problems"
        served.out.next("Not taken over: content/posts/a.md. The last good pages stay")
        assert "content/posts/a.md:2:1: front-matter/missing" in served.err.next("posts/a.md")
        assert "一つめの本文です。" in served.get("/posts/a/").text
        row = next(r for r in served.problems() if r["code"] == "front-matter/unknown-key")
        assert row["place"] == "content/posts/a.md:2:1"
        assert row["hint"].startswith("Did you mean “title”?")
        assert row["excerpt"][1] == [2, "titel: <b>甲</b>"]
        served.save("content/posts/a.md", "---\ntitle: 甲\ndate: 2026-01-01\n---\n直した。\n")
        assert {stream.next("data"), stream.next("data")} == {"data: changed", "data: fixed"}
        assert served.problems() == []


def test_a_mistake_in_a_layout(site: Path) -> None:
    with serving(site) as served:
        served.get("/posts/a/")
        with served.stream("/posts/a/", digest_of(served, "/posts/a/")) as stream:
            served.save("layouts/trend.html", "<p>\n{{ body.htlm }}\n")
            assert stream.next("data") == "data: problems"
        [row] = served.problems("/posts/a/")
        assert row["place"] == "layouts/trend.html:2:9"
        assert "html" in row["hint"]
        assert "layouts/trend.html:2:9: layout/undefined" in served.err.next("layouts")
        assert "一つめの本文です。" in served.get("/posts/a/").text
        never_seen = served.get("/posts/draft/")
        assert never_seen.status == 503
        assert "client.js" in never_seen.text
        served.save("layouts/trend.html", LAYOUT)
        served.shows("/posts/draft/", "下書きです。")


@pytest.mark.parametrize(
    ("file", "text"),
    [("content/posts/a.md", "---\ntitel: 甲\n---\n"), ("site.yaml", "title: [\n")],
)
def test_a_site_that_begins_with_a_mistake(file: str, text: str, site: Path) -> None:
    good = (site / file).read_text("utf-8")
    (site / file).write_text(text, "utf-8")
    with serving(site) as served:
        found = served.get("/")
        assert (found.status, 'data-digest=""' in found.text) == (503, True)
        assert served.problems()[0]["place"].startswith(file)
        assert file in served.err.next()
        with served.stream("/") as stream:
            stream.next("problems")
            served.save(file, good)
            assert {stream.next("data"), stream.next("data")} == {"data: changed", "data: fixed"}
        assert served.get("/posts/a/").status == 200


def test_nothing_is_written_beside_the_cache(site: Path) -> None:
    before = tree(site)
    with serving(site) as served:
        served.get("/posts/a/")
        served.save("content/posts/b.md", "---\ntitle: 乙\ndate: 2026-01-05\n---\n")
        served.shows("/posts/b/", "乙")
    (site / "content/posts/b.md").unlink()
    after = {path: held for path, held in tree(site).items() if not path.startswith(".cache/")}
    assert after == before


def test_a_picture_is_made_when_it_is_asked_for(site: Path) -> None:
    from PIL import Image

    (site / "assets/images").mkdir()
    Image.new("RGB", (64, 32), "teal").save(site / "assets/images/p.png")
    (site / "content/posts/p.md").write_text(
        "---\ntitle: 絵\ndate: 2026-01-05\n---\n![青緑](/images/p.png)\n", "utf-8"
    )
    with serving(site) as served:
        [source] = re.findall(r'src="(/images/[^"]+)"', served.get("/posts/p/").text)
        picture = served.get(source)
        assert (picture.status, picture.headers["content-type"]) == (200, "image/webp")
        assert picture.body[8:12] == b"WEBP"


# --- begin and end -----------------------------------------------------------------------------


def test_the_first_line(site: Path) -> None:
    with serving(site) as served:
        assert re.fullmatch(
            rf"Open http://127.0.0.1:{served.port}/ \(pages: \d+, posts: 2\). "
            r"Ctrl-C ends the preview.",
            served.greeting,
        )
    with serving(site, lang="ja") as served:
        assert "記事2本" in served.greeting


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_end_is_quick_and_quiet(number: int, site: Path) -> None:
    with serving(site) as served, ExitStack() as open_pages:
        for _ in range(5):
            open_pages.enter_context(served.stream("/"))
        began = time.monotonic()
        assert served.end(number) == 128 + number
        assert time.monotonic() - began < PATIENCE / 2
        assert (served.out.all[1:], served.err.all) == ([], [])


def test_a_port_that_is_taken(site: Path, run_ssg: RunSsg) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run_ssg("--lang", "en", "serve", "--port", str(port), cwd=site, env=HERE)
        japanese = run_ssg("--lang", "ja", "serve", "--port", str(port), cwd=site, env=HERE)
    assert (done.code, done.out) == (4, "")
    first, hint = done.err.splitlines()
    assert first == f"127.0.0.1:{port}: serve/port-taken Port {port} is in use by another program."
    free = int(re.findall(r"--port (\d+)", hint)[0])
    assert port < free <= port + 20
    assert f"ポート{port}は" in japanese.err


def test_an_address_of_another_machine(site: Path, run_ssg: RunSsg) -> None:
    done = run_ssg(
        "--lang", "en", "serve", "--host", "192.0.2.1", "--port", "0", cwd=site, env=HERE
    )
    assert done.code == 4
    assert "serve/no-address" in done.err
    assert "Traceback" not in done.err


def test_the_browser_is_opened_when_asked(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def serve(*_: object, ready: Callable[[str], object], **__: object) -> int:
        ready("http://127.0.0.1:8000/")
        return signal.SIGINT

    monkeypatch.setattr("webbrowser.open_new_tab", opened.append)
    monkeypatch.setattr("ssg.server.serve", serve)
    for options, addresses in ([], []), (["--open"], ["http://127.0.0.1:8000/"]):
        done = CliRunner().invoke(cli, ["serve", "--site", str(site), *options])
        assert (done.exit_code, opened) == (130, addresses)


def test_outside_a_site(tmp_path: Path, run_ssg: RunSsg) -> None:
    done = run_ssg("serve", cwd=tmp_path, env=HERE)
    assert done.code == 3
    assert "config/outside" in done.err


# --- load --------------------------------------------------------------------------------------


def test_pages_are_answered_beside_open_streams_and_slow_clients(served: Served) -> None:
    with ExitStack() as others:
        for _ in range(60):
            others.enter_context(served.stream("/posts/a/"))
        for _ in range(20):
            slow = others.enter_context(served.connect())
            slow.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        for _ in range(50):
            assert served.get("/posts/a/").status == 200


def test_the_small_site_is_served_too(site_factory: SiteFactory) -> None:
    """Layouts without a head have the client at their end."""
    with serving(site_factory(SMALL)) as served:
        assert served.get("/posts/a/").text.endswith("</script>")


# --- the clock --------------------------------------------------------------------------------


def test_a_post_appears_when_its_time_has_come(site: Path) -> None:
    """No file changes: the preview looks at the clock."""
    soon = datetime.now(UTC) + timedelta(seconds=4)
    (site / "content/posts/soon.md").write_text(
        f"---\ntitle: 近日\ndate: {soon:%Y-%m-%dT%H:%M:%SZ}\n---\n時が来た。\n", "utf-8"
    )
    with serving(site) as served:
        assert served.get("/posts/soon/").status == 404
        with served.stream("/posts/soon/", digest_of(served, "/posts/soon/")) as stream:
            assert stream.next("data") == "data: changed"
        assert "時が来た。" in served.get("/posts/soon/").text
        served.out.next("The time has come for a post")
