"""The site as it would be now, held in memory and rendered page by page as it is asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from threading import Lock

import msgspec

from ssg.assets import AssetFile
from ssg.cache import Cache
from ssg.content import Found
from ssg.edition import Edition, Findings, make_edition
from ssg.errors import Problem, SsgError
from ssg.fresh import Options
from ssg.gather import Choice, resolved, withheld
from ssg.ledger import Ledger, LostError
from ssg.media import type_of
from ssg.model import Frozen
from ssg.output import disk_errors
from ssg.pages import page_of
from ssg.planning import Page
from ssg.press import Picture, painted, picture_key, rendered
from ssg.reading import DATED
from ssg.site import Article, article
from ssg.stamps import Seen, program
from ssg.urls import output_file


class Shown(Frozen, frozen=True):
    """What an address answers with. Of a page with a `source`: how many `characters` its text has,
    and why a build would leave it out (`held`: draft, future, expired, or "").
    """

    body: bytes
    type: str
    digest: str
    status: int = 200
    source: str = ""
    characters: int = 0
    held: str = ""


class Preview:
    """Keeps the last good site. `problems` are those of the last refresh; `prefix` is the base path
    of the site's addresses, percent-encoded; `until` is the moment at which a post appears or
    expires (in seconds since 1970). Methods may be called from several threads.

    Its cache is its own, so that builds meanwhile do not concern it.
    """

    def __init__(self, root: Path, options: Options) -> None:
        self.root = root
        self.options = options
        self.problems: tuple[Problem, ...] = ()
        self.prefix = ""
        self.pages = 0
        self.posts = 0
        self.until = math.inf
        self.jobs = options.jobs
        self.cache = Cache(root / ".cache/preview")
        self.ledger = Ledger.opened(self.cache, program())
        self.superseded: dict[str, set[str]] = {}
        self.busy = Lock()
        self._proof: Proof | None = None

    def refresh(
        self, hint: Collection[str] = (), first: Callable[[str], None] = lambda _: None
    ) -> None:
        """Take over what the disk holds now. `hint` are paths that were seen to change; `first` is
        called with the address of each page that was made of one, as soon as it can be shown.
        """
        with self.busy:
            try:
                with disk_errors():
                    self._refresh(hint, first)
            except SsgError as e:
                self.problems = e.problems
                self.until = math.inf
        self.jobs = 1  # from now on there are threads, beside which no process should be forked

    def shown(self, path: str) -> Shown | None:
        """What a path of the site answers with; None when there is no such page. Raises
        ContentError when it cannot be rendered.
        """
        proof = self._proof
        if proof is None:
            return None
        try:
            return proof.shown(path)
        except LostError:  # what it is made of was made anew meanwhile
            with self.busy:
                return self._proof.shown(path) if self._proof else None

    def _refresh(self, hint: Collection[str], first: Callable[[str], None]) -> None:
        try:
            self._hurry(hint, first)
            self._take()
        except LostError:  # the cache is not what it should be: begin anew
            self.cache.clear()
            self.ledger = Ledger.opened(self.cache, program())
            self._take()

    def _take(self) -> None:
        """Plan the site as a build does, without printing it."""
        now, findings = datetime.now(UTC), Findings(strict=False)
        options = msgspec.structs.replace(self.options, now=now, jobs=self.jobs)
        first = self._proof is None
        self._note_superseded()  # by pages made in a hurry
        self.ledger = ledger = self.ledger.following()
        stamps = Seen.now(self.root).settled()
        try:
            edition = make_edition(self.root, options, ledger, stamps, findings)
        finally:
            self._note_superseded()
            if first:
                ledger.save()
            self.cache.commit()
        self._proof = Proof(edition, now, self._proof)
        ledger.forget(self.superseded)
        self.superseded = {}
        self.prefix = edition.work.kit.addresses.prefix
        self.pages, self.posts = edition.html, len(edition.work.site.articles)
        self.until = edition.work.library.until
        self.problems = findings.warnings()

    def _note_superseded(self) -> None:
        """Until the next good edition the last one needs what it is made of."""
        for source, names in self.ledger.superseded().items():
            self.superseded[source] = self.superseded.get(source, set()) | names

    def _hurry(self, hint: Collection[str], first: Callable[[str], None]) -> None:
        """Show edited posts at once, among the neighbours that they had; the rest follows."""
        if self._proof is None:
            return
        for source in hint:
            path = self._proof.renew(source)
            if path:
                first(path)


class Proof:
    """One edition, rendered page by page. What was made of the same before is kept."""

    def __init__(self, edition: Edition, now: datetime, before: Proof | None) -> None:
        self.edition = edition
        self.now = now
        self.items = {item.path: item for item in edition.items()}
        site = edition.work.site
        self.articles = {a.place.path: a for a in (*site.articles, *site.pages)}
        edition.theme.compile()
        edition.theme.environment.bytecode_cache = None
        self.made = before.still(edition.marks) if before else {}

    def still(self, marks: dict[str, bytes]) -> dict[str, Shown]:
        """What is the same in another edition."""
        mine = self.edition.marks
        names = ((path, output_file(path)) for path in self.made)
        same = {path for path, name in names if name in mine and mine[name] == marks.get(name)}
        return {path: self.made[path] for path in same}

    def shown(self, path: str) -> Shown | None:
        item = self.items.get(path)
        if item and path not in self.made:
            self.made[path] = self._make(item)
        return self.made.get(path)

    def renew(self, source: str) -> str:
        """Make the page of a post anew from its file, whatever else this may change. Returns its
        path, or "" when this is not the moment: the post has a mistake, or another place.
        """
        work = self.edition.work
        found = Found(source, source.split("/")[1] if source.count("/") > 1 else "")
        old = next((a for a in self.articles.values() if a.place.source == source), None)
        if old is None or found.section not in DATED:
            return ""
        reader, problems = work.gathered.reader, list[Problem]()
        reader.renew(found)
        read = reader.ledger.now[source].read
        if read is None or read.broken:
            return ""
        [place] = resolved([source], work.gathered.shelf, reader, problems)
        if problems or (place.path, place.terms) != (old.place.path, old.place.terms):
            return ""
        if work.bodies.render([source], 1):
            return ""
        work.bodies.make_cards([place])
        self._replace(old, article(place, reader.ledger))
        return place.path

    def _replace(self, old: Article, new: Article) -> None:
        planner, path = self.edition.work.planner, new.place.path
        page = page_of(planner, old, new)
        self.items[path], self.articles[path] = page, new
        self.edition.marks.pop(output_file(path), None)  # the next edition has another page
        self.made[path] = self._make(page)

    def _make(self, item: Page | AssetFile | Picture) -> Shown:
        body = self._bytes(item)
        shown = Shown(
            body=body,
            type=type_of(output_file(item.path)),
            digest=blake2b(body, digest_size=12).hexdigest(),
        )
        found = self.articles.get(item.path)
        if not found:
            return shown
        return msgspec.structs.replace(
            shown,
            source=found.place.source,
            characters=found.gist.characters,
            held=withheld(found.place, Choice(now=self.now)),
        )

    def _bytes(self, item: Page | AssetFile | Picture) -> bytes:
        edition = self.edition
        if isinstance(item, AssetFile):
            return item.data
        if isinstance(item, Page):
            return rendered(item, edition.style, edition.theme, edition.shared).encode()
        return self._picture(item)

    def _picture(self, picture: Picture) -> bytes:
        cache = self.edition.work.planner.ledger.cache
        data = cache.get(picture_key(picture))
        if data is None:
            data = painted(picture)
            cache.put(picture_key(picture), data)
        return data
