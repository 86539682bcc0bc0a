"""HTML in a body: what runs there, and addresses that are shown as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from ssg.check.article import Article, Remark
from ssg.check.pointers import Pointer, attributes
from ssg.check.prose import without_blocks
from ssg.check.rules.kinds import Finding, Survey
from ssg.config import Config
from ssg.extensions.addresses import SCHEME
from ssg.text import visible
from ssg.urls import output_file

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|(?<!\\)(`+)(?!`)(?:(?!\n\s*\n).)*?(?<!`)\1(?!`)"
    r"|<(?P<script>script)\b[^>]*>.*?(?:</script\s*>|\Z)"
    r"|<[A-Za-z][\w-]*(?P<attributes>\s(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_may_run = re.compile(r"<script|\son[a-z]+\s*=", re.IGNORECASE).search
_alt_alone = re.compile(r"<[^>]*\salt(?=[\s/>])", re.IGNORECASE).match


def remarks(article: Article, config: Config) -> Iterator[Remark]:
    if _may_run(article.body):
        yield from _active(without_blocks(article.body))
    for pointer in article.pointers:
        if _lacks_alt(pointer) and not _alt_alone(article.body, pointer.at):
            yield Remark("html/no-alt", pointer.at, blanks={"name": visible(pointer.address)})


def _active(body: str) -> Iterator[Remark]:
    for match in _TAG.finditer(body):
        if match["script"]:
            yield Remark("html/active", match.start(), blanks={"name": "<script>"})
        for name in attributes(match["attributes"] or ""):
            if name.startswith("on"):
                yield Remark("html/active", match.start(), blanks={"name": f"{name}="})


def _lacks_alt(pointer: Pointer) -> bool:
    written = pointer.attributes
    return bool(written) and pointer.kind == "picture" and "alt" not in written


def facts(article: Article, config: Config) -> Any:
    """Addresses of this site in HTML, with what they are and where they stand."""
    return [
        [pointer.kind, pointer.address, *article.place(pointer.at)]
        for pointer in article.pointers
        if pointer.attributes and _is_here(pointer.address)
    ]


def _is_here(address: str) -> bool:
    return not (address.startswith(("#", "//")) or SCHEME.match(address)) and address != ""


def judge(survey: Survey) -> Iterator[Finding]:
    """Addresses at which the site has nothing."""
    if survey.files is None:
        return
    pages = {place.source: place for place in survey.library.places}
    base = urlsplit(survey.kit.config.url).path
    for path, found in survey.facts.items():
        for kind, address, line, column in found if path in pages else ():
            target = unquote(urlsplit(urljoin(pages[path].url, address)).path)
            if not _is_there(target, base, survey.files):
                got = visible(address)
                yield Finding.at("html/address", path, line, column, address=got, **_way(kind, got))


def _is_there(target: str, base: str, files: frozenset[str]) -> bool:
    if not f"{target}/".startswith(f"{base}/"):  # another part of the host
        return True
    name = output_file(target.removeprefix(base) or "/")
    return name in files or f"{name}/index.html" in files


def _way(kind: str, address: str) -> dict[str, str]:
    """How it is written so that it works, for the hint."""
    if kind == "picture":
        return {"picture": address}
    return {"post": address} if urlsplit(address).path.lower().endswith(".md") else {}
