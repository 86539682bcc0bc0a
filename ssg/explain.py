"""Why a page was made anew, or not: which of the things that it is made of have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ssg.edition import Edition
from ssg.fresh import Cause, Explanation, Marks
from ssg.kept import Kept
from ssg.ledger import Ledger
from ssg.model import Author
from ssg.planning import Page
from ssg.text import nearest
from ssg.urls import output_file

_OWN = frozenset(("body", "texts", "card"))  # of the post that a page is about


def page_at(edition: Edition, asked: str) -> Page | None:
    """The page that is asked for by its address, its file in the output or its source."""
    wanted = asked.removeprefix(edition.style.addresses.origin)
    for page in edition.pages:
        names = (page.path, page.path.rstrip("/"), output_file(page.path))
        url = edition.style.addresses.href(page.path)
        if wanted in names or wanted in (url, page.origin):
            return page
    return None


def explain(edition: Edition, known: Marks, asked: str) -> Explanation:
    """What became of a page in this build, and why."""
    page = page_at(edition, asked)
    if page is None:
        near = nearest(asked, (p.path for p in edition.pages))
        return Explanation(asked, "missing", (Cause("near", near),) if near else ())
    name = output_file(page.path)
    if name not in known.marks:
        return Explanation(name, "new")
    if known.marks[name] == edition.marks[name]:
        return Explanation(name, "kept")
    causes = tuple(dict.fromkeys(_causes(edition, known.inputs, page)))
    return Explanation(name, "made", causes or (Cause("order"),))


def _causes(edition: Edition, before: Mapping[str, str], page: Page) -> Iterator[Cause]:
    now = edition.inputs
    for name in edition.keys.inputs(page):
        if before.get(name) != now.get(name):
            yield Cause("input", name)
    ledger = edition.work.planner.ledger
    for role, source, digest in _shown(page.given):
        if before.get(source) != now.get(source) and not _same(ledger, before, source, digest):
            yield Cause("source", source, role)


def _same(ledger: Ledger, before: Mapping[str, str], source: str, digest: bytes) -> bool:
    """Whether what the page shows of a source was already so, although its file has changed."""
    entry = ledger.before.get(source)
    return (
        entry is not None
        and entry.text.hex() == before.get(source)
        and digest in filter(None, entry.marks.values())
    )


def _shown(value: Any, role: str = "") -> Iterator[tuple[str, str, bytes]]:
    """The sources of which a page shows something: as what, and the digest of that."""
    if isinstance(value, Kept):
        yield "post" if role in _OWN else role, value.source, value.digest
    elif isinstance(value, Author):
        yield role, value.source, b""
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _shown(part, role or str(name))
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _shown(part, role)
