"""What the page plan is made with: pages, lists and pagers, titles and crumbs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from ssg.feeds import feed
from ssg.gather import Kit, Library
from ssg.metadata import Heads
from ssg.model import Byline, Frozen, Headline, Link, Term
from ssg.resolve import categories
from ssg.site import Article, Cards, Site
from ssg.urls import page_path
from ssg.views import Head, ListContext, Pager, PagerItem

_TITLE_LABELS = {
    "categories": "category_title",
    "tags": "tag_title",
    "companies": "company_title",
    "series": "one_series_title",
    "sources": "source_title",
}


class Page(Frozen, frozen=True):
    """A page to render: `context`'s fields become the variables of `layout`.

    `origin` names the source file, or what made the page, for messages. A page that is
    `listed` stands in the sitemap, with the moment it was `modified` and its `images`.
    """

    path: str
    layout: str
    context: Any
    origin: str = ""
    listed: bool = False
    modified: datetime | None = None
    images: tuple[str, ...] = ()


class Planner:
    """Knows the site and how its lists, titles and addresses are made. `texts` are rendered
    summaries, biographies and introductions, by source.
    """

    def __init__(
        self, site: Site, kit: Kit, library: Library, cards: Cards, texts: dict[str, str]
    ) -> None:
        self.site = site
        self.config = kit.config
        self.labels = kit.config.labels
        self.addresses = kit.addresses
        self.cards = cards
        self.heads = Heads(kit.config, kit.addresses, cards, kit.pictures)
        self.categories = categories(kit.config, kit.addresses)
        self.companies = {c.slug: c for c in library.data.companies}
        self.introductions = {(i.slug, i.period): i for i in library.introductions}
        self.texts = texts
        self.authors = {a.id: a for a in site.authors}
        self.site_feeds = (
            Link(name=kit.config.title, url=kit.addresses.href("/feed.xml")),
            Link(name=kit.config.title, url=kit.addresses.href("/atom.xml")),
        )

    def label(self, key: str, **blanks: object) -> str:
        return self.labels[key].format(site=self.config.title, **blanks)

    def crumbs(self, *steps: Link) -> tuple[Link, ...]:
        return (Link(name=self.labels["home"], url=self.addresses.href("/")), *steps)

    def day(self, day: date) -> str:
        return self.labels["date"].format(y=day.year, m=day.month, d=day.day)

    def byline(self, author_id: str) -> Byline | None:
        return self.cards.bylines.get(author_id)

    def plain_head(
        self,
        path: str,
        title: str,
        description: str,
        crumbs: Sequence[Link],
        own_feed: Link | None = None,
    ) -> Head:
        one = Pager(number=1, total=1, items=())
        return self.heads.listing(path, title, description, crumbs, one, own_feed)

    def term_title(self, term: Term) -> str:
        return self.label(_TITLE_LABELS.get(term.taxonomy, "term_title"), name=term.name)

    def news_link(self) -> Link:
        return Link(name=self.labels["news_title"], url=self.addresses.href("/news/"))

    def taxonomy_link(self, taxonomy: str) -> Link:
        own = {t.name: t.label for t in self.config.taxonomies}
        name = own.get(taxonomy) or self.labels[f"{taxonomy}_title"]
        return Link(name=name, url=self.addresses.href(f"/{taxonomy}/"))

    def authors_link(self) -> Link:
        return Link(name=self.labels["authors_title"], url=self.addresses.href("/authors/"))

    def term_feed(self, base: str, name: str) -> Link:
        return Link(name=name, url=self.addresses.href(f"{base}feed.xml"))

    def parts(
        self, base: str, articles: Sequence[Article]
    ) -> Iterator[tuple[Pager, Sequence[Article]]]:
        size = self.config.page_size
        total = max(1, -(-len(articles) // size))
        for number in range(1, total + 1):
            yield self.pager(base, number, total), articles[(number - 1) * size : number * size]

    def pager(self, base: str, number: int, total: int) -> Pager:
        """The neighbours, the ends, and two pages on either side; a gap has no address."""

        def url(page: int) -> str:
            return self.addresses.href(page_path(base, page))

        shown = sorted({1, total, *range(max(1, number - 2), min(total, number + 2) + 1)})
        items: list[PagerItem] = []
        for page in shown:
            if items and page - items[-1].number > 1:
                items.append(PagerItem(number=page - 1, url=""))
            items.append(PagerItem(number=page, url=url(page)))
        return Pager(
            number=number,
            total=total,
            items=tuple(items),
            previous=url(number - 1) if number > 1 else "",
            next=url(number + 1) if number < total else "",
        )

    def listing(
        self,
        base: str,
        title: str,
        description: str,
        kind: str,
        articles: Sequence[Article],
        crumbs: tuple[Link, ...],
        feed_name: str = "",
        **more: Any,
    ) -> Iterator[Page]:
        """The pages of one list of posts. With `feed_name` it has a feed of its own; `more`
        are further fields of `ListContext`.
        """
        own = self.term_feed(base, feed_name) if feed_name else None
        for pager, part in self.parts(base, articles):
            path = page_path(base, pager.number)
            context = ListContext(
                head=self.heads.listing(path, title, description, crumbs, pager, own),
                breadcrumb=crumbs,
                page=Headline(text=title),
                kind=kind,
                description=description,
                count=len(articles),
                cards=tuple(a.card for a in part),
                pager=pager,
                feed=own,
                **more,
            )
            yield Page(path, "list.html", context, f"{base} ({kind})", True, newest(part))

    def summary_feed(self, base: str, title: str, articles: Sequence[Article]) -> Page:
        newest = [a for a in articles if a.post.feed][: self.config.feed_items]
        name = self.label("term_feed_title", name=title)
        own = f"{base}feed.xml"
        context = feed(name, name, base, own, newest, self.heads, self.addresses, whole=False)
        return Page(own, "feeds/rss.xml", context, f"{base} (feed)")


def newest(articles: Sequence[Article]) -> datetime | None:
    """The last change of any of the articles."""
    return max((a.post.updated or a.post.date for a in articles), default=None)
