"""site.yaml: read, checked all at once, turned into a frozen `Config`."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from ssg.decoding import decode
from ssg.errors import ConfigError, Problem, problem
from ssg.fields import validated
from ssg.foreign import explained_setting
from ssg.inspection import bad_labels, bad_names, open_secrets
from ssg.labels import LABELS
from ssg.model import Axis, Frozen
from ssg.settings import (
    PERMALINKS,
    WrittenAnalytics,
    WrittenComments,
    WrittenDigest,
    WrittenNavItem,
    WrittenSite,
)
from ssg.sponsors import ADVERTISERS
from ssg.targets import Targets, targets
from ssg.theme import NAME
from ssg.views import Analytics, Comments
from ssg.yamldoc import Map, Seq, YamlError, load, position

AXES = {
    "ja": {"depth": "深度", "relevance": "関連度", "practicality": "実用性", "novelty": "革新性"},
    "en": {
        "depth": "Depth",
        "relevance": "Relevance",
        "practicality": "Practicality",
        "novelty": "Novelty",
    },
}
WEIGHTS = (40, 30, 20, 10)
SCORE_WORDS = {
    "ja": {5: "最重要", 4: "重要", 3: "注目", 2: "参考", 1: "小さな話題"},
    "en": {5: "essential", 4: "important", 3: "notable", 2: "of interest", 1: "minor"},
}


class Category(Frozen, frozen=True):
    name: str
    slug: str


class Taxonomy(Frozen, frozen=True):
    """`name` is the key in front matter and the folder of its pages."""

    name: str
    label: str


class NavItem(Frozen, frozen=True):
    """`url` as the author wrote it: a path of this site or a whole address."""

    label: str
    url: str


class DigestRule(Frozen, frozen=True):
    """A digest of site.yaml: which briefs of each day or week it gathers, at most `top`.

    A brief belongs when it has one of the names of each taxonomy in `names`, one of the `media`,
    and at least `score`; what is empty asks for nothing.
    """

    slug: str
    label: str
    every: str
    names: dict[str, tuple[str, ...]] = {}
    media: tuple[str, ...] = ()
    score: int = 0
    top: int = 20


class Config(Frozen, frozen=True):
    """All settings, with defaults filled in. `url` has no final slash."""

    title: str
    url: str
    tagline: str = ""
    language: str = "ja"
    timezone: str = "Asia/Tokyo"
    author: str = ""
    categories: tuple[Category, ...] = ()
    taxonomies: tuple[Taxonomy, ...] = ()
    permalinks: dict[str, str] = msgspec.field(default_factory=PERMALINKS.copy)
    page_size: int = 12
    header: tuple[NavItem, ...] | None = None
    footer: tuple[NavItem, ...] | None = None
    labels: dict[str, str] = {}
    characters_per_minute: int = 500
    feed_items: int = 20
    hubs: tuple[str, ...] = ()
    toc: bool = True
    comments: Comments | None = None
    analytics: Analytics | None = None
    disclosure: str = ""
    sponsor_hosts: tuple[str, ...] = ()
    axes: tuple[Axis, ...] = ()
    score_words: dict[int, str] = {}
    digests: tuple[DigestRule, ...] = ()
    trend_days: int = 7
    extra: dict[str, Any] = {}
    places: dict[str, tuple[int, int]] = {}
    warnings: tuple[Problem, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


# --- reading it ------------------------------------------------------------------------------


def load_config(root: Path, base_url: str | None = None) -> Config:
    """The settings of the site at `root`. Raises ConfigError with every problem at once."""
    raw, warnings = _read(root)
    written, problems = validated(WrittenSite, raw, "config", NAME)
    problems += [*bad_labels(raw), *bad_names(raw), *targets(raw)[1]]
    if written is None or problems:
        raise ConfigError(map(explained_setting, problems))
    told = (*warnings, *open_secrets(raw))
    return replace(_resolved(written, raw, base_url), warnings=told)


def load_targets(root: Path) -> Targets:
    """Where the site at `root` is published. Raises ConfigError as `load_config` does."""
    found, problems = targets(_read(root)[0])
    if problems:
        raise ConfigError(problems)
    return found


def load_ignored(root: Path) -> frozenset[str]:
    """The codes that `ssg check` leaves out. Raises ConfigError."""
    written, _ = validated(WrittenSite, _read(root)[0], "config", NAME)
    return frozenset(written.check.ignore if written else ())


def _read(root: Path) -> tuple[Map, list[Problem]]:
    """site.yaml as it is written, and warnings about how. Raises ConfigError."""
    try:
        data = (root / NAME).read_bytes()
    except OSError as e:
        raise ConfigError([problem("config/unreadable", NAME, 0, 0, why=e.strerror)]) from e
    text, problems = decode(data, NAME)
    if problems:
        raise ConfigError(problems)
    try:
        return load(text, NAME)
    except YamlError as e:
        raise ConfigError(e.problems) from e


def _resolved(written: WrittenSite, raw: Map, base_url: str | None) -> Config:
    return Config(
        title=written.title,
        url=base_url or written.url,
        tagline=written.tagline or "",
        language=written.language,
        timezone=written.timezone,
        author=written.author or "",
        categories=tuple(Category(name=n, slug=s) for n, s in written.categories.items()),
        taxonomies=_taxonomies(written),
        permalinks=written.permalinks.model_dump(),
        page_size=written.page_size,
        header=_navigation(written.navigation.header),
        footer=_navigation(written.navigation.footer),
        labels=LABELS[written.language] | written.labels,
        characters_per_minute=written.reading.characters_per_minute,
        feed_items=written.feeds.items,
        hubs=tuple(written.feeds.hubs),
        toc=written.toc,
        comments=_comments(written.comments),
        analytics=_analytics(written.analytics),
        disclosure=written.disclosure.text or "",
        sponsor_hosts=(*ADVERTISERS, *written.disclosure.hosts),
        axes=_axes(written),
        score_words=SCORE_WORDS[written.language]
        | {int(n): text for n, text in written.scores.labels.items()},
        digests=tuple(_digest(d) for d in written.digests),
        trend_days=written.trends.window_days,
        extra=written.extra,
        places={k: position(raw, (k,)) for k in raw} | _menu_places(raw),
    )


def _taxonomies(written: WrittenSite) -> tuple[Taxonomy, ...]:
    labels = LABELS[written.language] | written.labels
    known = {n: Taxonomy(name=n, label=labels[f"{n}_title"]) for n in ("tags", "companies")}
    own = {t.name: Taxonomy(name=t.name, label=t.label) for t in written.taxonomies}
    return tuple((known | own).values())


def _axes(written: WrittenSite) -> tuple[Axis, ...]:
    if written.scores.axes is None:
        named = zip(AXES[written.language].items(), WEIGHTS, strict=True)
        return tuple(Axis(id=i, label=label, weight=w) for (i, label), w in named)
    return tuple(Axis(id=i, label=a.label, weight=a.weight) for i, a in written.scores.axes.items())


def _digest(written: WrittenDigest) -> DigestRule:
    chosen = written.selection
    names = {t: tuple(getattr(chosen, t)) for t in ("tags", "companies", "sources", "categories")}
    return DigestRule(
        slug=written.slug,
        label=written.label,
        every=written.every,
        names={t: n for t, n in names.items() if n},
        media=tuple(chosen.media),
        score=chosen.score or 0,
        top=written.top,
    )


def _comments(written: WrittenComments | None) -> Comments | None:
    if written is None:
        return None
    captcha = written.captcha
    return Comments(
        action=written.action,
        captcha=captcha.provider if captcha else "",
        captcha_key=captcha.site_key if captcha else "",
    )


def _analytics(written: WrittenAnalytics | None) -> Analytics | None:
    if written is None:
        return None
    return Analytics(src=written.src, attributes=dict(written.attributes))


def _menu_places(raw: Map) -> dict[str, tuple[int, int]]:
    """Where the address of each menu entry stands, by its menu and number."""
    menus = raw.get("navigation")
    return {
        f"{menu}.{index}": position(raw, ("navigation", menu, index, "url"))
        for menu, entries in (menus.items() if isinstance(menus, Map) else ())
        for index, _ in enumerate(entries if isinstance(entries, Seq) else ())
    }


def _navigation(items: list[WrittenNavItem] | None) -> tuple[NavItem, ...] | None:
    if items is None:
        return None
    return tuple(NavItem(label=i.label, url=i.url) for i in items)
