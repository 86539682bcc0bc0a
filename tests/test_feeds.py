"""Feeds mean the same on another site: whole addresses, text untouched."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.build import Options, build
from ssg.feeds import _standalone
from tests.conftest import SiteFactory
from tests.small import NOW, SMALL, posts

URL = "https://blog.example.com/base/posts/a/"
ORIGIN = "https://blog.example.com"


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="/x/">', '<a href="https://blog.example.com/x/">'),
        ('<a href="/">', '<a href="https://blog.example.com/">'),
        ('<a href="#節">', f'<a href="{URL}#節">'),
        ('<a href="https://other.example/">', '<a href="https://other.example/">'),
        ('<a href="//cdn.example/x">', '<a href="//cdn.example/x">'),
        ('<a href="mailto:a@b.c">', '<a href="mailto:a@b.c">'),
        ('<img alt="" src="/i.webp">', '<img alt="" src="https://blog.example.com/i.webp">'),
        ('<video poster="/p.jpg">', '<video poster="https://blog.example.com/p.jpg">'),
        (
            '<img src="/a.webp" srcset="/a.webp 480w" sizes="100vw" loading="lazy" decoding="async">',
            '<img src="https://blog.example.com/a.webp">',
        ),
        ('<p title="/x">href="/y"</p>', '<p title="/x">href="/y"</p>'),
        (
            '<code>&lt;img src="/x" srcset="/y" loading="lazy"&gt;</code>',
            '<code>&lt;img src="/x" srcset="/y" loading="lazy"&gt;</code>',
        ),
    ],
)
def test_standalone(html: str, whole: str) -> None:
    assert _standalone(html, URL, ORIGIN) == whole


@given(st.text())
def test_text_is_left_alone(text: str) -> None:
    html = f"<p>{escape(text, quote=False)}</p>"
    assert _standalone(html, URL, ORIGIN) == html


@given(st.lists(st.sampled_from(["/a", "#b", "//c/d", "https://e.example/"]), max_size=5))
def test_standalone_twice_is_once(urls: list[str]) -> None:
    html = "".join(f'<a href="{url}"><img src="{url}"></a>' for url in urls)
    once = _standalone(html, URL, ORIGIN)
    assert _standalone(once, URL, ORIGIN) == once
    assert '="/a' not in once
    assert '="#' not in once


# --- whole feeds -------------------------------------------------------------------------------------


HOSTILE = """-- content/posts/h.md --
---
title: '"<script>alert(1)</script>&amp;]]>''🍢'
description: '<b>&lt;i&gt;"説明"]]></b>'
date: 2026-03-01 10:00
updated: 2026-03-02 11:00
tags: ['<札>&"']
---
本文 <b>太字</b> & `]]>` と [甲](a.md)。
"""


@pytest.fixture
def public(site_factory: SiteFactory) -> Path:
    root = site_factory(posts(25) + HOSTILE)
    build(root, Options(output=root / "public", now=NOW, base_url="https://blog.example.com/b"))
    return root / "public"


def test_three_formats_say_the_same(public: Path) -> None:
    rss, atom = (feedparser.parse((public / f).read_bytes()) for f in ("feed.xml", "atom.xml"))
    told = json.loads((public / "feed.json").read_text("utf-8"))
    assert not rss.bozo
    assert not atom.bozo
    urls = [item["url"] for item in told["items"]]
    assert [e.link for e in rss.entries] == [e.link for e in atom.entries] == urls
    assert len(urls) == 20, "only the newest"
    assert urls[0] == "https://blog.example.com/b/posts/h/"
    titles = [item["title"] for item in told["items"]]
    assert titles[0] == "\"<script>alert(1)</script>&amp;]]>'🍢"
    texts = [item["content_html"] for item in told["items"]]
    assert "https://blog.example.com/b/posts/a/" in texts[0]
    for name in ("feed.xml", "atom.xml"):
        tree = ElementTree.fromstring((public / name).read_bytes())
        space = "" if name == "feed.xml" else "{http://www.w3.org/2005/Atom}"
        item = "item" if name == "feed.xml" else "entry"
        assert [e.findtext(f"{space}title") for e in tree.iter(f"{space}{item}")] == titles
    dates = [datetime.fromisoformat(i["date_published"]) for i in told["items"]]
    assert dates == sorted(dates, reverse=True)
    assert [datetime.fromisoformat(e.published) for e in atom.entries] == dates


def test_feeds_of_lists_carry_summaries(public: Path) -> None:
    feed = feedparser.parse((public / "tags/話題1/feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "#話題1の記事 - いち"
    assert {e.link.split("/")[4] for e in feed.entries} == {"posts"}
    assert not any("content" in e for e in feed.entries)
    assert all(e.summary.startswith("本文") for e in feed.entries)


def test_a_post_may_stay_out_of_feeds(site_factory: SiteFactory) -> None:
    quiet = "-- content/posts/q.md --\n---\ntitle: 静かな題\ndate: 2026-02-01\ntags: [札]\nfeed: false\n---\n"
    root = site_factory(SMALL + quiet)
    build(root, Options(output=root / "public", now=NOW))
    found = [
        file
        for pattern in ("*.xml", "feed.json")
        for file in (root / "public").rglob(pattern)
        if "静かな題" in file.read_text("utf-8")
        or r"\u9759\u304b\u306a\u984c" in file.read_text("utf-8")
    ]
    assert found == []
    assert (root / "public/posts/q/index.html").is_file()
