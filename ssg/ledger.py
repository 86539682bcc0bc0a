"""What the last build made of each source, and whether it may be used again.

    text ──► front matter ──► Post ──► Body, Card
      │           │             │         │
    digest    own names      the site   what it asked about other pages, pictures, cards

Each step is a pure function of what stands above and below it here, so its result is used again
while both are the same. The ledger is small and read whole; what pages show is kept beside it,
one value for each source and kind, and fetched when a page is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, cast

import msgspec

from ssg.cache import Cache
from ssg.errors import Problem
from ssg.images import Measured
from ssg.kept import SIZE, Kept, digest
from ssg.model import Body, Card, Frozen, Post, Term
from ssg.stamps import Stamp

T = TypeVar("T")

Asked = dict[str, bytes]  # a question to the site, and the digest of its answer

KINDS: dict[str, Any] = {"post": Post, "body": Body, "texts": dict[str, str], "card": Card}
HELD = frozenset(("card",))  # shown on many pages, and small
_LEDGER = "ledger"


class Place(Frozen, frozen=True, array_like=True):
    """What decides where a post stands: all that lists, feeds and the plan need to know of it."""

    source: str
    section: str
    layout: str
    slug: str
    path: str
    url: str
    title: str
    date: datetime
    updated: datetime | None
    expires: datetime | None
    draft: bool
    author: str
    category: Term | None
    terms: dict[str, tuple[Term, ...]]
    aliases: tuple[str, ...]
    feed: bool
    cover: str  # the source of its picture
    cover_url: str
    pictures: tuple[str, ...]  # the sources of those that front matter names
    score: int
    media: str
    publisher: Term | None

    @property
    def changed(self) -> datetime:
        return self.updated or self.date


class Gist(Frozen, frozen=True, array_like=True):
    """What others need to know of a rendered body."""

    characters: int = 0
    excerpt: str = ""
    sponsored: bool = False
    images: tuple[str, ...] = ()


class Read(Frozen, frozen=True, array_like=True):
    """A source as it was read: `names` are its terms as typed, by taxonomy."""

    key: bytes
    names: dict[str, list[str]]
    draft: bool
    date: datetime | None
    told: tuple[Problem, ...]
    broken: bool = False


class Resolved(Frozen, frozen=True, array_like=True):
    key: bytes
    place: Place
    post: bytes
    asked: Asked
    told: tuple[Problem, ...]


class Rendered(Frozen, frozen=True, array_like=True):
    key: bytes
    body: bytes
    texts: bytes
    gist: Gist
    asked: Asked
    told: tuple[Problem, ...]
    card_key: bytes = b""
    card: bytes = b""


class Entry(Frozen, frozen=True, array_like=True):
    """One source. `text` is the digest of its bytes."""

    stamp: Stamp
    text: bytes
    read: Read | None = None
    resolved: Resolved | None = None
    rendered: Rendered | None = None

    @property
    def marks(self) -> dict[str, bytes]:
        """The digests of what is shelved of it, by kind."""
        marks = {"front": self.text}
        if self.resolved:
            marks["post"] = self.resolved.post
        if self.rendered:
            made = self.rendered
            marks |= {"body": made.body, "texts": made.texts, "card": made.card}
        return marks


class Book(Frozen, frozen=True):
    """A ledger as it is kept: made by one version of the program, from these files. `terms` is
    the digest of the terms that they were resolved with.
    """

    program: bytes
    terms: bytes = b""
    entries: dict[str, Entry] = {}
    pictures: dict[str, tuple[Stamp, Measured]] = {}


class LostError(Exception):
    """A value that the ledger knows is not in the cache: nothing kept can be relied on."""


class Ledger:
    """The entries of the last build, and those of this one as they are made; `complete` when
    every source has one.
    """

    def __init__(self, cache: Cache, book: Book) -> None:
        self.cache = cache
        self.program = book.program
        self.before = book.entries
        self.pictures = book.pictures
        self.terms = book.terms
        self.now: dict[str, Entry] = {}
        self.complete = False

    @classmethod
    def opened(cls, cache: Cache, program: bytes) -> Ledger:
        """The ledger that a build of the same program left, or an empty one."""
        book = _decoded(cache.get(_LEDGER))
        if book.program != program:
            cache.clear()
            book = Book(program)
        return cls(cache, book)

    def following(self) -> Ledger:
        """The ledger of the next run in the same process."""
        return Ledger(self.cache, self._book())

    def _book(self) -> Book:
        entries = self.now if self.complete else {**self.before, **self.now}
        return Book(self.program, self.terms, entries, self.pictures)

    def save(self) -> None:
        """Keep this build's entries for the next one."""
        self.cache.put(_LEDGER, msgspec.json.encode(self._book()))

    def superseded(self) -> dict[str, set[str]]:
        """By source, the names of what was shelved of it in the build before."""
        return {
            source: _shelved(source, before)
            for source, before in self.before.items()
            if self.now.get(source) is not before
        }

    def forget(self, superseded: Mapping[str, set[str]]) -> None:
        """Drop of these what no entry knows any more."""
        for source, names in superseded.items():
            now = self.now.get(source)
            if now or self.complete:
                self.cache.drop(names - (_shelved(source, now) if now else set()))

    def shelve(self, kind: str, source: str, mark: bytes, data: bytes) -> None:
        """Keep the encoded value whose digest is `mark`."""
        self.cache.put(_name(kind, source, mark), data)

    def raw(self, kind: str, source: str, mark: bytes) -> bytes:
        """What was shelved under these. Raises LostError."""
        data = self.cache.get(_name(kind, source, mark))
        if data is None:
            raise LostError(kind, source)
        return data

    def remember(self, name: str, key: bytes, make: Callable[[], T]) -> T:
        """What `make` gives, or what it gave to the same key before."""
        known = self.cache.get(name)
        if known and known[:SIZE] == key:
            return cast(T, msgspec.json.decode(known[SIZE:]))
        made = make()
        self.cache.put(name, key + msgspec.json.encode(made))
        return made

    def kept(self, kind: str, source: str, mark: bytes) -> Kept[Any]:
        return Kept(source, mark, self._fetchers[kind], hold=kind in HELD)

    @cached_property
    def _fetchers(self) -> dict[str, Callable[[str, bytes], Any]]:
        return {kind: self._fetcher(kind, KINDS[kind]) for kind in KINDS}

    def _fetcher(self, kind: str, type_: Any) -> Callable[[str, bytes], Any]:
        decoder = msgspec.json.Decoder(type_)
        return lambda source, mark: decoder.decode(self.raw(kind, source, mark))


def _name(kind: str, source: str, mark: bytes) -> str:
    return f"{kind} {mark.hex()} {source}"


def _shelved(source: str, entry: Entry) -> set[str]:
    """The names of all that is shelved of an entry."""
    return {_name(kind, source, mark) for kind, mark in entry.marks.items()}


def _decoded(data: bytes | None) -> Book:
    if data is None:
        return Book(b"")
    try:
        return msgspec.json.decode(data, type=Book)
    except msgspec.MsgspecError:
        return Book(b"")


def encoded(value: Any) -> tuple[bytes, bytes]:
    """The digest of a value and its bytes."""
    return digest(value), msgspec.json.encode(value)
