"""Whatever the built site points to is there, and nothing is there that should not be."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import frontmatter
from lxml import etree

from tests.conftest import REPO
from tests.web.built import Built, addresses, prose

CONTENT = REPO / "content"
JAPAN = ZoneInfo("Asia/Tokyo")


def test_every_address_of_ours_leads_somewhere(built: Built) -> None:
    broken = {
        f"{path}: {address} ({reason})"
        for path, page in built.pages.items()
        for address in addresses(page)
        if built.is_ours(url := built.absolute(path, address))
        if (reason := built.broken(url))
    }
    assert sorted(broken) == []


def test_stylesheets_find_their_files(built: Built) -> None:
    broken = [
        f"{sheet.relative_to(built.root)}: {address}"
        for sheet in sorted(built.root.rglob("*.css"))
        for address in re.findall(r"url\(['\"]?([^'\")]+)", sheet.read_text(encoding="utf-8"))
        if not address.startswith(("data:", "#"))
        if not built.file(built.absolute(built.path_of(sheet), address))
    ]
    assert broken == []


def test_manifests_find_their_icons(built: Built) -> None:
    for manifest in built.root.rglob("*.webmanifest"):
        for icon in json.loads(manifest.read_text(encoding="utf-8")).get("icons", []):
            assert built.file(built.absolute(built.path_of(manifest), icon["src"]))


def test_a_page_names_itself(built: Built) -> None:
    wrong = []
    for path, page in built.pages.items():
        if page.xpath("//meta[@http-equiv='refresh' or @name='robots' and @content='noindex']"):
            continue
        named = page.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
        if len(named) != 2 or {built.file(url) for url in named} != {built.file(built.url + path)}:
            wrong.append((path, named))
    assert wrong == []


def test_ids_are_unique_on_a_page(built: Built) -> None:
    twice = [
        f"{path}#{name}"
        for path, page in built.pages.items()
        for name, count in Counter(page.xpath("//@id")).items()
        if count > 1
    ]
    assert twice == []


def test_no_asterisks_are_left_of_bold_text(built: Built) -> None:
    left = [f"{path}: {t}" for path, page in built.pages.items() for t in prose(page) if "**" in t]
    assert left == []


def test_the_sitemap_lists_the_pages_to_be_found(built: Built) -> None:
    sitemap = etree.parse(built.root / "sitemap.xml")
    listed = sitemap.xpath("//*[local-name()='url']/*[local-name()='loc']/text()")
    images = sitemap.xpath("//*[local-name()='image']/*[local-name()='loc']/text()")
    public = {
        page.xpath("string(//link[@rel='canonical']/@href)")
        for page in built.pages.values()
        if not page.xpath("//meta[@name='robots' and @content='noindex']")
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == public
    assert [url for url in images if not built.file(url)] == []


def moment(value: date) -> datetime:
    """A date as front matter has it, in full: without a zone it is Japan's."""
    whole = value if isinstance(value, datetime) else datetime.combine(value, time())
    return whole if whole.tzinfo else whole.replace(tzinfo=JAPAN)


def withheld() -> list[tuple[Path, str]]:
    """The posts that must not be seen yet, or no more, with their titles."""
    now = datetime.now(UTC)
    found = []
    for file in sorted(CONTENT.rglob("*.md")):
        meta = frontmatter.load(file).metadata
        starts, ends = meta.get("date"), meta.get("expires")
        early = isinstance(starts, date) and moment(starts) > now
        late = isinstance(ends, date) and moment(ends) <= now
        if meta.get("draft") or early or late:
            found.append((file, str(meta["title"])))
    return found


def test_nothing_withheld_is_in_any_file(built: Built) -> None:
    posts = withheld()
    assert posts, "the sample site needs a draft and a post of the future"
    for file in (file for file in built.root.rglob("*") if file.is_file()):
        raw = file.read_bytes().decode("utf-8", errors="replace")
        text = html.unescape(re.sub(r"<[^>]*>", "", raw)) + html.unescape(raw)
        for source, title in posts:
            assert title not in text, f"{file} shows {source}"
            assert json.dumps(title)[1:-1] not in raw, f"{file} shows {source}"
            assert source.stem not in file.relative_to(built.root).parts
