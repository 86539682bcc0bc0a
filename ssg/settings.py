"""What an author may write in site.yaml: its keys, their rules and defaults."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, Field

from ssg.fields import (
    Flag,
    Free,
    Integer,
    Listed,
    ListedTexts,
    Rating,
    Text,
    Texts,
    WebAddress,
    WebAddresses,
    Written,
    broken,
    choice,
    mapped,
    web_parts,
    without_password,
)
from ssg.labels import LABELS
from ssg.text import nearest, visible
from ssg.urls import PERMALINK_PARTS, slugify

MOST = 1000
PERMALINKS = {"posts": "/posts/:slug/", "news": "/news/:slug/", "pages": "/:slug/"}


def site_url(text: str) -> str:
    """The address of a site without a final slash, its host in ASCII (IDNA). Raises ValueError."""
    parts = web_parts(text)
    if parts.query or parts.fragment or parts.username or parts.password:
        raise broken("url-extras", got=without_password(text))
    if not {".", ".."}.isdisjoint(parts.path.split("/")):
        raise broken("url", got=visible(text))
    try:
        port = f":{parts.port}" if parts.port else ""
        host = str(parts.hostname).encode("idna").decode() + port
    except (UnicodeError, ValueError):
        raise broken("url", got=visible(text)) from None
    return f"{parts.scheme}://{host}{quote(parts.path.rstrip('/'), safe='/%~')}"


def _timezone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        cities = {zone.rpartition("/")[2]: zone for zone in sorted(available_timezones())}
        near = nearest(text.rpartition("/")[2], cities)
        blanks = {"near": cities[near]} if near else {}
        raise broken("timezone", got=visible(text), **blanks) from None


def _permalink(text: str) -> str:
    steps = text.removeprefix("/").removesuffix("/").split("/")
    unknown = [s for s in steps if s.startswith(":") and s not in PERMALINK_PARTS]
    plain = [s for s in steps if not s.startswith(":")]
    if unknown or not (text.startswith("/") and text.endswith("/")) or ":slug" not in steps:
        raise broken("permalink", got=visible(text))
    if any(not s or s != slugify(s) for s in plain):
        raise broken("permalink", got=visible(text))
    return text


def _slug(text: str) -> str:
    if text != slugify(text):
        better = {"better": slug} if (slug := slugify(text)) else {}
        raise broken("slug", got=visible(text), **better)
    return text


def _page_size(number: int) -> int:
    if not 1 <= number <= MOST:
        raise broken("range", got=number, most=MOST)
    return number


def _menu_address(text: str) -> str:
    if not re.match(r"/|#|https?://|mailto:|tel:", text, re.IGNORECASE):
        raise broken("menu", got=visible(text), better=f"/{slugify(text) or 'about'}/")
    return text


def _host(text: str) -> str:
    """A host of advertisers, perhaps with `?name` behind it."""
    name = text.lower()
    if not re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:\?[\w-]+)?", name):
        near = re.sub(r"^(?:\w+:)?//|^\*?\.|[/\s].*$", "", name)
        better = near if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", near) else "px.a8.net"
        raise broken("host", got=visible(text), better=better)
    return name


_SLUGS = mapped("暮らし: life")
_ATTRIBUTES = mapped("site-id: …")
_AXES = mapped("depth: …")


class WrittenNavItem(Written):
    label: Text
    url: Annotated[Text, AfterValidator(_menu_address)]


class WrittenNavigation(Written):
    header: Annotated[list[WrittenNavItem], Listed] | None = None
    footer: Annotated[list[WrittenNavItem], Listed] | None = None


class WrittenTaxonomy(Written):
    name: Annotated[Text, AfterValidator(_slug)]
    label: Text


class WrittenCaptcha(Written):
    provider: Annotated[str, choice("turnstile", "hcaptcha", "recaptcha")]
    site_key: Text


class WrittenComments(Written):
    action: WebAddress
    captcha: WrittenCaptcha | None = None


def _attribute_names(attributes: dict[str, str]) -> dict[str, str]:
    """They become `data-…` attributes, so they must not end one."""
    for name in attributes:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            raise broken("attribute", got=visible(name))
    return attributes


class WrittenAnalytics(Written):
    src: WebAddress
    attributes: Annotated[dict[str, Text], _ATTRIBUTES, AfterValidator(_attribute_names)] = {}


class WrittenDisclosure(Written):
    text: Text | None = None
    hosts: Annotated[list[Annotated[Text, AfterValidator(_host)]], ListedTexts] = []


class WrittenReading(Written):
    characters_per_minute: Annotated[Integer, AfterValidator(_page_size)] = 500


class WrittenFeeds(Written):
    items: Annotated[Integer, AfterValidator(_page_size)] = 20
    hubs: WebAddresses = []


def _weights(axes: dict[str, WrittenAxis]) -> dict[str, WrittenAxis]:
    total = sum(axis.weight for axis in axes.values())
    if total != 100:
        raise broken("weights", got=total)
    return axes


def _score_words(words: dict[str, str]) -> dict[str, str]:
    for key in words:
        if key not in ("1", "2", "3", "4", "5"):
            raise broken("choice", got=visible(key), options="1, 2, 3, 4, 5")
    return words


class WrittenAxis(Written):
    label: Text
    weight: Integer


class WrittenScores(Written):
    axes: (
        Annotated[
            dict[str, WrittenAxis],
            mapped("depth: {label: 深度, weight: 40}"),
            AfterValidator(_weights),
        ]
        | None
    ) = None
    labels: Annotated[dict[str, Text], mapped("5: 最重要"), AfterValidator(_score_words)] = {}


class WrittenSelection(Written):
    tags: Texts = []
    companies: Texts = []
    sources: Texts = []
    categories: Texts = []
    media: Annotated[list[Annotated[str, choice("article", "video", "tool")]], Listed] = []
    score: Rating | None = None


class WrittenDigest(Written):
    slug: Annotated[Text, AfterValidator(_slug)]
    label: Text
    every: Annotated[str, choice("day", "week")]
    selection: WrittenSelection = Field(default=WrittenSelection.model_construct(), alias="from")
    top: Annotated[Integer, AfterValidator(_page_size)] = 20


class WrittenTrends(Written):
    window_days: Annotated[Integer, AfterValidator(_page_size)] = 7


class WrittenPermalinks(Written):
    posts: Annotated[Text, AfterValidator(_permalink)] = PERMALINKS["posts"]
    news: Annotated[Text, AfterValidator(_permalink)] = PERMALINKS["news"]
    pages: Annotated[Text, AfterValidator(_permalink)] = PERMALINKS["pages"]


class WrittenCheck(Written):
    ignore: Texts = []


class WrittenSite(Written):
    """The keys of site.yaml."""

    title: Text
    url: Annotated[Text, AfterValidator(site_url)]
    tagline: Text | None = None
    language: Annotated[str, choice(*LABELS)] = "ja"
    timezone: Annotated[Text, AfterValidator(_timezone)] = "Asia/Tokyo"
    author: Text | None = None
    categories: Annotated[
        dict[str, Annotated[Text, AfterValidator(_slug)]], mapped("暮らし: life")
    ] = {}
    taxonomies: Annotated[list[WrittenTaxonomy], Listed] = []
    permalinks: WrittenPermalinks = WrittenPermalinks.model_construct()
    page_size: Annotated[Integer, AfterValidator(_page_size)] = 12
    navigation: WrittenNavigation = WrittenNavigation.model_construct()
    labels: Annotated[dict[str, Text], mapped("home: …")] = {}
    reading: WrittenReading = WrittenReading.model_construct()
    feeds: WrittenFeeds = WrittenFeeds.model_construct()
    toc: Flag = True
    comments: WrittenComments | None = None
    analytics: WrittenAnalytics | None = None
    disclosure: WrittenDisclosure = WrittenDisclosure.model_construct()
    scores: WrittenScores = WrittenScores.model_construct()
    digests: Annotated[list[WrittenDigest], Listed] = []
    trends: WrittenTrends = WrittenTrends.model_construct()
    check: WrittenCheck = WrittenCheck.model_construct()
    deploy: Annotated[dict[str, Any], mapped("host: …")] = {}
    extra: Free = {}
