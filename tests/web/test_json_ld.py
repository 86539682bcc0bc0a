"""What search engines read of a post."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from lxml.html import HtmlElement

from tests.web.built import Built

Thing = dict[str, Any]


def things(page: HtmlElement) -> Iterator[Thing]:
    """Every JSON-LD object at the top of a page's scripts."""
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        data = json.loads(script)
        for thing in data if isinstance(data, list) else data.get("@graph", [data]):
            yield {"@context": data["@context"], **thing} if isinstance(data, dict) else thing


def one(page: HtmlElement, kind: str) -> Thing:
    [thing] = [thing for thing in things(page) if thing["@type"] == kind]
    return thing


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def instant(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    assert moment.tzinfo, value
    return moment


def whole(value: str | Thing, key: str) -> str:
    """An address, given alone or inside an object."""
    return value[key] if isinstance(value, dict) else value


def test_every_script_is_json_of_schema_org(built: Built) -> None:
    for path, page in built.pages.items():
        for thing in things(page):
            assert thing["@context"] == "https://schema.org", path
            assert thing["@type"], path


def test_a_post_is_an_article(built: Built, subtests: pytest.Subtests) -> None:
    assert built.articles
    for path, page in built.articles.items():
        with subtests.test(path):
            check_post(built, page)


def check_post(built: Built, page: HtmlElement) -> None:
    [post] = [t for t in things(page) if t["@type"] in {"BlogPosting", "NewsArticle"}]
    canonical = page.xpath("string(//link[@rel='canonical']/@href)")
    assert 0 < len(post["headline"]) <= 110
    assert post["description"]
    assert post["inLanguage"] == page.get("lang")
    assert whole(post["mainEntityOfPage"], "@id") == canonical
    assert instant(post["datePublished"]) <= instant(post["dateModified"])
    assert all(built.file(whole(image, "url")) for image in listed(post["image"]))
    for author in listed(post["author"]):
        assert author["@type"] == "Person"
        assert author["name"]
        assert built.file(author["url"])
    assert post["publisher"]["@type"] in {"Organization", "Person"}
    assert post["publisher"]["name"]
    assert built.file(post["publisher"]["url"])


def test_breadcrumbs_lead_to_the_page(built: Built, subtests: pytest.Subtests) -> None:
    trails = {path: one(page, "BreadcrumbList") for path, page in built.articles.items()}
    assert trails
    for path, trail in trails.items():
        with subtests.test(path):
            items = trail["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert {item["@type"] for item in items} == {"ListItem"}
            assert all(item["name"] for item in items)
            assert all(built.file(item["item"]) for item in items[:-1])
            here = built.url + path
            assert built.file(items[-1].get("item", here)) == built.file(here)
