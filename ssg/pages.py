"""The page plan: every page of the site as a path, a layout, a recipe and what it is given.

Reading `plan_pages` from top to bottom tells what the whole site consists of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from ssg.desk import brief_page, desk_pages, newest_stories, news_sitemap
from ssg.digests import Editions, digest_pages, latest_digests
from ssg.kept import Kept
from ssg.lists import archives, author_pages, term_indexes, term_lists
from ssg.model import Author, Body, Card, Headline, Link, Post, Term
from ssg.navigation import shares
from ssg.planning import Page, Planner, Style, feed_context
from ssg.site import Article, cards, story, story_cards
from ssg.views import (
    Address,
    Count,
    Digest,
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
        home(planner, editions),
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
    maps = [*sitemap(pages), *news_sitemap(planner)]
    return [*pages, *feeds(planner), *maps, robots(maps)]


# --- posts -----------------------------------------------------------------------------------


def posts(planner: Planner) -> Iterator[Page]:
    line = planner.site.posts
    series = {t: a for t, a in planner.site.by_term.items() if t.taxonomy == "series"}
    for index, article in enumerate(line):
        newer = line[index - 1] if index else None
        older = line[index + 1] if index + 1 < len(line) else None
        yield post_page(planner, article, older, newer, series)
    for article in planner.site.pages:
        yield post_page(planner, article, None, None, {})


def page_of(planner: Planner, old: Article, new: Article) -> Page:
    """The page of a post that was written anew, among the neighbours that the old one has."""
    line = planner.site.briefs if new.place.section == "news" else planner.site.posts
    at = next((i for i, a in enumerate(line) if a is old), None)
    newer = line[at - 1] if at else None
    older = line[at + 1] if at is not None and at + 1 < len(line) else None
    if new.place.section == "news":
        return brief_page(planner, new, older, newer)
    series = {t: a for t, a in planner.site.by_term.items() if t.taxonomy == "series"}
    return post_page(planner, new, older, newer, series)


def post_page(
    planner: Planner,
    article: Article,
    older: Article | None,
    newer: Article | None,
    series: dict[Term, tuple[Article, ...]],
) -> Page:
    place = article.place
    more = {
        "author_text": planner.author_text(place.author),
        "series": series_of(article, series),
        "related": cards(planner.site.related.get(place.source, ())),
    }
    return planner.single(post_context, article, older, newer, more)


def series_of(
    article: Article, series: dict[Term, tuple[Article, ...]]
) -> tuple[Term, int, tuple[Kept[Card], ...]] | None:
    """The series of a post, its position in it from 1, and the cards, oldest first."""
    terms = article.place.terms.get("series")
    if not terms or terms[0] not in series:
        return None
    oldest_first = series[terms[0]][::-1]
    sources = [a.place.source for a in oldest_first]
    return terms[0], sources.index(article.place.source) + 1, cards(oldest_first)


def post_context(
    style: Style,
    post: Kept[Post],
    body: Kept[Body],
    texts: Kept[dict[str, str]],
    card: Kept[Card],
    author: Author | None,
    author_text: Kept[Body] | None,
    series: tuple[Term, int, tuple[Kept[Card], ...]] | None,
    older: Kept[Card] | None,
    newer: Kept[Card] | None,
    related: tuple[Kept[Card], ...],
) -> PostContext:
    page, shown = post.value, card.value
    category = page.category
    crumbs = style.crumbs(
        *([Link(name=category.name, url=category.url)] if category else []),
        Link(name=page.title, url=page.url),
    )
    return PostContext(
        head=style.heads.article(page, shown, crumbs, author, style.site_feeds),
        breadcrumb=crumbs,
        page=page,
        body=body.value,
        summary=texts.value.get("summary", ""),
        minutes=shown.minutes,
        cover=shown.cover,
        author=author,
        author_html=author_text.value.html if author_text else "",
        sponsored=shown.sponsored,
        share=shares(page.title, style.addresses.absolute(page.url)),
        series=SeriesBox(series[0], series[1], tuple(c.value for c in series[2]))
        if series
        else None,
        previous=older.value if older else None,
        next=newer.value if newer else None,
        related=tuple(c.value for c in related),
    )


# --- the home page ---------------------------------------------------------------------------


def home(planner: Planner, editions: Sequence[Editions]) -> Page:
    line, size = planner.site.posts, planner.config.page_size
    tags = planner.site.terms("tags")[:HOME_TAGS]
    given = {
        "total": max(1, -(-len(line) // size)),
        "front": cards(line[:size]),
        "groups": tuple(groups(planner)),
        "tags": tuple(Count(term=t, count=len(a)) for t, a in tags),
        "author": planner.authors.get(planner.config.author),
        "briefs": story_cards(newest_stories(planner, HOME_BRIEFS)),
        "has_news": bool(planner.site.briefs),
        "digests": latest_digests(editions),
    }
    return Page("/", "home.html", home_context, given, "home", True, planner.newest)


def home_context(
    style: Style,
    total: int,
    front: tuple[Kept[Card], ...],
    groups: tuple[tuple[Term, int, tuple[Kept[Card], ...]], ...],
    tags: tuple[Count, ...],
    author: Author | None,
    briefs: Any,
    has_news: bool,
    digests: tuple[Digest, ...],
) -> HomeContext:
    pager = style.pager("/", 1, total)
    description = style.config.tagline or style.config.title
    shown = tuple(c.value for c in front)
    return HomeContext(
        head=style.heads.front(description, style.site_feeds, pager),
        page=Headline(text=style.config.title),
        lead=shown[0] if shown else None,
        cards=shown[1:],
        groups=tuple(Group(t, count, tuple(c.value for c in kept)) for t, count, kept in groups),
        tags=tags,
        author=author,
        pager=pager,
        briefs=tuple(map(story, briefs)),
        news=style.news_link() if has_news else None,
        digests=digests,
    )


def groups(planner: Planner) -> Iterator[tuple[Term, int, tuple[Kept[Card], ...]]]:
    for category in planner.categories:
        articles = planner.site.by_term.get(category, ())
        shown = [a for a in articles if a.place.section == "posts"] or articles
        if articles:
            yield category, len(articles), cards(shown[:GROUP_CARDS])


def latest(planner: Planner) -> Iterator[Page]:
    """The second and further pages of all posts; the first is the home page."""
    style = planner.style
    title = style.labels["latest_title"]
    description = style.labels["latest_description"].format(site=planner.config.title)
    pages = planner.listing("/", title, description, "latest", planner.site.posts, style.crumbs())
    yield from list(pages)[1:]


# --- the rest --------------------------------------------------------------------------------


def redirects(planner: Planner) -> Iterator[Page]:
    for article in (*planner.site.articles, *planner.site.pages):
        place = article.place
        for alias in place.aliases:
            given = {"url": place.url}
            yield Page(alias, "redirect.html", redirect_context, given, place.source)


def redirect_context(style: Style, url: str) -> RedirectContext:
    title = Headline(text=style.labels["redirect_title"])
    return RedirectContext(page=title, target=style.addresses.absolute(url))


def not_found(planner: Planner) -> Page:
    shown = (planner.site.posts or planner.site.briefs)[:3]
    return Page("/404.html", "404.html", not_found_context, {"shown": cards(shown)}, "404")


def not_found_context(style: Style, shown: tuple[Kept[Card], ...]) -> NotFoundContext:
    title = style.labels["not_found_title"]
    head = style.heads.page("/404.html", title, "", noindex=True)
    page = Headline(text=title)
    return NotFoundContext(head=head, page=page, cards=tuple(c.value for c in shown))


def feeds(planner: Planner) -> Iterator[Page]:
    style, site = planner.style, planner.site
    for name, layout in FEEDS.items():
        given = {
            "title": style.label("feed_title"),
            "description": planner.config.tagline or planner.config.title,
            "link": "/",
            "own": name,
            "items": tuple((a.post, a.card, a.body) for a in planner.fed(site.articles)),
        }
        yield Page(name, f"feeds/{layout}", feed_context, given, "feed")
    for term, articles in site.by_term.items():
        yield planner.summary_feed(term.path, style.term_title(term), articles)
    for author in site.authors:
        title = style.label("author_title", name=author.name)
        own = [a for a in site.articles if a.place.author == author.id]
        yield planner.summary_feed(author.path, title, own)


Row = tuple[str, datetime | None, tuple[str, ...]]


def sitemap(pages: Iterable[Page]) -> Iterator[Page]:
    """One file, or an index of several when there are more addresses than one may hold."""
    rows = sorted((p.path, p.modified, p.images) for p in pages if p.listed)
    if len(rows) <= SITEMAP_LIMIT:
        yield Page("/sitemap.xml", "sitemap.xml", sitemap_context, {"rows": rows}, "sitemap")
        return
    parts: list[Row] = []
    for number, start in enumerate(range(0, len(rows), SITEMAP_LIMIT), 1):
        path = f"/sitemap-{number}.xml"
        given = {"rows": rows[start : start + SITEMAP_LIMIT]}
        parts.append((path, None, ()))
        yield Page(path, "sitemap.xml", sitemap_context, given, "sitemap")
    yield Page("/sitemap.xml", "sitemap-index.xml", sitemap_context, {"rows": parts}, "sitemap")


def sitemap_context(style: Style, rows: Sequence[Row]) -> SitemapContext:
    whole, href = style.addresses.absolute, style.addresses.href
    return SitemapContext(tuple(Address(whole(href(p)), m, i) for p, m, i in rows))


def robots(maps: Iterable[Page]) -> Page:
    paths = tuple(p.path for p in maps if p.path in SITEMAPS)
    return Page("/robots.txt", "robots.txt", robots_context, {"paths": paths}, "robots")


def robots_context(style: Style, paths: tuple[str, ...]) -> RobotsContext:
    whole, href = style.addresses.absolute, style.addresses.href
    return RobotsContext(tuple(whole(href(p)) for p in paths))
