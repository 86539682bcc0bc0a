"""The lists of a news desk: news, important news, companies, publishers, media, trends, sitemap;
and sites that are a blog, a news desk, or both.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from lxml.html import HtmlElement

from ssg.data import SELLER_ROWS
from tests.newsroom import SITE, brief, published, rated, report
from tests.web.built import Built

SITEMAPS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
COMPANIES = """OpenAI:
  slug: openai
  url: https://openai.example.com/
  description: 試しに置いた会社。
  aliases: [オープンAI, オープンエーアイ]
"""
LINE = {
    "first": brief("春の一報", "2026-04-01 09:00", companies=["OpenAI"], scores=rated(2), tags=["検索"]),
    "second": brief("二つ目の湯呑み", "2026-04-05 09:00", companies=["オープンＡＩ"], scores=rated(5)),
    "third": brief("三杯目のお茶", "2026-04-06 23:59", companies=["オープンエーアイ"], tags=["検索"]),
    "fourth": brief("四角い煎餅", "2026-04-07 00:01", scores=rated(4), media="video", tags=["検索"]),
    "fifth": brief(
        "五月の準備", "2026-04-07 12:00", publisher="Night Ferry", scores=rated(3), media="tool"
    ),
}  # fmt: skip
CONFIG = SITE + "page_size: 2\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = {"site.yaml": CONFIG, "content/data/companies.yaml": COMPANIES}
    return published(tmp_path_factory.mktemp("desk"), LINE | files)


def rows(page: HtmlElement) -> list[str]:
    return ["".join(a.itertext()) for a in page.xpath("//*[contains(@class, 'row-title')]/a")]


def said(page: HtmlElement, xpath: str) -> str:
    [element] = page.xpath(xpath)
    return " ".join(element.text_content().split())


def broken(site: Built) -> set[tuple[str, str]]:
    return {
        (path, href)
        for path, page in site.pages.items()
        for href in page.xpath("//@href | //@src")
        if site.is_ours(url := site.absolute(path, href)) and site.broken(url)
    }


# --- lists -----------------------------------------------------------------------------------


def test_the_news_are_paged_newest_first(desk: Built) -> None:
    pages = [desk.pages[p] for p in ("news/", "news/page/2/", "news/page/3/")]
    assert [rows(page) for page in pages] == [
        ["五月の準備", "四角い煎餅"],
        ["三杯目のお茶", "二つ目の湯呑み"],
        ["春の一報"],
    ]
    assert pages[1].xpath("//link[@rel='prev' or @rel='next']/@href")
    assert [d.get("datetime") for d in pages[1].xpath("//h2//time")] == ["2026-04-06", "2026-04-05"]


def test_the_important_news_are_pages_of_their_own(desk: Built) -> None:
    assert rows(desk.pages["news/important/"]) == ["四角い煎餅", "二つ目の湯呑み"]
    for path, index in (("news/", 0), ("news/page/2/", 0), ("news/important/", 1)):
        choices = desk.pages[path].xpath("//nav[contains(@class, 'choices')]//a")
        assert [a.get("href") for a in choices] == ["/news/", "/news/important/"]
        assert [a.get("aria-current") for a in choices] == [
            "page" if i == index else None for i in (0, 1)
        ]
        assert "hidden" not in choices[0].attrib


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("news/", ["fifth", "fourth", "third", "second", "first"]),
        ("news/important/", ["fourth", "second"]),
        ("videos/", ["fourth"]),
        ("tools/", ["fifth"]),
        ("companies/openai/", ["third", "second", "first"]),
        ("sources/night-ferry/", ["fifth"]),
    ],
)
def test_each_list_has_a_feed_that_it_announces(path: str, names: list[str], desk: Built) -> None:
    feed = feedparser.parse(desk.root.joinpath(path, "feed.xml").read_bytes())
    assert not feed.bozo
    assert [e.link for e in feed.entries] == [f"https://news.example.com/news/{n}/" for n in names]
    announced = desk.pages[path].xpath("//link[@type='application/rss+xml']/@href")
    assert f"/{path}feed.xml" in announced


def test_videos_and_tools_are_lists(desk: Built) -> None:
    assert rows(desk.pages["videos/"]) == ["四角い煎餅"]
    assert rows(desk.pages["tools/"]) == ["五月の準備"]
    assert said(desk.pages["videos/"], "//h1") != said(desk.pages["tools/"], "//h1")


def test_nothing_points_nowhere(desk: Built) -> None:
    assert broken(desk) == set()


# --- companies and publishers ---------------------------------------------------------------


def test_aliases_fold_into_one_company(desk: Built) -> None:
    found = {path for path in desk.pages if path.startswith("companies/")}
    assert found == {"companies/", "companies/openai/", "companies/openai/page/2/"}
    [link] = desk.pages["companies/"].xpath("//ul[@class='terms']//a")
    assert " ".join(link.text_content().split()) == "OpenAI 3"
    assert rows(desk.pages["companies/openai/"]) == ["三杯目のお茶", "二つ目の湯呑み"]


def test_a_company_shows_what_it_is_and_how_much_it_weighs(desk: Built) -> None:
    page = desk.pages["companies/openai/"]
    facts = said(page, "//dl[@class='company']")
    assert "3.5" in facts  # 2 and 5; the brief without a score does not count
    assert "openai.example.com" in facts
    assert "試しに置いた会社。" in said(page, "//header[@class='list-title']")
    [chart] = page.xpath("//svg[contains(@class, 'chart')]")
    assert chart.get("role") == "img"
    assert (chart.get("aria-label") or "").endswith("0, 0, 0, 0, 0, 0, 0, 3")


def test_publishers_have_pages_and_an_index(desk: Built) -> None:
    assert rows(desk.pages["sources/night-ferry/"]) == ["五月の準備"]
    names = [
        " ".join(a.text_content().split()) for a in desk.pages["sources/"].xpath("//main//ul//a")
    ]
    assert names == ["やかん通信 4", "Night Ferry 1"]


# --- trends ------------------------------------------------------------------------------------


def test_trends_compare_the_window_with_the_one_before(tmp_path: Path) -> None:
    dates = {
        "湯気": ["03-31", "04-01", "04-07"],
        "検索": ["03-30"],
        "煎餅": ["04-06"],
        "茶": ["03-25", "04-03"],
    }
    files = {
        f"{name}{index}": brief(f"{name}の{day}", f"2026-{day} 12:00", tags=[name])
        for name, days in dates.items()
        for index, day in enumerate(days)
    }
    page = published(tmp_path, files).pages["trends/"]
    shown = [
        " ".join(li.text_content().split())
        for li in page.xpath("//ol/li[.//a]")
        if "#" in li.text_content()
    ]
    names = [next(n for n in dates if n in line) for line in shown]
    # 1..7 April: 湯気 2 after 1 in the week before, 煎餅 1 after 0, 茶 1 after 1
    assert names == ["湯気", "煎餅", "茶"]
    assert "2026年4月1日" in said(page, "//header[@class='list-title']")
    assert "2026年4月7日" in said(page, "//header[@class='list-title']")


def test_the_window_is_the_site_s(tmp_path: Path) -> None:
    files = {
        "site.yaml": SITE + "trends: {window_days: 2}\n",
        "a": brief("一つ目", "2026-04-05 12:00", tags=["湯気"]),
        "b": brief("二つ目", "2026-04-07 12:00", tags=["茶"]),
    }
    page = published(tmp_path, files).pages["trends/"]
    assert [a.text_content() for a in page.xpath("//h3/a")] == ["#茶"]


def test_each_chart_has_its_numbers_in_a_table(desk: Built) -> None:
    page = desk.pages["trends/"]
    tables = page.xpath("//table")
    assert [said(t, ".//caption") for t in tables] == ["話題", "企業"]
    for table in tables:
        assert len(table.xpath(".//thead//th[@scope='col']")) == 9
    [row] = tables[1].xpath(".//tbody/tr")
    assert [c.text_content() for c in row] == ["OpenAI", *"00000003"]
    assert len(page.xpath("//svg[contains(@class, 'chart')]/polyline/@points")) == 2


def test_the_history_holds_the_whole_weeks_that_have_news(tmp_path: Path) -> None:
    files = {
        "old": brief("古い話", "2020-12-31 12:00", tags=["除夜"], companies=["鐘楼"]),
        "new": brief("新しい話", "2021-02-03 12:00", tags=["節分"]),
        "last": brief("次の話", "2021-02-09 12:00", tags=["茶"]),
    }
    site = published(tmp_path, files)
    weeks = sorted(p for p in site.pages if p.startswith("trends/") and p != "trends/")
    assert weeks == ["trends/2020-W53/", "trends/2021-W05/"]
    assert "除夜" in site.pages["trends/2020-W53/"].text_content()
    assert "鐘楼" in site.pages["trends/2020-W53/"].text_content()
    assert "節分" not in site.pages["trends/2020-W53/"].text_content()
    links = site.pages["trends/"].xpath("//nav[@aria-labelledby='_history']//a/@href")
    assert links == ["/trends/2021-W05/", "/trends/2020-W53/"]
    assert broken(site) == set()


def test_a_mistyped_year_does_not_make_a_page_for_every_week_since(tmp_path: Path) -> None:
    files = {
        "old": brief("桁違い", "1926-04-01", tags=["茶"]),
        "new": brief("今の話", "2026-04-07"),
    }
    site = published(tmp_path, files)
    assert len([p for p in site.pages if p.startswith("trends/")]) == 2


# --- the news sitemap ----------------------------------------------------------------------------


def news_sitemap(site: Built) -> etree._ElementTree:
    return etree.parse(site.root / "news-sitemap.xml")


def test_the_news_sitemap_holds_the_last_48_hours(tmp_path: Path) -> None:
    newest = datetime.fromisoformat("2026-04-07T12:00+09:00")
    moments = {"now": 0, "yesterday": 24 * 60, "edge": 48 * 60, "old": 48 * 60 + 1}
    site = published(
        tmp_path,
        {
            name: brief(f"{name} & <話>", f"{newest - timedelta(minutes=minutes):%Y-%m-%dT%H:%M%z}")
            for name, minutes in moments.items()
        },
    )
    tree = news_sitemap(site)
    assert tree.xpath("//s:url/s:loc/text()", namespaces=SITEMAPS) == [
        f"https://news.example.com/news/{name}/" for name in ("now", "yesterday", "edge")
    ]
    for url in tree.xpath("//s:url", namespaces=SITEMAPS):
        [news] = url.xpath("./n:news", namespaces=SITEMAPS)
        assert [etree.QName(child).localname for child in news] == [
            "publication",
            "publication_date",
            "title",
        ]
        assert [child.text for child in news[0]] == ["湯気速報", "ja"]
        assert datetime.fromisoformat(news[1].text or "").tzinfo
    assert tree.xpath("string(//n:title)", namespaces=SITEMAPS) == "now & <話>"
    robots = site.root.joinpath("robots.txt").read_text("utf-8")
    assert "Sitemap: https://news.example.com/news-sitemap.xml" in robots


# --- a blog, a desk, both -------------------------------------------------------------------------

POST = "---\ntitle: 朝の味噌汁\ndate: 2026-04-02\ncategory: AI\n---\n湯気が立つ。\n"
BOTH = SITE + "categories: {AI: ai}\n"


def test_a_site_of_news_alone(tmp_path: Path) -> None:
    site = published(tmp_path, LINE)
    assert rows(site.pages[""])[:2] == ["五月の準備", "四角い煎餅"]
    assert not any(path.startswith("posts/") for path in site.pages)
    assert len(feedparser.parse(site.root.joinpath("feed.xml").read_bytes()).entries) == len(LINE)
    assert broken(site) == set()


def test_a_site_of_posts_alone(tmp_path: Path) -> None:
    site = published(tmp_path, {"site.yaml": BOTH, "content/posts/miso.md": POST})
    for path in ("news/", "news/important/", "trends/", "sources/", "videos/", "tools/"):
        assert path not in site.pages
    assert not site.root.joinpath("news-sitemap.xml").exists()
    assert "news-sitemap" not in site.root.joinpath("robots.txt").read_text("utf-8")
    assert broken(site) == set()


def test_a_site_of_both(tmp_path: Path) -> None:
    files = {
        "site.yaml": BOTH,
        "content/posts/miso.md": POST,
        "brief": brief("AIの一報", "2026-04-03", category="AI"),
    }
    site = published(tmp_path, files)
    home, category = site.pages[""], site.pages["categories/ai/"]
    for page in (home, category):
        assert "朝の味噌汁" in page.text_content()
        assert "AIの一報" in page.text_content()
    assert "朝の味噌汁" not in site.pages["news/"].text_content()
    assert [
        e.title for e in feedparser.parse(site.root.joinpath("feed.xml").read_bytes()).entries
    ] == [
        "AIの一報",
        "朝の味噌汁",
    ]
    assert broken(site) == set()


def test_a_site_in_english(tmp_path: Path) -> None:
    files = {
        "site.yaml": SITE + "language: en\n",
        "one": brief("One", "2026-04-03", scores=rated(4)),
    }
    page = published(tmp_path, files).pages["news/one/"]
    assert "important" in page.text_content()
    assert not any(
        "\u3040" <= c <= "\u30ff" for c in said(page, "//section[@aria-labelledby='_analysis']")
    )


# --- premium and the seller's page ----------------------------------------------------------------

PLAN = "premium: {name: プレミアム, price: 480円, features: [全部読める]}\n"
ROWS = "".join(f"{row}: {row}の内容\n" for row in SELLER_ROWS)


def plain(title: str, layout: str) -> str:
    return f"---\ntitle: {title}\ndate: 2026-04-01\nlayout: {layout}\n---\nことば。\n"


def test_the_seller_says_the_twelve_rows(tmp_path: Path) -> None:
    site = published(
        tmp_path,
        {
            "content/pages/premium.md": plain("プレミアム", "premium"),
            "content/pages/tokushoho.md": plain("特定商取引法に基づく表記", "tokushoho"),
            "content/data/plans.yaml": PLAN,
            "content/data/tokushoho.yaml": ROWS,
        },
    )
    page = site.pages["tokushoho/"]
    assert [dt.text_content() for dt in page.xpath("//dl/div/dt")] == list(SELLER_ROWS)
    assert [dd.text_content() for dd in page.xpath("//dl/div/dd")] == [
        f"{r}の内容" for r in SELLER_ROWS
    ]
    assert len(SELLER_ROWS) == 12
    for text in ("480円", "全部読める"):
        assert text in site.pages["premium/"].text_content()


def test_a_free_plan_needs_no_seller(tmp_path: Path) -> None:
    plan = PLAN.replace("480円", "0円")
    assert report(tmp_path, {"content/data/plans.yaml": plan}).warnings == ()


def test_days_are_the_site_s_also_in_lists(tmp_path: Path) -> None:
    files = {
        "site.yaml": SITE + "timezone: America/New_York\n",
        "one": brief("大陸の話", "2026-04-08T09:00+09:00"),
    }
    page = published(tmp_path, files).pages["news/"]
    [day] = page.xpath("//h2//time/@datetime")
    assert date.fromisoformat(day) == date(2026, 4, 7)
