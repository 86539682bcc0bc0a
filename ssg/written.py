"""What an author may write above a text: a struct for each format, made of checked values.

Structs are light to keep and to send; `ssg.frontmatter` makes them of YAML with the rules that
their fields name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from msgspec import msgpack

from ssg.errors import Problem, problem
from ssg.model import Frozen
from ssg.nodes import Map, Scalar, position
from ssg.rules import (
    TEXT,
    Day,
    Flag,
    Free,
    Language,
    Listed,
    MonthOrDay,
    Name,
    Rating,
    Rule,
    Text,
    Texts,
    WebAddress,
    WebAddresses,
    When,
    choice,
    mapped,
    typed_name,
    typed_text,
)
from ssg.yamldoc import load


class Written(Frozen, frozen=True):
    """A mapping in YAML, as `ssg.fields` checks it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from ssg.fields import struct_schema

        return struct_schema(cls, handler)


# --- parts -------------------------------------------------------------------------------


class WrittenHeadline(Written, frozen=True, kw_only=True):
    text: Text
    kicker: Text | None = None


class WrittenCover(Written, frozen=True, kw_only=True):
    src: Name
    alt: Text
    caption: Text | None = None
    credit: Text | None = None
    credit_url: WebAddress | None = None


class WrittenReference(Written, frozen=True, kw_only=True):
    title: Text
    url: WebAddress
    publisher: Text | None = None
    lang: Language | None = None
    published: Day | None = None
    accessed: Day | None = None


def _headline(value: Any) -> Any:
    return value if isinstance(value, Map) else WrittenHeadline(text=typed_text(value))


def _cover(value: Any) -> Any:
    """A bare path gets an empty alt: beside its title such a picture is decoration."""
    if isinstance(value, Map):
        return value
    return WrittenCover(src=typed_name(value), alt="")


class WrittenCheck(Written, frozen=True, kw_only=True):
    """What `ssg check` is not to say of a source."""

    ignore: Texts = []


class PageMeta(Written, frozen=True, kw_only=True, tag="pages"):
    """Any post or page."""

    title: Text
    kicker: Text | None = None
    subtitle: Annotated[WrittenHeadline | None, Rule(_headline, TEXT)] = None
    description: Text | None = None
    date: When
    updated: When | None = None
    expires: When | None = None
    slug: Name | None = None
    aliases: Texts = []
    author: Name | None = None
    category: Name | None = None
    tags: Texts = []
    companies: Texts = []
    series: Name | None = None
    cover: Annotated[WrittenCover | None, Rule(_cover, TEXT)] = None
    sources: Annotated[list[WrittenReference], Listed] = []
    basis: Annotated[list[WrittenReference], Listed] = []
    layout: Name | None = None
    numbering: Annotated[str, choice("none", "roman")] = "none"
    toc: Flag | None = None
    comments: Flag | None = None
    search: Flag | None = None
    feed: Flag | None = None
    draft: Flag = False
    check: WrittenCheck = WrittenCheck()
    extra: Free = {}


class TrendMeta(PageMeta, frozen=True, kw_only=True, tag="posts"):
    """The trend post: for whom it is, and its summary."""

    recommended: Texts = []
    summary: Text | None = None
    partners: Texts = []


class WrittenOrigin(Written, frozen=True, kw_only=True):
    name: Text
    url: WebAddress
    title: Text | None = None
    lang: Language | None = None
    published: When | None = None


class WrittenAnalysis(Written, frozen=True, kw_only=True):
    at: When | None = None
    impact: Text | None = None
    comment: Text | None = None


class WrittenKeyPoint(Written, frozen=True, kw_only=True):
    title: Text
    text: Text


class WrittenOriginal(Written, frozen=True, kw_only=True):
    """Either the text itself or a `file` beside the brief."""

    text: Text | None = None
    file: Text | None = None
    lang: Language | None = None


def _original(value: Any) -> Any:
    return Map(text=value) if isinstance(value, Scalar) else value


class NewsMeta(PageMeta, frozen=True, kw_only=True, tag="news"):
    """The news brief: where it comes from, what it means, how much it weighs."""

    source: WrittenOrigin
    tldr: Text | None = None
    scores: Annotated[dict[str, Rating], mapped("depth: 3")] = {}
    analysis: WrittenAnalysis | None = None
    key_points: Annotated[list[WrittenKeyPoint], Listed] = []
    original: Annotated[WrittenOriginal | None, Rule(_original, TEXT)] = None
    media: Annotated[str, choice("article", "video", "tool")] = "article"


class DigestMeta(Written, frozen=True, kw_only=True, tag="digests"):
    """`content/digests/<slug>/<period>.md`: an editor's introduction."""

    title: Text | None = None
    author: Name | None = None


class WrittenFact(Written, frozen=True, kw_only=True):
    label: Text
    value: Text


class WrittenStep(Written, frozen=True, kw_only=True):
    date: MonthOrDay
    text: Text
    links: WebAddresses = []


class WrittenLink(Written, frozen=True, kw_only=True):
    name: Text
    url: WebAddress


class AuthorMeta(Written, frozen=True, kw_only=True, tag="authors"):
    """`content/authors/<id>.md`."""

    name: Text
    romaji: Text | None = None
    icon: Text | None = None
    tagline: Text | None = None
    welcome: Text | None = None
    genres: Texts = []
    fits: Texts = []
    facts: Annotated[list[WrittenFact], Listed] = []
    cta: Text | None = None
    career: Annotated[list[WrittenStep], Listed] = []
    links: Annotated[list[WrittenLink], Listed] = []


MODELS: dict[str, type[Written]] = {
    "posts": TrendMeta,
    "news": NewsMeta,
    "digests": DigestMeta,
    "pages": PageMeta,
    "authors": AuthorMeta,
}
KEYS = frozenset(key for model in MODELS.values() for key in model.__struct_fields__)


# --- a source ------------------------------------------------------------------------------

if TYPE_CHECKING:
    Meta: TypeAlias = Any  # who holds a source knows its section
else:
    Meta = TrendMeta | NewsMeta | DigestMeta | PageMeta | AuthorMeta


class FrontMatter(Frozen, frozen=True):
    """A source taken apart: `block` as typed, for the places of later problems, and `meta`."""

    path: str
    section: str
    block: str
    meta: Meta
    body: str
    body_line: int
    terms: dict[str, list[str]] = {}

    def at(self, code: str, *where: str | int, **blanks: object) -> Problem:
        """A problem at the place of a value."""
        raw, _ = load(self.block, self.path, first_line=2)
        return problem(code, self.path, *position(raw, where), **blanks)


_decoder = msgpack.Decoder(FrontMatter)


def encode(source: FrontMatter) -> bytes:
    return msgpack.encode(source)


def decode(data: bytes) -> FrontMatter:
    """The source that `encode` was given; a moment with an offset comes back as the same in UTC.

    Raises msgspec.MsgspecError.
    """
    return _decoder.decode(data)
