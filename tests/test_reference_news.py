"""A whole news brief, as a news desk of this kind publishes it: every line of it is on our page.

The text dump of such a brief is read from beside the repository; where there is none, there is
nothing to try. Here it is typed in the way our editors do.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement

from ssg.data import SELLER_ROWS
from tests.conftest import REPO
from tests.newsroom import brief, published, rated
from tests.web.built import Built

REFERENCE = REPO.parent / "shared/seeds/004_328a6221c3bbb1c0.txt"
__test__ = REFERENCE.is_file()

URL = "https://decoder.example.com/story"
HEADER = {
    "最新ニュース": "/news/", "AI日報": "/ai-daily/", "Hacker日報": "/hacker-daily/",
    "週報": "/weekly/", "動画": "/videos/", "AIツール": "/tools/", "トレンド": "/trends/",
    "企業": "/companies/",
}  # fmt: skip
FOOTER = {
    "最新ニュース": "/news/", "日報": "/ai-daily/", "トレンド": "/trends/", "企業": "/companies/",
    "プレミアム": "/premium/", "RSS": "/feed.xml", "特定商取引法に基づく表記": "/tokushoho/",
}  # fmt: skip
AXES = ("depth", "relevance", "practicality", "novelty")


class Dump:
    """The lines of a brief by their numbers, and what each of them is."""

    def __init__(self) -> None:
        text = REFERENCE.read_text(encoding="utf-8")
        self.lines = dict(enumerate(text.split("\n"), 1))
        self.publisher, self.moment, self.reading = self[11].split("·")
        self.title = self[13]
        names = self[15].split("#")[1:]
        self.topics, self.companies = names[:3], names[3:]
        self.axes = [(self[n], int(self[n + 1])) for n in (23, 25, 27, 29)]
        self.points = [(self[n], self[n + 2]) for n in (36, 42, 48, 54)]
        self.original = [self[77], self[79]]

    def __getitem__(self, number: int) -> str:
        return self.lines[number].strip()

    def site(self) -> str:
        def menu(items: dict[str, str]) -> str:
            return json.dumps([{"label": n, "url": u} for n, u in items.items()])

        return f"""title: {self[1]}
tagline: {self[6]}
url: https://desk.example.com
navigation:
  header: {menu(HEADER)}
  footer: {menu(FOOTER)}
digests:
  - {{slug: ai-daily, label: AI日報, every: day}}
  - {{slug: hacker-daily, label: Hacker日報, every: day, from: {{sources: [Hacker News]}}}}
  - {{slug: weekly, label: 週報, every: week}}
"""

    def brief(self) -> str:
        return brief(
            self.title,
            moment(self.moment),
            source={"name": self.publisher, "url": URL, "lang": "en"},
            tags=self.topics,
            companies=self.companies,
            tldr=self[18],
            scores={axis: value for axis, (_, value) in zip(AXES, self.axes, strict=True)},
            analysis={"at": moment(self[20]), "impact": self[62], "comment": self[66]},
            key_points=[{"title": title, "text": text} for title, text in self.points],
            original={"text": "\n\n".join(self.original), "lang": "en"},
            body=self[71],
        )

    def related(self) -> dict[str, tuple[str, int, str, str, str]]:
        """Publisher, score, moment, title and summary of each related brief."""
        found = {}
        for number in (91, 97, 103):
            parts = re.fullmatch(r"(.+)★(\d)(\d{4}年.+)", self[number])
            assert parts
            title, text = self[number + 2], self[number + 4]
            found[f"related-{number}"] = (parts[1], int(parts[2]), moment(parts[3]), title, text)
        return found

    def files(self) -> dict[str, str]:
        page = "---\ntitle: {}\ndate: 2026-01-01\nlayout: {}\n---\n"
        related = {
            name: brief(
                title, when, publisher=publisher, tldr=text, scores=rated(score), tags=self.topics
            )
            for name, (publisher, score, when, title, text) in self.related().items()
        }
        others = {
            "film": brief("動画", "2026-01-01", media="video", publisher="Hacker News"),
            "tool": brief("道具", "2026-01-01", media="tool"),
            "content/pages/premium.md": page.format("プレミアム", "premium"),
            "content/pages/tokushoho.md": page.format("特定商取引法に基づく表記", "tokushoho"),
            "content/data/plans.yaml": "premium: {name: プレミアム, price: 480円}\n",
            "content/data/tokushoho.yaml": "".join(f"{r}: 「{r}」\n" for r in SELLER_ROWS),
        }
        return {"site.yaml": self.site(), "story": self.brief()} | related | others


def moment(text: str) -> str:
    """`2026年4月7日 20:43`, wherever it stands, as front matter has it."""
    parts = re.search(r"(\d{4})年(\d+)月(\d+)日 (\d+:\d+)$", text)
    assert parts
    return f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02} {parts[4]}"


def said(page: HtmlElement, xpath: str) -> str:
    [element] = page.xpath(xpath)
    return " ".join(element.text_content().split())


def details(page: HtmlElement, summary: str) -> str:
    return said(page, f"//details[normalize-space(summary)='{summary}']")


@pytest.fixture(scope="module")
def dump() -> Dump:
    return Dump()


@pytest.fixture(scope="module")
def site(dump: Dump, tmp_path_factory: pytest.TempPathFactory) -> Built:
    root: Path = tmp_path_factory.mktemp("reference-news")
    return published(root, dump.files())


@pytest.fixture(scope="module")
def page(site: Built) -> HtmlElement:
    return site.pages["news/story/"]


def test_b1_to_b6_what_stands_around(dump: Dump, site: Built, page: HtmlElement) -> None:
    header, footer = page.xpath("//body/header")[0], page.xpath("//footer")[0]
    assert dump[1] == dump[4]
    assert dump[1] in header.text_content()
    assert "".join(HEADER) == dump[2]
    links = {a.text_content().strip(): a.get("href") for a in header.xpath(".//nav//a")}
    assert links == HEADER
    assert dump[6] in site.pages[""].text_content()
    words = footer.text_content()
    assert all(name in words for name in FOOTER)
    assert dump[8] == "".join(list(FOOTER)[:6])
    assert "© 2026" in words
    assert dump[9].startswith("© 2026")
    assert dump[9].endswith(list(FOOTER)[-1])
    hrefs = set(footer.xpath(".//a/@href"))
    assert set(FOOTER.values()) <= hrefs
    addresses = {site.absolute("", url) for url in (*HEADER.values(), *FOOTER.values())}
    assert [url for url in addresses if site.broken(url)] == []


def test_b7_to_b10_and_b28_who_when_about_what_and_the_ways_on(
    dump: Dump, page: HtmlElement
) -> None:
    shown = f"{dump.publisher} {dump.moment} {dump.reading}"
    assert said(page, "//ul[@class='meta']") == shown
    [above, below] = page.xpath("//ul[contains(@class, 'ways')]")
    assert "".join(above.text_content().split()) == dump[10]
    assert below.text_content() == above.text_content()  # one wording, above and below
    assert below.xpath(".//a/@href") == ["/news/", URL]
    assert said(page, "//h1") == dump.title
    tags = page.xpath("//div[@class='hashtags']//a")
    assert "".join(a.text_content().strip() for a in tags) == dump[15]


def test_b11_to_b15_summary_score_and_points(dump: Dump, page: HtmlElement) -> None:
    assert said(page, "//section[@aria-labelledby='_tldr']") == f"{dump[16]} {dump[18]}"
    analysis = said(page, "//section[@aria-labelledby='_analysis']")
    heading, day, clock = dump[20].partition("2026年")[0], *dump[20].split("層分析")[1].split()
    assert analysis.startswith(f"{heading} {day} {clock} {dump[21]} ")
    assert "".join(dump[22].split()).replace("/", "") in analysis.replace(" ", "").replace("/", "")
    rows = page.xpath("//section[@aria-labelledby='_analysis']//dl/div")
    shown = ["".join(row.text_content().split()) for row in rows]
    assert shown == [f"{label}{value}" for label, value in dump.axes]
    points = page.xpath("//section[@aria-labelledby='_points']//ol/li")
    assert [tuple(p.text_content() for p in li) for li in points] == dump.points
    assert dump[32] in said(page, "//section[@aria-labelledby='_points']")


def test_b16_to_b22_folds_text_and_attribution(dump: Dump, page: HtmlElement) -> None:
    opinion = details(page, dump[58])
    for number in (60, 62, 64, 66):
        assert dump[number] in opinion
    assert dump[71] in said(page, "//article[@class='post']/div[@class='prose']")
    said_here = said(page, "//div[@class='origin']/p")
    before, _, after = dump[73].partition("「")
    assert said_here == f"{before}「{dump.title}」{after.rpartition('」')[2]}"
    assert details(page, dump[75]) == " ".join([dump[75], *dump.original])
    assert page.xpath("//details/blockquote/@lang") == ["en"]
    assert not page.xpath("//details[@open]")


def test_b23_boilerplate_and_b19_images_are_left_out(dump: Dump, page: HtmlElement) -> None:
    words = page.text_content()
    assert dump[68] == dump[69]
    assert not page.xpath(f"//img[@alt='{dump[68]}']")
    assert not [n for n in (81, 83, 85) if dump[n] in words]


def test_b24_to_b27_share_and_related(dump: Dump, page: HtmlElement) -> None:
    assert said(page, "//section[@class='share']/h2") == dump[87]
    assert said(page, "//section[@class='related']/h2") == dump[89]
    rows = {
        row.xpath(".//h3/a/@href")[0].split("/")[2]: row
        for row in page.xpath("//section[@class='related']//article")
    }
    assert rows.keys() == dump.related().keys()
    for name, (publisher, score, when, title, text) in dump.related().items():
        shown = " ".join(rows[name].text_content().split())
        moment_there = dump[int(name.removeprefix("related-"))].partition(f"★{score}")[2]
        assert moment(moment_there) == when
        for part in (publisher, f"★{score}", moment_there, title, text):
            assert re.search(rf"(^|\s){re.escape(part)}(\s|$)", shown), part


def test_machines_read_the_same(dump: Dump, page: HtmlElement) -> None:
    [script] = page.xpath("//script[@type='application/ld+json']/text()")
    graph: list[dict[str, Any]] = json.loads(script)["@graph"]
    article = next(thing for thing in graph if thing["@type"] == "NewsArticle")
    assert article["headline"] == dump.title
    assert article["isBasedOn"]["url"] == URL
    assert article["isBasedOn"]["publisher"]["name"] == dump.publisher
    assert article["datePublished"].startswith(moment(dump.moment).replace(" ", "T"))
    assert article["datePublished"].endswith("+09:00")
