"""Search engines and feed readers are told what a publication changed, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qsl, unquote
from xml.etree import ElementTree

import feedparser
import pytest
from click.testing import CliRunner, Result

from ssg.build import Options, build
from ssg.cli import cli
from ssg.config import load_config
from ssg.deploy import Order, announce
from ssg.deploy.announce import announced, key, to_engines, to_hubs
from ssg.deploy.changes import Changes
from tests.hosting import Host, host, send
from tests.publishing import blog, free_port, post, publish, write
from tests.small import NOW

BASE = "https://blog.tarou.jp/base"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Host]:
    """A host of a site that is also a search engine and a hub."""

    def answer(host: Host, request: BaseHTTPRequestHandler) -> None:
        if request.command == "POST":
            send(request, 202, b"")
        else:
            host.serve(request)

    with host(tmp_path) as made:
        made.answer = answer
        yield made


@pytest.fixture
def site(served: Host) -> Path:
    """A site with a target that is announced to both."""
    own, now = f"{served.url}/web", f"{served.url}/now"
    target = f"  web: {{type: dir, path: ../web, url: '{own}', indexnow: '{now}'}}\n"
    hubs = f"feeds:\n  hubs: ['{served.url}/hub']\n"
    site = blog(served.folder / "site", target + hubs)
    post(site, "夏の本")
    return site


def run(site: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["--lang", "en", "deploy", "--site", str(site), *options])


def posted(served: Host, path: str) -> list[bytes]:
    return [a.body for a in served.asked if (a.method, a.path) == ("POST", path)]


def pinged(served: Host) -> list[dict[str, str]]:
    return [dict(parse_qsl(body.decode())) for body in posted(served, "/hub")]


def test_engines_are_told_of_every_page_and_can_check_who_says_so(site: Path, served: Host) -> None:
    done = run(site)
    assert (done.exit_code, done.stderr) == (0, "")
    [body] = posted(served, "/now")
    told = json.loads(body)
    assert told.keys() == {"host", "key", "keyLocation", "urlList"}
    assert told["host"] == served.url.removeprefix("http://")
    assert f"{served.url}/web/" in told["urlList"]
    assert f"{served.url}/web/posts/夏の本/" in [unquote(url) for url in told["urlList"]]
    assert all(url.isascii() for url in told["urlList"])
    assert told["keyLocation"] == f"{served.url}/web/{told['key']}.txt"
    proof = served.folder / "web" / f"{told['key']}.txt"
    assert proof.read_text() == told["key"]


def test_only_what_changed_is_told(site: Path, served: Host) -> None:
    run(site)
    served.asked.clear()
    run(site)
    assert [a for a in served.asked if a.method == "POST"] == []
    post(site, "p1", "書き直した。")
    (site / "content/posts/p2.md").unlink()
    assert run(site, "--yes").exit_code == 0
    told = json.loads(posted(served, "/now")[0])["urlList"]
    assert {f"{served.url}/web/posts/p1/", f"{served.url}/web/posts/p2/"} <= set(told)
    assert f"{served.url}/web/posts/p3/" not in told


def test_hubs_are_told_of_the_feeds_that_changed(site: Path, served: Host) -> None:
    write(site, "content/authors/a.md", "---\nname: 花\n---\n")
    run(site)
    everywhere = {f"{served.url}/web/{name}" for name in ("feed.xml", "atom.xml", "feed.json")}
    assert {ping["hub.mode"] for ping in pinged(served)} == {"publish"}
    first = {ping["hub.url"] for ping in pinged(served)}
    assert everywhere < first
    served.asked.clear()
    text = (site / "site.yaml").read_text()
    (site / "site.yaml").write_text(text.replace("title: 一", "title: 一\ntagline: 新しい言葉"))
    run(site)
    assert {ping["hub.url"] for ping in pinged(served)} == everywhere


def test_nothing_is_told_of_a_dry_run(site: Path, served: Host) -> None:
    run(site, "--dry-run")
    assert served.asked == []


@pytest.mark.parametrize("dead", [False, True])
def test_a_failure_is_a_warning(site: Path, served: Host, dead: bool) -> None:
    if dead:
        text = (site / "site.yaml").read_text()
        for name in ("now", "hub"):
            there = f"http://127.0.0.1:{free_port()}/{name}?token=geheim"
            text = text.replace(f"{served.url}/{name}", there)
        (site / "site.yaml").write_text(text)
    else:
        served.answer = lambda host, request: (
            send(request, 403, b"") if request.command == "POST" else host.serve(request)
        )
    done = run(site)
    assert done.exit_code == 0, done.output
    lines = [line for line in done.stderr.splitlines() if "deploy/not-announced" in line]
    assert len(lines) == 2, done.stderr
    assert all(("refused" if dead else "HTTP 403") in line for line in lines)
    assert "geheim" not in done.output
    if not dead:
        assert len(posted(served, "/hub")) == 1, "a hub that says no is not asked again"


def test_a_service_that_does_not_answer_is_left(
    served: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announce, "TIMEOUT", 0.1)
    served.answer = lambda host, request: host.closing.wait(20)
    found = list(to_hubs([f"{served.url}/hub"], BASE, Changes(added=("feed.xml", "atom.xml"))))
    assert [p.code for p in found] == ["deploy/not-announced"]
    assert len(served.asked) == 1


def test_a_redirect_is_not_followed(served: Host) -> None:
    served.answer = lambda host, request: send(request, 302, b"", {"Location": "/elsewhere"})
    found = list(to_engines(f"{served.url}/now", BASE, Changes(added=("index.html",))))
    assert [dict(p.args)["why"] for p in found] == ["HTTP 302"]
    assert served.paths() == ["/now"]


def test_many_pages_are_told_in_parts(served: Host) -> None:
    names = tuple(f"posts/p{number}/index.html" for number in range(20_001))
    assert list(to_engines(f"{served.url}/now", BASE, Changes(added=names))) == []
    parts = [json.loads(body)["urlList"] for body in posted(served, "/now")]
    assert [len(part) for part in parts] == [10_000, 10_000, 1]
    assert [url for part in parts for url in part] == [
        f"{BASE}/posts/p{number}/" for number in range(20_001)
    ]


def test_only_pages_worth_a_visit_are_told(served: Host) -> None:
    added = ("404.html", "feed.xml", "page/2/index.html", "tags/本/page/12/index.html", "a.css")
    kept = ("index.html", "page/index.html", "posts/page-2/index.html", "old/walk.html")
    assert list(to_engines(f"{served.url}/now", BASE, Changes(added=added, removed=kept))) == []
    [body] = posted(served, "/now")
    assert json.loads(body)["urlList"] == [
        f"{BASE}/{path}" for path in ("", "page/", "posts/page-2/", "old/walk.html")
    ]


def test_nothing_worth_a_visit_is_not_told(served: Host) -> None:
    assert list(to_engines(f"{served.url}/now", BASE, Changes(added=("a.css",)))) == []
    assert served.asked == []


def test_the_key_is_the_site_s_own() -> None:
    assert key(BASE) != key("https://blog.tarou.jp")
    assert len(key(BASE)) == 32
    assert key(BASE).isalnum()


def test_without_settings_there_is_no_key_and_no_word(tmp_path: Path) -> None:
    site = blog(
        tmp_path / "site", "  web: {type: dir, path: ../web}\nfeeds: {hubs: ['http://x/']}\n"
    )
    plan = publish(site, order=Order())
    assert [n for n in plan.files if n.endswith(".txt")] == ["robots.txt"]
    assert list(announced(load_config(site), plan.target, "", plan.changes)) == []


# --- hubs in feeds -----------------------------------------------------------------------------

HUBS = ["https://hub.tarou.jp/", "https://other.tarou.jp/?a=1&b=2"]


def test_feeds_name_their_hubs(tmp_path: Path) -> None:
    site = blog(tmp_path / "site", f"  web: {{type: dir, path: ../web}}\nfeeds: {{hubs: {HUBS}}}\n")
    build(site, Options(output=site / "public", now=NOW))
    for name in ("feed.xml", "atom.xml", "tags/札/feed.xml"):
        data = (site / "public" / name).read_bytes()
        ElementTree.fromstring(data)
        links = feedparser.parse(data).feed.links
        assert [link["href"] for link in links if link["rel"] == "hub"] == HUBS, name
    feed = json.loads((site / "public/feed.json").read_text("utf-8"))
    assert feed["hubs"] == [{"type": "WebSub", "url": hub} for hub in HUBS]


def test_a_feed_is_made_anew_when_its_hubs_change(tmp_path: Path) -> None:
    site = blog(tmp_path / "site", "  web: {type: dir, path: ../web}\n")
    build(site, Options(output=site / "public", now=NOW))
    assert b"hub" not in (site / "public/feed.xml").read_bytes()
    with (site / "site.yaml").open("a") as file:
        file.write(f"feeds: {{hubs: {HUBS}}}\n")
    build(site, Options(output=site / "public", now=NOW))
    assert (site / "public/feed.xml").read_bytes().count(b'rel="hub"') == 2
