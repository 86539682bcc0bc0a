"""What must not go live, found in the pages themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssg.config import load_config
from ssg.deploy.facts import Facts, css_facts, facts_of
from ssg.deploy.fitness import refuse_unfit_pages
from ssg.errors import ContentError, Problem
from tests.publishing import LAYOUT, blog, post, publish, write

DIR = "  web: {type: dir, path: ../web}\n"
PRIVACY = "<title>プライバシーポリシー - 一</title>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = blog(tmp_path / "site", DIR, posts=1)
    write(
        root,
        "layouts/trend.html",
        LAYOUT.replace("body.html if body is defined", "body.html | safe"),
    )
    return root


def told(site: Path, *pages: str) -> list[tuple[str, str, str]]:
    """Code, page and blank of what is wrong with pages, or warned of."""
    facts = {f"{n}/index.html": facts_of(html.encode()) for n, html in enumerate(pages)}
    return [_line(p) for p in _problems(site, facts)]


def test_of_many_pages_without_privacy_the_home_page_is_named(site: Path) -> None:
    facts = facts_of(b"<p class=player data-youtube=abc>")
    for names in (["404.html", "a/index.html", "index.html"], ["404.html", "index.html"]):
        (found,) = _problems(site, dict.fromkeys(names, facts))
        assert found.path == "index.html"
    (found,) = _problems(site, dict.fromkeys(["404.html", "a/index.html"], facts))
    assert found.path == "a/index.html"


def _problems(site: Path, facts: dict[str, Facts]) -> tuple[Problem, ...]:
    try:
        return refuse_unfit_pages(load_config(site), facts)
    except ContentError as e:
        return e.problems


def _line(p: Problem) -> tuple[str, str, str]:
    blanks = dict(p.args)
    return p.code, p.path, blanks.get("got", blanks.get("why", ""))


@pytest.mark.parametrize(
    "html",
    [
        "<img src='{}'>",
        "<img srcset='/a.png 1x, {} 2x'>",
        "<script src='{}'></script>" + PRIVACY,
        "<link rel=stylesheet href='{}'>",
        "<form action='{}'>" + PRIVACY,
        "<meta property=og:image content='{}'>",
        "<p style='background:url({})'>",
    ],
)
@pytest.mark.parametrize("url", ["http://localhost:8000/a", "//192.168.1.2/a", "http://[::1]/a"])
def test_a_page_that_loads_from_the_writers_machine(site: Path, html: str, url: str) -> None:
    assert told(site, html.format(url)) == [("deploy/local-load", "0/index.html", url)]


def test_a_style_sheet_too(site: Path) -> None:
    facts = {"assets/a.css": css_facts(b"a{background:url(http://localhost/a.png)}")}
    assert [p.code for p in _problems(site, facts)] == ["deploy/local-load"]


def test_a_link_in_a_text_is_only_warned_of(site: Path) -> None:
    link = "<a href='http://localhost:8000/'>ここで見られます</a>"
    expected = [("deploy/local-link", "0/index.html", "http://localhost:8000/")]
    assert told(site, link) == expected
    post(site, "p0", "[ここ](http://localhost:8000/)で見られます。")
    plan = publish(site)
    assert [p.code for p in plan.warnings] == ["deploy/local-link"] * len(plan.warnings)
    assert "posts/p0/index.html" in {p.path for p in plan.warnings}


def test_a_rest_of_the_preview(site: Path) -> None:
    assert told(site, '<script type="module" src="/_ssg/client.js"></script>') == [
        ("deploy/preview-script", "0/index.html", "")
    ]


def test_a_page_that_calls_itself_another_host(site: Path) -> None:
    other = "https://staging.tarou.jp/a/"
    for html in ("<link rel=canonical href='{}'>", "<meta property=og:url content='{}'>"):
        assert told(site, html.format(other)) == [("deploy/other-canonical", "0/index.html", other)]
        assert told(site, html.format("https://blog.tarou.jp/a/")) == []
        assert told(site, html.format("/a/")) == []


@pytest.mark.parametrize(
    ("html", "got"),
    [
        ("<form action=https://form.tarou.jp/f method=post>", "https://form.tarou.jp"),
        ("<script src=https://count.jp/a.js></script>", "https://count.jp"),
        ("<iframe src=//map.jp/a></iframe>", "//map.jp"),
        ("<p class=player data-youtube=abc>", "a-player"),
        ("<a rel='sponsored nofollow' href=https://shop.jp>", "an-affiliate"),
    ],
)
def test_readers_data_want_a_privacy_page(site: Path, html: str, got: str) -> None:
    assert told(site, "<p>", html, html) == [("deploy/no-privacy-page", "1/index.html", got)]
    assert told(site, html, PRIVACY) == []
    assert told(site, html, "<h1>個人情報の<wbr>取り扱い</h1>") == []
    assert told(site, html, "<title>Privacy</title>") == []
    assert told(site, html, "<p>プライバシーは大切です。</p>") != []


@pytest.mark.parametrize(
    "html",
    [
        "<form action=/search>",
        "<form action=https://blog.tarou.jp/search>",
        "<script src=/own.js></script>",
        "<script src=//blog.tarou.jp/own.js></script>",
        "<a href=https://tarou.jp/>",
        "<img src=https://picture.jp/a.png>",
    ],
)
def test_what_wants_none(site: Path, html: str) -> None:
    assert told(site, html) == []


def test_nothing_is_sent_when_a_page_is_unfit(site: Path) -> None:
    write(site, "content/posts/p0.md", "---\ntitle: 題\ndate: 2026-01-02\n---\n"
          '<div><img src="http://localhost/a.png" alt="絵"></div>\n')  # fmt: skip
    with pytest.raises(ContentError) as e:
        publish(site)
    assert {p.code for p in e.value.problems} == {"deploy/local-load"}
    assert "posts/p0/index.html" in {p.path for p in e.value.problems}
    assert not (site.parent / "web").exists()
