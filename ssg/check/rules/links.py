"""Links that lead somewhere, and say where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from ssg.check.article import Article, Remark
from ssg.check.rules.kinds import Finding, Survey
from ssg.config import Config
from ssg.extensions.addresses import host
from ssg.tables import rows
from ssg.text import nearest, visible

_SHORTENERS = frozenset(rows("shorteners"))
_VAGUE = frozenset(rows("vague-links"))
_MARKS = re.compile(r"[\s*_`~。、！!？?「」『』()（）＞>→▶»⇒☞👉.…]+")
_ID = re.compile(r"""\s(?:id|name)=(?:"([^"]*)"|'([^']*)')""")
_OF_THE_THEME = "_"  # its ids begin so


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    yield from _shortened(article)
    yield from _vague(article)
    yield from _same_alt(article)


def _shortened(article: Article) -> Iterator[Remark]:
    for pointer in article.pointers:
        if pointer.kind == "link" and (name := host(pointer.address)) in _SHORTENERS:
            yield Remark("links/shortener", pointer.at, blanks={"host": name})
    for field in article.fields:
        if (name := host(field.text)) in _SHORTENERS:
            yield Remark("links/shortener", field.where, blanks={"host": name})


def _vague(article: Article) -> Iterator[Remark]:
    for pointer in article.pointers:
        if pointer.kind == "link" and _MARKS.sub("", pointer.text).lower() in _VAGUE:
            yield Remark("links/vague-text", pointer.at, blanks={"text": visible(pointer.text)})


def _same_alt(article: Article) -> Iterator[Remark]:
    """Pictures that are not the same and yet have the same description."""
    first: dict[str, str] = {}
    for pointer in article.pointers:
        alt = pointer.text.strip()
        if pointer.kind != "picture" or not alt:
            continue
        if first.setdefault(alt, pointer.address) != pointer.address:
            blanks: dict[str, object] = {"alt": visible(alt), "first": visible(first[alt])}
            yield Remark("links/same-alt", pointer.at, blanks=blanks)


def facts(article: Article, config: Config) -> Any:
    """Links to a place on a page of this site: the page, the anchor, and where they stand."""
    found = []
    for pointer in article.pointers:
        address, _, anchor = unescape(pointer.address).partition("#")
        if pointer.kind != "link" or not anchor or anchor.startswith((":~:", _OF_THE_THEME)):
            continue
        if not address and not pointer.attributes:  # the build tells that
            continue
        if (page := _page(address, article.path, config.url)) is not None:
            found.append([page, _composed(anchor), *article.place(pointer.at)])
    return found


def _page(address: str, path: str, url: str) -> str | None:
    """The source file or the path of the site that an address means; None for other sites."""
    address = address.partition("?")[0]
    if not address:
        return path
    if address.startswith(url + "/"):
        address = address[len(url) :]
    if ":" in address or address.startswith("//"):
        return None
    address = _composed(address)
    if address.startswith("/"):
        return normpath(address[1:]) if address.endswith(".md") else address
    return normpath(join(dirname(path), address)) if address.endswith(".md") else None


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", unquote(text))


def judge(survey: Survey) -> Iterator[Finding]:
    """Anchors that their page does not have."""
    sources = {p.source: p.source for p in survey.library.places}
    sources |= {known: p.source for p in survey.library.places for known in (p.path, p.url)}
    ids: dict[str, frozenset[str]] = {}
    for path, links in survey.facts.items():
        for page, anchor, line, column in links:
            target = sources.get(page.removesuffix("index.html"), "") or sources.get(page + "/", "")
            target = path if page == path else target
            if not target or (html := survey.html(target)) is None:
                continue
            if target not in ids:
                ids[target] = _ids(html)
            if anchor not in ids[target]:
                near = {"near": n} if (n := nearest(anchor, ids[target])) else {}
                got = visible(anchor)
                yield Finding.at("links/no-anchor", path, line, column, anchor=got, **near)


def _ids(html: str) -> frozenset[str]:
    return frozenset(_composed(unescape(one or other)) for one, other in _ID.findall(html))
