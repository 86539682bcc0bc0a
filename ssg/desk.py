"""The news desk's own pages: briefs, their lists, what search engines' news wants, trends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from ssg.model import Card, Headline, Link, Story, Term
from ssg.navigation import shares
from ssg.periods import WEEK, period_of
from ssg.planning import Page, Planner, newest
from ssg.scores import mean_of
from ssg.site import Article, tell
from ssg.trends import Rise, mentions, rising, weekly
from ssg.views import (
    BriefContext,
    CompanyView,
    NewsAddress,
    NewsSitemapContext,
    Trend,
    TrendsContext,
)

IMPORTANT = 4  # from this score on a brief is in the important list
NEWS_SPAN = timedelta(hours=48)  # Google Search Central, "News sitemap best practices"
CHART = (100, 32)
_TREND_TAXONOMIES = ("tags", "companies")


def desk_pages(planner: Planner) -> Iterator[Page]:
    """Every page that only a site with briefs has."""
    if not planner.site.briefs:
        return
    yield from briefs(planner)
    yield from news_lists(planner)
    yield from media_lists(planner)
    yield from trend_pages(planner)


# --- briefs --------------------------------------------------------------------------------


def briefs(planner: Planner) -> Iterator[Page]:
    line = planner.site.briefs
    for index, article in enumerate(line):
        newer = line[index - 1].card if index else None
        older = line[index + 1].card if index + 1 < len(line) else None
        yield brief_page(planner, article, older, newer)


def brief_page(planner: Planner, article: Article, older: Card | None, newer: Card | None) -> Page:
    post = article.post
    crumbs = planner.crumbs(planner.news_link(), Link(name=post.title, url=post.url))
    author = planner.authors.get(post.author)
    context = BriefContext(
        head=planner.heads.article(article, crumbs, author, planner.site_feeds),
        breadcrumb=crumbs,
        page=post,
        body=article.body,
        impact=planner.texts.get(post.source + "#impact", ""),
        comment=planner.texts.get(post.source + "#comment", ""),
        minutes=article.card.minutes,
        cover=post.cover,
        author=author,
        sponsored=article.card.sponsored,
        share=shares(post.title, planner.addresses.absolute(post.url)),
        news=planner.news_link(),
        previous=older,
        next=newer,
        related=planner.site.stories.get(post.source, ()),
    )
    images = (planner.addresses.absolute(post.cover.src),) if post.cover else ()
    changed = post.updated or post.date
    return Page(post.path, f"{post.layout}.html", context, post.source, True, changed, images)


# --- lists -----------------------------------------------------------------------------------


def important(planner: Planner) -> tuple[Article, ...]:
    return tuple(a for a in planner.site.briefs if a.card.score >= IMPORTANT)


def news_lists(planner: Planner) -> Iterator[Page]:
    """All briefs, and the important ones: pages of their own instead of a script."""
    choices = (
        Link(name=planner.labels["all_news"], url=planner.addresses.href("/news/")),
        Link(name=planner.labels["important_only"], url=planner.addresses.href("/news/important/")),
    )
    for kind, base, articles in (
        ("news", "/news/", planner.site.briefs),
        ("important", "/news/important/", important(planner)),
    ):
        yield from named_list(planner, kind, base, articles, choices)


def media_lists(planner: Planner) -> Iterator[Page]:
    for kind, media in (("videos", "video"), ("tools", "tool")):
        articles = tuple(a for a in planner.site.briefs if a.card.media == media)
        if articles:
            yield from named_list(planner, kind, f"/{kind}/", articles)


def named_list(
    planner: Planner,
    kind: str,
    base: str,
    articles: Sequence[Article],
    choices: tuple[Link, ...] = (),
) -> Iterator[Page]:
    """A list whose title and description are labels, with a feed of its own."""
    title = planner.label(f"{kind}_title")
    description = planner.label(f"{kind}_description")
    here = Link(name=title, url=planner.addresses.href(base))
    steps = [here] if kind != "important" else [planner.news_link(), here]
    crumbs = planner.crumbs(*steps)
    feed_name = planner.label("term_feed_title", name=title)
    yield from planner.listing(
        base, title, description, kind, articles, crumbs, feed_name, choices=choices
    )
    yield planner.summary_feed(base, title, articles)


def news_sitemap(planner: Planner) -> Iterator[Page]:
    """The briefs of the 48 hours before the newest: the same on every day of the build."""
    line = planner.site.briefs
    if not line:
        return
    oldest = line[0].post.date - NEWS_SPAN
    rows = tuple(
        NewsAddress(
            url=planner.addresses.absolute(a.post.url), title=a.post.title, published=a.post.date
        )
        for a in line
        if a.post.date >= oldest
    )
    context = NewsSitemapContext(name=planner.config.title, addresses=rows)
    yield Page("/news-sitemap.xml", "news-sitemap.xml", context, "sitemap")


# --- trends ----------------------------------------------------------------------------------


def trend_pages(planner: Planner) -> Iterator[Page]:
    """What rises now, and week by week before. Now is the day of the newest brief."""
    line = planner.site.briefs
    days = {
        taxonomy: mentions((a.post.date.date(), a.post.terms.get(taxonomy, ())) for a in line)
        for taxonomy in _TREND_TAXONOMIES
    }
    last = line[0].post.date.date()
    sundays = _sundays((a.post.date.date() for a in line), last)
    home = planner.addresses.href("/trends/")
    history = tuple(
        Link(name=_week_title(planner, end), url=f"{home}{period_of(end, WEEK)}/")
        for end in sundays
    )
    title = Headline(text=planner.label("trends_title"))
    window = planner.config.trend_days
    yield trend_page(planner, "/trends/", title, last, window, days, history)
    for end in sundays:
        path, heading = f"/trends/{period_of(end, WEEK)}/", Headline(text=_week_title(planner, end))
        yield trend_page(planner, path, heading, end, 7, days, history)


def trend_page(
    planner: Planner,
    path: str,
    title: Headline,
    last: date,
    window: int,
    days: dict[str, dict[Term, list[date]]],
    history: tuple[Link, ...],
) -> Page:
    trends = Link(name=planner.label("trends_title"), url=planner.addresses.href("/trends/"))
    here = Link(name=title.text, url=planner.addresses.href(path))
    crumbs = planner.crumbs(trends, *([here] if path != "/trends/" else []))
    rises = {t: rising(days[t], last, window) for t in _TREND_TAXONOMIES}
    description = planner.label("trends_description")
    context = TrendsContext(
        head=planner.plain_head(path, title.text, description, crumbs),
        breadcrumb=crumbs,
        page=title,
        first=last - timedelta(days=window - 1),
        last=last,
        topics=tuple(_trend(r) for r in rises["tags"]),
        companies=tuple(_trend(r) for r in rises["companies"]),
        week_ends=tuple(last - timedelta(days=7 * n) for n in range(7, -1, -1)),
        history=history,
    )
    return Page(path, "trends.html", context, "trends", True, newest(planner.site.briefs[:1]))


def _trend(rise: Rise) -> Trend:
    return Trend(
        term=rise.term,
        now=rise.now,
        before=rise.before,
        weeks=rise.weeks,
        points=chart_points(rise.weeks),
    )


def chart_points(values: Sequence[int]) -> str:
    """A polyline of the values in a box of 100 by 32, with room for the stroke."""
    width, height = CHART
    top = max(*values, 1)
    steps = max(len(values) - 1, 1)
    return " ".join(
        f"{width * i / steps:.1f},{height - 2 - (height - 4) * v / top:.1f}"
        for i, v in enumerate(values)
    )


def _sundays(days: Iterable[date], last: date) -> tuple[date, ...]:
    """The ends of the ISO weeks of these days that are over on `last`, newest first."""
    ends = {day + timedelta(days=7 - day.isoweekday()) for day in days}
    return tuple(sorted((end for end in ends if end <= last), reverse=True))


def _week_title(planner: Planner, end: date) -> str:
    first = end - timedelta(days=6)
    return planner.label("trends_week_title", first=planner.day(first), last=planner.day(end))


def company(planner: Planner, term: Term, articles: Sequence[Article]) -> CompanyView | None:
    """What stands above a company's list: what it is, how much its briefs weigh, its curve."""
    if term.taxonomy != "companies":
        return None
    known = planner.companies.get(term.slug)
    scores = [a.card.score for a in articles if a.card.score]
    days = sorted(a.post.date.date() for a in articles)
    weeks = weekly(days, planner.site.articles[0].post.date.date())
    return CompanyView(
        name=term.name,
        url=known.url if known else "",
        description=known.description if known else "",
        average=mean_of(scores),
        trend=Trend(
            term=term, now=weeks[-1], before=weeks[-2], weeks=weeks, points=chart_points(weeks)
        ),
    )


def newest_stories(planner: Planner, limit: int) -> tuple[Story, ...]:
    """The newest briefs for the home page, each story once."""
    return tell([a.card for a in planner.site.briefs[: 2 * limit]])[:limit]
