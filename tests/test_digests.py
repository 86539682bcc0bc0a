"""Digests: which briefs, on which day, in which order, with whose introduction."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from ssg.errors import ContentError
from tests.newsroom import SITE, brief, published, rated, report
from tests.web.built import Built


def digests(*rules: str, more: str = "") -> str:
    return f"{SITE}{more}digests:\n" + "".join(f"  - {{{rule}}}\n" for rule in rules)


DAILY = "slug: daily, label: 日報, every: day"
WEEKLY = "slug: weekly, label: 週報, every: week"


def titles(page: HtmlElement) -> list[str]:
    return ["".join(a.itertext()) for a in page.xpath("//*[contains(@class, 'row-title')]/a")]


def editions(site: Built, slug: str) -> list[str]:
    """The periods that have a page, newest first."""
    found = (path.split("/") for path in site.pages if path.startswith(f"{slug}/"))
    names = {parts[1] for parts in found if re.fullmatch(r"\d{4}-(\d\d-\d\d|W\d\d)", parts[1])}
    return sorted(names, reverse=True)


def said(page: HtmlElement, xpath: str) -> str:
    [element] = page.xpath(xpath)
    return " ".join(element.text_content().split())


# --- which day ---------------------------------------------------------------------------------


def test_a_minute_before_and_after_midnight_are_two_days(tmp_path: Path) -> None:
    site = published(
        tmp_path,
        {
            "site.yaml": digests(DAILY, WEEKLY),
            "late": brief("夜の話", "2026-04-05 23:59"),
            "early": brief("朝の話", "2026-04-06 00:01"),
        },
    )
    assert editions(site, "daily") == ["2026-04-06", "2026-04-05"]
    assert titles(site.pages["daily/2026-04-05/"]) == ["夜の話"]
    assert titles(site.pages["daily/2026-04-06/"]) == ["朝の話"]
    assert editions(site, "weekly") == ["2026-W15", "2026-W14"]  # Sunday and Monday


def test_the_day_is_that_of_the_site_s_zone(tmp_path: Path) -> None:
    site = published(
        tmp_path,
        {
            "site.yaml": digests(DAILY, more="timezone: America/New_York\n"),
            "before": brief("前の日", "2026-04-08T12:59+09:00"),
            "after": brief("後の日", "2026-04-08T13:00+09:00"),
            "winter": brief("冬時間", "2026-03-08T13:59+09:00"),
            "local": brief("時差なしで書いた", "2026-04-07 23:59"),
        },
    )
    assert editions(site, "daily") == ["2026-04-08", "2026-04-07", "2026-03-07"]
    assert titles(site.pages["daily/2026-04-07/"]) == ["前の日", "時差なしで書いた"]
    assert titles(site.pages["daily/2026-03-07/"]) == ["冬時間"]
    [shown] = site.pages["news/after/"].xpath("//ul[@class='meta']//time/@datetime")
    assert shown == "2026-04-08T00:00:00-04:00"


def test_the_week_at_the_turn_of_the_year_is_one(tmp_path: Path) -> None:
    site = published(
        tmp_path,
        {
            "site.yaml": digests(WEEKLY),
            "old": brief("年の終わり", "2020-12-31 12:00"),
            "new": brief("年の始まり", "2021-01-01 12:00"),
            "next": brief("次の週", "2021-01-04 12:00"),
        },
    )
    assert editions(site, "weekly") == ["2021-W01", "2020-W53"]
    page = site.pages["weekly/2020-W53/"]
    assert sorted(titles(page)) == ["年の始まり", "年の終わり"]
    assert said(page, "//h1") == "週報 2020年12月28日〜2021年1月3日"
    assert "weekly/2020-12/" in site.pages
    assert "2020-W53" in site.root.joinpath("weekly/2020-12/index.html").read_text("utf-8")


@settings(max_examples=6)
@given(st.lists(st.dates(date(2025, 12, 20), date(2026, 1, 12)), min_size=1, max_size=5))
def test_every_brief_stands_in_exactly_one_period(
    tmp_path_factory: pytest.TempPathFactory, days: list[date]
) -> None:
    files = {f"b{i}": brief(f"話{i}", f"{day} 09:00") for i, day in enumerate(days)}
    site = published(tmp_path_factory.mktemp("d"), files | {"site.yaml": digests(DAILY, WEEKLY)})
    for slug, form in (("daily", "%Y-%m-%d"), ("weekly", "%G-W%V")):
        assert editions(site, slug) == sorted({f"{d:{form}}" for d in days}, reverse=True)
        for i, day in enumerate(days):
            holding = [
                p
                for p in editions(site, slug)
                if f"/news/b{i}/" in site.root.joinpath(slug, p, "index.html").read_text("utf-8")
            ]
            assert holding == [f"{day:{form}}"]


# --- which briefs, in which order ---------------------------------------------------------------

STORIES = {
    "tagged": brief("生成の話", "2026-04-07 08:00", tags=["生成AI"], scores=rated(3)),
    "other": brief("検索の話", "2026-04-07 09:00", tags=["検索"], scores=rated(5)),
    "company": brief("会社の話", "2026-04-07 10:00", companies=["ミナモ"], scores=rated(4)),
    "ferry": brief("渡し舟の話", "2026-04-07 11:00", publisher="Night Ferry", category="AI"),
    "film": brief("動画の話", "2026-04-07 12:00", media="video", tags=["生成AI"], scores=rated(2)),
}
CATEGORY = "categories: {AI: ai}\n"


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("", ["検索の話", "会社の話", "生成の話", "動画の話", "渡し舟の話"]),
        ("from: {tags: [生成AI]}", ["生成の話", "動画の話"]),
        ("from: {tags: [生成AI, 検索]}", ["検索の話", "生成の話", "動画の話"]),
        ("from: {tags: [生成AI], media: [video]}", ["動画の話"]),
        ("from: {tags: [生成ＡＩ]}", ["生成の話", "動画の話"]),
        ("from: {companies: [ミナモ]}", ["会社の話"]),
        ("from: {companies: [minamo]}", ["会社の話"]),
        ("from: {companies: [みなも計算舎]}", ["会社の話"]),
        ("from: {sources: [Night Ferry]}", ["渡し舟の話"]),
        ("from: {categories: [AI]}", ["渡し舟の話"]),
        ("from: {media: [video, tool]}", ["動画の話"]),
        ("from: {score: 4}", ["検索の話", "会社の話"]),
        ("from: {score: 3, tags: [生成AI]}", ["生成の話"]),
        ("top: 2", ["検索の話", "会社の話"]),
    ],
)
def test_a_rule_chooses_the_briefs(rule: str, wanted: list[str], tmp_path: Path) -> None:
    config = digests(f"{DAILY}, {rule}".rstrip(", "), more=CATEGORY)
    aliases = {"content/data/companies.yaml": "みなも計算舎: {aliases: [ミナモ, Minamo]}\n"}
    site = published(tmp_path, STORIES | aliases | {"site.yaml": config})
    assert titles(site.pages["daily/2026-04-07/"]) == wanted


def test_a_digest_without_briefs_has_no_page(tmp_path: Path) -> None:
    site = published(
        tmp_path,
        STORIES | {"site.yaml": digests(f"{DAILY}, from: {{tags: [ない]}}", more=CATEGORY)},
    )
    assert not [path for path in site.pages if path.startswith("daily/")]


def test_on_a_tie_the_older_brief_comes_first(tmp_path: Path) -> None:
    files = {
        "b": brief("湯呑みを作る", "2026-04-07 12:00", scores=rated(3)),
        "a": brief("茶碗の話", "2026-04-07 12:00", scores=rated(3)),
        "c": brief("早起きの話題", "2026-04-07 06:00", scores=rated(3)),
    }
    site = published(tmp_path, files | {"site.yaml": digests(DAILY)})
    assert titles(site.pages["daily/2026-04-07/"]) == ["早起きの話題", "茶碗の話", "湯呑みを作る"]


def test_one_story_by_two_publishers_stands_once(tmp_path: Path) -> None:
    files = {
        "a": brief("湯気の検索を三社が公開", "2026-04-07 06:00", scores=rated(3)),
        "b": brief("三社が湯気の検索を公開", "2026-04-07 07:00", publisher="港", scores=rated(4)),
    }
    page = published(tmp_path, files | {"site.yaml": digests(DAILY)}).pages["daily/2026-04-07/"]
    assert titles(page) == ["三社が湯気の検索を公開"]
    [others] = page.xpath("//article//details//li")
    assert "湯気の検索を三社が公開" in "".join(others.itertext())


def test_a_story_told_twice_takes_one_of_the_places(tmp_path: Path) -> None:
    files = {
        "a": brief("湯気の検索を三社が公開", "2026-04-07 06:00", scores=rated(5)),
        "b": brief("三社が湯気の検索を公開", "2026-04-07 07:00", scores=rated(4)),
        "c": brief("茶碗の話", "2026-04-07 08:00", scores=rated(3)),
        "d": brief("選ばれない鍋", "2026-04-07 08:00", scores=rated(2)),
    }
    site = published(tmp_path, files | {"site.yaml": digests(f"{DAILY}, top: 2")})
    assert titles(site.pages["daily/2026-04-07/"]) == ["湯気の検索を三社が公開", "茶碗の話"]


def test_the_numbers_of_the_day(tmp_path: Path) -> None:
    page = published(tmp_path, STORIES | {"site.yaml": digests(DAILY, more=CATEGORY)}).pages[
        "daily/2026-04-07/"
    ]
    rows = [" ".join(r.text_content().split()) for r in page.xpath("//dl[@class='tally']/div")]
    assert [re.sub(r".* (\S+) (\d+)\D*$", r"\1 \2", row) for row in rows] == [
        "最重要 1",
        "重要 1",
        "注目 1",
        "参考 1",
    ]
    assert "5本" in said(page, "//ul[@class='meta']")
    assert "3.5" in said(page, "//ul[@class='meta']")  # the mean of 5, 4, 3 and 2
    links = {
        href
        for s in ("_terms", "_publishers")
        for href in page.xpath(f"//section[@aria-labelledby='{s}']//a/@href")
    }
    assert {"/companies/%E3%83%9F%E3%83%8A%E3%83%A2/", "/sources/night-ferry/"} <= links


# --- addresses, neighbours, feeds ----------------------------------------------------------------

MONTHS = {
    f"b{i}": brief(f"話{i}", f"{day} 09:00", scores=rated(3))
    for i, day in enumerate(["2026-02-27", "2026-03-01", "2026-03-31", "2026-04-07"])
}


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("months")
    return published(root, MONTHS | {"site.yaml": digests(DAILY, WEEKLY)})


def test_editions_lead_to_each_other_over_days_without_news(months: Built) -> None:
    days = ["2026-02-27", "2026-03-01", "2026-03-31", "2026-04-07"]
    for index, day in enumerate(days):
        page = months.pages[f"daily/{day}/"]
        older = [f"/daily/{d}/" for d in days[max(0, index - 1) : index]]
        newer = [f"/daily/{d}/" for d in days[index + 1 : index + 2]]
        assert page.xpath("//main//a[@rel='prev']/@href") == older
        assert page.xpath("//main//a[@rel='next']/@href") == newer


def test_the_index_shows_the_newest_month_and_leads_to_each(months: Built) -> None:
    home = months.pages["daily/"]
    assert home.xpath("//*[contains(@class, 'issue-title')]/a/@href") == ["/daily/2026-04-07/"]
    addresses = [f"/daily/2026-{m}/" for m in ("04", "03", "02")]
    assert home.xpath("//nav[contains(@class, 'list-related')]//a/@href") == addresses
    march = months.pages["daily/2026-03/"]
    assert march.xpath("//*[contains(@class, 'issue-title')]/a/@href") == [
        "/daily/2026-03-31/",
        "/daily/2026-03-01/",
    ]
    assert "2026年3月" in said(march, "//h1")


def test_each_digest_has_a_feed_that_its_pages_announce(months: Built) -> None:
    for slug, newest in (("daily", "2026-04-07"), ("weekly", "2026-W15")):
        feed = feedparser.parse(months.root.joinpath(slug, "feed.xml").read_bytes())
        assert not feed.bozo
        assert feed.feed.link == f"https://news.example.com/{slug}/"
        links = [entry.link for entry in feed.entries]
        assert links[0] == f"https://news.example.com/{slug}/{newest}/"
        assert len(set(links)) == len(links) == len(editions(months, slug))
        assert "https://news.example.com/news/b3/" in feed.entries[0].content[0].value
        for path in (f"{slug}/", f"{slug}/{newest}/"):
            announced = months.pages[path].xpath("//link[@type='application/rss+xml']/@href")
            assert f"/{slug}/feed.xml" in announced


def test_nothing_points_nowhere(months: Built) -> None:
    wrong = {
        (path, href)
        for path, page in months.pages.items()
        for href in page.xpath("//a/@href")
        if months.is_ours(url := months.absolute(path, href)) and months.broken(url)
    }
    assert wrong == set()


def test_the_home_page_shows_the_newest_edition_of_each(months: Built) -> None:
    [section] = months.pages[""].xpath("//section[@aria-labelledby='_digests']")
    assert section.xpath(".//a/@href") == ["/daily/2026-04-07/", "/weekly/2026-W15/"]


# --- introductions ---------------------------------------------------------------------------


def test_an_introduction_stands_above_its_own_period(tmp_path: Path) -> None:
    words = "---\ntitle: 湯気の多い日\nauthor: hanako\n---\n**編集部**から。\n\n> 引用\n"
    site = published(
        tmp_path,
        MONTHS
        | {
            "site.yaml": digests(DAILY, WEEKLY),
            "content/digests/daily/2026-03-31.md": words,
            "content/digests/weekly/2026-W15.md": "---\n---\n週のまとめ。\n",
            "content/authors/hanako.md": "---\nname: 花子\n---\n",
        },
    )
    page = site.pages["daily/2026-03-31/"]
    [shown] = page.xpath("//section[contains(@class, 'introduction')]")
    assert " ".join(shown.text_content().split()) == "編集部から。 引用"
    assert shown.xpath(".//blockquote")
    assert said(page, "//h1") == "湯気の多い日"
    assert "2026年3月31日" in said(page, "//header[contains(@class, 'title')]")
    assert page.xpath("//main//a[@rel='author']/@href") == ["/authors/hanako/"]
    assert "週のまとめ。" in said(site.pages["weekly/2026-W15/"], "//main")
    introduced = [
        p for p in site.pages if site.pages[p].xpath("//section[contains(@class, 'introduction')]")
    ]
    assert sorted(introduced) == ["daily/2026-03-31/", "weekly/2026-W15/"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("content/digests/dayly/2026-04-07.md", "digest/unknown"),
        ("content/digests/2026-04-07.md", "digest/unknown"),
        ("content/digests/daily/2026-W15.md", "digest/period"),
        ("content/digests/daily/2026-4-7.md", "digest/period"),
        ("content/digests/daily/2026-02-30.md", "digest/period"),
        ("content/digests/daily/2026/04-07.md", "digest/period"),
        ("content/digests/weekly/2025-W53.md", "digest/period"),
    ],
)
def test_an_introduction_with_a_wrong_name_is_an_error(
    file: str, code: str, tmp_path: Path
) -> None:
    files = {"site.yaml": digests(DAILY, WEEKLY), file: "---\n---\nことば。\n"}
    with pytest.raises(ContentError) as caught:
        report(tmp_path, MONTHS | files)
    assert [(p.code, p.path) for p in caught.value.problems] == [(code, file)]


def test_what_nobody_will_read_is_told(tmp_path: Path) -> None:
    found = report(
        tmp_path,
        {
            "site.yaml": digests(
                DAILY,
                "slug: none, label: 無人, every: day, from: {tags: [無い話題]}",
            ),
            "content/digests/daily/2026-04-06.md": "---\n---\n速報の無い日です。\n",
            "a": brief("甲", "2026-04-07 10:00"),
        },
    )
    told = {(w.code, w.path): dict(w.args) for w in found.warnings}
    empty = told["digest/empty", "site.yaml"]
    assert (empty["label"], empty["number"]) == ("無人", "2")
    assert told["digest/no-briefs", "content/digests/daily/2026-04-06.md"]["period"] == "2026-04-06"
