"""`ssg check --output`: the pages that a build has made, read as a browser would."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from ssg.check.pointers import attributes
from ssg.config import Config
from ssg.errors import Problem, problem
from ssg.model import Frozen
from ssg.parallel import spread
from ssg.text import visible

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|textarea)\b(?P<given>[^<>]*)>.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_VERBATIM = frozenset(("code", "kbd", "pre", "samp", "math", "svg"))
_ADDRESSED = {"a": "href", "link": "href", "img": "src", "iframe": "src", "source": "src"}
_WITH_ATTRIBUTES = frozenset((*_ADDRESSED, "html", "meta"))
_ALT = re.compile(r"\salt(?=[\s=/]|$)", re.IGNORECASE)
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")

Place = tuple[int, int]


class Sheet(Frozen, frozen=True):
    """What one HTML file says: each thing that others need to know with its place."""

    path: str
    problems: list[Problem]
    ids: frozenset[str]
    links: list[tuple[str, int, int]]
    title: tuple[str, int, int] | None = None
    canonical: str | None = None
    image: str | None = None
    redirects: bool = False


def of_output(folder: Path, config: Config, jobs: int) -> tuple[Problem, ...]:
    """Everything wrong with the site in `folder`, which is named in each place."""
    files = sorted(_files(folder))
    if "index.html" not in files:
        return (problem("built/none", folder.name),)
    pages = [file for file in files if file.endswith(".html")]
    sheets = list(spread(partial(_read, folder), pages, jobs, partial(_unread, folder.name)))
    return tuple(sorted(_judged(sheets, frozenset(files), folder.name, config)))


def _files(folder: Path) -> Iterator[str]:
    for here, _, names in os.walk(folder):
        yield from (Path(here, name).relative_to(folder).as_posix() for name in names)


def _unread(name: str, path: str) -> Sheet:
    told = problem("built/unreadable", f"{name}/{path}")
    return Sheet(path, [told], frozenset(), [], redirects=True)


# --- one file --------------------------------------------------------------------------------


def _read(folder: Path, path: str) -> Sheet:
    try:
        html = (folder / path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return _unread(folder.name, path)
    return read_sheet(html, path, f"{folder.name}/{path}")


def read_sheet(html: str, path: str, shown: str) -> Sheet:
    """The sheet of a page; `shown` is its name in messages."""
    return _PageReader(html, shown).sheet(path)


class _PageReader:
    """Walks over the tags of one page."""

    def __init__(self, html: str, shown: str) -> None:
        self.html = html
        self.shown = shown
        self.starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self.problems: list[Problem] = []
        self.ids: set[str] = set()
        self.links: list[tuple[str, int, int]] = []
        self.meta: dict[str, str] = {}

    def sheet(self, path: str) -> Sheet:
        behind = verbatim = 0
        for token in _TOKEN.finditer(self.html):
            if not verbatim and (at := self.html.find("**", behind, token.start())) >= 0:
                self._tell("built/asterisks", at)
            behind = token.end()
            name = (token["name"] or "").lower()
            if name in _VERBATIM:
                verbatim = max(0, verbatim + (-1 if token["end"] else 1))
            if name and not token["end"]:
                self._tag(name, token["attributes"], token.start())
        title = _TITLE.search(self.html)
        return Sheet(
            path=path,
            problems=self.problems,
            ids=frozenset(self.ids),
            links=self.links,
            title=(unescape(title[1]), *self._place(title.start())) if title else None,
            canonical=self.meta.get("canonical"),
            image=self.meta.get("og:image"),
            redirects="refresh" in self.meta,
        )

    def _tag(self, name: str, written: str, at: int) -> None:
        given = attributes(written) if name in _WITH_ATTRIBUTES or "id" in written else {}
        if own := given.get("id"):
            if own in self.ids:
                self._tell("built/same-id", at, id=visible(own))
            self.ids.add(own)
        if name not in _WITH_ATTRIBUTES:
            return
        if name == "img" and not _ALT.search(_VALUE.sub("", written)):
            self._tell("built/no-alt", at, src=visible(given.get("src", "")))
        elif name == "html" and not given.get("lang"):
            self._tell("built/no-lang", at)
        if name == "meta":
            key = given.get("property") or given.get("http-equiv", "").lower()
            self.meta[key] = given.get("content", "")
        elif name == "link" and given.get("rel") == "canonical":
            self.meta["canonical"] = given.get("href", "")
        elif address := given.get(_ADDRESSED.get(name, ""), ""):
            self.links.append((address, *self._place(at)))

    def _tell(self, code: str, at: int, **blanks: str) -> None:
        self.problems.append(problem(code, self.shown, *self._place(at), **blanks))

    def _place(self, at: int) -> Place:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1


# --- all of them -----------------------------------------------------------------------------


def _judged(
    sheets: list[Sheet], files: frozenset[str], name: str, config: Config
) -> Iterator[Problem]:
    ids = {sheet.path: sheet.ids for sheet in sheets}
    titles: dict[str, str] = {}
    for sheet in sheets:
        shown = f"{name}/{sheet.path}"
        yield from sheet.problems
        yield from _dead_links(sheet, shown, files, ids, config)
        if sheet.redirects or sheet.path == "404.html":
            continue
        own = f"{config.url}/{sheet.path.removesuffix('index.html')}"
        if sheet.canonical is not None and unquote(sheet.canonical) != unquote(own):
            yield problem("built/canonical", shown, got=visible(sheet.canonical, 120))
        if sheet.image is None or _file(sheet.image, sheet.path, files, config) == "":
            yield problem("built/no-image", shown, got=visible(sheet.image or "–", 120))
        if sheet.title:
            text, line, column = sheet.title
            if text in titles:
                first = f"{name}/{titles[text]}"
                yield problem("built/same-title", shown, line, column, first=first)
            titles.setdefault(text, sheet.path)


def _dead_links(
    sheet: Sheet, shown: str, files: frozenset[str], ids: dict[str, frozenset[str]], config: Config
) -> Iterator[Problem]:
    for address, line, column in sheet.links:
        file = _file(address, sheet.path, files, config)
        anchor = unquote(address.partition("#")[2])
        if file == "":
            yield problem("built/link", shown, line, column, target=visible(address, 120))
        elif file in ids and not _is_there(anchor, ids[file]):
            yield problem("built/anchor", shown, line, column, target=visible(address, 120))


def _is_there(anchor: str, ids: frozenset[str]) -> bool:
    return anchor in ("", "top") or anchor.startswith(":~:") or anchor in ids


def _file(address: str, path: str, files: frozenset[str], config: Config) -> str | None:
    """The file of the output that an address means, "" when there is none; None elsewhere."""
    base = urlsplit(config.url)
    here = f"{base.scheme}://{base.netloc}{base.path}/{path}"
    try:
        whole = urlsplit(urljoin(here, address))
    except ValueError:
        return ""
    if (whole.scheme, whole.netloc) != (base.scheme, base.netloc):
        return None
    inside, root = unquote(whole.path) or "/", unquote(base.path)
    if not f"{inside}/".startswith(f"{root}/"):
        return None  # of another site of the same host
    name = inside[len(root) :].lstrip("/")
    index = f"{name.rstrip('/')}/index.html".lstrip("/")
    return name if name in files else index if index in files else ""
