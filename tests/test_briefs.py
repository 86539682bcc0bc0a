"""A news brief, from its front matter to what its page says to people and to machines."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from ssg.errors import ContentError
from tests.newsroom import brief, published, rated, report
from tests.web.built import Built

TITLE = "湯気の出る検索、三社が共同で公開"
FULL = brief(
    TITLE,
    "2026-04-07 20:43",
    kicker="検索の春",
    source={
        "name": "The Kettle",
        "url": "https://kettle.example.org/steam?a=1&b=2",
        "title": 'Three <labs> & "one" steam',
        "lang": "en",
        "published": "2026-04-07T09:30:00-04:00",
    },
    tags=["検索", "知的財産権"],
    companies=["ミナモ", "ハトバ"],
    tldr="三社が湯気の出る検索を公開した。",
    scores=rated(4, 5, 3, 2),
    analysis={
        "at": "2026-04-07 21:41",
        "impact": "**範囲**が広い。",
        "comment": "[続き](https://kettle.example.org/next)を待つ。",
    },
    key_points=[{"title": f"要点{n}", "text": f"{n}つ目の説明。"} for n in (1, 2, 3)],
    original={"text": "First paragraph.\n\nSecond <b>one</b>.", "lang": "en"},
    sources=[{"title": "報告書", "url": "https://report.example.org/1"}],
    body="本文の一段落目。\n\n本文の二段落目。",
)
OTHERS = {
    "same-story": brief(
        "湯気の出る検索、三社が共同公開", "2026-04-07 18:00",
        publisher="港の新聞", tags=["検索"], tldr="三社の発表。", scores=rated(3),
    ),
    "third-report": brief(
        "三社が共同で、湯気の出る検索を公開", "2026-04-06 09:00",
        publisher="駅の新聞", tags=["検索"], scores=rated(2),
    ),
    "later": brief("翌日の茶柱", "2026-04-08 08:00", tags=["検索"], scores=rated(5)),
    "plain": brief("点数のない話", "2026-04-05 07:00", tags=["検索"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    author = "---\nname: 花子\n---\n"
    config = "title: 湯気速報\nurl: https://news.example.com\nauthor: hanako\n"
    files = {"full": FULL, "site.yaml": config, "content/authors/hanako.md": author}
    return published(tmp_path_factory.mktemp("briefs"), files | OTHERS)


@pytest.fixture(scope="module")
def page(site: Built) -> HtmlElement:
    return site.pages["news/full/"]


def text(element: HtmlElement, xpath: str = ".") -> str:
    """The text of the first match, as it is read aloud: blanks folded."""
    [first, *_] = element.xpath(xpath)
    return " ".join(first.text_content().split())


def has(name: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


def things(page: HtmlElement, kind: str) -> dict[str, Any]:
    [script] = page.xpath("//script[@type='application/ld+json']/text()")
    return next(thing for thing in json.loads(script)["@graph"] if thing["@type"] == kind)


def test_it_says_who_told_it_when_and_how_long_it_takes(page: HtmlElement) -> None:
    assert text(page, "//ul[@class='meta']") == "The Kettle 2026年4月7日 20:43 約1分で読める"
    [time] = page.xpath("//ul[@class='meta']//time/@datetime")
    assert time == "2026-04-07T20:43:00+09:00"


def test_the_publisher_has_a_page(site: Built, page: HtmlElement) -> None:
    [href] = page.xpath("//ul[@class='meta']//a/@href")
    assert href == "/sources/the-kettle/"
    assert TITLE in text(site.pages["sources/the-kettle/"])
    assert "The Kettle" in text(site.pages["sources/"])


def test_the_same_two_ways_stand_above_and_below(page: HtmlElement) -> None:
    above, below = page.xpath(f"//ul[{has('ways')}]")
    assert text(above) == text(below) == "ニュース一覧 元記事を開く"
    for way in (above, below):
        assert way.xpath(".//a/@href") == ["/news/", "https://kettle.example.org/steam?a=1&b=2"]


def test_the_score_is_computed_and_shown_with_its_axes(page: HtmlElement) -> None:
    [box] = page.xpath("//section[@aria-labelledby='_analysis']")
    shown = text(box)
    assert "2026年4月7日 21:41" in shown
    assert re.search(r"4 重要 (/ )?5段階", shown)
    rows = [text(row) for row in box.xpath(".//dl/div")]
    assert rows == ["深度 40% 4", "関連度 30% 5", "実用性 20% 3", "革新性 10% 2"]
    assert "3.9" in shown


def test_the_summary_and_the_key_points(page: HtmlElement) -> None:
    assert (
        text(page, "//section[@aria-labelledby='_tldr']")
        == "TL;DR 三社が湯気の出る検索を公開した。"
    )
    points = page.xpath("//section[@aria-labelledby='_points']//ol/li")
    assert [text(p) for p in points] == [f"要点{n} {n}つ目の説明。" for n in (1, 2, 3)]


def test_hashtags_tell_topics_from_companies(page: HtmlElement) -> None:
    named = {
        part.get("aria-label"): [(text(a), a.get("href")) for a in part.xpath(".//a")]
        for part in page.xpath("//div[@class='hashtags']/ul")
    }
    assert list(named) == ["話題", "企業"]
    assert [name for name, _ in named["話題"]] == ["#検索", "#知的財産権"]
    assert [name for name, _ in named["企業"]] == ["#ミナモ", "#ハトバ"]
    assert [href.split("/")[1] for _, href in named["企業"]] == ["companies", "companies"]


def test_impact_and_comment_are_markdown_in_a_closed_fold(page: HtmlElement) -> None:
    [fold] = page.xpath(f"//details[{has('opinion')}]")
    assert fold.get("open") is None
    assert text(fold, "./summary") == "影響分析・編集コメントを表示"
    assert text(fold, ".//strong") == "範囲"
    assert fold.xpath(".//a[text()='続き']/@href") == ["https://kettle.example.org/next"]
    assert "花子" in text(fold)


def test_the_attribution_is_made_from_the_source(page: HtmlElement) -> None:
    said = text(page, "//div[@class='origin']/p")
    assert said == '本記事「Three <labs> & "one" steam」は、The Kettleで最初に公開されました。'
    [link] = page.xpath("//div[@class='origin']/p/a[@hreflang]")
    assert (link.get("lang"), link.get("href")) == (
        "en",
        "https://kettle.example.org/steam?a=1&b=2",
    )


def test_the_original_is_quoted_in_its_language(page: HtmlElement) -> None:
    [quote] = page.xpath("//details[summary[normalize-space()='原文を表示']]/blockquote")
    assert quote.get("lang") == "en"
    assert quote.get("cite") == "https://kettle.example.org/steam?a=1&b=2"
    assert [text(p) for p in quote.xpath("./p")] == ["First paragraph.", "Second <b>one</b>."]


def test_it_can_be_shared_without_scripts(page: HtmlElement) -> None:
    [section] = page.xpath("//section[@class='share']")
    assert text(section, "./h2") == "この記事をシェア"
    hosts = [href.split("/")[2] for href in section.xpath(".//a[@rel]/@href")]
    assert hosts == ["x.com", "b.hatena.ne.jp", "social-plugins.line.me", "www.facebook.com"]


def test_related_briefs_are_folded_and_said_in_words(page: HtmlElement) -> None:
    rows = page.xpath("//section[@class='related']//article")
    titles = [text(row, f".//*[{has('row-title')}]/a") for row in rows]
    assert len(titles) == len(set(titles)) == 3
    told = next(row for row in rows if row.xpath(".//details"))
    assert text(told, f".//*[{has('row-title')}]/a") == "湯気の出る検索、三社が共同公開"
    assert [text(a) for a in told.xpath(f".//details//*[{has('line-title')}]")] == [
        "三社が共同で、湯気の出る検索を公開"
    ]
    said = text(told)
    for part in ("港の新聞", "2026年4月7日 18:00", "★3", "三社の発表。"):
        assert re.search(rf"(^|\s){re.escape(part)}(\s|$)", said), part


def test_the_neighbours_are_by_time(page: HtmlElement) -> None:
    [previous] = page.xpath("//a[@rel='prev']/@href")
    [following] = page.xpath("//a[@rel='next']/@href")
    assert (previous, following) == ("/news/same-story/", "/news/later/")


def test_json_ld_names_what_the_brief_is_based_on(page: HtmlElement) -> None:
    article = things(page, "NewsArticle")
    assert article["headline"] == TITLE
    assert article["isBasedOn"] == {
        "@type": "CreativeWork",
        "url": "https://kettle.example.org/steam?a=1&b=2",
        "publisher": {"@type": "Organization", "name": "The Kettle"},
        "name": 'Three <labs> & "one" steam',
        "inLanguage": "en",
        "datePublished": "2026-04-07T22:30:00+09:00",
    }
    assert article["datePublished"] == "2026-04-07T20:43:00+09:00"
    assert article["description"] == "三社が湯気の出る検索を公開した。"
    assert article["author"]["name"] == "花子"
    assert article["keywords"] == ["検索", "知的財産権"]
    assert article["citation"][0]["url"] == "https://report.example.org/1"


def test_crumbs_lead_through_the_news(page: HtmlElement) -> None:
    trail = things(page, "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in trail] == ["ホーム", "最新ニュース", TITLE]


def test_a_brief_that_says_little_has_no_empty_boxes(site: Built) -> None:
    bare = site.pages["news/plain/"]
    for name in ("_tldr", "_analysis", "_points"):
        assert not bare.xpath(f"//section[@aria-labelledby='{name}']")
    assert not bare.xpath("//article[@class='post']//details | //blockquote")
    assert "点数のない話" in text(bare, "//div[@class='origin']/p")


@pytest.mark.parametrize(
    "original", ["本文そのもの。", {"text": "本文そのもの。"}, {"file": "original.txt"}]
)
def test_the_original_in_each_way_of_writing_it(original: object, tmp_path: Path) -> None:
    files = {
        "one": brief("原文つき", "2026-04-07", original=original),
        "content/news/original.txt": "\ufeff本文そのもの。\r\n",
    }
    page = published(tmp_path, files).pages["news/one/"]
    assert text(page, "//blockquote") == "本文そのもの。"
    assert page.xpath("//blockquote[@lang]") == []


def test_the_moment_of_the_date_is_early_enough_for_the_analysis(tmp_path: Path) -> None:
    same = brief("同じ時刻", "2026-04-07T12:00+09:00", analysis={"at": "2026-04-06T23:00-04:00"})
    assert report(tmp_path, {"one": same}).warnings == ()
    early = brief("一分前", "2026-04-07T12:00+09:00", analysis={"at": "2026-04-07T02:59Z"})
    with pytest.raises(ContentError) as caught:
        report(tmp_path, {"one": early})
    assert [p.code for p in caught.value.problems] == ["front-matter/analysis-early"]


def test_own_axes_words_and_weights(tmp_path: Path) -> None:
    config = """title: 速報
url: https://news.example.com
scores:
  axes:
    depth: {label: 深さ, weight: 50}
    speed: {label: 速さ, weight: 50}
  labels: {3: ほどほど}
"""
    half = brief("半分", "2026-04-07", scores={"speed": 3, "depth": 2})
    page = published(tmp_path, {"site.yaml": config, "one": half}).pages["news/one/"]
    shown = text(page, "//section[@aria-labelledby='_analysis']")
    assert "3 ほどほど" in shown
    assert shown.index("深さ 50% 2") < shown.index("速さ 50% 3")


def test_a_withheld_brief_is_nowhere(tmp_path: Path) -> None:
    later = brief("来月の秘密", "2026-07-01 09:00", companies=["秘密社"])
    site = published(
        tmp_path,
        {
            "now": brief("今日の話", "2026-05-31 09:00", companies=["開示社"]),
            "later": later,
            "draft": brief("下書きの秘密", "2026-05-31 09:00", draft=True),
        },
    )
    every = [file.read_bytes().decode() for file in site.root.rglob("*.[hxj][tms]*")]
    assert any("今日の話" in text for text in every)
    assert not [text for text in every if "秘密" in text]


@pytest.mark.parametrize(("hours", "folded"), [(48, True), (49, False)])
def test_related_stories_fold_within_two_days(hours: int, folded: bool, tmp_path: Path) -> None:
    first = datetime(2026, 4, 7, 12)  # noqa: DTZ001
    files = {
        "seed": brief("種の話", "2026-04-07 12:30", tags=["検索"]),
        "one": brief("湯気の検索を公開した", f"{first:%Y-%m-%d %H:%M}", tags=["検索"]),
        "two": brief(
            "湯気の検索を公開した",
            f"{first - timedelta(hours=hours):%Y-%m-%d %H:%M}",
            tags=["検索"],
        ),
    }
    page = published(tmp_path, files).pages["news/seed/"]
    assert bool(page.xpath("//section[@class='related']//details")) is folded
