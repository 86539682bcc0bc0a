"""Digests: the briefs of each day or week, best first, as site.yaml declares them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from ssg.config import DigestRule
from ssg.errors import Problem, problem
from ssg.kept import Kept
from ssg.model import Body, Byline, Card, Frozen, Headline, Link, Term
from ssg.periods import WEEK, first_day, last_day, month_of, period_of
from ssg.planning import Page, Planner, Style, newest
from ssg.scores import mean_of
from ssg.site import Article, cards, story, story_cards, tell, terms_of
from ssg.text import fold
from ssg.theme import NAME
from ssg.views import (
    Count,
    Digest,
    DigestContext,
    DigestMonth,
    DigestsContext,
    FeedContext,
    FeedItem,
    ScoreCount,
)

Wanted = Mapping[str, frozenset[Term]]

TERMS = 8
FEED_STORIES = 10


def all_editions(planner: Planner) -> tuple[Editions, ...]:
    """The editions of every digest that site.yaml declares."""
    return tuple(Editions(planner, rule) for rule in planner.config.digests)


def digest_pages(found: Iterable[Editions]) -> Iterator[Page]:
    """Every page and feed of every digest."""
    for editions in found:
        if editions.periods:
            yield from editions.pages()


def belongs(article: Article, rule: DigestRule, wanted: Wanted) -> bool:
    """Whether a digest takes a brief."""
    place = article.place
    if place.score < rule.score or (rule.media and place.media not in rule.media):
        return False
    terms = terms_of(place)
    return all(not named.isdisjoint(terms) for named in wanted.values())


def wanted_terms(planner: Planner, rule: DigestRule) -> Wanted:
    """The terms that a digest names, however they are spelled; a company also by its aliases."""
    aliases = {fold(a): fold(c.name) for c in planner.companies.values() for a in c.aliases}
    wanted = {}
    for taxonomy, names in rule.names.items():
        folded = {fold(name) for name in names}
        if taxonomy == "companies":
            folded |= {aliases[name] for name in folded & aliases.keys()}
        terms = (t for t in planner.site.by_term if t.taxonomy == taxonomy)
        wanted[taxonomy] = frozenset(t for t in terms if fold(t.name) in folded)
    return wanted


def by_period(articles: Iterable[Article], every: str) -> dict[str, list[Article]]:
    """Briefs by the day or ISO week of their date in the site's zone, newest period first."""
    found: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        found[period_of(article.place.date.date(), every)].append(article)
    return dict(sorted(found.items(), reverse=True))


def best_first(articles: Iterable[Article]) -> list[Article]:
    """By score, the best first; on a tie the older first, then by path."""
    return sorted(articles, key=lambda a: (-a.place.score, a.place.date, a.place.path))


class Editions:
    """The editions of one digest: its periods, newest first, with their briefs, best first."""

    def __init__(self, planner: Planner, rule: DigestRule) -> None:
        self.planner = planner
        self.rule = rule
        self.home = f"/{rule.slug}/"
        wanted = wanted_terms(planner, rule)
        taken = [a for a in planner.site.briefs if belongs(a, rule, wanted)]
        self.periods = {p: best_first(a) for p, a in by_period(taken, rule.every).items()}
        self.digests = [self._digest(p, a) for p, a in self.periods.items()]
        style = planner.style
        name = style.label("digest_feed_title", label=rule.label)
        self.feed = Link(name=name, url=style.addresses.href(f"{self.home}feed.xml"))
        self.link = Link(name=rule.label, url=style.addresses.href(self.home))

    def pages(self) -> Iterator[Page]:
        """The index, its months, each edition, the feed."""
        yield from self._indexes()
        newer = [None, *self.digests[:-1]]
        older = [*self.digests[1:], None]
        for digest, after, before in zip(self.digests, newer, older, strict=True):
            yield self._edition(digest, before, after)
        yield self._feed_page()

    def _digest(self, period: str, articles: Sequence[Article]) -> Digest:
        scores = [a.place.score for a in articles if a.place.score]
        return Digest(
            slug=self.rule.slug,
            label=self.rule.label,
            period=period,
            url=self.planner.style.addresses.href(f"{self.home}{period}/"),
            first=first_day(period),
            last=last_day(period),
            count=len(articles),
            average=mean_of(scores),
            top=articles[0].place.title,
        )

    def _edition(self, digest: Digest, before: Digest | None, after: Digest | None) -> Page:
        planner, top = self.planner, self.rule.top
        articles = self.periods[digest.period]
        words = planner.introductions.get((self.rule.slug, digest.period))
        given = {
            "digest": digest,
            "every": self.rule.every,
            "link": self.link,
            "feed": self.feed,
            "written_title": words.title if words else "",
            "introduction": planner.text(words.source) if words else None,
            "author": planner.byline(words.author) if words else None,
            "first_titles": tuple(a.place.title for a in articles[:3]),
            # The best stories, each once; twice as many briefs are looked at.
            "stories": story_cards(tell(articles[: 2 * top])[:top]),
            "numbers": self._numbers(articles),
            "terms": _busiest(articles, ("tags", "companies")),
            "publishers": _busiest(articles, ("sources",)),
            "before": before,
            "after": after,
        }
        path = f"{self.home}{digest.period}/"
        origin = words.source if words else f"{path} (digest)"
        return Page(path, "digest.html", digest_context, given, origin, True, newest(articles))

    def _numbers(self, articles: Sequence[Article]) -> tuple[ScoreCount, ...]:
        counts = Counter(a.place.score for a in articles if a.place.score)
        words = self.planner.config.score_words
        return tuple(
            ScoreCount(score=s, word=words[s], count=counts[s])
            for s in sorted(counts, reverse=True)
        )

    # --- the index

    def _months(self) -> list[DigestMonth]:
        months: dict[str, list[Digest]] = defaultdict(list)
        for digest in self.digests:
            months[month_of(digest.period)].append(digest)
        return [
            DigestMonth(
                month=month,
                first=date.fromisoformat(f"{month}-01"),
                url=self.planner.style.addresses.href(f"{self.home}{month}/"),
                count=len(found),
                digests=tuple(found),
            )
            for month, found in months.items()
        ]

    def _indexes(self) -> Iterator[Page]:
        """The newest month at the digest's own address, and every month at its own."""
        months = self._months()
        yield self._index(self.home, None, months[:1], months)
        for month in months:
            yield self._index(f"{self.home}{month.month}/", month, [month], months)

    def _index(
        self,
        path: str,
        of: DigestMonth | None,
        current: Sequence[DigestMonth],
        months: Sequence[DigestMonth],
    ) -> Page:
        given = {
            "path": path,
            "link": self.link,
            "feed": self.feed,
            "every": self.rule.every,
            "first": of.first if of else None,
            "current": tuple(current),
            "months": tuple(DigestMonth(m.month, m.first, m.url, m.count) for m in months),
        }
        changed = newest([a for articles in self.periods.values() for a in articles[:1]])
        origin = f"{path} (digest)"
        return Page(path, "digests.html", digests_context, given, origin, True, changed)

    # --- the feed

    def _feed_page(self) -> Page:
        shown = self.digests[: self.planner.config.feed_items]
        own = f"{self.home}feed.xml"
        given = {
            "home": self.home,
            "every": self.rule.every,
            "link": self.link,
            "feed": self.feed,
            "items": tuple(self._item(digest) for digest in shown),
        }
        return Page(own, "feeds/rss.xml", digest_feed_context, given, f"{own} (feed)")

    def _item(self, digest: Digest) -> Issue:
        articles = self.periods[digest.period]
        return Issue(
            digest=digest,
            published=min(a.place.date for a in articles),
            updated=max(a.place.changed for a in articles),
            titles=tuple(a.place.title for a in articles[:3]),
            cards=cards(articles[:FEED_STORIES]),
        )


class Issue(Frozen, frozen=True, eq=False):
    """A digest as an entry of its feed, with its best briefs."""

    digest: Digest
    published: datetime
    updated: datetime
    titles: tuple[str, ...]
    cards: tuple[Kept[Card], ...]


# --- contexts --------------------------------------------------------------------------------


def digest_context(
    style: Style,
    digest: Digest,
    every: str,
    link: Link,
    feed: Link,
    written_title: str,
    introduction: Kept[Body] | None,
    author: Byline | None,
    first_titles: tuple[str, ...],
    stories: Any,
    numbers: tuple[ScoreCount, ...],
    terms: tuple[Count, ...],
    publishers: tuple[Count, ...],
    before: Digest | None,
    after: Digest | None,
) -> DigestContext:
    own = digest_title(style, digest, every)
    title = written_title or own
    crumbs = style.crumbs(link, Link(name=own, url=digest.url))
    path = f"/{digest.slug}/{digest.period}/"
    return DigestContext(
        head=style.plain_head(path, title, "、".join(first_titles), crumbs, feed),
        breadcrumb=crumbs,
        page=digest,
        title=title,
        introduction=introduction.value.html if introduction else "",
        author=author,
        stories=tuple(map(story, stories)),
        numbers=numbers,
        terms=terms,
        publishers=publishers,
        feed=feed,
        previous=before,
        next=after,
    )


def digest_title(style: Style, digest: Digest, every: str) -> str:
    """`AI日報 2026年4月7日`, or with both days of a week."""
    first, last = style.day(digest.first), style.day(digest.last)
    if every == WEEK:
        return style.label("digest_week_title", label=digest.label, first=first, last=last)
    return style.label("digest_title", label=digest.label, date=first)


def digests_context(
    style: Style,
    path: str,
    link: Link,
    feed: Link,
    every: str,
    first: date | None,
    current: tuple[DigestMonth, ...],
    months: tuple[DigestMonth, ...],
) -> DigestsContext:
    """The index of a digest, or of the month that begins on `first`."""
    title = link.name
    steps: tuple[Link, ...] = (link,)
    if first:
        title = style.label("digest_month_title", label=link.name, y=first.year, m=first.month)
        steps = (link, Link(name=title, url=style.addresses.href(path)))
    crumbs = style.crumbs(*steps)
    description = style.label("digests_description", label=link.name)
    return DigestsContext(
        head=style.plain_head(path, title, description, crumbs, feed),
        breadcrumb=crumbs,
        page=Headline(text=title),
        every=every,
        current=current,
        months=months,
        feed=feed,
    )


def digest_feed_context(
    style: Style, home: str, every: str, link: Link, feed: Link, items: tuple[Issue, ...]
) -> FeedContext:
    whole, href = style.addresses.absolute, style.addresses.href
    entries = tuple(
        FeedItem(
            title=digest_title(style, item.digest, every),
            url=whole(item.digest.url),
            published=item.published,
            updated=item.updated,
            summary="、".join(item.titles),
            html="<ol>" + "".join(_row(c.value, whole(c.value.url)) for c in item.cards) + "</ol>",
        )
        for item in items
    )
    return FeedContext(
        title=feed.name,
        description=style.label("digests_description", label=link.name),
        link=whole(href(home)),
        address=whole(feed.url),
        updated=max(entry.updated for entry in entries),
        items=entries,
        hubs=style.config.hubs,
    )


def _row(card: Card, url: str) -> str:
    title, text = escape(card.title), escape(card.description)
    return f'<li><a href="{escape(url)}">{title}</a><br>{text}</li>'


def idle(planner: Planner, found: Sequence[Editions]) -> Iterator[Problem]:
    """Warnings of digests that gather nothing, and of introductions that nobody will read."""
    if not planner.site.briefs:
        return
    for number, editions in enumerate(found, 1):
        if not editions.periods:
            place = planner.config.places["digests"]
            blanks = {"label": editions.rule.label, "number": number}
            yield problem("digest/empty", NAME, *place, **blanks)
    known = {(e.rule.slug, period) for e in found for period in e.periods}
    for key, words in planner.introductions.items():
        if key not in known:
            yield problem("digest/no-briefs", words.source, 0, 0, period=words.period)


def latest_digests(found: Iterable[Editions]) -> tuple[Digest, ...]:
    """The newest edition of each digest, for the home page."""
    return tuple(e.digests[0] for e in found if e.digests)


def _busiest(articles: Iterable[Article], taxonomies: Sequence[str]) -> tuple[Count, ...]:
    counts: Counter[Term] = Counter(
        term
        for a in articles
        for taxonomy in taxonomies
        for term in a.place.terms.get(taxonomy, ())
    )
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
    return tuple(Count(term=t, count=n) for t, n in ranked[:TERMS])
