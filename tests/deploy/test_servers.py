"""The sample site behind real servers that were told what `ssg deploy` makes for them."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import brotli
import pytest
from playwright.sync_api import Browser, Page

from ssg.build import Options, build
from ssg.cache import Cache
from ssg.config import load_config, load_targets
from ssg.deploy import Order, deploy, host_file
from ssg.deploy.hosting import Hosting, hosting
from ssg.deploy.parcel import packed
from ssg.deploy.servers import server_files
from ssg.deploy.survey import survey
from ssg.trees import manifest
from tests.conftest import REPO, SOURCES
from tests.publishing import blog, publish, write
from tests.webservers import BROTLI, Web, apache, caddy, nginx, public_folder

URL = "https://trend.tarou.jp"
KINDS = ("nginx", "apache", "caddy")
WAYS = ["gzip", "brotli"]
MOVED = """---
title: 引っ越した記事
date: 2026-01-02
aliases: [/古い/道/, /old/walk.html, "/old/a (b) $1 & 'c'+d/"]
---
<p style="color: #333" onclick="this.title='押した'">本文です。</p>

<script>document.documentElement.dataset.inline = 'ran'</script>
"""


class Site(NamedTuple):
    root: Path
    host: Hosting

    @property
    def web(self) -> Path:
        return self.root.parent / "web"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with public_folder() as made:
        yield made


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    """The sample site at an address of its own, published into a folder with a .htaccess."""
    root = folder / "site"
    root.mkdir()
    for name in SOURCES:
        source = REPO / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / name)
    settings = (root / "site.yaml").read_text("utf-8")
    target = (
        "deploy:\n  web: {type: dir, path: ../web, server: apache, precompress: [gzip, brotli]}"
    )
    write(root, "site.yaml", settings.replace("https://trend.example.com", URL) + target)
    write(root, "content/posts/moved.md", MOVED)
    build(root, Options(output=root / "public", now=datetime(2026, 12, 1, tzinfo=UTC)))
    name, place = load_targets(root).chosen("")
    deploy(root, load_config(root), name, place, Order(), lambda plan: None)
    parcel = packed(root / "public", manifest(root / "public"))
    with Cache(root / ".cache") as cache:
        return Site(root, hosting(parcel.files, survey(parcel, cache), URL))


@pytest.fixture(scope="module")
def webs(site: Site) -> Iterator[dict[str, Web]]:
    work, ways = site.root.parent, WAYS if BROTLI.exists() else WAYS[:1]
    lines = {kind: server_files(kind, site.host, ways) for kind in ("nginx", "caddy")}
    with ExitStack() as stack:
        started = [
            stack.enter_context(nginx(site.web, *lines["nginx"].values(), work / "nginx")),
            stack.enter_context(apache(site.web, work / "apache")),
            stack.enter_context(caddy(site.web, *lines["caddy"].values(), work / "caddy")),
        ]
        yield {web.kind: web for web in started}


@pytest.fixture(params=KINDS)
def web(request: pytest.FixtureRequest, webs: dict[str, Web]) -> Web:
    return webs[request.param]


def named(site: Site, pattern: str) -> str:
    files = sorted(f.relative_to(site.web).as_posix() for f in site.web.rglob("*"))
    return "/" + next(name for name in files if re.fullmatch(pattern, name))


def test_every_page_is_served_with_the_headers_of_the_site(site: Site, web: Web) -> None:
    for path in ("/", "/posts/walking-ten-thousand/", "/404.html", "/feed.xml"):
        got = web.get(path)
        assert got.status == 200
        assert {n: got.headers[n.lower()] for n in site.host.headers} == site.host.headers
        assert got.headers["cache-control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        (r"index\.html", "text/html; charset=utf-8"),
        (r"feed\.xml", "application/xml; charset=utf-8"),
        (r"feed\.json", "application/json"),
        (r"robots\.txt", "text/plain; charset=utf-8"),
        (r"favicon\.ico", "image/"),
        (r"images/.*\.webp", "image/webp"),
        (r"covers/.*\.svg", "image/svg+xml"),
        (r"assets/css/.*\.css", "text/css; charset=utf-8"),
        (r"assets/js/.*\.js", "text/javascript"),
    ],
)
def test_types(site: Site, web: Web, pattern: str, kind: str) -> None:
    got = web.get(named(site, pattern)).headers["content-type"].lower()
    assert got.startswith(kind)
    assert "charset" not in got or got.endswith("charset=utf-8")


@pytest.mark.parametrize(
    ("pattern", "control"),
    [
        (r"assets/css/site-[0-9a-f]{10}\.css", "public, max-age=31536000, immutable"),
        (r"images/.*-480\.webp", "public, max-age=31536000, immutable"),
        (r"images/.*-card\.jpg", "public, max-age=31536000, immutable"),
        (r"covers/.*\.svg", "public, max-age=86400"),
        (r"favicon\.ico", "public, max-age=86400"),
        (r"sitemap\.xml", "public, max-age=0, must-revalidate"),
    ],
)
@pytest.mark.parametrize("accept", ["", "gzip, br"])
def test_how_long_files_are_kept(
    site: Site, web: Web, pattern: str, control: str, accept: str
) -> None:
    assert web.get(named(site, pattern), accept).headers["cache-control"] == control


@pytest.mark.parametrize(
    "path",
    [
        "/2026/06/walking/",
        "/2026/06/walking",
        "/古い/道/",
        "/古い/道",
        "/old/walk.html",
        "/old/a (b) $1 & 'c'+d/",
    ],
)
def test_old_addresses_send_on_for_good(web: Web, path: str) -> None:
    got = web.get(path)
    assert got.status == 301
    post = "walking-ten-thousand" if "walking" in path else "moved"
    assert urlsplit(unquote(got.headers["location"])).path == f"/posts/{post}/"


def test_what_merely_looks_like_an_old_address_does_not(web: Web) -> None:
    for path in ("/old/walkXhtml", "/2026/06/walking/more", "/x/2026/06/walking/"):
        assert web.get(path).status == 404


def test_what_is_not_there(site: Site, web: Web) -> None:
    for path in ("/nowhere", "/posts/ない/", "/assets/"):
        got = web.get(path)
        assert got.status in ((403, 404) if path == "/assets/" else (404,))
        if got.status == 404:
            assert got.body == (site.web / "404.html").read_bytes()
            assert got.headers["content-type"].startswith("text/html")
            policy = site.host.headers["Content-Security-Policy"]
            assert got.headers["content-security-policy"] == policy
    assert web.get("/.ssg-manifest.json").status == 404


def test_a_folder_without_its_slash(web: Web) -> None:
    got = web.get("/posts/walking-ten-thousand")
    assert got.status in (301, 308)
    assert urlsplit(got.headers["location"]).path == "/posts/walking-ten-thousand/"


@pytest.mark.parametrize("path", ["/", "/posts/walking-ten-thousand/", "/feed.xml", "css"])
def test_compressed_twins_are_sent_as_they_are(site: Site, web: Web, path: str) -> None:
    path = named(site, r"assets/css/site-.*\.css") if path == "css" else path
    file = site.web / (path + "index.html" if path.endswith("/") else path).lstrip("/")
    plain = web.get(path)
    assert (plain.body, plain.headers.get("content-encoding")) == (file.read_bytes(), None)
    packed = web.get(path, "gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == file.with_name(f"{file.name}.gz").read_bytes()
    assert gzip.decompress(packed.body) == plain.body
    for got in (plain, packed):
        assert "accept-encoding" in got.headers["vary"].lower()
        assert got.headers["content-type"] == plain.headers["content-type"]
    if BROTLI.exists():
        smaller = web.get(path, "gzip, br")
        assert smaller.headers["content-encoding"] == "br"
        assert brotli.decompress(smaller.body) == plain.body


@pytest.fixture(scope="module")
def below(folder: Path) -> Iterator[dict[str, Web]]:
    """A small site that lies below a folder of its host, behind the three servers."""
    work = folder / "below"
    root = blog(work / "site", "  web: {type: dir, path: ../web/日記, server: apache}\n")
    write(root, "site.yaml", (root / "site.yaml").read_text("utf-8").replace(".jp", ".jp/日記", 1))
    write(root, "content/posts/p9.md", MOVED)
    publish(root)
    nginx_lines, caddy_lines = (host_file(root, kind, []) for kind in ("nginx", "caddy"))
    with ExitStack() as stack:
        started = [
            stack.enter_context(nginx(work / "web", nginx_lines, work / "nginx")),
            stack.enter_context(apache(work / "web", work / "apache")),
            stack.enter_context(caddy(work / "web", caddy_lines, work / "caddy")),
        ]
        yield {web.kind: web for web in started}


@pytest.mark.parametrize("kind", KINDS)
def test_a_site_below_a_folder_of_its_host(below: dict[str, Web], kind: str) -> None:
    web = below[kind]
    home = web.get("/日記/")
    assert (home.status, "content-security-policy" in home.headers) == (200, True)
    for path in ("/日記/古い/道/", "/日記/old/walk.html"):
        got = web.get(path)
        assert got.status == 301
        assert urlsplit(unquote(got.headers["location"])).path == "/日記/posts/p9/"
    style = re.search(r'href="([^"]+\.css)"', home.body.decode())
    assert style
    control = web.get(unquote(style[1])).headers["cache-control"]
    assert control == "public, max-age=31536000, immutable"
    gone = web.get("/日記/ない/")
    assert (gone.status, gone.body) == (404, web.get("/日記/404.html").body)


def test_an_apache_with_few_modules_serves_the_site(site: Site, folder: Path) -> None:
    with apache(site.web, folder / "bare", ["mpm_event", "authz_core", "dir", "mime"]) as web:
        assert web.get("/").body == (site.web / "index.html").read_bytes()
        assert web.get("/2026/06/walking/").status == 200  # the page that sends on by itself
        gone = web.get("/nowhere")
        assert (gone.status, gone.body) == (404, (site.web / "404.html").read_bytes())


# --- a browser under the policy --------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation',"
        " e => violations.push(`${e.violatedDirective} ${e.blockedURI}`))"
    )
    yield context.new_page()
    context.close()


def complaints(page: Page) -> list[str]:
    found: list[str] = []
    page.on("console", lambda m: found.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: found.append(str(e)))
    return found


@pytest.mark.parametrize(
    "path",
    ["/", "/posts/walking-ten-thousand/", "/news/suzume-index/", "/posts/moved/", "/nowhere"],
)
def test_a_browser_finds_nothing_to_forbid(webs: dict[str, Web], page: Page, path: str) -> None:
    told = complaints(page)
    page.goto(webs["nginx"].address + path, wait_until="networkidle")
    assert page.evaluate("violations") == []
    assert [line for line in told if "404" not in line] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert page.evaluate("document.documentElement.dataset.script") == ""


def test_what_an_author_wrote_runs(webs: dict[str, Web], page: Page) -> None:
    page.goto(webs["nginx"].address + "/posts/moved/")
    text = page.locator("p[onclick]")
    text.click()
    assert text.get_attribute("title") == "押した"
    assert text.evaluate("e => getComputedStyle(e).color") == "rgb(51, 51, 51)"
    assert page.evaluate("document.documentElement.dataset.inline") == "ran"
    assert page.evaluate("violations") == []


def test_a_click_opens_a_player(site: Site, webs: dict[str, Web], page: Page) -> None:
    players = [f for f in site.web.rglob("index.html") if "data-youtube" in f.read_text("utf-8")]
    path = players[0].parent.relative_to(site.web).as_posix()
    page.route(
        "https://www.youtube-nocookie.com/**",
        lambda r: r.fulfill(body="映像", content_type="text/html; charset=utf-8"),
    )
    page.goto(f"{webs['nginx'].address}/{path}/", wait_until="networkidle")
    page.locator(".player a").first.click()
    assert page.frame_locator(".player iframe").locator("body").inner_text() == "映像"
    assert page.evaluate("violations") == []


def test_what_nobody_wrote_is_blocked(webs: dict[str, Web], page: Page) -> None:
    asked: list[str] = []
    page.route("https://evil.tarou.jp/**", lambda r: (asked.append(r.request.url), r.abort()))
    page.goto(webs["nginx"].address + "/")
    page.evaluate(
        """() => {
          const script = document.createElement('script')
          script.src = 'https://evil.tarou.jp/a.js'
          const inline = document.createElement('script')
          inline.textContent = 'window.hacked = true'
          const image = new Image()
          image.src = 'https://evil.tarou.jp/a.png'
          document.body.append(script, inline, image)
          document.body.insertAdjacentHTML('beforeend', '<p onclick="window.hacked = true">x</p>')
          document.body.lastElementChild.click()
        }"""
    )
    page.wait_for_function("violations.length === 4")
    assert sorted(page.evaluate("violations")) == [
        "img-src https://evil.tarou.jp/a.png",
        "script-src-attr inline",
        "script-src-elem https://evil.tarou.jp/a.js",
        "script-src-elem inline",
    ]
    assert page.evaluate("window.hacked") is None
    assert asked == []
