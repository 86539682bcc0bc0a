"""The plan of a site: numbers, lists and maps hold together."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg import pages
from ssg.build import Options, build
from ssg.errors import ContentError
from ssg.layouts import SHOWS, fitting
from ssg.planning import Planner, Style
from ssg.theme import folders
from ssg.urls import Addresses
from ssg.views import Pager
from tests.conftest import SiteFactory
from tests.small import NOW, SMALL, posts

STYLE = SimpleNamespace(addresses=Addresses("https://blog.example.com/b"))
BASE = "/b/tags/a/"


def pager(number: int, total: int) -> Pager:
    return Style.pager(STYLE, "/tags/a/", number, total)


def shown(number: int, total: int) -> str:
    items = pager(number, total).items
    return " ".join(str(i.number) if i.url else "…" for i in items)


@pytest.mark.parametrize(
    ("number", "total", "row"),
    [
        (1, 1, "1"),
        (1, 3, "1 2 3"),
        (2, 5, "1 2 3 4 5"),
        (1, 9, "1 2 3 … 9"),
        (5, 9, "1 … 3 4 5 6 7 … 9"),
        (9, 9, "1 … 7 8 9"),
        (50, 100, "1 … 48 49 50 51 52 … 100"),
    ],
)
def test_pager(number: int, total: int, row: str) -> None:
    assert shown(number, total) == row


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_pager_laws(place: tuple[int, int]) -> None:
    number, total = place
    found = pager(number, total)
    numbers = [item.number for item in found.items]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert numbers[-1] == total
    assert number in numbers
    assert len(numbers) <= 9
    gaps = [i for i, item in enumerate(found.items) if not item.url]
    assert all(0 < i < len(numbers) - 1 for i in gaps)
    assert all(found.items[i - 1].url and found.items[i + 1].url for i in gaps)
    neighbours = {number - 1: found.previous, number + 1: found.next}
    for page, url in neighbours.items():
        assert url == (address(page) if 1 <= page <= total else "")
    assert all(item.url == address(item.number) for item in found.items if item.url)


def address(page: int) -> str:
    return BASE if page == 1 else f"{BASE}page/{page}/"


@given(st.integers(0, 100), st.integers(1, 12))
def test_a_list_is_cut_without_a_loss(count: int, size: int) -> None:
    planner = SimpleNamespace(config=SimpleNamespace(page_size=size))
    parts = list(Planner.parts(planner, range(count)))
    assert [article for _, part in parts for article in part] == list(range(count))
    wanted = [{"number": n + 1, "total": len(parts)} for n in range(len(parts))]
    assert [position for position, _ in parts] == wanted
    assert all(len(part) == size for _, part in parts[:-1])
    assert count == 0 or len(parts[-1][1]) > 0


def built(root: Path) -> Path:
    build(root, Options(output=root / "public", now=NOW))
    return root / "public"


def locations(file: Path) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", file.read_text("utf-8"))


def test_a_large_sitemap_is_split(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = built(site_factory(posts(7)))
    whole = locations(public / "sitemap.xml")
    monkeypatch.setattr(pages, "SITEMAP_LIMIT", 5)
    public = built(public.parent)
    parts = locations(public / "sitemap.xml")
    count = -(-len(whole) // 5)
    host = "https://blog.example.com"
    assert parts == [f"{host}/sitemap-{n + 1}.xml" for n in range(count)]
    files = [public / f"sitemap-{n + 1}.xml" for n in range(count)]
    assert [url for file in files for url in locations(file)] == whole


def test_the_sitemap_lists_each_page_once_and_nothing_else(site_factory: SiteFactory) -> None:
    public = built(site_factory(posts(7)))
    urls = locations(public / "sitemap.xml")
    host = "https://blog.example.com/"
    files = {p.relative_to(public).as_posix() for p in public.rglob("index.html")}
    listed = {f"{url.removeprefix(host)}index.html" for url in urls}
    assert len(urls) == len(listed)
    assert {unquote(name) for name in listed} == files - {"old/a/index.html"}


CLASHES = {
    "two posts": "-- content/posts/b.md --\n---\ntitle: 乙\ndate: 2026-01-01\nslug: a\n---\n",
    "a post and a page": "-- content/pages/posts.md --\n---\ntitle: 乙\ndate: 2026-01-01\naliases: [/posts/a/]\n---\n",
    "an alias and a feed": "-- content/posts/b.md --\n---\ntitle: 乙\ndate: 2026-01-01\naliases: [/feed.xml]\n---\n",
    "an alias below a feed": "-- content/posts/b.md --\n---\ntitle: 乙\ndate: 2026-01-01\naliases: [/feed.xml/]\n---\n",
    "an alias in capitals": "-- content/posts/b.md --\n---\ntitle: 乙\ndate: 2026-01-01\naliases: [/Posts/A/]\n---\n",
    "a page and a file": "-- assets/static/posts/a/index.html --\nここ\n",
    "a page below a file": "-- assets/static/posts/a --\nここ\n",
    "a file and the home page": "-- assets/static/index.html --\nここ\n",
}


@pytest.mark.parametrize("name", CLASHES)
def test_two_claims_on_one_address(name: str, site_factory: SiteFactory) -> None:
    root = site_factory(SMALL + CLASHES[name])
    with pytest.raises(ContentError) as clash:
        built(root)
    assert {p.code for p in clash.value.problems} <= {"url/taken", "slug/reserved"}
    assert not (root / "public").exists()


# --- which layout shows what ----------------------------------------------------------------


def test_it_is_known_what_each_layout_of_the_theme_shows(tmp_path: Path) -> None:
    (theme,) = folders(tmp_path, "layouts")
    assert SHOWS.keys() == {layout.stem for layout in theme.glob("*.html")}


def test_every_layout_that_a_source_may_ask_for_shows_it(site_factory: SiteFactory) -> None:
    text = (
        "-- content/{0}/{1}.md --\n---\ntitle: {0} {1}\ndate: 2026-01-01\nlayout: {1}\n{2}---\n文\n"
    )
    source = {"news": "source: {name: 新聞, url: https://paper.example.com/}\nslug: brief\n"}
    files = [
        text.format(section, layout, source.get(section, f"slug: a-{layout}\n"))
        for section in ("posts", "news", "pages")
        for layout in fitting(SHOWS, section)
    ]
    site = site_factory(
        "-- site.yaml --\ntitle: いち\nurl: https://blog.example.com\n" + "".join(files)
    )
    build(site, Options(output=site / "public", now=NOW))
