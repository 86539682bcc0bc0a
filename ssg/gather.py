"""Read everything that authors wrote and resolve it: from files to a `Library`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from ssg.config import Config
from ssg.content import Source, read_data, read_sources
from ssg.data import Data, load_data
from ssg.errors import ConfigError, Problem, problem
from ssg.frontmatter import FrontMatter, read
from ssg.images import Pictures
from ssg.model import Author, Frozen, Post
from ssg.parallel import spread
from ssg.resolve import Shelf, resolve_author, resolve_post
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
    `broken` are sources that could not be read and yet may be linked to.
    """

    posts: tuple[Post, ...]
    authors: dict[str, Author]
    data: Data
    held_back: dict[str, str]
    broken: frozenset[str]


class Choice(Frozen, frozen=True):
    """Which posts to publish: those of `now`, and drafts and future ones when asked."""

    now: datetime
    drafts: bool = False
    future: bool = False


def gather(kit: Kit, choice: Choice, jobs: int) -> tuple[Library, list[Problem]]:
    """Everything under `content/` with every problem found in it."""
    sources, problems = read_sources(kit.root)
    written = _parsed(sources, kit.config, jobs, problems)
    files, unreadable = read_data(kit.root)
    data, wrong = load_data(files, kit.pictures.find)
    problems += unreadable + wrong
    authors = _authors([f for f in written if _section(f) == "authors"], kit, problems)
    posts = _posts([f for f in written if _section(f) != "authors"], kit, authors, data, problems)
    held = {p.source: why for p in posts if (why := _why_held(p, choice))}
    library = Library(
        posts=tuple(p for p in posts if p.source not in held),
        authors=authors,
        data=data,
        held_back=held,
        broken=frozenset(s.path for s in sources) - {f.path for f in written},
    )
    return library, problems


def _why_held(post: Post, choice: Choice) -> str:
    return withheld(post, choice.now, drafts=choice.drafts, future=choice.future)


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
    written: Iterable[FrontMatter], kit: Kit, problems: list[Problem]
) -> dict[str, Author]:
    authors = {}
    for source in written:
        author, wrong = resolve_author(source, kit.config, kit.addresses, kit.pictures.find)
        problems += wrong
        authors[author.id] = author
    wanted = kit.config.author
    if wanted and wanted not in authors:
        place = kit.config.places["author"]
        blanks = {"near": near} if (near := nearest(wanted, authors)) else {}
        raise ConfigError(
            [problem("config/unknown-author", "site.yaml", *place, got=wanted, **blanks)]
        )
    return authors


def _posts(
    written: Sequence[FrontMatter],
    kit: Kit,
    authors: dict[str, Author],
    data: Data,
    problems: list[Problem],
) -> list[Post]:
    shelf = Shelf(
        config=kit.config,
        addresses=kit.addresses,
        terms=_term_book(written, kit, data),
        authors=authors,
        data=data,
        picture=kit.pictures.find,
        layouts=kit.layouts.names(),
    )
    posts = []
    for source in written:
        post, wrong = resolve_post(source, _section(source), shelf)
        problems += wrong
        posts.append(post)
    return posts


def _term_book(written: Sequence[FrontMatter], kit: Kit, data: Data) -> TermBook:
    aliases = {alias: c.name for c in data.companies for alias in (c.name, *c.aliases)}
    slugs = {c.name: c.slug for c in data.companies}
    names = {"companies": aliases}
    return TermBook(written, kit.config, kit.addresses, names, {"companies": slugs})
