"""Read everything that authors wrote and resolve it: from files to a `Library`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from ssg.config import Config
from ssg.content import SECTIONS, find_sources, passed_over, read_beside, read_data
from ssg.data import Data, load_data
from ssg.errors import ConfigError, Problem, problem
from ssg.images import Pictures
from ssg.kept import digest
from ssg.ledger import Ledger, Place, Resolved, encoded
from ssg.model import Author, Frozen, Introduction, Post
from ssg.periods import is_period
from ssg.questions import Answers, Notes
from ssg.reading import DATED, Reader
from ssg.resolve import (
    Shelf,
    categories,
    resolve_author,
    resolve_introduction,
    resolve_post,
)
from ssg.stamps import Stamp
from ssg.templates import Layouts
from ssg.terms import TermBook
from ssg.text import nearest
from ssg.urls import Addresses


class Kit(Frozen, frozen=True):
    """What every stage needs to know of the site it works for."""

    root: Path
    config: Config
    addresses: Addresses
    pictures: Pictures
    layouts: Layouts


class Library(Frozen, frozen=True):
    """All that is to be published, resolved. `held_back` maps other sources to the reason;
    `broken` are sources that could not be read and yet may be linked to. From `since` until
    `until` (seconds since 1970) the same posts are published.
    """

    places: tuple[Place, ...]
    authors: dict[str, Author]
    introductions: tuple[Introduction, ...]
    data: Data
    held_back: dict[str, str]
    broken: frozenset[str]
    since: float = -math.inf
    until: float = math.inf


class Gathered(Frozen, frozen=True, eq=False):
    """The library, with what it was read and resolved with."""

    library: Library
    reader: Reader
    shelf: Shelf


class Choice(Frozen, frozen=True):
    """Which posts to publish: those of `now`, and drafts and future ones when asked."""

    now: datetime
    drafts: bool = False
    future: bool = False


def gather(
    kit: Kit, choice: Choice, ledger: Ledger, stamps: dict[str, Stamp], jobs: int
) -> tuple[Gathered, list[Problem]]:
    """Everything under `content/` with every problem found in it."""
    found, problems = find_sources(kit.root)
    problems += [*passed_over(kit.root), *kit.config.warnings]
    reader = Reader(kit.root.resolve(), kit.config, ledger, stamps)
    reader.read(found, jobs)
    files, unreadable = read_data(kit.root)
    data, wrong = load_data(files, kit.pictures.find)
    problems += unreadable + wrong
    paths: dict[str, list[str]] = {section: [] for section in SECTIONS}
    broken = set()
    for one in found:
        read = ledger.now[one.path].read
        assert read
        problems += read.told
        if read.broken:
            broken.add(one.path)
        else:
            paths[one.section].append(one.path)
    authors = _authors(paths["authors"], kit, reader, problems)
    known = authors.keys() | broken_authors(broken)
    _require_author(kit.config, known)
    introductions = _introductions(paths["digests"], kit, reader, known, problems)
    dated = [path for section in DATED for path in paths[section]]
    shelf = _shelf(kit, known, data, _term_book(dated, choice, kit, data, ledger))
    places = list(resolved(dated, shelf, reader, problems))
    held = {p.source: why for p in places if (why := withheld(p, choice))}
    since, until = _validity(places, choice)
    library = Library(
        places=tuple(p for p in places if p.source not in held),
        authors=authors,
        introductions=introductions,
        data=data,
        held_back=held,
        broken=frozenset(broken),
        since=since,
        until=until,
    )
    return Gathered(library, reader, shelf), problems


def missing_seller(library: Library) -> list[Problem]:
    """An error when the site sells something and no page says who sells."""
    if not library.data.sells or any(p.layout == "tokushoho" for p in library.places):
        return []
    return [problem("legal/no-page", "content/data/plans.yaml")]


def withheld(place: Place, choice: Choice) -> str:
    """Why a post is not published: `draft`, `future`, `expired`, or "" if it is."""
    if place.draft and not choice.drafts:
        return "draft"
    if place.date > choice.now and not choice.future:
        return "future"
    if place.expires and place.expires <= choice.now:
        return "expired"
    return ""


def _validity(places: Iterable[Place], choice: Choice) -> tuple[float, float]:
    """The moments around `now` at which a post appears or expires."""
    shown = [p for p in places if choice.drafts or not p.draft]
    moments = [p.expires.timestamp() for p in shown if p.expires]
    if not choice.future:
        moments += [p.date.timestamp() for p in shown]
    now = choice.now.timestamp()
    past = (m for m in moments if m <= now)
    coming = (m for m in moments if m > now)
    return max(past, default=-math.inf), min(coming, default=math.inf)


# --- authors, introductions -----------------------------------------------------------------


def broken_authors(broken: Iterable[str]) -> set[str]:
    """The ids of authors whose files have mistakes: they are told there, and nowhere else."""
    folder = "content/authors/"
    return {path.removeprefix(folder)[:-3] for path in broken if path.startswith(folder)}


def _authors(
    paths: Iterable[str], kit: Kit, reader: Reader, problems: list[Problem]
) -> dict[str, Author]:
    authors = {}
    for path in paths:
        source = reader.front(path)
        author, wrong = resolve_author(source, kit.config, kit.addresses, kit.pictures.find)
        problems += wrong
        authors[author.id] = author
    return authors


def _require_author(config: Config, known: Set[str]) -> None:
    """Raises ConfigError when site.yaml names an author whom nobody knows."""
    wanted = config.author
    if wanted and wanted not in known:
        blanks = {"near": near} if (near := nearest(wanted, known)) else {}
        place = config.places["author"]
        raise ConfigError(
            [problem("config/unknown-author", "site.yaml", *place, got=wanted, **blanks)]
        )


def _introductions(
    paths: Iterable[str],
    kit: Kit,
    reader: Reader,
    authors: Set[str],
    problems: list[Problem],
) -> tuple[Introduction, ...]:
    rules = {rule.slug: rule for rule in kit.config.digests}
    found = []
    for path in paths:
        slug, _, period = path.removeprefix("content/digests/")[:-3].partition("/")
        if slug not in rules:
            blanks = {"near": near} if (near := nearest(slug, rules)) else {}
            problems.append(problem("digest/unknown", path, 0, 0, slug=slug, **blanks))
        elif not is_period(period, rules[slug].every):
            every = rules[slug].every
            better = {"day": "2026-04-07", "week": "2026-W15"}[every]
            blanks = {"name": period, "every": every, "better": better}
            problems.append(problem("digest/period", path, 0, 0, **blanks))
        else:
            source = reader.front(path)
            found.append(resolve_introduction(source, slug, period, authors, problems))
    return tuple(found)


# --- posts -----------------------------------------------------------------------------------


def _term_book(
    paths: Iterable[str], choice: Choice, kit: Kit, data: Data, ledger: Ledger
) -> TermBook:
    def written() -> Iterator[tuple[dict[str, list[str]], bool]]:
        for path in paths:
            read = ledger.now[path].read
            assert read
            assert read.date
            hidden = (read.draft and not choice.drafts) or (
                read.date > choice.now and not choice.future
            )
            yield read.names, not hidden

    aliases = {alias: c.name for c in data.companies for alias in (c.name, *c.aliases)}
    slugs = {c.name: c.slug for c in data.companies}
    names, chosen = {"companies": aliases}, {"companies": slugs}
    return TermBook(written(), kit.config, kit.addresses, names, chosen)


def _shelf(kit: Kit, authors: Set[str], data: Data, terms: TermBook) -> Shelf:
    notes = Notes(Answers(kit.pictures.find, partial(read_beside, kit.root)))
    return Shelf(
        config=kit.config,
        addresses=kit.addresses,
        categories={c.name: c for c in categories(kit.config, kit.addresses)},
        terms=terms,
        authors=authors,
        data=data,
        notes=notes,
        layouts=kit.layouts.names(),
    )


def resolved(
    paths: Sequence[str], shelf: Shelf, reader: Reader, problems: list[Problem]
) -> Iterator[Place]:
    """The place of every post and page, resolved anew where anything that it names changed."""
    ledger = reader.ledger
    terms, ledger.terms = ledger.terms, shelf.terms.digest
    same_terms = terms == ledger.terms
    data = [shelf.data.partners, shelf.data.companies]
    basis = digest([shelf.config, sorted(shelf.authors), data, sorted(shelf.layouts)])
    for path in paths:
        entry = ledger.now[path]
        known, read = entry.resolved, entry.read
        assert read
        if (
            known is None
            or known.key != basis + entry.text
            or not (same_terms or known.place.terms == shelf.terms.named(read.names))
            or not shelf.notes.answers.same(known.asked, path)
        ):
            known = _resolve(path, basis + entry.text, shelf, reader)
            ledger.now[path] = replace(entry, resolved=known)
        problems += known.told
        yield known.place


def _resolve(path: str, key: bytes, shelf: Shelf, reader: Reader) -> Resolved:
    front = reader.front(path)
    shelf.notes.begin(path)
    post, told = resolve_post(front, path.split("/", 2)[1], shelf)
    mark, data = encoded(post)
    reader.ledger.shelve("post", path, mark, data)
    return Resolved(key, place_of(post), mark, shelf.notes.asked, tuple(told))


def place_of(post: Post) -> Place:
    cover, brief = post.cover, post.brief
    images = (cover, *(p.image for p in post.partners))
    return Place(
        source=post.source,
        section=post.section,
        layout=post.layout,
        slug=post.slug,
        path=post.path,
        url=post.url,
        title=post.title,
        date=post.date,
        updated=post.updated,
        expires=post.expires,
        draft=post.draft,
        author=post.author,
        category=post.category,
        terms=post.terms,
        aliases=post.aliases,
        feed=post.feed,
        cover=cover.source if cover else "",
        cover_url=cover.src if cover else "",
        pictures=tuple(i.source for i in images if i),
        score=brief.score.total if brief and brief.score else 0,
        media=brief.media if brief else "",
        publisher=brief.origin.publisher if brief else None,
    )
