"""The types that travel through the pipeline, one for each stage, all frozen.

    Source ──► Post ──► Body ──► Card ──► the context of a page

`url` is always ready for an `href` (base path in front, percent-encoded); `path` is the
readable address inside the site (`/posts/検索の今/`). Times are aware, in the site's zone.
Every struct can be encoded by msgspec, so that a page's context has a hash.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import msgspec


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of all stages: immutable, named fields."""


# --- small parts -------------------------------------------------------------------


class Link(Frozen, frozen=True):
    name: str
    url: str


class Headline(Frozen, frozen=True):
    """A title line: 【kicker】text."""

    text: str
    kicker: str = ""


class Term(Frozen, frozen=True, cache_hash=True):
    """One value of a taxonomy: a category, a tag, a company, a series."""

    taxonomy: str
    name: str
    slug: str
    path: str
    url: str


class Image(Frozen, frozen=True):
    """A picture ready for `<img>`; sizes in pixels. `source` is empty for generated covers."""

    src: str
    width: int
    height: int
    alt: str = ""
    srcset: str = ""
    caption: str = ""
    credit: str = ""
    credit_url: str = ""
    source: str = ""


class Reference(Frozen, frozen=True):
    """A source of a post (参照元), or what a claim in it rests on (根拠). `lang` is a BCP 47 tag;
    dates as written by the author.
    """

    title: str
    url: str
    publisher: str = ""
    lang: str = ""
    published: date | None = None
    accessed: date | None = None


class Partner(Frozen, frozen=True):
    """An advertiser of `content/data/partners.yaml`."""

    id: str
    name: str
    url: str
    text: str
    disclosure: str = ""
    image: Image | None = None


class Fact(Frozen, frozen=True):
    label: str
    value: str


class CareerStep(Frozen, frozen=True):
    """One step of a career. `date` is `2022-01` or `2022-01-15`, as `<time datetime>` wants it."""

    date: str
    text: str
    links: tuple[str, ...] = ()


# --- parts of a news brief -----------------------------------------------------------


class Axis(Frozen, frozen=True):
    """One axis of a score: its weight in percent, and the value from 1 to 5."""

    id: str
    label: str
    weight: int
    value: int = 0


class Score(Frozen, frozen=True):
    """The weighted total from 1 to 5, rounded half up, with its word (`重要`)."""

    total: int
    word: str
    axes: tuple[Axis, ...]


class Origin(Frozen, frozen=True):
    """The article that a brief is about. `publisher` leads to the publisher's page."""

    publisher: Term
    url: str
    title: str = ""
    lang: str = ""
    published: datetime | None = None


class KeyPoint(Frozen, frozen=True):
    title: str
    text: str


class Brief(Frozen, frozen=True):
    """What a news brief has beside a post. `impact`, `comment` are Markdown as written;
    `original` is plain text in the language `original_lang`.
    """

    origin: Origin
    tldr: str = ""
    score: Score | None = None
    analysed: datetime | None = None
    impact: str = ""
    comment: str = ""
    key_points: tuple[KeyPoint, ...] = ()
    original: str = ""
    original_lang: str = ""
    media: str = "article"


class Introduction(Frozen, frozen=True):
    """An editor's words above one period of a digest (`content/digests/<slug>/<period>.md`)."""

    slug: str
    period: str
    source: str
    title: str = ""
    author: str = ""


# --- what authors wrote, resolved ----------------------------------------------------


class Author(Frozen, frozen=True):
    """`content/authors/<id>.md`. `icon` is an emoji, or empty when `picture` is set."""

    id: str
    name: str
    path: str
    url: str
    romaji: str = ""
    icon: str = ""
    picture: Image | None = None
    tagline: str = ""
    welcome: str = ""
    genres: tuple[Term, ...] = ()
    fits: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    cta: str = ""
    career: tuple[CareerStep, ...] = ()
    links: tuple[Link, ...] = ()
    source: str = ""


class Post(Frozen, frozen=True):
    """A post or page, resolved: every name became an address, every default a value.

    `source` is the file, relative to the site's root with `/`. `summary` and `description` are
    as written ("" when absent).
    """

    source: str
    section: str
    layout: str
    slug: str
    path: str
    url: str
    title: str
    date: datetime
    kicker: str = ""
    subtitle: Headline | None = None
    description: str = ""
    summary: str = ""
    recommended: tuple[str, ...] = ()
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    aliases: tuple[str, ...] = ()
    author: str = ""
    category: Term | None = None
    terms: dict[str, tuple[Term, ...]] = {}
    cover: Image | None = None
    sources: tuple[Reference, ...] = ()
    basis: tuple[Reference, ...] = ()
    partners: tuple[Partner, ...] = ()
    brief: Brief | None = None
    numbering: str = "none"
    toc: bool = True
    comments: bool = True
    search: bool = True
    feed: bool = True
    extra: dict[str, Any] = {}


# --- the rendered body ----------------------------------------------------------------


class Heading(Frozen, frozen=True):
    """A line of the table of contents. `number` is `I.` or `1.1`, or empty."""

    level: int
    id: str
    text: str
    number: str = ""


class Body(Frozen, frozen=True):
    """A Markdown body turned into HTML, with what the page needs to know about it.

    `slot` is the offset in `html` of the second section heading, where the theme may put
    an advertisement, or -1. `characters` counts what a reader reads. `images` are the
    sources of the pictures used; `partners` the ids placed by hand; `sponsored` is true
    when the text, or what stands around it, links to an advertiser.
    """

    html: str
    toc: tuple[Heading, ...] = ()
    characters: int = 0
    excerpt: str = ""
    slot: int = -1
    images: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    sponsored: bool = False
    players: bool = False


# --- what lists show --------------------------------------------------------------------


class Byline(Frozen, frozen=True):
    """An author in one line."""

    name: str
    url: str
    icon: str = ""
    picture: Image | None = None


class Card(Frozen, frozen=True):
    """A post as lists, neighbours, related posts and link cards show it."""

    title: str
    url: str
    date: datetime
    cover: Image
    kicker: str = ""
    subtitle: str = ""
    description: str = ""
    updated: datetime | None = None
    category: Term | None = None
    author: Byline | None = None
    minutes: int = 0
    sponsored: bool = False
    publisher: Term | None = None
    score: int = 0
    score_word: str = ""
    media: str = ""


class Story(Frozen, frozen=True):
    """A brief with those of other publishers that tell the same story."""

    card: Card
    others: tuple[Card, ...] = ()


# --- what a body may refer to -------------------------------------------------------------


class LinkCard(Frozen, frozen=True):
    """A page shown as a card in running text; `site` is the host or blog name."""

    title: str
    url: str
    description: str = ""
    site: str = ""
    image: Image | None = None


class References(Frozen, frozen=True):
    """All that a Markdown body may point to.

    `page` finds a published page by its source file (`content/posts/a.md`), its address inside
    the site (`/posts/a/`) or its `href`. `withheld` tells files that exist but are not published
    (drafts, future and expired posts): a link to them must not leak their address.
    """

    page: Callable[[str], LinkCard | None] = lambda _: None
    withheld: Callable[[str], bool] = lambda _: False
    card: Callable[[str], LinkCard | None] = lambda _: None
    authors: dict[str, Byline] = {}
    partners: dict[str, Partner] = {}
    sponsor_hosts: frozenset[str] = frozenset()
