"""The news desk in Chromium: folds, figures, marks and menus, also without a mouse or colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml.html import HtmlElement
from playwright.sync_api import Browser, Page, expect

from tests.web.built import Built
from tests.web.test_json_ld import one

MENU = {
    "最新ニュース": "news/",
    "AI日報": "ai-daily/",
    "Hacker日報": "hacker-daily/",
    "週報": "weekly/",
    "動画": "videos/",
    "AIツール": "tools/",
    "トレンド": "trends/",
    "企業": "companies/",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A narrow window without scripts: what follows needs none."""
    viewport = {"width": 320, "height": 720}
    with browser.new_context(viewport=viewport, java_script_enabled=False) as context:
        yield context.new_page()


def texts(found: list[HtmlElement]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in found]


def test_every_fold_opens_and_closes_by_keyboard(page: Page, built: Built, server: str) -> None:
    page.goto(server + built.of_kind("news"))
    folds = page.locator("main details")
    assert folds.count() >= 3  # opinion, original, other reports
    for index in range(folds.count()):
        fold = folds.nth(index)
        inside = fold.locator("> :not(summary)").first
        expect(inside).to_be_hidden()
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(inside).to_be_visible()
        page.keyboard.press("Space")
        expect(inside).to_be_hidden()


def test_a_fold_is_reached_with_the_tab_key(page: Page, built: Built, server: str) -> None:
    page.goto(server + built.of_kind("news"))
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator("summary:focus").count():
            break
    focused = page.locator("summary:focus")
    expect(focused).to_have_count(1)
    expect(focused).to_be_in_viewport()


def test_open_folds_fit_a_narrow_window(page: Page, built: Built, server: str) -> None:
    for kind in ("news", "trends", "digest"):
        page.goto(server + built.of_kind(kind))
        for summary in page.locator("main summary").all():
            summary.click()
        width = page.locator("html").evaluate("root => root.scrollWidth")
        assert width <= 320, kind


def test_the_score_is_said_in_words(page: Page, built: Built, server: str) -> None:
    page.goto(server + built.of_kind("news"))
    analysis = page.get_by_role("region", name="AI深層分析")
    expect(analysis).to_contain_text("3 注目 5段階")
    tree = analysis.aria_snapshot()
    for axis in ("深度 40%", "関連度 30%", "実用性 20%", "革新性 10%"):
        assert axis in tree
    for drawing in analysis.locator("svg").all():
        assert drawing.get_attribute("aria-hidden") == "true"
        value = drawing.locator("xpath=following-sibling::*[1]")
        expect(value).to_have_text(str(drawing.locator("circle.on").count()))


def test_stars_in_lists_are_said_in_words(built: Built) -> None:
    page = built.pages[built.of_kind("news list")]
    stars = page.xpath("//*[contains(concat(' ', @class, ' '), ' stars ')]")
    assert stars
    for star in stars:
        hidden, heard = star.xpath("./*[@aria-hidden='true']"), star.xpath("./*[not(@aria-hidden)]")
        assert texts(hidden)[0].startswith("★")
        assert texts(hidden)[0][1:] in texts(heard)[0]
        assert len(heard) == 2  # the number and its word


def test_topics_and_companies_differ_by_name_and_sign(
    page: Page, built: Built, server: str
) -> None:
    page.goto(server + built.of_kind("news"))
    topics = page.get_by_role("list", name="話題", exact=True)
    companies = page.get_by_role("list", name="企業", exact=True)
    assert topics.get_by_role("link").count() > 0
    for company in companies.get_by_role("link").all():
        expect(company.locator("svg")).to_be_visible()
    expect(topics.locator("svg")).to_have_count(0)


def test_a_chart_has_its_numbers_in_a_table(page: Page, built: Built, server: str) -> None:
    page.goto(server + built.of_kind("trends"))
    sections = page.locator("section:has(svg.chart)")
    assert sections.count() == 2
    for section in sections.all():
        names = section.locator("li h3").all_inner_texts()
        section.locator("summary").focus()
        page.keyboard.press("Enter")
        table = section.get_by_role("table")
        expect(table).to_be_visible()
        rows = table.locator("tbody tr")
        assert [n.lstrip("#") for n in names] == rows.locator("th").all_inner_texts()
        assert section.locator("svg.chart").count() == rows.count()
        for index, row in enumerate(rows.all()):
            points = section.locator("svg.chart polyline").nth(index).get_attribute("points") or ""
            assert row.locator("td").count() == len(points.split())
        scrolling = section.locator("[role=group]")
        assert scrolling.get_attribute("tabindex") == "0"


def test_a_company_s_chart_tells_its_numbers(page: Page, built: Built, server: str) -> None:
    page.goto(server + built.of_kind("company"))
    chart = page.locator("main svg.chart")
    expect(chart).to_have_role("img")
    name = chart.get_attribute("aria-label") or ""
    points = chart.locator("polyline").get_attribute("points") or ""
    assert name.count(",") + 1 == len(points.split())


def test_the_header_leads_to_the_eight_pages(built: Built) -> None:
    for path in ("", built.of_kind("news"), built.of_kind("trends")):
        links = built.pages[path].xpath("//body/header//nav//a")
        named = dict(zip(texts(links), (a.get("href") for a in links), strict=True))
        leads = {name: named[name] for name in MENU}
        assert all(built.file(built.absolute(path, href)) for href in leads.values())
        assert {n: built.file(built.absolute(path, h)) for n, h in leads.items()} == {
            n: built.root / p / "index.html" for n, p in MENU.items()
        }


@pytest.mark.parametrize("width", [320, 1280])
def test_the_menu_can_be_reached(width: int, browser: Browser, built: Built, server: str) -> None:
    viewport = {"width": width, "height": 720}
    with browser.new_context(viewport=viewport, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(server)
        for name in MENU:
            link = page.locator("body > header nav").get_by_role("link", name=name, exact=True)
            link.scroll_into_view_if_needed()
            expect(link).to_be_in_viewport()


def test_the_important_news_need_no_script(page: Page, built: Built, server: str) -> None:
    page.goto(server + built.of_kind("news list"))
    choices = page.locator("nav.choices a")
    expect(choices).to_have_count(2)
    assert choices.nth(0).get_attribute("aria-current") == "page"
    choices.nth(1).click()
    assert page.locator("nav.choices a[aria-current=page]").count() == 1
    marks = page.locator(".stars-mark").all_inner_texts()
    assert marks
    assert set(marks) <= {"★4", "★5"}


def test_an_edition_leads_to_its_neighbours(page: Page, built: Built, server: str) -> None:
    page.goto(server + built.of_kind("digest"))
    here = page.url
    page.locator("main a[rel=prev]").click()
    assert page.url < here  # the day is the address
    page.locator("main a[rel=next]").click()
    assert page.url == here
    expect(
        page.get_by_role("region", name="編集部から").or_(page.locator(".introduction"))
    ).to_be_visible()


def test_every_brief_is_a_news_article_based_on_its_source(built: Built) -> None:
    briefs = [
        p for path, p in built.pages.items() if p.xpath("//main[contains(@class, 'page-brief')]")
    ]
    assert len(briefs) > 20
    for page in briefs:
        article = one(page, "NewsArticle")
        outside = page.xpath("//ul[contains(@class, 'ways')]//a[@rel]/@href")
        assert article["isBasedOn"]["url"] in outside
        assert article["isBasedOn"]["publisher"]["name"] in page.text_content()
        assert 0 < len(article["headline"]) <= 110
