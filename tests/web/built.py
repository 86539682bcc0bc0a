"""The built sample site: its pages, and the file that an address in them leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

NOT_PROSE = {"code", "kbd", "pre", "samp", "script", "style", "textarea"}

KINDS = {
    "home": "",
    "post": "posts/search-and-conversation/",
    "list": "page/2/",
    "month": "archives/2026/11/",
    "term": "tags/検索/",
    "terms": "tags/",
    "archives": "archives/",
    "author": "authors/taro/",
    "authors": "authors/",
    "page": "about/",
    "news": "news/washeng-pocket-agent/",
    "news list": "news/",
    "digest": "ai-daily/2026-11-20/",
    "digests": "weekly/",
    "trends": "trends/",
    "company": "companies/washeng/",
    "sources": "sources/",
    "premium": "premium/",
    "tokushoho": "tokushoho/",
    "404": "404.html",
}


@dataclass(frozen=True)
class Built:
    """An output folder. `url` is the site's own address, as its home page's canonical says."""

    root: Path

    @cached_property
    def pages(self) -> dict[str, HtmlElement]:
        """Every page by its path: `posts/検索の今/`, `404.html`, and "" for the home page."""
        return {self.path_of(file): parse(file) for file in sorted(self.root.rglob("*.html"))}

    @cached_property
    def url(self) -> str:
        return str(self.pages[""].xpath("string(//link[@rel='canonical']/@href)"))

    @cached_property
    def articles(self) -> dict[str, HtmlElement]:
        article = "//meta[@property='og:type' and @content='article']"
        return {path: page for path, page in self.pages.items() if page.xpath(article)}

    def of_kind(self, kind: str) -> str:
        """The path of the page that stands for its kind."""
        assert KINDS[kind] in self.pages, f"no page {KINDS[kind]!r}"
        return KINDS[kind]

    def first(self, xpath: str) -> str:
        """The path of the first page that has such an element."""
        return next(path for path, page in self.pages.items() if page.xpath(xpath))

    def path_of(self, file: Path) -> str:
        path = file.relative_to(self.root).as_posix()
        return path.removesuffix("index.html") if file.name == "index.html" else path

    def absolute(self, path: str, address: str) -> str:
        """An address on a page, in full."""
        return urljoin(self.url + path, address.strip())

    def is_ours(self, url: str) -> bool:
        return url.startswith(self.url)

    def file(self, url: str) -> Path | None:
        """The file that a host of static files sends for an address of this site."""
        path = unquote(urlsplit(url).path).removeprefix(unquote(urlsplit(self.url).path))
        file = self.root / path
        if path.endswith("/") or not path:
            file /= "index.html"
        return file if file.is_file() else None

    def broken(self, url: str) -> str:
        """Why an address of this site leads nowhere, or ""."""
        file = self.file(url)
        if not file:
            return "no such file"
        fragment = unquote(urldefrag(url).fragment)
        if not fragment or file.suffix != ".html":
            return ""
        ids = self.pages[self.path_of(file)].xpath("//@id")
        return "" if fragment in ids else "no such id"


def parse(file: Path) -> HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def addresses(page: HtmlElement) -> Iterator[str]:
    """Everything that a page links to, loads or names as itself."""
    yield from page.xpath("//@href | //@src | //@poster")
    for candidates in page.xpath("//@srcset | //@imagesrcset"):
        yield from (candidate.split()[0] for candidate in candidates.split(","))
    named = "@property='og:url' or @property='og:image' or @name='twitter:image'"
    yield from page.xpath(f"//meta[{named}]/@content")
    for refresh in page.xpath("//meta[@http-equiv='refresh']/@content"):
        yield refresh.split("url=", 1)[1]


def prose(page: HtmlElement) -> Iterator[str]:
    """The texts of a page, without code."""
    for text in page.xpath("//text()"):
        parent = text.getparent().getparent() if text.is_tail else text.getparent()
        lineage = [parent, *parent.iterancestors()]
        if not NOT_PROSE & {element.tag for element in lineage}:
            yield str(text)
