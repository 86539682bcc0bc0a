"""The page plan: every page of the site as a path, a layout and a context.

Reading `plan_pages` from top to bottom tells what the whole site consists of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssg.desk import desk_pages, newest_stories, news_sitemap
from ssg.digests import Editions, digest_pages, latest_digests
from ssg.feeds import feed
from ssg.lists import archives, author_pages, term_indexes, term_lists
from ssg.model import Card, Headline, Link, Term
from ssg.navigation import shares
from ssg.planning import Page, Planner, newest
from ssg.site import Article
from ssg.views import (
    Address,
    Count,
    Group,
    HomeContext,
    NotFoundContext,
    PostContext,
    RedirectContext,
    RobotsContext,
    SeriesBox,
    SitemapContext,
)

SITEMAP_LIMIT = 50_000  # sitemaps.org, "Sitemap file limits"
SITEMAPS = ("/sitemap.xml", "/news-sitemap.xml")
FEEDS = {"/feed.xml": "rss.xml", "/atom.xml": "atom.xml", "/feed.json": "feed.json"}
GROUP_CARDS = 3
HOME_TAGS = 16
HOME_BRIEFS = 8


def plan_pages(planner: Planner, editions: Sequence[Editions]) -> list[Page]:
    """Every page: posts and free pages, lists, feeds, and what search engines read."""
    pages = [
        *posts(planner),
        *home(planner, editions),
        *latest(planner),
        *term_lists(planner),
        *term_indexes(planner),
        *author_pages(planner),
        *archives(planner),
        *desk_pages(planner),
        *digest_pages(editions),
        *redirects(planner),
        not_found(planner),
    ]
    maps = [*sitemap(planner, pages), *news_sitemap(planner)]
    return [*pages, *feeds(planner), *maps, robots(planner, maps)]


def posts(planner: Planner) -> Iterator[Page]:
    line = planner.site.posts
    series = {t: a for t, a in planner.site.by_term.items() if t.taxonomy == "series"}
    for index, article in enumerate(line):
        newer = line[index - 1].card if index else None
        older = line[index + 1].card if index + 1 < len(line) else None
        yield post_page(planner, article, older, newer, series_box(planner, article, series))
    for article in planner.site.pages:
        yield post_page(planner, article, None, None, None)


def post_page(
    planner: Planner,
    article: Article,
    older: Card | None,
    newer: Card | None,
    series: SeriesBox | None,
) -> Page:
    post, card = article.post, article.card
    author = planner.authors.get(post.author)
    crumbs = planner.crumbs(
        *([Link(name=post.category.name, url=post.category.url)] if post.category else []),
        Link(name=post.title, url=post.url),
    )
    feeds = planner.site_feeds
    context = PostContext(
        head=planner.heads.article(article, crumbs, author, feeds),
        breadcrumb=crumbs,
        page=post,
        body=article.body,
        summary=planner.texts.get(post.source, ""),
        minutes=card.minutes,
        cover=card.cover,
        author=author,
        author_html=planner.texts.get(author.source, "") if author else "",
        sponsored=card.sponsored,
        share=shares(post.title, planner.addresses.absolute(post.url)),
        series=series,
        previous=older,
        next=newer,
        related=planner.site.related.get(post.source, ()),
    )
    return Page(
        path=post.path,
        layout=f"{post.layout}.html",
        context=context,
        origin=post.source,
        listed=True,
        modified=post.updated or post.date,
        images=(planner.addresses.absolute(post.cover.src),) if post.cover else (),
    )


def series_box(
    planner: Planner, article: Article, series: dict[Term, tuple[Article, ...]]
) -> SeriesBox | None:
    terms = article.post.terms.get("series")
    if not terms:
        return None
    oldest_first = series[terms[0]][::-1]
    position = next(i for i, a in enumerate(oldest_first, 1) if a.post is article.post)
    cards = tuple(a.card for a in oldest_first)
    return SeriesBox(term=terms[0], position=position, cards=cards)


def home(planner: Planner, editions: Sequence[Editions]) -> Iterator[Page]:
    posts = planner.site.posts
    size = planner.config.page_size
    pager = planner.pager("/", 1, max(1, -(-len(posts) // size)))
    description = planner.config.tagline or planner.config.title
    front = posts[:size]
    tags = [Count(term=t, count=len(a)) for t, a in planner.site.terms("tags")[:HOME_TAGS]]
    context = HomeContext(
        head=planner.heads.front(description, planner.site_feeds, pager),
        page=Headline(text=planner.config.title),
        lead=front[0].card if front else None,
        cards=tuple(a.card for a in front[1:]),
        groups=tuple(groups(planner)),
        tags=tuple(tags),
        author=planner.authors.get(planner.config.author),
        pager=pager,
        briefs=newest_stories(planner, HOME_BRIEFS),
        news=planner.news_link() if planner.site.briefs else None,
        digests=latest_digests(editions),
    )
    yield Page("/", "home.html", context, "home", True, newest(planner.site.articles))


def groups(planner: Planner) -> Iterator[Group]:
    for category in planner.categories:
        articles = planner.site.by_term.get(category, ())
        shown = [a for a in articles if a.post.section == "posts"] or articles
        if articles:
            cards = tuple(a.card for a in shown[:GROUP_CARDS])
            yield Group(term=category, count=len(articles), cards=cards)


def latest(planner: Planner) -> Iterator[Page]:
    """The second and further pages of all posts; the first is the home page."""
    title = planner.labels["latest_title"]
    description = planner.labels["latest_description"].format(site=planner.config.title)
    pages = planner.listing("/", title, description, "latest", planner.site.posts, planner.crumbs())
    yield from list(pages)[1:]


def redirects(planner: Planner) -> Iterator[Page]:
    title = Headline(text=planner.labels["redirect_title"])
    for article in (*planner.site.articles, *planner.site.pages):
        target = planner.addresses.absolute(article.post.url)
        for alias in article.post.aliases:
            context = RedirectContext(page=title, target=target)
            yield Page(alias, "redirect.html", context, article.post.source)


def not_found(planner: Planner) -> Page:
    title = planner.labels["not_found_title"]
    head = planner.heads.page("/404.html", title, "", noindex=True)
    cards = tuple(a.card for a in (planner.site.posts or planner.site.briefs)[:3])
    context = NotFoundContext(head=head, page=Headline(text=title), cards=cards)
    return Page("/404.html", "404.html", context, "404")


def feeds(planner: Planner) -> Iterator[Page]:
    newest = [a for a in planner.site.articles if a.post.feed][: planner.config.feed_items]
    for name, layout in FEEDS.items():
        context = feed(
            planner.label("feed_title"),
            planner.config.tagline or planner.config.title,
            "/",
            name,
            newest,
            planner.heads,
            planner.addresses,
            whole=True,
        )
        yield Page(name, f"feeds/{layout}", context, "feed")
    for term, articles in planner.site.by_term.items():
        yield planner.summary_feed(term.path, planner.term_title(term), articles)
    for author in planner.site.authors:
        title = planner.label("author_title", name=author.name)
        yield planner.summary_feed(author.path, title, planner.site.of_author(author.id))


def sitemap(planner: Planner, pages: Iterable[Page]) -> Iterator[Page]:
    """One file, or an index of several when there are more addresses than one may hold."""
    rows = [
        Address(planner.addresses.absolute(planner.addresses.href(p.path)), p.modified, p.images)
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
        parts.append(Address(planner.addresses.absolute(planner.addresses.href(path))))
        yield Page(path, "sitemap.xml", part, "sitemap")
    yield Page("/sitemap.xml", "sitemap-index.xml", SitemapContext(tuple(parts)), "sitemap")


def robots(planner: Planner, maps: Iterable[Page]) -> Page:
    addresses = (planner.addresses.href(p.path) for p in maps if p.path in SITEMAPS)
    context = RobotsContext(tuple(planner.addresses.absolute(a) for a in addresses))
    return Page("/robots.txt", "robots.txt", context, "robots")
