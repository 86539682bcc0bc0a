"""Read everything that authors wrote and resolve it: from files to a `Library`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from ssg.config import Config
from ssg.content import SECTIONS, Source, read_beside, read_data, read_sources
from ssg.data import Data, load_data
from ssg.errors import ConfigError, Problem, problem
from ssg.frontmatter import FrontMatter, PageMeta, read
from ssg.images import Pictures
from ssg.model import Author, Frozen, Introduction, Post
from ssg.parallel import spread
from ssg.periods import is_period
from ssg.resolve import (
    Shelf,
    categories,
    localized,
    resolve_author,
    resolve_introduction,
    resolve_post,
)
from ssg.site import withheld
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

    posts: tuple[Post, ...]
    authors: dict[str, Author]
    introductions: tuple[Introduction, ...]
    data: Data
    held_back: dict[str, str]
    broken: frozenset[str]
    since: float = -math.inf
    until: float = math.inf


class Choice(Frozen, frozen=True):
    """Which posts to publish: those of `now`, and drafts and future ones when asked."""

    now: datetime
    drafts: bool = False
    future: bool = False


def gather(kit: Kit, choice: Choice, jobs: int) -> tuple[Library, list[Problem]]:
    """Everything under `content/` with every problem found in it."""
    sources, problems = read_sources(kit.root)
    problems += kit.config.warnings
    written = _parsed(sources, kit.config, jobs, problems)
    files, unreadable = read_data(kit.root)
    data, wrong = load_data(files, kit.pictures.find)
    problems += unreadable + wrong
    by_section: dict[str, list[FrontMatter]] = {section: [] for section in SECTIONS}
    for source in written:
        by_section[_section(source)].append(source)
    broken = frozenset(s.path for s in sources) - {f.path for f in written}
    authors = _authors(by_section["authors"], broken, kit, problems)
    introductions = _introductions(by_section["digests"], kit, authors, problems)
    dated = [*by_section["posts"], *by_section["news"], *by_section["pages"]]
    hidden = frozenset(f.path for f in dated if _hidden(f, kit.config, choice))
    terms = _term_book(dated, hidden, kit, data)
    posts = _posts(dated, terms, kit, authors, data, problems)
    held = {p.source: why for p in posts if (why := _why_held(p, choice))}
    since, until = _validity(posts, choice)
    library = Library(
        posts=tuple(p for p in posts if p.source not in held),
        authors=authors,
        introductions=introductions,
        data=data,
        held_back=held,
        broken=broken,
        since=since,
        until=until,
    )
    return library, problems


def missing_seller(library: Library) -> list[Problem]:
    """An error when the site sells something and no page says who sells."""
    if not library.data.sells or any(p.layout == "tokushoho" for p in library.posts):
        return []
    return [problem("legal/no-page", "content/data/plans.yaml")]


def _why_held(post: Post, choice: Choice) -> str:
    return withheld(post, choice.now, drafts=choice.drafts, future=choice.future)


def _validity(posts: Iterable[Post], choice: Choice) -> tuple[float, float]:
    """The moments around `now` at which a post appears or expires."""
    moments = [p.expires for p in posts if p.expires and (choice.drafts or not p.draft)]
    if not choice.future:
        moments += [p.date for p in posts if choice.drafts or not p.draft]
    past = [m.timestamp() for m in moments if m <= choice.now]
    coming = [m.timestamp() for m in moments if m > choice.now]
    return max(past, default=-math.inf), min(coming, default=math.inf)


def _section(source: FrontMatter) -> str:
    return source.path.split("/")[1]


def _parsed(
    sources: Sequence[Source], config: Config, jobs: int, problems: list[Problem]
) -> list[FrontMatter]:
    own = tuple(t.name for t in config.taxonomies if t.name not in ("tags", "companies"))
    found = []
    for source, wrong in spread(partial(_parse, own), sources, jobs):
        problems += wrong
        if source:
            found.append(source)
    return found


def _parse(taxonomies: tuple[str, ...], source: Source) -> tuple[FrontMatter | None, list[Problem]]:
    return read(source.path, source.text, source.section, taxonomies)


def _authors(
    written: Iterable[FrontMatter], broken: frozenset[str], kit: Kit, problems: list[Problem]
) -> dict[str, Author]:
    authors = {}
    for source in written:
        author, wrong = resolve_author(source, kit.config, kit.addresses, kit.pictures.find)
        problems += wrong
        authors[author.id] = author
    wanted = kit.config.author
    if wanted and wanted not in authors and f"content/authors/{wanted}.md" not in broken:
        place = kit.config.places["author"]
        blanks = {"near": near} if (near := nearest(wanted, authors)) else {}
        raise ConfigError(
            [problem("config/unknown-author", "site.yaml", *place, got=wanted, **blanks)]
        )
    return authors


def _introductions(
    written: Iterable[FrontMatter],
    kit: Kit,
    authors: dict[str, Author],
    problems: list[Problem],
) -> tuple[Introduction, ...]:
    rules = {rule.slug: rule for rule in kit.config.digests}
    found = []
    for source in written:
        slug, _, period = source.path.removeprefix("content/digests/")[:-3].partition("/")
        if slug not in rules:
            blanks = {"near": near} if (near := nearest(slug, rules)) else {}
            problems.append(problem("digest/unknown", source.path, 0, 0, slug=slug, **blanks))
        elif not is_period(period, rules[slug].every):
            every = rules[slug].every
            better = {"day": "2026-04-07", "week": "2026-W15"}[every]
            blanks = {"name": period, "every": every, "better": better}
            problems.append(problem("digest/period", source.path, 0, 0, **blanks))
        else:
            found.append(resolve_introduction(source, slug, period, authors, problems))
    return tuple(found)


def _posts(
    written: Sequence[FrontMatter],
    terms: TermBook,
    kit: Kit,
    authors: dict[str, Author],
    data: Data,
    problems: list[Problem],
) -> list[Post]:
    shelf = Shelf(
        config=kit.config,
        addresses=kit.addresses,
        categories={c.name: c for c in categories(kit.config, kit.addresses)},
        terms=terms,
        authors=authors,
        data=data,
        picture=kit.pictures.find,
        read_beside=partial(read_beside, kit.root),
        layouts=kit.layouts.names(),
    )
    posts = []
    for source in written:
        post, wrong = resolve_post(source, _section(source), shelf)
        problems += wrong
        posts.append(post)
    return posts


def _hidden(source: FrontMatter, config: Config, choice: Choice) -> bool:
    """Whether a source must leave no trace: not even in how a tag is spelled."""
    meta: PageMeta = source.meta
    future = localized(config.zone, meta.date) > choice.now
    return (meta.draft and not choice.drafts) or (future and not choice.future)


def _term_book(
    written: Sequence[FrontMatter], hidden: frozenset[str], kit: Kit, data: Data
) -> TermBook:
    aliases = {alias: c.name for c in data.companies for alias in (c.name, *c.aliases)}
    slugs = {c.name: c.slug for c in data.companies}
    names = {"companies": aliases}
    return TermBook(written, hidden, kit.config, kit.addresses, names, {"companies": slugs})
