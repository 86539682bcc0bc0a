"""Assemble the site: who is next to whom, what belongs together, in which order.

Pure functions from rendered posts to a `Site`; nothing here reads a file or makes HTML.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from ssg.config import Config
from ssg.covers import PALETTES, cover_name
from ssg.duplicates import fold_duplicates
from ssg.model import Author, Body, Byline, Card, Frozen, Image, LinkCard, Post, Story, Term
from ssg.text import bare
from ssg.urls import Addresses

RELATED = 3
CANDIDATES = 6  # looked at before briefs that tell one story are folded
WINDOW = 12  # posts looked at on either side of a post in the list of each of its terms


class Article(Frozen, frozen=True):
    """A published post or page with its rendered body and its card."""

    post: Post
    body: Body
    card: Card


class Site(Frozen, frozen=True):
    """Everything that is published. `articles` are posts and briefs together. Lists are newest
    first; on a tie, by path.
    """

    articles: tuple[Article, ...]
    posts: tuple[Article, ...]
    briefs: tuple[Article, ...]
    pages: tuple[Article, ...]
    authors: tuple[Author, ...]
    by_term: dict[Term, tuple[Article, ...]]
    related: dict[str, tuple[Card, ...]]
    stories: dict[str, tuple[Story, ...]]

    def of_author(self, author_id: str) -> tuple[Article, ...]:
        return tuple(a for a in self.articles if a.post.author == author_id)

    def terms(self, taxonomy: str) -> list[tuple[Term, tuple[Article, ...]]]:
        """The terms of a taxonomy that have posts, the busiest first, then by name."""
        found = [(t, a) for t, a in self.by_term.items() if t.taxonomy == taxonomy]
        return sorted(found, key=lambda pair: (-len(pair[1]), pair[0].name))


def withheld(post: Post, now: datetime, *, drafts: bool, future: bool) -> str:
    """Why a post is not published at `now`: `draft`, `future`, `expired`, or "" if it is."""
    if post.draft and not drafts:
        return "draft"
    if post.date > now and not future:
        return "future"
    if post.expires and post.expires <= now:
        return "expired"
    return ""


def newest_first(posts: Iterable[Post]) -> list[Post]:
    """By date, the newest first; posts of the same instant by path."""
    return sorted(posts, key=rank)


def rank(post: Post) -> tuple[float, str]:
    return -post.date.timestamp(), post.path


# --- cards ------------------------------------------------------------------------------------


class Cards:
    """Makes cards; knows the bylines, the palettes and how fast people read."""

    def __init__(self, config: Config, addresses: Addresses, authors: Mapping[str, Author]) -> None:
        self.characters_per_minute = config.characters_per_minute
        self.addresses = addresses
        self.bylines = {i: byline(a) for i, a in authors.items()}
        self.palettes = {c.name: i for i, c in enumerate(config.categories)}

    def card(self, post: Post, body: Body) -> Card:
        brief = post.brief
        return Card(
            title=post.title,
            url=post.url,
            date=post.date,
            cover=self.cover(post),
            kicker=post.kicker,
            subtitle=post.subtitle.text if post.subtitle else "",
            description=post.description or bare(post.summary) or body.excerpt,
            updated=post.updated,
            category=post.category,
            author=self.bylines.get(post.author),
            minutes=max(1, math.ceil(body.characters / self.characters_per_minute)),
            sponsored=bool(post.partners) or body.sponsored,
            publisher=brief.origin.publisher if brief else None,
            score=brief.score.total if brief and brief.score else 0,
            score_word=brief.score.word if brief and brief.score else "",
            media=brief.media if brief else "",
        )

    def cover(self, post: Post) -> Image:
        """The post's cover, or the one that its category and slug make."""
        if post.cover:
            return post.cover
        src = self.addresses.href(f"/covers/{self.drawing(post)}.svg")
        return Image(src=src, width=1600, height=900)

    def drawing(self, post: Post) -> str:
        """The name of the cover that is drawn for a post without a picture."""
        return cover_name(post.slug, self._palette(post.category))

    def sharing_card(self, category: Term | None) -> str:
        """The name of the drawing that stands for a category, or the site, when shared."""
        return cover_name(category.slug if category else "site", self._palette(category))

    def _palette(self, category: Term | None) -> int:
        return self.palettes.get(category.name, 0) % len(PALETTES) if category else 0

    def link_card(self, post: Post, site_title: str) -> LinkCard:
        return LinkCard(
            title=post.title,
            url=post.url,
            description=post.description or bare(post.summary),
            site=site_title,
            image=self.cover(post) if post.section == "posts" else None,
        )


def byline(author: Author) -> Byline:
    return Byline(name=author.name, url=author.url, icon=author.icon, picture=author.picture)


# --- the whole ----------------------------------------------------------------------------------


def assemble(
    published: Sequence[Post],
    bodies: Mapping[str, Body],
    authors: Mapping[str, Author],
    cards: Cards,
) -> Site:
    """The site that these published posts make. `bodies` are by source."""
    articles = [
        Article(post=p, body=bodies[p.source], card=cards.card(p, bodies[p.source]))
        for p in newest_first(published)
    ]
    sections = {
        name: tuple(a for a in articles if a.post.section == name)
        for name in ("posts", "news", "pages")
    }
    posts, briefs = sections["posts"], sections["news"]
    listed = tuple(a for a in articles if a.post.section != "pages")
    by_term = _by_term(listed)
    return Site(
        articles=listed,
        posts=posts,
        briefs=briefs,
        pages=sections["pages"],
        authors=tuple(_with_genres(authors[i], by_term) for i in sorted(authors)),
        by_term=by_term,
        related={s: found[:RELATED] for s, found in _related(posts).items()},
        stories={s: tell(found)[:RELATED] for s, found in _related(briefs).items()},
    )


def tell(cards: Sequence[Card]) -> tuple[Story, ...]:
    """Cards as stories: several publishers' briefs on one story become one."""
    folded = fold_duplicates(cards, lambda c: c.title, lambda c: c.date)
    return tuple(Story(card=first, others=others) for first, others in folded)


def _with_genres(author: Author, by_term: Mapping[Term, object]) -> Author:
    """The author, with links only to the genres that have a page."""
    genres = tuple(
        t if t in by_term else msgspec.structs.replace(t, path="", url="") for t in author.genres
    )
    return msgspec.structs.replace(author, genres=genres)


def terms_of(post: Post) -> list[Term]:
    """Every list that a post stands in."""
    own = [term for terms in post.terms.values() for term in terms]
    return [*([post.category] if post.category else []), *own]


def _by_term(articles: Iterable[Article]) -> dict[Term, tuple[Article, ...]]:
    lists: dict[Term, list[Article]] = defaultdict(list)
    for article in articles:
        for term in terms_of(article.post):
            lists[term].append(article)
    return {term: tuple(found) for term, found in lists.items()}


def _related(articles: Sequence[Article]) -> dict[str, tuple[Card, ...]]:
    """For each post those that share its rarest terms, nearest in time first.

    Each term's list is looked at only around the post itself, so the cost grows with the
    number of posts, not with its square.
    """
    places: dict[str, list[int]] = defaultdict(list)
    names = [[t.path for t in terms_of(a.post) if t.taxonomy != "series"] for a in articles]
    for index, paths in enumerate(names):
        for path in paths:
            places[path].append(index)
    weights = {path: 1 / math.log(2 + len(found)) for path, found in places.items()}
    found: dict[str, tuple[Card, ...]] = {}
    for index, article in enumerate(articles):
        scores: dict[int, float] = defaultdict(float)
        for path in names[index]:
            line = places[path]
            at = bisect_left(line, index)
            for other in line[max(0, at - WINDOW) : at + WINDOW + 1]:
                scores[other] += weights[path]
        scores.pop(index, None)
        best = sorted(scores, key=lambda i: (-scores[i], abs(i - index), i))[:CANDIDATES]
        found[article.post.source] = tuple(articles[i].card for i in best)
    return found
