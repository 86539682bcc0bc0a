"""Assemble the site: who is next to whom, what belongs together, in which order.

Pure functions from posts to a `Site`; nothing here reads a file or makes HTML.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest

import msgspec

from ssg.duplicates import fold_duplicates
from ssg.kept import Kept, digest
from ssg.ledger import Gist, Ledger, Place
from ssg.model import Author, Body, Card, Frozen, Post, Story, Term

RELATED = 3
CANDIDATES = 6  # looked at before briefs that tell one story are folded
WINDOW = 12  # posts looked at on either side of a post in the list of each of its terms


Remember = Callable[[str, bytes, Callable[[], list[list[int]]]], list[list[int]]]


def anew(name: str, key: bytes, make: Callable[[], list[list[int]]]) -> list[list[int]]:
    return make()


class Article(Frozen, frozen=True, eq=False):
    """A published post or page: where it stands is at hand, what pages show of it is fetched.

    `texts` are its summary, and a brief's impact and comment, as HTML by their names.
    """

    place: Place
    gist: Gist
    post: Kept[Post]
    body: Kept[Body]
    texts: Kept[dict[str, str]]
    card: Kept[Card]


Told = tuple[Article, tuple[Article, ...]]  # a story: its brief and those of other publishers


class Site(Frozen, frozen=True):
    """Everything that is published. `articles` are posts and briefs together. Lists are newest
    first; on a tie, by path. `related` and `stories` are by source.
    """

    articles: tuple[Article, ...]
    posts: tuple[Article, ...]
    briefs: tuple[Article, ...]
    pages: tuple[Article, ...]
    authors: tuple[Author, ...]
    by_term: dict[Term, tuple[Article, ...]]
    related: dict[str, tuple[Article, ...]]
    stories: dict[str, tuple[Told, ...]]

    def terms(self, taxonomy: str) -> list[tuple[Term, tuple[Article, ...]]]:
        """The terms of a taxonomy that have posts, the busiest first, then by name."""
        found = [(t, a) for t, a in self.by_term.items() if t.taxonomy == taxonomy]
        return sorted(found, key=lambda pair: (-len(pair[1]), pair[0].name))


def article(place: Place, ledger: Ledger) -> Article:
    """The article of a source whose entry is complete."""
    entry = ledger.now[place.source]
    assert entry.resolved
    assert entry.rendered
    source, rendered = place.source, entry.rendered
    return Article(
        place=place,
        gist=rendered.gist,
        post=ledger.kept("post", source, entry.resolved.post),
        body=ledger.kept("body", source, rendered.body),
        texts=ledger.kept("texts", source, rendered.texts),
        card=ledger.kept("card", source, rendered.card),
    )


def rank(place: Place) -> tuple[float, str]:
    """By date, the newest first; posts of the same instant by path."""
    return -place.date.timestamp(), place.path


def assemble(
    published: Iterable[Article], authors: Mapping[str, Author], remember: Remember = anew
) -> Site:
    """The site that these published posts make. `remember(name, key, make)` may give what `make`
    gave to the same key before.
    """
    ordered = sorted(published, key=lambda a: rank(a.place))
    sections = {
        name: tuple(a for a in ordered if a.place.section == name)
        for name in ("posts", "news", "pages")
    }
    posts, briefs = sections["posts"], sections["news"]
    listed = tuple(a for a in ordered if a.place.section != "pages")
    by_term = _by_term(listed)
    return Site(
        articles=listed,
        posts=posts,
        briefs=briefs,
        pages=sections["pages"],
        authors=tuple(_with_genres(authors[i], by_term) for i in sorted(authors)),
        by_term=by_term,
        related={s: found[:RELATED] for s, found in _related(posts, remember).items()},
        stories={s: tell(found)[:RELATED] for s, found in _related(briefs, remember).items()},
    )


def tell(articles: Sequence[Article]) -> tuple[Told, ...]:
    """Briefs as stories: several publishers' briefs on one story become one."""
    return tuple(fold_duplicates(articles, lambda a: a.place.title, lambda a: a.place.date))


def story(told: tuple[Kept[Card], tuple[Kept[Card], ...]]) -> Story:
    """What a page shows of a story."""
    first, others = told
    return Story(card=first.value, others=tuple(c.value for c in others))


def cards(articles: Iterable[Article]) -> tuple[Kept[Card], ...]:
    return tuple(a.card for a in articles)


def story_cards(stories: Iterable[Told]) -> tuple[tuple[Kept[Card], tuple[Kept[Card], ...]], ...]:
    return tuple((first.card, cards(others)) for first, others in stories)


def _with_genres(author: Author, by_term: Mapping[Term, object]) -> Author:
    """The author, with links only to the genres that have a page."""
    genres = tuple(
        t if t in by_term else msgspec.structs.replace(t, path="", url="") for t in author.genres
    )
    return msgspec.structs.replace(author, genres=genres)


def terms_of(place: Place) -> list[Term]:
    """Every list that a post stands in."""
    own = [term for terms in place.terms.values() for term in terms]
    return [*([place.category] if place.category else []), *own]


def _by_term(articles: Iterable[Article]) -> dict[Term, tuple[Article, ...]]:
    terms: dict[str, Term] = {}
    lists: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for term in terms_of(article.place):
            terms[term.path] = term
            lists[term.path].append(article)
    return {terms[path]: tuple(found) for path, found in lists.items()}


def _related(articles: Sequence[Article], remember: Remember) -> dict[str, tuple[Article, ...]]:
    """For each post those that share its rarest terms, nearest in time first."""
    if not articles:
        return {}
    names = [[t.path for t in terms_of(a.place) if t.taxonomy != "series"] for a in articles]
    section = articles[0].place.section
    found = remember(f"related {section}", digest(names), lambda: _nearest(names))
    return {
        article.place.source: tuple(articles[i] for i in best)
        for article, best in zip(articles, found, strict=True)
    }


def _nearest(names: Sequence[Sequence[str]]) -> list[list[int]]:
    """For each post, given by the paths of its terms, the posts that are related to it.

    Each term's list is looked at only around the post itself, so the cost grows with the
    number of posts, not with its square.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, paths in enumerate(names):
        for path in paths:
            places[path].append(index)
    weights = {path: 1 / math.log(2 + len(found)) for path, found in places.items()}
    related = []
    for index, paths in enumerate(names):
        scores: dict[int, float] = defaultdict(float)
        for path in paths:
            line, weight = places[path], weights[path]
            at = bisect_left(line, index)
            for other in line[max(0, at - WINDOW) : at + WINDOW + 1]:
                scores[other] += weight
        scores.pop(index, None)
        least = nlargest(CANDIDATES, scores.values())[-1:]
        ranked = sorted((-s, abs(i - index), i) for i, s in scores.items() if s >= least[0])
        related.append([i for _, _, i in ranked[:CANDIDATES]])
    return related
