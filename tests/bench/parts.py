"""Hold the two sites side by side: the same pages and feeds, and the same parts on a page."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

KINDS = {
    "post": r"posts/[^/]+/index\.html",
    "home and its further pages": r"(page/\d+/)?index\.html",
    "category": r"categories/[^/]+/(page/\d+/)?index\.html",
    "tag": r"tags/[^/]+/(page/\d+/)?index\.html",
    "author": r"authors/[^/]+/(page/\d+/)?index\.html",
    "year": r"archives/\d{4}/(page/\d+/)?index\.html",
    "month": r"archives/\d{4}/\d{2}/(page/\d+/)?index\.html",
    "list of terms": r"(categories|tags|authors|archives)/index\.html",
    "RSS of a term": r"(categories|tags|authors)/[^/]+/feed\.xml",
    "feed of the site": r"feed\.xml|atom\.xml|feed\.json",
    "for machines": r"sitemap\.xml|robots\.txt|404\.html|favicon\.ico",
    "cover": r"covers/.+",
}

# What must be the same word for word on both sides.
WORDS = {
    "head": r"<(?:title>|meta (?:name|property)=)[^\n]*(?:title>|description|published_time|:tag|:url|:type|section)[^\n]*",
    "breadcrumb, chips, author": r'<a(?: class="chip[^"]*")? href="(/(?:categories|tags|authors)/[^"]*)"',
    "kicker and subtitle": r'<p class="(?:kicker|subtitle)">(.*?)</p>',
    "numbers of headings": r'<span class="number">([^<]+)</span>',
    "headings": r'<h([23]) id="[^_"]',
    "neighbours": r'href="([^"]+)" rel="(?:prev|next)"',
    "sources": r'<a href="([^"]+)" hreflang="(?:[^"]+)"',
    "share links": r'<a href="([^"]+)" rel="nofollow',
    "dates": r'<time datetime="[^"]+">[^<]+</time>',
}

# Of these the number must be the same: the words may differ, as with related posts.
NUMBERS = {
    "metadata": r"<meta |<link ",
    "JSON-LD": r'"@type"',
    "sections": r"<section|<nav|<aside|<figure|<header|<footer|<hgroup|<article",
    "scripts": r"<script",
    "drawings": r"<svg",
    "pictures": r"<img",
    "cards": r'class="card"',
    "table cells": r"<t[hd][ >]",
    "paragraphs and items": r"<p[ >]|<li[ >]",
}

FEEDS = {"feed.xml": "<item>|<content:encoded>|<media:content", "atom.xml": "<entry>|<content |<summary>",
         "feed.json": '"content_html"|"date_published"', "robots.txt": "Sitemap:"}  # fmt: skip
LISTS = ("index.html", "page/2/index.html", "categories/ai/index.html", "archives/2016/index.html",
         "archives/2016/02/index.html", "authors/taro/index.html", "authors/index.html",
         "categories/index.html", "archives/index.html", "404.html", "tags/index.html",
         "tags/話題1/index.html", "authors/taro/page/2/index.html")  # fmt: skip


def check(ours: Path, theirs: Path, every: int = 37) -> str:
    """What both have, in a line; every difference at once ends the run."""
    counts = _counts(ours)
    wrong = [*_kinds(counts, _counts(theirs)), *_feeds(ours, theirs)]
    for address in sorted(path.parent.name for path in ours.glob("posts/*/index.html"))[1:-1:every]:
        wrong += _page(ours, theirs, f"posts/{address}/index.html", words=True)
    for name in LISTS:
        wrong += _page(ours, theirs, name, words=False)
    if wrong:
        raise SystemExit("The two sites are not the same:\n" + "\n".join(wrong))
    return ", ".join(f"{kind} {count:,}" for kind, count in counts.items())


def _counts(public: Path) -> Counter[str]:
    paths = [path.relative_to(public).as_posix() for path in public.rglob("*.*") if path.is_file()]
    return Counter(
        kind for path in paths for kind, shape in KINDS.items() if re.fullmatch(shape, path)
    )


def _kinds(ours: Counter[str], theirs: Counter[str]) -> list[str]:
    return [
        f"{kind}: {ours[kind]:,} and {theirs[kind]:,}"
        for kind in KINDS
        if ours[kind] != theirs[kind] or not ours[kind]
    ]


def _feeds(ours: Path, theirs: Path) -> list[str]:
    wrong = []
    for name, shape in FEEDS.items():
        one, other = (
            len(re.findall(shape, (site / name).read_text("utf-8"))) for site in (ours, theirs)
        )
        if one != other or not one:
            wrong.append(f"{name}: {shape}: {one} and {other}")
    return wrong


def _page(ours: Path, theirs: Path, name: str, *, words: bool) -> list[str]:
    one, other = (_plain((site / name).read_text("utf-8")) for site in (ours, theirs))
    wrong = []
    for part, shape in NUMBERS.items():
        counts = len(re.findall(shape, one)), len(re.findall(shape, other))
        if counts[0] != counts[1]:
            wrong.append(f"{name}: {part}: {counts[0]} and {counts[1]}")
    for part, shape in WORDS.items() if words else ():
        texts = (
            re.findall(shape, one.partition("_related")[0]),
            re.findall(shape, other.partition("_related")[0]),
        )
        if texts[0] != texts[1] or not texts[0]:
            wrong.append(f"{name}: {part}: {texts[0]} and {texts[1]}")
    return wrong


def _plain(html: str) -> str:
    """Without what only one side writes: our breaks between phrases, their escaped plus sign."""
    return html.replace("<wbr>", "").replace("&#43;", "+")


if __name__ == "__main__":
    print(check(Path(sys.argv[1]), Path(sys.argv[2])))
