"""The page plan: every page of the site as a path, a layout and a context.

Reading `Plan.pages` from top to bottom tells what the whole site consists of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from ssg.config import Config
from ssg.feeds import feed
from ssg.metadata import Heads
from ssg.model import Author, Card, Frozen, Headline, Link, Term
from ssg.navigation import shares
from ssg.site import Article, Cards, Site
from ssg.urls import Addresses, page_path
from ssg.views import (
    Address,
    ArchivesContext,
    AuthorContext,
    AuthorCount,
    AuthorsContext,
    Count,
    Group,
    Head,
    HomeContext,
    ListContext,
    Month,
    NotFoundContext,
    Pager,
    PagerItem,
    PostContext,
    RedirectContext,
    RobotsContext,
    SeriesBox,
    SitemapContext,
    TermsContext,
    Year,
)

SITEMAP_LIMIT = 50_000  # sitemaps.org, "Sitemap file limits"
GROUP_CARDS = 3
HOME_TAGS = 16
RELATED_TERMS = 12
_TITLE_LABELS = {
    "categories": "category_title",
    "tags": "tag_title",
    "companies": "company_title",
    "series": "one_series_title",
}


class Page(Frozen, frozen=True):
    """A page to render: `context`'s fields become the variables of `layout`.

    `origin` names the source file, or what made the page, for messages. A page with
    `modified` or `listed` stands in the sitemap.
    """

    path: str
    layout: str
    context: Any
    origin: str = ""
    listed: bool = False
    modified: datetime | None = None
    images: tuple[str, ...] = ()


class Plan:
    """Plans the pages of one site. `texts` are the rendered biographies and summaries."""

    def __init__(
        self,
        site: Site,
        config: Config,
        addresses: Addresses,
        cards: Cards,
        heads: Heads,
        categories: Sequence[Term],
        texts: dict[str, str],
    ) -> None:
        self.site = site
        self.config = config
        self.addresses = addresses
        self.cards = cards
        self.heads = heads
        self.categories = categories
        self.texts = texts
        self.labels = config.labels
        self.authors = {a.id: a for a in site.authors}
        self.site_feeds = (
            Link(name=config.title, url=addresses.href("/feed.xml")),
            Link(name=config.title, url=addresses.href("/atom.xml")),
        )

    def pages(self) -> list[Page]:
        """Every page: posts and free pages, lists, feeds, and what search engines read."""
        pages = [
            *self.posts(),
            *self.home(),
            *self.latest(),
            *self.term_lists(),
            *self.term_indexes(),
            *self.author_pages(),
            *self.archives(),
            *self.redirects(),
            self.not_found(),
        ]
        return [*pages, *self.feeds(), *self.sitemap(pages), self.robots()]

    # --- posts and free pages

    def posts(self) -> Iterator[Page]:
        line = self.site.posts
        series = {t: a for t, a in self.site.by_term.items() if t.taxonomy == "series"}
        for index, article in enumerate(line):
            newer = line[index - 1].card if index else None
            older = line[index + 1].card if index + 1 < len(line) else None
            yield self.post(article, older, newer, self.series_box(article, series))
        for article in self.site.pages:
            yield self.post(article, None, None, None)

    def post(
        self, article: Article, older: Card | None, newer: Card | None, series: SeriesBox | None
    ) -> Page:
        post, card = article.post, article.card
        author = self.authors.get(post.author)
        crumbs = self.crumbs(
            *([Link(name=post.category.name, url=post.category.url)] if post.category else []),
            Link(name=post.title, url=post.url),
        )
        feeds = self.site_feeds
        context = PostContext(
            head=self.heads.article(article, crumbs, author, feeds),
            breadcrumb=crumbs,
            page=post,
            body=article.body,
            summary=self.texts.get(post.source, ""),
            minutes=card.minutes,
            cover=card.cover,
            author=author,
            author_html=self.texts.get(author.source, "") if author else "",
            sponsored=card.sponsored,
            share=shares(post.title, self.addresses.absolute(post.url)),
            series=series,
            previous=older,
            next=newer,
            related=self.site.related.get(post.source, ()),
        )
        return Page(
            path=post.path,
            layout=f"{post.layout}.html",
            context=context,
            origin=post.source,
            listed=True,
            modified=post.updated or post.date,
            images=(self.addresses.absolute(post.cover.src),) if post.cover else (),
        )

    def series_box(
        self, article: Article, series: dict[Term, tuple[Article, ...]]
    ) -> SeriesBox | None:
        terms = article.post.terms.get("series")
        if not terms:
            return None
        oldest_first = series[terms[0]][::-1]
        position = next(i for i, a in enumerate(oldest_first, 1) if a.post is article.post)
        cards = tuple(a.card for a in oldest_first)
        return SeriesBox(term=terms[0], position=position, cards=cards)

    # --- lists

    def home(self) -> Iterator[Page]:
        posts = self.site.posts
        size = self.config.page_size
        pager = self.pager("/", 1, max(1, -(-len(posts) // size)))
        description = self.config.tagline or self.config.title
        front = posts[:size]
        tags = [Count(term=t, count=len(a)) for t, a in self.site.terms("tags")[:HOME_TAGS]]
        context = HomeContext(
            head=self.heads.front(description, self.site_feeds, pager),
            page=Headline(text=self.config.title),
            lead=front[0].card if front else None,
            cards=tuple(a.card for a in front[1:]),
            groups=tuple(self.groups()),
            tags=tuple(tags),
            author=self.authors.get(self.config.author),
            pager=pager,
        )
        yield Page("/", "home.html", context, "home", True, _newest(posts))

    def groups(self) -> Iterator[Group]:
        for category in self.categories:
            articles = self.site.by_term.get(category, ())
            if articles:
                cards = tuple(a.card for a in articles[:GROUP_CARDS])
                yield Group(term=category, count=len(articles), cards=cards)

    def latest(self) -> Iterator[Page]:
        """The second and further pages of all posts; the first is the home page."""
        title = self.labels["latest_title"]
        description = self.labels["latest_description"].format(site=self.config.title)
        pages = self.listing("/", title, description, "latest", self.site.posts, self.crumbs())
        yield from list(pages)[1:]

    def term_lists(self) -> Iterator[Page]:
        for term in sorted(self.site.by_term, key=lambda t: t.path):
            articles = self.site.by_term[term]
            title = self.term_title(term)
            index = self.taxonomy_link(term.taxonomy)
            yield from self.listing(
                term.path,
                title,
                self.label("term_description", name=term.name),
                term.taxonomy,
                articles if term.taxonomy != "series" else articles[::-1],
                self.crumbs(index, Link(name=term.name, url=term.url)),
                feed_name=self.label("term_feed_title", name=title),
                related=self.related_terms(term, articles),
            )

    def related_terms(self, term: Term, articles: Sequence[Article]) -> tuple[Count, ...]:
        """The tags that the posts of a term carry most."""
        counts = Counter(t for a in articles for t in a.post.terms.get("tags", ()) if t != term)
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
        return tuple(Count(term=t, count=n) for t, n in ranked[:RELATED_TERMS])

    def term_indexes(self) -> Iterator[Page]:
        for taxonomy in ("categories", "series", *(t.name for t in self.config.taxonomies)):
            counts = [Count(term=t, count=len(a)) for t, a in self.site.terms(taxonomy)]
            if taxonomy == "categories":
                counts.sort(key=lambda c: self.categories.index(c.term))
            if not counts:
                continue
            link = self.taxonomy_link(taxonomy)
            crumbs = self.crumbs(link)
            description = self.label("terms_description", name=link.name)
            path = f"/{taxonomy}/"
            context = TermsContext(
                head=self.plain_head(path, link.name, description, crumbs),
                breadcrumb=crumbs,
                page=Headline(text=link.name),
                kind=taxonomy,
                terms=tuple(counts),
            )
            yield Page(path, "terms.html", context, taxonomy, True, _newest(self.site.posts))

    def author_pages(self) -> Iterator[Page]:
        written: dict[str, list[Article]] = defaultdict(list)
        for article in self.site.posts:
            written[article.post.author].append(article)
        for author in self.site.authors:
            yield from self.author(author, written[author.id])
        if self.site.authors:
            yield self.authors_index(written)

    def author(self, author: Author, articles: Sequence[Article]) -> Iterator[Page]:
        crumbs = self.crumbs(self.authors_link(), Link(name=author.name, url=author.url))
        description = author.tagline or self.label("author_description", name=author.name)
        own = self.term_feed(author.path, self.label("author_title", name=author.name))
        for pager, part in self.parts(author.path, articles):
            path = page_path(author.path, pager.number)
            context = AuthorContext(
                head=self.heads.profile(path, author, description, crumbs, own),
                breadcrumb=crumbs,
                page=author,
                author_html=self.texts.get(author.source, ""),
                count=len(articles),
                cards=tuple(a.card for a in part),
                pager=pager,
                feed=own,
            )
            yield Page(path, "author.html", context, author.source, True, _newest(articles))

    def authors_index(self, written: dict[str, list[Article]]) -> Page:
        link = self.authors_link()
        crumbs = self.crumbs(link)
        counts = [AuthorCount(author=a, count=len(written[a.id])) for a in self.site.authors]
        context = AuthorsContext(
            head=self.plain_head("/authors/", link.name, self.label("authors_description"), crumbs),
            breadcrumb=crumbs,
            page=Headline(text=link.name),
            authors=tuple(sorted(counts, key=lambda c: (-c.count, c.author.id))),
        )
        return Page("/authors/", "authors.html", context, "authors", True)

    def archives(self) -> Iterator[Page]:
        months: dict[tuple[int, int], list[Article]] = defaultdict(list)
        years: dict[int, list[Article]] = defaultdict(list)
        for article in self.site.posts:
            date = article.post.date
            months[date.year, date.month].append(article)
            years[date.year].append(article)
        index = Link(name=self.labels["archives_title"], url=self.addresses.href("/archives/"))
        for year, articles in years.items():
            yield from self.period(index, "year", articles, y=year)
        for (year, month), articles in months.items():
            yield from self.period(index, "month", articles, y=year, m=month)
        if years:
            yield self.archives_index(index, years, months)

    def period(
        self, index: Link, kind: str, articles: Sequence[Article], **date: int
    ) -> Iterator[Page]:
        title = self.label(f"{kind}_title", **date)
        path = f"/archives/{date['y']}/" + (f"{date['m']:02}/" if "m" in date else "")
        year_url = self.addresses.href(f"/archives/{date['y']}/")
        year = Link(name=self.label("year", **date), url=year_url)
        here = Link(name=self.label(kind, **date), url=self.addresses.href(path))
        crumbs = self.crumbs(index, *([year] if kind == "month" else []), here)
        description = self.label(f"{kind}_description", **date)
        yield from self.listing(path, title, description, kind, articles, crumbs)

    def archives_index(
        self,
        index: Link,
        years: dict[int, list[Article]],
        months: dict[tuple[int, int], list[Article]],
    ) -> Page:
        def url(*steps: str) -> str:
            return self.addresses.href("/archives/" + "/".join(steps) + "/")

        crumbs = self.crumbs(index)
        rows = tuple(
            Year(
                year=year,
                url=url(str(year)),
                count=len(found),
                months=tuple(
                    Month(month=m, url=url(str(y), f"{m:02}"), count=len(a))
                    for (y, m), a in sorted(months.items())
                    if y == year
                ),
            )
            for year, found in sorted(years.items(), reverse=True)
        )
        head = self.plain_head("/archives/", index.name, self.label("archives_description"), crumbs)
        page = Headline(text=index.name)
        context = ArchivesContext(head=head, breadcrumb=crumbs, page=page, years=rows)
        return Page("/archives/", "archives.html", context, "archives", True)

    def listing(
        self,
        base: str,
        title: str,
        description: str,
        kind: str,
        articles: Sequence[Article],
        crumbs: tuple[Link, ...],
        feed_name: str = "",
        related: tuple[Count, ...] = (),
    ) -> Iterator[Page]:
        """The pages of one list of posts. With `feed_name` it has a feed of its own."""
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
                related=related,
            )
            yield Page(path, "list.html", context, f"{base} ({kind})", True, _newest(part))

    # --- what is no list and no post

    def redirects(self) -> Iterator[Page]:
        title = Headline(text=self.labels["redirect_title"])
        for article in (*self.site.posts, *self.site.pages):
            target = self.addresses.absolute(article.post.url)
            for alias in article.post.aliases:
                context = RedirectContext(page=title, target=target)
                yield Page(alias, "redirect.html", context, article.post.source)

    def not_found(self) -> Page:
        title = self.labels["not_found_title"]
        head = self.heads.page("/404.html", self.heads.title(title), "", noindex=True)
        cards = tuple(a.card for a in self.site.posts[:3])
        context = NotFoundContext(head=head, page=Headline(text=title), cards=cards)
        return Page("/404.html", "404.html", context, "404")

    def feeds(self) -> Iterator[Page]:
        newest = [a for a in self.site.posts if a.post.feed][: self.config.feed_items]
        for name in ("/feed.xml", "/atom.xml", "/feed.json"):
            layout = {"/feed.xml": "rss.xml", "/atom.xml": "atom.xml", "/feed.json": "feed.json"}
            context = feed(
                self.label("feed_title"),
                self.config.tagline or self.config.title,
                "/",
                name,
                newest,
                self.heads,
                self.addresses,
                whole=True,
            )
            yield Page(name, f"feeds/{layout[name]}", context, "feed")
        for term, articles in self.site.by_term.items():
            yield self.summary_feed(term.path, self.term_title(term), articles)
        for author in self.site.authors:
            title = self.label("author_title", name=author.name)
            yield self.summary_feed(author.path, title, self.site.of_author(author.id))

    def summary_feed(self, base: str, title: str, articles: Sequence[Article]) -> Page:
        newest = [a for a in articles if a.post.feed][: self.config.feed_items]
        name = self.label("term_feed_title", name=title)
        own = f"{base}feed.xml"
        context = feed(name, name, base, own, newest, self.heads, self.addresses, whole=False)
        return Page(own, "feeds/rss.xml", context, f"{base} (feed)")

    def sitemap(self, pages: Iterable[Page]) -> Iterator[Page]:
        """One file, or an index of several when there are more addresses than one may hold."""
        rows = [
            Address(self.addresses.absolute(self.addresses.href(p.path)), p.modified, p.images)
            for p in sorted(pages, key=lambda p: p.path)
            if p.listed
        ]
        if len(rows) <= SITEMAP_LIMIT:
            yield Page("/sitemap.xml", "sitemap.xml", SitemapContext(tuple(rows)), "sitemap")
            return
        parts = []
        for number, start in enumerate(range(0, len(rows), SITEMAP_LIMIT), 1):
            path = f"/sitemap-{number}.xml"
            part = SitemapContext(tuple(rows[start : start + SITEMAP_LIMIT]))
            parts.append(Address(self.addresses.absolute(self.addresses.href(path))))
            yield Page(path, "sitemap.xml", part, "sitemap")
        yield Page("/sitemap.xml", "sitemap-index.xml", SitemapContext(tuple(parts)), "sitemap")

    def robots(self) -> Page:
        address = self.addresses.absolute(self.addresses.href("/sitemap.xml"))
        return Page("/robots.txt", "robots.txt", RobotsContext(sitemap=address), "robots")

    # --- parts

    def label(self, key: str, **blanks: object) -> str:
        return self.labels[key].format(site=self.config.title, **blanks)

    def crumbs(self, *steps: Link) -> tuple[Link, ...]:
        return (Link(name=self.labels["home"], url=self.addresses.href("/")), *steps)

    def plain_head(self, path: str, title: str, description: str, crumbs: Sequence[Link]) -> Head:
        one = Pager(number=1, total=1, items=())
        return self.heads.listing(path, title, description, crumbs, one)

    def term_title(self, term: Term) -> str:
        return self.label(_TITLE_LABELS.get(term.taxonomy, "term_title"), name=term.name)

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


def _newest(articles: Sequence[Article]) -> datetime | None:
    return max((a.post.updated or a.post.date for a in articles), default=None)
