"""From what an author wrote to what the site knows: ids, names and files become things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import datetime, timedelta, timezone
from functools import partial
from zoneinfo import ZoneInfo

from ssg.briefs import resolve_brief
from ssg.config import Config
from ssg.data import Data, Picture
from ssg.errors import Problem, problem
from ssg.images import PictureError
from ssg.layouts import USUAL, fitting
from ssg.model import (
    Author,
    Brief,
    CareerStep,
    Fact,
    Frozen,
    Headline,
    Image,
    Introduction,
    Link,
    Partner,
    Post,
    Reference,
    Term,
)
from ssg.questions import Notes
from ssg.terms import TermBook
from ssg.text import nearest, visible
from ssg.urls import (
    MAX_SLUG_BYTES,
    WINDOWS_SIGNS,
    Addresses,
    is_device,
    is_reserved,
    permalink,
    short_hash,
    slugify,
    unsafe_part,
)
from ssg.written import (
    AuthorMeta,
    DigestMeta,
    FrontMatter,
    NewsMeta,
    PageMeta,
    TrendMeta,
    WrittenCover,
    WrittenReference,
)

_WEAK_ALT = re.compile(
    r"image|img|photo|picture|画像|写真|イメージ|.*\.(jpe?g|png|webp|gif|svg)", re.I
)


class Shelf(Frozen, frozen=True):
    """All that the names in front matter may refer to; `notes` keeps what was asked of files."""

    config: Config
    addresses: Addresses
    categories: Mapping[str, Term]
    terms: TermBook
    authors: Set[str]
    data: Data
    notes: Notes
    layouts: frozenset[str]


def categories(config: Config, addresses: Addresses) -> tuple[Term, ...]:
    """The site's categories as terms, in the order of site.yaml."""
    return tuple(
        Term(
            taxonomy="categories",
            name=c.name,
            slug=c.slug,
            path=f"/categories/{c.slug}/",
            url=addresses.href(f"/categories/{c.slug}/"),
        )
        for c in config.categories
    )


# --- posts and pages -----------------------------------------------------------------------


def resolve_post(source: FrontMatter, section: str, shelf: Shelf) -> tuple[Post, list[Problem]]:
    """The post that a source makes on this site, and every name in it that leads nowhere."""
    meta: PageMeta = source.meta
    config = shelf.config
    problems: list[Problem] = []
    date, updated, expires = _moments(source, config, problems)
    slug = _slug(source, date, problems)
    category = _category(source, shelf, problems)
    path = permalink(config.permalinks[section], slug, date, category.slug if category else "")
    terms, merged = shelf.terms.of(source)
    trend = meta if isinstance(meta, TrendMeta) else None
    brief = _brief(source, terms, shelf, problems) if isinstance(meta, NewsMeta) else None
    post = Post(
        source=source.path,
        section=section,
        layout=_layout(source, section, shelf, problems),
        slug=slug,
        path=path,
        url=shelf.addresses.href(path),
        title=meta.title,
        date=date,
        kicker=meta.kicker or "",
        subtitle=_subtitle(meta),
        description=meta.description or (brief.tldr if brief else ""),
        summary=(trend.summary or "") if trend else "",
        recommended=tuple(trend.recommended) if trend else (),
        updated=updated,
        expires=expires,
        draft=meta.draft,
        aliases=_aliases(source, problems),
        author=_author_id(source, section, shelf, problems),
        category=category,
        terms=terms,
        cover=_cover(source, meta.cover, shelf, problems) if meta.cover else None,
        sources=_references(meta.sources),
        basis=_references(meta.basis),
        partners=tuple(_partners(source, trend.partners, shelf, problems)) if trend else (),
        brief=brief,
        numbering=meta.numbering,
        toc=config.toc if meta.toc is None else meta.toc,
        comments=section == "posts" if meta.comments is None else meta.comments,
        search=meta.search is not False,
        feed=meta.feed is not False,
        extra=meta.extra,
    )
    return post, problems + merged


def _moments(
    source: FrontMatter, config: Config, problems: list[Problem]
) -> tuple[datetime, datetime | None, datetime | None]:
    """Date, last change and end, in the site's zone; a moment without a zone is in it."""
    meta: PageMeta = source.meta
    local = partial(localized, config.zone)
    date = local(meta.date)
    updated = local(meta.updated) if meta.updated else None
    expires = local(meta.expires) if meta.expires else None
    if updated and updated < date:
        problems.append(source.at("front-matter/updated-early", "updated"))
    if expires and expires <= date:
        problems.append(source.at("front-matter/expires-early", "expires"))
    return date, updated, expires


def localized(zone: ZoneInfo, moment: datetime) -> datetime:
    """A moment in the site's zone; one that an author wrote without a zone is in it.

    It carries the zone's offset at that moment, as a date read from the cache does.
    """
    local = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def _brief(
    source: FrontMatter,
    terms: Mapping[str, tuple[Term, ...]],
    shelf: Shelf,
    problems: list[Problem],
) -> Brief:
    local = partial(localized, shelf.config.zone)
    publisher = terms["sources"][0]
    return resolve_brief(source, publisher, shelf.config, local, shelf.notes.read_beside, problems)


_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # not of emoji


def _slug(source: FrontMatter, date: datetime, problems: list[Problem]) -> str:
    """The slug written, or the file's name, made safe; what could mislead is refused."""
    written: str | None = source.meta.slug
    name = written if written is not None else source.path.rpartition("/")[2].removesuffix(".md")

    def tell(code: str, **blanks: str) -> None:
        at = source.at(code, "slug", **blanks) if written is not None else None
        problems.append(at or problem(code, source.path, **blanks))

    slug = slugify(name)
    if written is not None and (part := unsafe_part(name)):
        better = {"better": slug} if slug else {}
        tell("slug/unsafe", got=visible(name), part=visible(part), **better)
    elif not slug:
        slug = f"{date:%Y-%m-%d}-{short_hash(name)}"
        tell("slug/empty", got=visible(name), slug=slug)
    elif is_reserved(name):
        tell("slug/reserved", got=visible(name))
    elif is_reserved(slug) or _is_device(slug, name, written is not None):
        tell("slug/reserved", got=slug)
    elif (written is not None and visible(name, 300) != name) or _UNSEEN.search(name):
        tell("slug/invisible", got=visible(name), slug=slug)
    return slug


def _is_device(slug: str, name: str, written: bool) -> bool:
    """Whether Windows takes a slug for a device, unless the file's own name says so already."""
    return is_device(slug) and (written or not is_device(name))


def _layout(source: FrontMatter, section: str, shelf: Shelf, problems: list[Problem]) -> str:
    usual = USUAL[section]
    layout: str = source.meta.layout or usual
    if layout != usual and layout not in (known := fitting(shelf.layouts, section)):
        where = ("layout",)
        problems.append(_unknown(source, "layout/unknown", where, layout, known, usual=usual))
    return layout


def _category(source: FrontMatter, shelf: Shelf, problems: list[Problem]) -> Term | None:
    name: str | None = source.meta.category
    if name is None:
        return None
    known = shelf.categories
    if name not in known:
        problems.append(
            _unknown(source, "front-matter/unknown-category", ("category",), name, known)
        )
    return known.get(name)


def _author_id(source: FrontMatter, section: str, shelf: Shelf, problems: list[Problem]) -> str:
    written: str | None = source.meta.author
    if written is None:
        return shelf.config.author if section != "pages" else ""
    if written not in shelf.authors:
        problems.append(
            _unknown(source, "front-matter/unknown-author", ("author",), written, shelf.authors)
        )
    return written


def _partners(
    source: FrontMatter, ids: list[str], shelf: Shelf, problems: list[Problem]
) -> Iterator[Partner]:
    known = shelf.data.partners
    for index, name in enumerate(ids):
        if name in known:
            yield known[name]
        else:
            where = ("partners", index)
            problems.append(_unknown(source, "front-matter/unknown-partner", where, name, known))


def _unknown(
    source: FrontMatter,
    code: str,
    where: tuple[str | int, ...],
    name: str,
    known: Iterable[str],
    **blanks: str,
) -> Problem:
    known = sorted(known)
    if near := nearest(name, known):
        blanks["near"] = near
    if known:
        blanks["known"] = ", ".join(known)
    return source.at(code, *where, got=visible(name), **blanks)


def _aliases(source: FrontMatter, problems: list[Problem]) -> tuple[str, ...]:
    """Old paths, each beginning with `/` and staying inside the site."""
    paths = []
    for index, alias in enumerate(source.meta.aliases):
        steps = alias.removeprefix("/").removesuffix("/").split("/")
        if not alias.startswith("/") or not all(map(_is_step, steps)):
            problems.append(source.at("front-matter/alias", "aliases", index, got=visible(alias)))
            continue
        paths.append(_alias_path(alias))
    return tuple(dict.fromkeys(paths))


def _is_step(name: str) -> bool:
    """Whether a part of an old address can be a folder or a file everywhere."""
    fits = len(name.encode()) <= MAX_SLUG_BYTES and not is_device(name)
    return fits and bool(name) and not unsafe_part(name) and WINDOWS_SIGNS.isdisjoint(name)


def _alias_path(alias: str) -> str:
    is_page = "." not in alias.rpartition("/")[2]
    return alias.removesuffix("/") + "/" if is_page else alias


def at_claim(source: FrontMatter, found: Problem) -> Problem:
    """A problem with the address `path` of a source, where it asks for it."""
    blanks = dict(found.args)
    wanted = blanks["path"].lower()
    aliases: list[str] = getattr(source.meta, "aliases", [])
    same = (i for i, alias in enumerate(aliases) if _alias_path(alias).lower() == wanted)
    if (index := next(same, None)) is not None:
        return source.at(found.code, "aliases", index, **blanks)
    return source.at(found.code, "slug", **blanks)


def _cover(
    source: FrontMatter, cover: WrittenCover, shelf: Shelf, problems: list[Problem]
) -> Image | None:
    if cover.alt and _WEAK_ALT.fullmatch(cover.alt):
        problems.append(source.at("image/weak-alt", "cover", "alt", got=visible(cover.alt)))
    try:
        image = shelf.notes.picture(cover.src, source.path)
    except PictureError as e:
        problems.append(source.at(e.code, "cover", "src", **e.blanks))
        return None
    return Image(
        src=image.src,
        srcset=image.srcset,
        width=image.width,
        height=image.height,
        source=image.source,
        alt=cover.alt,
        caption=cover.caption or "",
        credit=cover.credit or "",
        credit_url=cover.credit_url or "",
    )


def _subtitle(meta: PageMeta) -> Headline | None:
    if meta.subtitle is None:
        return None
    return Headline(text=meta.subtitle.text, kicker=meta.subtitle.kicker or "")


def _references(written: Iterable[WrittenReference]) -> tuple[Reference, ...]:
    return tuple(
        Reference(
            title=r.title,
            url=r.url,
            publisher=r.publisher or "",
            lang=r.lang or "",
            published=r.published,
            accessed=r.accessed,
        )
        for r in written
    )


def resolve_introduction(
    source: FrontMatter,
    slug: str,
    period: str,
    authors: Set[str],
    problems: list[Problem],
) -> Introduction:
    """An editor's words above one period of a digest."""
    meta: DigestMeta = source.meta
    if meta.author is not None and meta.author not in authors:
        problems.append(
            _unknown(source, "front-matter/unknown-author", ("author",), meta.author, authors)
        )
    return Introduction(
        slug=slug,
        period=period,
        source=source.path,
        title=meta.title or "",
        author=meta.author or "",
    )


# --- authors -----------------------------------------------------------------------------------


def resolve_author(
    source: FrontMatter, config: Config, addresses: Addresses, picture: Picture
) -> tuple[Author, list[Problem]]:
    """An author's profile. Genres that are categories of the site get their address."""
    meta: AuthorMeta = source.meta
    problems: list[Problem] = []
    name = source.path.rpartition("/")[2].removesuffix(".md")
    if slugify(name) != name or is_reserved(name):
        problems.append(source.at("author/id", got=visible(name), better=slugify(name)))
    icon, face = _icon(source, picture, problems)
    path = f"/authors/{slugify(name)}/"
    author = Author(
        id=name,
        name=meta.name,
        path=path,
        url=addresses.href(path),
        romaji=meta.romaji or "",
        icon=icon,
        picture=face,
        tagline=meta.tagline or "",
        welcome=meta.welcome or "",
        genres=_genres(meta, config, addresses),
        fits=tuple(meta.fits),
        facts=tuple(Fact(label=f.label, value=f.value) for f in meta.facts),
        cta=meta.cta or "",
        career=tuple(
            CareerStep(date=s.date, text=s.text, links=tuple(s.links)) for s in meta.career
        ),
        links=tuple(Link(name=k.name, url=k.url) for k in meta.links),
        source=source.path,
    )
    return author, problems


def _icon(
    source: FrontMatter, picture: Picture, problems: list[Problem]
) -> tuple[str, Image | None]:
    icon: str = source.meta.icon or ""
    if not re.search(r"\.(jpe?g|png|webp|gif|svg)$", icon, re.I):
        return icon, None
    try:
        return "", picture(icon, source.path)
    except PictureError as e:
        problems.append(source.at(e.code, "icon", **e.blanks))
        return "", None


def _genres(meta: AuthorMeta, config: Config, addresses: Addresses) -> tuple[Term, ...]:
    known = {c.name: c for c in categories(config, addresses)}
    return tuple(
        known.get(g) or Term(taxonomy="", name=g, slug=slugify(g), path="", url="")
        for g in meta.genres
    )
