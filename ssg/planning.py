"""What the page plan is made with: pages that know their inputs, lists and pagers, titles, crumbs.

A page is a layout, a recipe and what the recipe is given. The recipe makes the context when the
page is rendered, from nothing but the style of the site and what it is given; so the digest of
these tells whether the page is stale, without making it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from ssg.cards import Cards, byline
from ssg.feeds import feed
from ssg.gather import Kit, Library
from ssg.kept import Kept
from ssg.ledger import Ledger
from ssg.metadata import Heads
from ssg.model import Body, Byline, Card, Frozen, Headline, Link, Term
from ssg.resolve import categories
from ssg.site import Article, Site, cards
from ssg.urls import page_path
from ssg.views import CompanyView, Count, Head, ListContext, Pager, PagerItem

_TITLE_LABELS = {
    "categories": "category_title",
    "tags": "tag_title",
    "companies": "company_title",
    "series": "one_series_title",
    "sources": "source_title",
}


class Page(Frozen, frozen=True, eq=False):
    """A page to render: the fields of the context that `recipe(style, **given)` makes become the
    variables of `layout`.

    `origin` names the source file, or what made the page, for messages. A page that is
    `listed` stands in the sitemap, with the moment it was `modified` and its `images`.
    """

    path: str
    layout: str
    recipe: Callable[..., Any]
    given: dict[str, Any]
    origin: str = ""
    listed: bool = False
    modified: datetime | None = None
    images: tuple[str, ...] = ()


class Style:
    """How this site's titles, crumbs, lists and addresses are made; knows none of its posts."""

    def __init__(self, kit: Kit, cards: Cards) -> None:
        self.config = kit.config
        self.labels = kit.config.labels
        self.addresses = kit.addresses
        self.heads = Heads(kit.config, kit.addresses, cards, kit.pictures)
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

    def feed_link(self, base: str, name: str) -> Link:
        return Link(name=name, url=self.addresses.href(f"{base}feed.xml"))

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


class Planner:
    """Knows the whole site; hands each page what it shows."""

    def __init__(self, site: Site, style: Style, kit: Kit, library: Library, ledger: Ledger):
        self.site = site
        self.style = style
        self.config = kit.config
        self.categories = categories(kit.config, kit.addresses)
        self.companies = {c.slug: c for c in library.data.companies}
        self.introductions = {(i.slug, i.period): i for i in library.introductions}
        self.authors = {a.id: a for a in site.authors}
        self.bylines = {i: byline(a) for i, a in library.authors.items()}
        self.ledger = ledger
        self.newest = newest(site.articles)

    def text(self, source: str) -> Kept[Body]:
        """The rendered text of an author or an introduction."""
        rendered = self.ledger.now[source].rendered
        assert rendered
        return self.ledger.kept("body", source, rendered.body)

    def author_text(self, author_id: str) -> Kept[Body] | None:
        author = self.authors.get(author_id)
        return self.text(author.source) if author else None

    def byline(self, author_id: str) -> Byline | None:
        return self.bylines.get(author_id)

    def single(
        self,
        recipe: Callable[..., Any],
        article: Article,
        older: Article | None,
        newer: Article | None,
        more: dict[str, Any],
    ) -> Page:
        """The page of one post or brief; `more` is what its recipe is given beside the usual."""
        place = article.place
        given = {
            "post": article.post,
            "body": article.body,
            "texts": article.texts,
            "card": article.card,
            "author": self.authors.get(place.author),
            "older": older.card if older else None,
            "newer": newer.card if newer else None,
            **more,
        }
        layout = f"{place.layout}.html"
        images = (self.style.addresses.absolute(place.cover_url),) if place.cover else ()
        return Page(place.path, layout, recipe, given, place.source, True, place.changed, images)

    def parts(
        self, articles: Sequence[Article]
    ) -> Iterator[tuple[dict[str, int], Sequence[Article]]]:
        """Each page of a list: its number and their total, and its articles."""
        size = self.config.page_size
        total = max(1, -(-len(articles) // size))
        for number in range(1, total + 1):
            position = {"number": number, "total": total}
            yield position, articles[(number - 1) * size : number * size]

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
        same = {
            "base": base,
            "title": title,
            "description": description,
            "kind": kind,
            "count": len(articles),
            "crumbs": crumbs,
            "feed_name": feed_name,
            **more,
        }
        for position, part in self.parts(articles):
            path = page_path(base, position["number"])
            given = {**same, **position, "shown": cards(part)}
            origin = f"{base} ({kind})"
            yield Page(path, "list.html", list_context, given, origin, True, newest(part))

    def summary_feed(self, base: str, title: str, articles: Sequence[Article]) -> Page:
        """A feed of the summaries of a list's newest posts."""
        name = self.style.label("term_feed_title", name=title)
        own = f"{base}feed.xml"
        given = {
            "title": name,
            "description": name,
            "link": base,
            "own": own,
            "items": tuple((a.post, a.card) for a in self.fed(articles)),
        }
        return Page(own, "feeds/rss.xml", feed_context, given, f"{base} (feed)")

    def fed(self, articles: Sequence[Article]) -> list[Article]:
        """The newest of these that feeds may carry."""
        found: list[Article] = []
        for article in articles:
            if len(found) == self.config.feed_items:
                break
            if article.place.feed:
                found.append(article)
        return found


def newest(articles: Sequence[Article]) -> datetime | None:
    """The last change of any of the articles."""
    return max((a.place.changed for a in articles), default=None)


def list_context(
    style: Style,
    base: str,
    title: str,
    description: str,
    kind: str,
    count: int,
    crumbs: tuple[Link, ...],
    feed_name: str,
    number: int,
    total: int,
    shown: tuple[Kept[Card], ...],
    related: tuple[Count, ...] = (),
    company: CompanyView | None = None,
    choices: tuple[Link, ...] = (),
) -> ListContext:
    own = style.feed_link(base, feed_name) if feed_name else None
    pager = style.pager(base, number, total)
    path = page_path(base, number)
    return ListContext(
        head=style.heads.listing(path, title, description, crumbs, pager, own),
        breadcrumb=crumbs,
        page=Headline(text=title),
        kind=kind,
        description=description,
        count=count,
        cards=tuple(c.value for c in shown),
        pager=pager,
        feed=own,
        related=related,
        company=company,
        choices=choices,
    )


def feed_context(style: Style, **given: Any) -> Any:
    return feed(style.heads, style.addresses, hubs=style.config.hubs, **given)
