"""What machines read of a page is true, and no author's text can break out of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from ssg.build import Options, build
from ssg.metadata import _script
from tests.conftest import parts
from tests.small import NOW

TRAPS = ("</script>", "<!--", "-->", "]]>", "&lt;", '"', "'", "\\", "\u2028", "{{ site }}", "🍢")


@given(st.dictionaries(st.text(), st.lists(st.sampled_from(TRAPS) | st.text())))
def test_json_ld_may_stand_in_a_script(data: dict[str, Any]) -> None:
    text = _script([data])
    assert not set("<>&") & set(text)
    told = json.loads(text)
    assert told == {"@context": "https://schema.org", "@graph": [data]}


BLOG = """-- site.yaml --
title: '帖 & "<i>"'
tagline: '"><script>alert(1)</script>'
url: https://blog.example.com/b
author: taro
page_size: 1
categories: {'<AI>': ai}
-- content/authors/taro.md --
---
name: '太郎 <b>'
tagline: '</script><script>alert(2)</script>'
links: [{name: 日記, url: 'https://diary.example.com/?a=1&b=%22'}]
career: [{date: 2020-01, text: 始め, links: ['https://diary.example.com/?a=1&b=%22', 'https://two.example.com/']}]
---
-- content/posts/a.md --
---
title: '</script><img src=x onerror=alert(3)>'
subtitle: '"二行目"'
kicker: '<k>'
date: 2026-01-02 03:04
description: "''><script>alert(4)</script>"
category: <AI>
tags: ['</title><script>alert(5)</script>', b]
sources: [{title: '</script>', url: 'https://news.example.com/', publisher: '<P>'}]
---
本文です。
-- content/posts/b.md --
---
title: 乙
date: 2026-01-01
---
- 一つめの*項目*

乙の**本文**です。
-- content/pages/c.md --
---
title: 丙
date: 2026-01-01
---
丙です。
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("metadata")
    for path, text in parts(BLOG):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    build(root, Options(output=root / "public", now=NOW))
    return root / "public"


def page(public: Path, path: str) -> Any:
    return html.document_fromstring((public / path / "index.html").read_bytes().decode())


def graph(found: Any) -> list[dict[str, Any]]:
    [script] = found.xpath("//script[@type='application/ld+json']/text()")
    told: list[dict[str, Any]] = json.loads(script)["@graph"]
    return told


def meta(found: Any, name: str) -> list[str]:
    return [str(c) for c in found.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")]


def test_no_text_of_an_author_becomes_markup(public: Path) -> None:
    """Six payloads in every field that has text, in every page and feed."""
    for file in public.rglob("*.html"):
        found = html.document_fromstring(file.read_bytes().decode())
        assert not [s for s in found.xpath("//script/text()") if s.strip().startswith("alert")]
        assert not found.xpath("//img[@onerror]")
    for file in public.rglob("*.xml"):
        names = {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(file.read_bytes()).iter()}
        assert not names & {"script", "img", "b", "i"}


def test_a_post(public: Path) -> None:
    found = page(public, "posts/a")
    posting, crumbs = graph(found)
    title = "</script><img src=x onerror=alert(3)>"
    url = "https://blog.example.com/b/posts/a/"
    assert posting["@type"] == "BlogPosting"
    assert posting["headline"] == title
    assert posting["alternativeHeadline"] == '"二行目"'
    assert posting["datePublished"] == posting["dateModified"] == "2026-01-02T03:04:00+09:00"
    assert posting["keywords"] == ["</title><script>alert(5)</script>", "b"]
    assert posting["articleSection"] == "<AI>"
    assert posting["author"]["sameAs"] == [
        "https://diary.example.com/?a=1&b=%22",
        "https://two.example.com/",
    ], "each address once"
    assert posting["citation"][0]["publisher"]["name"] == "<P>"
    assert crumbs["itemListElement"][-1] == {
        "@type": "ListItem",
        "position": 3,
        "name": title,
        "item": url,
    }
    assert meta(found, "og:type") == ["article"]
    assert meta(found, "og:url") == [url] == found.xpath("//link[@rel='canonical']/@href")
    assert meta(found, "description") == ["''><script>alert(4)</script>"]
    [image] = meta(found, "og:image")
    assert image.startswith("https://blog.example.com/b/covers/")
    assert (public / image.removeprefix("https://blog.example.com/b/")).is_file()


def test_the_description_of_a_post_without_one_is_text(public: Path) -> None:
    found = page(public, "posts/b")
    assert meta(found, "description") == ["乙の本文です。"]
    assert graph(found)[0]["description"] == "乙の本文です。"
    assert "articleSection" not in graph(found)[0]


def test_a_free_page_is_no_posting(public: Path) -> None:
    found = page(public, "c")
    assert graph(found)[0]["@type"] == "WebPage"
    assert meta(found, "og:type") == ["website"]
    assert meta(found, "article:published_time") == []


def test_further_pages_say_their_number_and_neighbours(public: Path) -> None:
    host = "https://blog.example.com/b"
    for base in ("/", "/authors/taro/"):
        first, second = page(public, base[1:]), page(public, f"{base[1:]}page/2")
        titles = [p.findtext(".//title") for p in (first, second)]
        assert "2ページ目" in titles[1]
        assert "ページ目" not in titles[0]
        assert first.xpath("//link[@rel='next']/@href") == [f"{host}{base}page/2/"]
        assert first.xpath("//link[@rel='prev']/@href") == []
        assert second.xpath("//link[@rel='prev']/@href") == [f"{host}{base}"]
        assert second.xpath("//link[@rel='canonical']/@href") == [f"{host}{base}page/2/"]


def test_the_page_for_what_is_missing_stays_out_of_search(public: Path) -> None:
    found = html.document_fromstring((public / "404.html").read_bytes().decode())
    assert meta(found, "robots") == ["noindex"]
    assert "404" not in (public / "sitemap.xml").read_text("utf-8")


def test_each_title_and_address_is_its_own(public: Path) -> None:
    pages = [html.document_fromstring(f.read_bytes().decode()) for f in public.rglob("index.html")]
    titles = [p.findtext(".//title") for p in pages]
    canonical = [p.xpath("string(//link[@rel='canonical']/@href)") for p in pages]
    assert len(set(canonical)) == len(pages)
    assert len(set(titles)) == len(pages)
