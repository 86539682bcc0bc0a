"""The news desk's own pages: briefs, their lists, what search engines' news wants, trends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from ssg.kept import Kept
from ssg.model import Author, Body, Card, Headline, Link, Post, Term
from ssg.navigation import shares
from ssg.periods import WEEK, period_of
from ssg.planning import Page, Planner, Style, newest
from ssg.scores import mean_of
from ssg.site import Article, Told, story, story_cards, tell
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
        newer = line[index - 1] if index else None
        older = line[index + 1] if index + 1 < len(line) else None
        yield brief_page(planner, article, older, newer)


def brief_page(
    planner: Planner, article: Article, older: Article | None, newer: Article | None
) -> Page:
    more = {"related": story_cards(planner.site.stories.get(article.place.source, ()))}
    return planner.single(brief_context, article, older, newer, more)


def brief_context(
    style: Style,
    post: Kept[Post],
    body: Kept[Body],
    texts: Kept[dict[str, str]],
    card: Kept[Card],
    author: Author | None,
    older: Kept[Card] | None,
    newer: Kept[Card] | None,
    related: tuple[tuple[Kept[Card], tuple[Kept[Card], ...]], ...],
) -> BriefContext:
    page, shown, said = post.value, card.value, texts.value
    crumbs = style.crumbs(style.news_link(), Link(name=page.title, url=page.url))
    return BriefContext(
        head=style.heads.article(page, shown, crumbs, author, style.site_feeds),
        breadcrumb=crumbs,
        page=page,
        body=body.value,
        impact=said.get("impact", ""),
        comment=said.get("comment", ""),
        minutes=shown.minutes,
        cover=page.cover,
        author=author,
        sponsored=shown.sponsored,
        share=shares(page.title, style.addresses.absolute(page.url)),
        news=style.news_link(),
        previous=older.value if older else None,
        next=newer.value if newer else None,
        related=tuple(map(story, related)),
    )


# --- lists -----------------------------------------------------------------------------------


def important(planner: Planner) -> tuple[Article, ...]:
    return tuple(a for a in planner.site.briefs if a.place.score >= IMPORTANT)


def news_lists(planner: Planner) -> Iterator[Page]:
    """All briefs, and the important ones: pages of their own instead of a script."""
    style = planner.style
    choices = (
        Link(name=style.labels["all_news"], url=style.addresses.href("/news/")),
        Link(name=style.labels["important_only"], url=style.addresses.href("/news/important/")),
    )
    for kind, base, articles in (
        ("news", "/news/", planner.site.briefs),
        ("important", "/news/important/", important(planner)),
    ):
        yield from named_list(planner, kind, base, articles, choices)


def media_lists(planner: Planner) -> Iterator[Page]:
    for kind, media in (("videos", "video"), ("tools", "tool")):
        articles = tuple(a for a in planner.site.briefs if a.place.media == media)
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
    style = planner.style
    title = style.label(f"{kind}_title")
    description = style.label(f"{kind}_description")
    here = Link(name=title, url=style.addresses.href(base))
    steps = [here] if kind != "important" else [style.news_link(), here]
    crumbs = style.crumbs(*steps)
    feed_name = style.label("term_feed_title", name=title)
    yield from planner.listing(
        base, title, description, kind, articles, crumbs, feed_name, choices=choices
    )
    yield planner.summary_feed(base, title, articles)


def news_sitemap(planner: Planner) -> Iterator[Page]:
    """The briefs of the 48 hours before the newest: the same on every day of the build."""
    line = planner.site.briefs
    if not line:
        return
    oldest = line[0].place.date - NEWS_SPAN
    rows = [(a.place.url, a.place.title, a.place.date) for a in line if a.place.date >= oldest]
    given = {"rows": rows}
    yield Page("/news-sitemap.xml", "news-sitemap.xml", news_sitemap_context, given, "sitemap")


def news_sitemap_context(
    style: Style, rows: Sequence[tuple[str, str, datetime]]
) -> NewsSitemapContext:
    whole = style.addresses.absolute
    addresses = tuple(NewsAddress(whole(url), title, date) for url, title, date in rows)
    return NewsSitemapContext(name=style.config.title, addresses=addresses)


# --- trends ----------------------------------------------------------------------------------


def trend_pages(planner: Planner) -> Iterator[Page]:
    """What rises now, and week by week before. Now is the day of the newest brief."""
    line = planner.site.briefs
    days = {
        taxonomy: mentions((a.place.date.date(), a.place.terms.get(taxonomy, ())) for a in line)
        for taxonomy in _TREND_TAXONOMIES
    }
    last = line[0].place.date.date()
    sundays = _sundays((a.place.date.date() for a in line), last)
    window = planner.config.trend_days
    changed = newest(line[:1])
    weeks = [(f"/trends/{period_of(end, WEEK)}/", end, 7) for end in sundays]
    for path, end, span in [("/trends/", last, window), *weeks]:
        given = {
            "path": path,
            "last": end,
            "window": span,
            "rises": {t: tuple(map(_trend, rising(days[t], end, span))) for t in days},
            "sundays": sundays,
        }
        yield Page(path, "trends.html", trends_context, given, "trends", True, changed)


def trends_context(
    style: Style,
    path: str,
    last: date,
    window: int,
    rises: dict[str, tuple[Trend, ...]],
    sundays: tuple[date, ...],
) -> TrendsContext:
    home, name = style.addresses.href("/trends/"), style.label("trends_title")
    title = name if path == "/trends/" else _week_title(style, last)
    here = Link(name=title, url=style.addresses.href(path))
    crumbs = style.crumbs(Link(name=name, url=home), *([here] if path != "/trends/" else []))
    history = (Link(_week_title(style, e), f"{home}{period_of(e, WEEK)}/") for e in sundays)
    return TrendsContext(
        head=style.plain_head(path, title, style.label("trends_description"), crumbs),
        breadcrumb=crumbs,
        page=Headline(text=title),
        first=last - timedelta(days=window - 1),
        last=last,
        topics=rises["tags"],
        companies=rises["companies"],
        week_ends=tuple(last - timedelta(days=7 * n) for n in range(7, -1, -1)),
        history=tuple(history),
    )


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


def _week_title(style: Style, end: date) -> str:
    first = end - timedelta(days=6)
    return style.label("trends_week_title", first=style.day(first), last=style.day(end))


def company(planner: Planner, term: Term, articles: Sequence[Article]) -> CompanyView | None:
    """What stands above a company's list: what it is, how much its briefs weigh, its curve."""
    if term.taxonomy != "companies":
        return None
    known = planner.companies.get(term.slug)
    scores = [a.place.score for a in articles if a.place.score]
    days = sorted(a.place.date.date() for a in articles)
    weeks = weekly(days, planner.site.articles[0].place.date.date())
    return CompanyView(
        name=term.name,
        url=known.url if known else "",
        description=known.description if known else "",
        average=mean_of(scores),
        trend=Trend(
            term=term, now=weeks[-1], before=weeks[-2], weeks=weeks, points=chart_points(weeks)
        ),
    )


def newest_stories(planner: Planner, limit: int) -> tuple[Told, ...]:
    """The newest briefs for the home page, each story once."""
    return tell(planner.site.briefs[: 2 * limit])[:limit]
