"""Digests: the briefs of each day or week, best first, as site.yaml declares them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

from ssg.config import DigestRule
from ssg.errors import Problem, problem
from ssg.model import Headline, Link, Story, Term
from ssg.periods import WEEK, first_day, last_day, month_of, period_of
from ssg.planning import Page, Planner, newest
from ssg.scores import mean_of
from ssg.site import Article, tell, terms_of
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
    card = article.card
    if card.score < rule.score or (rule.media and card.media not in rule.media):
        return False
    terms = terms_of(article.post)
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
        found[period_of(article.post.date.date(), every)].append(article)
    return dict(sorted(found.items(), reverse=True))


def best_first(articles: Iterable[Article]) -> list[Article]:
    """By score, the best first; on a tie the older first, then by path."""
    return sorted(articles, key=lambda a: (-a.card.score, a.post.date, a.post.path))


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
        name = planner.label("digest_feed_title", label=rule.label)
        self.feed = Link(name=name, url=planner.addresses.href(f"{self.home}feed.xml"))
        self.link = Link(name=rule.label, url=planner.addresses.href(self.home))

    def pages(self) -> Iterator[Page]:
        """The index, its months, each edition, the feed."""
        yield from self._indexes()
        newer = [None, *self.digests[:-1]]
        older = [*self.digests[1:], None]
        for digest, after, before in zip(self.digests, newer, older, strict=True):
            yield self._edition(digest, before, after)
        yield self._feed_page()

    def _digest(self, period: str, articles: Sequence[Article]) -> Digest:
        scores = [a.card.score for a in articles if a.card.score]
        return Digest(
            slug=self.rule.slug,
            label=self.rule.label,
            period=period,
            url=self.planner.addresses.href(f"{self.home}{period}/"),
            first=first_day(period),
            last=last_day(period),
            count=len(articles),
            average=mean_of(scores),
            top=articles[0].post.title,
        )

    def title(self, digest: Digest) -> str:
        """`AI日報 2026年4月7日`, or with both days of a week."""
        day = self.planner.day
        if self.rule.every == WEEK:
            return self.planner.label(
                "digest_week_title",
                label=self.rule.label,
                first=day(digest.first),
                last=day(digest.last),
            )
        return self.planner.label("digest_title", label=self.rule.label, date=day(digest.first))

    def _edition(self, digest: Digest, before: Digest | None, after: Digest | None) -> Page:
        planner = self.planner
        articles = self.periods[digest.period]
        words = planner.introductions.get((self.rule.slug, digest.period))
        title = (words.title if words else "") or self.title(digest)
        here = Link(name=self.title(digest), url=digest.url)
        crumbs = planner.crumbs(self.link, here)
        path = f"{self.home}{digest.period}/"
        description = "、".join(a.post.title for a in articles[:3])
        context = DigestContext(
            head=planner.plain_head(path, title, description, crumbs, self.feed),
            breadcrumb=crumbs,
            page=digest,
            title=title,
            introduction=planner.texts.get(words.source, "") if words else "",
            author=planner.byline(words.author) if words else None,
            stories=self._stories(articles),
            numbers=self._numbers(articles),
            terms=_busiest(articles, ("tags", "companies")),
            publishers=_busiest(articles, ("sources",)),
            feed=self.feed,
            previous=before,
            next=after,
        )
        origin = words.source if words else f"{path} (digest)"
        return Page(path, "digest.html", context, origin, True, newest(articles))

    def _stories(self, articles: Sequence[Article]) -> tuple[Story, ...]:
        """The best stories, each once; twice as many briefs are looked at."""
        top = self.rule.top
        return tell([a.card for a in articles[: 2 * top]])[:top]

    def _numbers(self, articles: Sequence[Article]) -> tuple[ScoreCount, ...]:
        counts = Counter(a.card.score for a in articles if a.card.score)
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
                url=self.planner.addresses.href(f"{self.home}{month}/"),
                count=len(found),
                digests=tuple(found),
            )
            for month, found in months.items()
        ]

    def _indexes(self) -> Iterator[Page]:
        """The newest month at the digest's own address, and every month at its own."""
        planner, months = self.planner, self._months()
        yield self._index(self.home, self.rule.label, (self.link,), months[:1], months)
        for month in months:
            y, m = month.first.year, month.first.month
            title = planner.label("digest_month_title", label=self.rule.label, y=y, m=m)
            steps = (self.link, Link(name=title, url=month.url))
            yield self._index(f"{self.home}{month.month}/", title, steps, [month], months)

    def _index(
        self,
        path: str,
        title: str,
        steps: tuple[Link, ...],
        current: Sequence[DigestMonth],
        months: Sequence[DigestMonth],
    ) -> Page:
        planner = self.planner
        crumbs = planner.crumbs(*steps)
        description = planner.label("digests_description", label=self.rule.label)
        context = DigestsContext(
            head=planner.plain_head(path, title, description, crumbs, self.feed),
            breadcrumb=crumbs,
            page=Headline(text=title),
            every=self.rule.every,
            current=tuple(current),
            months=tuple(DigestMonth(m.month, m.first, m.url, m.count) for m in months),
            feed=self.feed,
        )
        changed = newest([a for articles in self.periods.values() for a in articles[:1]])
        return Page(path, "digests.html", context, f"{path} (digest)", True, changed)

    # --- the feed

    def _feed_page(self) -> Page:
        planner = self.planner
        shown = self.digests[: planner.config.feed_items]
        items = tuple(self._item(digest) for digest in shown)
        own = f"{self.home}feed.xml"
        context = FeedContext(
            title=self.feed.name,
            description=planner.label("digests_description", label=self.rule.label),
            link=planner.addresses.absolute(planner.addresses.href(self.home)),
            address=planner.addresses.absolute(planner.addresses.href(own)),
            updated=max(item.updated for item in items),
            items=items,
        )
        return Page(own, "feeds/rss.xml", context, f"{own} (feed)")

    def _item(self, digest: Digest) -> FeedItem:
        articles = self.periods[digest.period]
        rows = "".join(self._row(a) for a in articles[:FEED_STORIES])
        return FeedItem(
            title=self.title(digest),
            url=self.planner.addresses.absolute(digest.url),
            published=min(a.post.date for a in articles),
            updated=max(a.post.updated or a.post.date for a in articles),
            summary="、".join(a.post.title for a in articles[:3]),
            html=f"<ol>{rows}</ol>",
        )

    def _row(self, article: Article) -> str:
        url = escape(self.planner.addresses.absolute(article.post.url))
        title, text = escape(article.post.title), escape(article.card.description)
        return f'<li><a href="{url}">{title}</a><br>{text}</li>'


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
        term for a in articles for taxonomy in taxonomies for term in a.post.terms.get(taxonomy, ())
    )
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
    return tuple(Count(term=t, count=n) for t, n in ranked[:TERMS])
