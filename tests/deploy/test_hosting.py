"""What hosts are told, in the words and within the limits of each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.deploy.caching import FOREVER, NOT_AT_ALL, cache_control
from ssg.deploy.facts import Facts, facts_of, hashed
from ssg.deploy.hosting import Hosting, hosting
from ssg.deploy.policy import policy
from ssg.deploy.servers import KINDS, printed, server_files
from ssg.deploy.servers.netlify import LINE, REDIRECT_LINE, REDIRECTS

URL = "https://tarou.jp"
BARE = (
    "default-src 'self'; base-uri 'self'; frame-ancestors 'self'; object-src 'none'; "
    "form-action 'self'"
)


def of(html: str, origin: str = URL) -> dict[str, list[str]]:
    """The directives for a site of one page."""
    parts = policy([facts_of(html.encode())], origin).split("; ")
    return {part.split()[0]: part.split()[1:] for part in parts}


def test_a_page_that_needs_nothing() -> None:
    assert policy([Facts()], URL) == f"{BARE}; upgrade-insecure-requests"
    assert policy([], "http://tarou.jp") == BARE


def test_only_what_is_used_is_allowed() -> None:
    found = of("<img src=//a.jp/x><img src=https://tarou.jp/own.png><form action=https://b.jp/>")
    assert found["img-src"] == ["'self'", "https://a.jp"]
    assert found["form-action"] == ["'self'", "https://b.jp"]
    assert found.keys() == {
        "default-src", "base-uri", "frame-ancestors", "object-src", "form-action", "img-src",
        "upgrade-insecure-requests",
    }  # fmt: skip


def test_nothing_is_upgraded_where_something_is_asked_for_without_https() -> None:
    assert "upgrade-insecure-requests" not in of("<img src=http://a.jp/x>")
    assert "upgrade-insecure-requests" not in of("<form action=http://a.jp/x>")


def test_handlers_need_a_word_of_their_own_and_scripts_do_not() -> None:
    assert of("<script>a</script>")["script-src"] == ["'self'", hashed("a")]
    assert of("<p onclick=a>")["script-src"] == ["'self'", hashed("a"), "'unsafe-hashes'"]


def test_too_many_hashes_become_one_word() -> None:
    styles = "".join(f"<p style='margin:{n}px'>" for n in range(100))
    assert of(styles)["style-src"] == ["'self'", "'unsafe-inline'"]
    assert len(policy([facts_of(styles.encode())], URL)) < 300
    assert "'unsafe-inline'" not in of(styles).get("script-src", [])


def test_a_policy_fits_into_every_header() -> None:
    pages = "".join(f"<script>{n}</script><p style='x:{n}'>" for n in range(16))
    hosts = "".join(f"<img src=//host-{n}.jp>" for n in range(20))
    found = of(pages + hosts)
    assert found["script-src"] == found["style-src"] == ["'self'", "'unsafe-inline'"]
    assert len(found["img-src"]) == 21


@pytest.mark.parametrize(
    ("src", "later"),
    [
        (
            "https://challenges.cloudflare.com/turnstile/v0/api.js",
            {"frame-src https://challenges.cloudflare.com"},
        ),
        (
            "https://js.hcaptcha.com/1/api.js",
            {"frame-src https://*.hcaptcha.com", "style-src https://hcaptcha.com"},
        ),
        (
            "https://www.google.com/recaptcha/api.js",
            {"script-src https://www.gstatic.com", "frame-src https://www.google.com"},
        ),
        (
            "https://www.googletagmanager.com/gtag/js?id=G-1",
            {"connect-src https://*.google-analytics.com"},
        ),
        ("https://count.tarou.example/a.js", {"connect-src https://count.tarou.example"}),
        ("https://pagead2.googlesyndication.com/a.js", {"frame-src https:", "script-src https:"}),
    ],
)
def test_what_scripts_of_others_load_later(src: str, later: set[str]) -> None:
    found = of(f"<script src='{src}'></script>")
    told = {f"{directive} {source}" for directive, sources in found.items() for source in sources}
    assert later <= told
    assert f"script-src https://{src.split('/')[2]}" in told


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=8))
def test_the_order_of_pages_does_not_matter(hosts: list[str]) -> None:
    pages = [facts_of(f"<img src=//{h}.jp><script>{h}</script>".encode()) for h in hosts]
    assert policy(pages, URL) == policy(reversed(pages), URL)


def test_no_address_can_write_into_the_policy() -> None:
    html = (
        """<img src="https://a.jp;script-src * 'unsafe-inline'"><img src="https://b.jp&#10;X: y">"""
    )
    assert policy([facts_of(html.encode())], URL) == f"{BARE}; upgrade-insecure-requests"


# --- how long ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "control"),
    [
        ("assets/css/site-9b9e356f93.css", FOREVER),
        ("assets/LICENSE-9b9e356f93", FOREVER),
        ("images/walking-62a38f2fd8-480.webp", FOREVER),
        ("images/walking-62a38f2fd8-card.jpg", FOREVER),
        ("images/絵-62a38f2fd8.svg", FOREVER),
        ("covers/soy-17.svg", "public, max-age=86400"),
        ("favicon.ico", "public, max-age=86400"),
        ("assets/own.css", NOT_AT_ALL),
        ("posts/a-0123456789/index.html", NOT_AT_ALL),
        ("feed.xml", NOT_AT_ALL),
    ],
)
def test_how_long_a_name_is_kept(name: str, control: str) -> None:
    assert cache_control(name) == control


# --- the words of each host ----------------------------------------------------------------

NAMES = ["index.html", "404.html", "assets/css/a-0123456789.css", "images/b-0123456789-480.webp"]


def moved(*names: str, url: str = URL, to: str = "/posts/新しい/") -> Hosting:
    target = url + re.sub("[^/a-z]", lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), to)
    return hosting([*NAMES, *names], {name: Facts(moved_to=target) for name in names}, url)


def test_netlify() -> None:
    files = server_files("netlify", moved("古い/道/index.html", "a/b c.html"), [])
    assert files["_redirects"].splitlines() == [
        "/a/b%20c.html /posts/%E6%96%B0%E3%81%97%E3%81%84/ 301!",
        "/%E5%8F%A4%E3%81%84/%E9%81%93/ /posts/%E6%96%B0%E3%81%97%E3%81%84/ 301!",
    ]
    lines = files["_headers"].splitlines()
    assert lines[0] == "/*"
    assert lines[-4:] == [
        "/assets/*",
        "  Cache-Control: public, max-age=31536000, immutable",
        "/images/*",
        "  Cache-Control: public, max-age=31536000, immutable",
    ]
    assert sum(line.startswith("  Content-Security-Policy: ") for line in lines) == 1
    assert sum("Cache-Control" in line for line in lines[: lines.index("/assets/*")]) == 0


def test_a_folder_with_a_file_that_may_change_is_not_kept_forever() -> None:
    host = hosting([*NAMES, "images/from-static.png"], {}, URL)
    assert host.folders == {"assets": FOREVER}


def test_cloudflare_reads_so_much_and_not_more() -> None:
    names = [f"old/{n}/index.html" for n in range(1500)] + [f"{'長' * 150}/index.html"]
    files = server_files("cloudflare", moved(*names), [])
    lines = files["_redirects"].splitlines()
    assert len(lines) == REDIRECTS
    assert all(len(line) <= REDIRECT_LINE for line in lines)
    assert {f"/old/{n}/" for n in range(1500)} <= {line.split()[0] for line in lines}
    assert all(line.endswith(" 301") for line in lines)
    folders = [f"f{n}/a.png" for n in range(300)]
    headers = server_files("cloudflare", hosting(folders, {}, URL), [])["_headers"].splitlines()
    assert sum(not line.startswith(" ") for line in headers) == 100
    assert all(len(line) <= LINE for line in headers)


def test_no_redirect_leads_to_itself_and_none_elsewhere_by_a_script() -> None:
    assert moved("posts/新しい/index.html").redirects == ()
    host = hosting(NAMES, {"a/index.html": Facts(moved_to="javascript:alert(1)")}, URL)
    assert host.redirects == ()
    host = hosting(NAMES, {"a/index.html": Facts(moved_to="https://tarou.jp.evil.jp/")}, URL)
    assert host.redirects[0].target == "https://tarou.jp.evil.jp/"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_site_gives_the_same_words(kind: str) -> None:
    one, other = moved("a/index.html", "b.html"), moved("b.html", "a/index.html")
    assert server_files(kind, one, ["gzip"]) == server_files(kind, other, ["gzip"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_site_without_a_page_for_what_is_gone(kind: str) -> None:
    words = printed(server_files(kind, hosting(["index.html"], {}, URL), []))
    assert "404.html" not in words
    assert "Content-Security-Policy" in words
