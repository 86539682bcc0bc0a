"""Feed readers can read every feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.web.built import Built

JSON_FEED_KEYS = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url",
    "icon", "favicon", "authors", "language", "expired", "hubs", "items",
}  # fmt: skip
ITEM_KEYS = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
    "banner_image", "date_published", "date_modified", "authors", "tags", "language", "attachments",
}  # fmt: skip


def feeds(built: Built) -> list[Path]:
    return [
        file
        for file in sorted(built.root.rglob("*.xml"))
        if re.search(r"<(rss|feed)\b", file.read_text(encoding="utf-8"))
    ]


def json_feeds(built: Built) -> list[Path]:
    return [
        file
        for file in sorted(built.root.rglob("*.json"))
        if "jsonfeed.org" in file.read_text(encoding="utf-8")
    ]


def test_every_xml_feed_is_well_formed(built: Built) -> None:
    assert feeds(built)
    for file in feeds(built):
        feed = feedparser.parse(file.read_bytes())
        assert not feed.bozo, f"{file}: {feed.get('bozo_exception')}"
        assert feed.feed.title
        assert built.file(feed.feed.link)
        assert feed.entries
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            assert entry.title
            assert entry.summary
            assert built.file(entry.link), f"{file}: {entry.link}"
            assert entry.get("published_parsed") or entry.get("updated_parsed")
            assert [e.href for e in entry.enclosures if not built.file(e.href)] == []


def test_a_feed_has_no_relative_address(built: Built) -> None:
    for file in feeds(built):
        for entry in feedparser.parse(file.read_bytes()).entries:
            for content in [*entry.get("content", []), {"value": entry.summary}]:
                relative = re.findall(r'(?:href|src)="(?!https?:|mailto:)[^"]*', content["value"])
                assert relative == [], f"{file}: {entry.link}"


def test_pages_announce_feeds_that_exist(built: Built) -> None:
    announced = {
        (url, kind)
        for path, page in built.pages.items()
        for link in page.xpath("//link[@rel='alternate' and contains(@type, '+')]")
        for url, kind in [(built.absolute(path, link.get("href")), link.get("type"))]
    }
    assert announced
    root = {"application/rss+xml": "<rss", "application/atom+xml": "<feed"}
    for url, kind in announced:
        file = built.file(url)
        assert file, url
        assert root.get(kind, "jsonfeed.org") in file.read_text(encoding="utf-8"), (url, kind)


def mistakes(feed: dict[str, Any]) -> Iterator[str]:
    """What the JSON Feed 1.1 rules forbid."""
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version: {feed.get('version')}"
    if not text(feed.get("title")):
        yield "title: must be a text"
    yield from unknown(feed, JSON_FEED_KEYS)
    yield from (f"{k}: not a URL" for k in feed if k.endswith("_url") and not url(feed[k]))
    yield from people(feed)
    if not isinstance(feed.get("items"), list):
        yield "items: must be a list"
        return
    ids = [item.get("id") for item in feed["items"]]
    if len(set(ids)) != len(ids):
        yield "items: an id twice"
    for item in feed["items"]:
        yield from (f"{item.get('id')}: {mistake}" for mistake in item_mistakes(item))


def item_mistakes(item: dict[str, Any]) -> Iterator[str]:
    if not text(item.get("id")):
        yield "id: must be a text"
    if not text(item.get("content_html")) and not text(item.get("content_text")):
        yield "content_html or content_text: one is needed"
    yield from unknown(item, ITEM_KEYS)
    for key in ("url", "external_url", "image", "banner_image"):
        if key in item and not url(item[key]):
            yield f"{key}: not a URL"
    for key in ("date_published", "date_modified"):
        if key in item and not instant(item[key]):
            yield f"{key}: not a time with a zone"
    if not all(map(text, item.get("tags", []))):
        yield "tags: must be texts"
    for attachment in item.get("attachments", []):
        if not url(attachment.get("url")) or not text(attachment.get("mime_type")):
            yield "attachments: need url and mime_type"
    yield from people(item)


def unknown(thing: dict[str, Any], known: set[str]) -> Iterator[str]:
    return (f"{key}: unknown" for key in thing if key not in known and not key.startswith("_"))


def people(thing: dict[str, Any]) -> Iterator[str]:
    for author in thing.get("authors", []):
        if not author or not author.keys() <= {"name", "url", "avatar"}:
            yield f"authors: {author}"


def text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def url(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def instant(value: str) -> bool:
    return datetime.fromisoformat(value).tzinfo is not None


def test_every_json_feed_keeps_the_rules(built: Built) -> None:
    assert json_feeds(built)
    for file in json_feeds(built):
        feed = json.loads(file.read_text(encoding="utf-8"))
        assert list(mistakes(feed)) == [], file
        assert feed["items"]
        assert [item["url"] for item in feed["items"] if not built.file(item["url"])] == []
        assert built.file(feed["feed_url"]) == file


@pytest.mark.parametrize(
    "feed",
    [
        {},
        {"version": "https://jsonfeed.org/version/1.1", "title": "あ", "items": [{"id": "1"}]},
        {"version": "https://jsonfeed.org/version/1.1", "title": "あ", "items": [], "author": {}},
    ],
)
def test_the_rules_find_mistakes(feed: dict[str, Any]) -> None:
    assert list(mistakes(feed))
