"""What a reader sees and does, in Chromium, under the policy `default-src 'self'`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.built import KINDS, Built

WIDTHS = (320, 390, 1280)


@dataclass
class Complaints:
    """What went wrong while a page was open: a list of lines."""

    server: str
    lines: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda m: self.note(m.type in {"error", "warning"}, m.text))
        page.on("pageerror", lambda error: self.note(True, str(error)))
        page.on("requestfailed", lambda r: self.note(True, f"failed: {r.url}"))
        page.on("request", lambda r: self.note(not self.ours(r.url), f"foreign: {r.url}"))
        page.on("response", lambda r: self.note(r.status >= 400, f"{r.status}: {r.url}"))

    def ours(self, url: str) -> bool:
        return url.startswith((self.server, "data:", "blob:"))

    def note(self, wrong: bool, line: str) -> None:
        if wrong:
            self.lines.append(line)


Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def opened(server: str, browser: Browser) -> Iterator[Open]:
    """Opens a page of the site; any complaint of the browser fails the test at its end."""
    complaints = Complaints(server)

    @contextmanager
    def open_page(path: str, width: int = 1280, **options: Any) -> Iterator[Page]:
        viewport = {"width": width, "height": 900}
        options |= {"viewport": viewport, "locale": "ja-JP", "reduced_motion": "reduce"}
        with browser.new_context(**options) as context:
            page = context.new_page()
            complaints.watch(page)
            page.goto(server + path, wait_until="networkidle")
            yield page

    yield open_page
    assert complaints.lines == []


def images_that_fail(page: Page) -> list[str]:
    """The images that cannot be shown, those further down too."""
    failed: list[str] = page.evaluate(
        """async () => {
            const failed = []
            for (const image of document.images) {
                image.loading = 'eager'
                await image.decode().catch(() => failed.push(image.src))
            }
            return failed
        }"""
    )
    return failed


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_fits_and_loads(
    kind: str, width: int, built: Built, opened: Open
) -> None:
    with opened(built.of_kind(kind), width) as page:
        assert images_that_fail(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_missing_address_shows_the_404_page(server: str, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        response = page.goto(server + "ない/場所/")
        assert response
        assert response.status == 404
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.styleSheets.length") == 1


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_switch_changes_the_scheme_and_remembers(
    system: str, built: Built, opened: Open
) -> None:
    def paper(page: Page) -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    with opened(built.of_kind("post"), color_scheme=system) as page:
        before = paper(page)
        page.locator("button.scheme").click()
        expect(page.locator("button.scheme")).to_have_attribute(
            "aria-pressed", "true" if system == "light" else "false"
        )
        changed = paper(page)
        assert changed != before
        page.reload()
        assert paper(page) == changed
        page.locator("button.scheme").click()
        assert paper(page) == before


def test_the_copy_button_copies_the_address(built: Built, opened: Open) -> None:
    post = built.of_kind("post")
    with opened(post, permissions=["clipboard-read", "clipboard-write"]) as page:
        button = page.locator("[data-copy]")
        button.click()
        expect(button).to_have_text(button.get_attribute("data-done") or "")
        copied = str(page.evaluate("navigator.clipboard.readText()"))
        assert built.file(copied) == built.file(built.url + post)


def test_a_line_of_the_contents_leads_to_its_heading(built: Built, opened: Open) -> None:
    with opened(built.of_kind("post"), 390) as page:
        link = page.locator("nav.toc:visible a").last
        heading = page.locator(f"[id='{unquote(link.get_attribute('href') or '')[1:]}']")
        expect(heading).to_have_count(1)
        expect(heading).not_to_be_in_viewport()
        link.click()
        expect(heading).to_be_in_viewport()


def test_contents_with_japanese_ids_exist(built: Built) -> None:
    [*ids] = built.pages[built.of_kind("post")].xpath("//nav[@class='toc']//a/@href")
    assert any(not unquote(href).isascii() for href in ids)


def test_the_player_asks_nobody_before_the_click(
    built: Built, server: str, browser: Browser
) -> None:
    path = built.first("//*[@data-youtube]")
    asked: list[str] = []
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.on("request", lambda r: asked.append(r.url))
        page.route("https://**", lambda route: route.fulfill(body="<p>video</p>"))
        page.goto(server + path, wait_until="networkidle")
        assert [url for url in asked if not url.startswith(server)] == []
        page.locator("[data-youtube]").first.evaluate("player => { player.dataset.start = '80' }")
        page.locator("[data-youtube] a").first.click()
        page.wait_for_load_state("networkidle")
        assert page.locator("[data-youtube] iframe").count() == 1
    (player,) = (u for u in asked if u.startswith("https://www.youtube-nocookie.com/embed/"))
    assert player.endswith("&start=80")


@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_the_text_is_there(kind: str, built: Built, opened: Open) -> None:
    with opened(built.of_kind(kind), 390, java_script_enabled=False) as page:
        expect(page.locator("h1").first).to_be_visible()
        assert len(page.locator("main").inner_text()) > 40
