"""The site as it would be now, held in memory and rendered page by page as it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from hashlib import blake2b
from mimetypes import MimeTypes
from pathlib import Path

import msgspec

from ssg import templates
from ssg.assets import AssetFile
from ssg.bodies import render_bodies
from ssg.build import Edition, Findings, compose, equip
from ssg.cache import Cache
from ssg.deadline import deadline
from ssg.errors import ContentError, Problem, SsgError, problem
from ssg.fresh import Options
from ssg.gather import Choice, gather, missing_seller
from ssg.images import PictureError, Variant, encode
from ssg.model import Frozen
from ssg.navigation import dead_entries
from ssg.output import disk_errors
from ssg.planning import Page
from ssg.press import claims, picture_key
from ssg.site import Article, Cards, assemble, withheld
from ssg.urls import output_file

_TYPES = MimeTypes()  # the standard library's own list: the machine's would make a difference
for _type, _suffix in {
    "application/atom+xml": ".atom",
    "application/manifest+json": ".webmanifest",
    "font/woff2": ".woff2",
    "image/avif": ".avif",
    "image/webp": ".webp",
    "image/x-icon": ".ico",
    "text/javascript": ".js",
    "text/markdown": ".md",
}.items():
    _TYPES.add_type(_type, _suffix)
_TEXT = ("text/", "application/json", "application/manifest+json", "application/xml", "image/svg")


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
    of the site's addresses, percent-encoded. Methods may be called from several threads.
    """

    def __init__(self, root: Path, options: Options) -> None:
        self.root = root
        self.options = options
        self.problems: tuple[Problem, ...] = ()
        self.prefix = ""
        self.pages = 0
        self.posts = 0
        self._site: _Proof | None = None

    def refresh(
        self, hint: Collection[str] = (), first: Callable[[str], None] = lambda _: None
    ) -> None:
        """Take over what the disk holds now. `hint` are paths that were seen to change; `first` is
        called with the address of each page that was made of one.
        """
        try:
            with disk_errors(), Cache(self.root / ".cache") as cache:
                self._take(cache)
        except SsgError as e:
            self.problems = e.problems
            return
        for path, item in self._site.items.items() if self._site else ():
            if isinstance(item, Page) and item.origin in hint:
                first(path)

    def shown(self, path: str) -> Shown | None:
        """What a path of the site answers with; None when there is no such page. Raises
        ContentError when it cannot be rendered.
        """
        return self._site.shown(path) if self._site else None

    def _take(self, cache: Cache) -> None:
        """Plan the site as a build does, without printing it."""
        now, findings = datetime.now(UTC), Findings(strict=False)
        kit = equip(self.root, self.options.base_url)
        choice = Choice(now=now, drafts=self.options.drafts, future=self.options.future)
        library = findings.take(gather(kit, choice, 1))
        cards = Cards(kit.config, kit.addresses, library.authors)
        texts = findings.take(render_bodies(library, kit, cards, 1))
        findings.stop_at_errors()
        site = assemble(library.posts, texts.bodies, library.authors, cards)
        edition = compose(site, kit, cards, texts, library, cache)
        edition.theme.compile()
        edition.theme.environment.bytecode_cache = None  # the cache closes with this refresh
        findings.add(claims(edition.pages, edition.files))
        findings.add(missing_seller(library))
        findings.add(edition.problems)
        findings.add(dead_entries(kit.config, (item.path for item in edition.items())))
        findings.stop_at_errors()
        self._site = _Proof(self.root, edition, (*site.articles, *site.pages), now)
        self.prefix = kit.addresses.prefix
        self.pages, self.posts = edition.html, len(site.articles)
        self.problems = findings.warnings()


class _Proof:
    """One edition. What was made once is kept as long as the edition is."""

    def __init__(
        self, root: Path, edition: Edition, articles: Collection[Article], now: datetime
    ) -> None:
        self.root = root
        self.edition = edition
        self.items = {item.path: item for item in edition.items()}
        self.articles = {article.post.path: article for article in articles}
        self.now = now
        self.made: dict[str, Shown] = {}

    def shown(self, path: str) -> Shown | None:
        item = self.items.get(path)
        if item and path not in self.made:
            self.made[path] = self._make(item)
        return self.made.get(path)

    def _make(self, item: Page | AssetFile | Variant) -> Shown:
        body = self._bytes(item)
        shown = Shown(
            body=body,
            type=type_of(output_file(item.path)),
            digest=blake2b(body, digest_size=12).hexdigest(),
        )
        article = self.articles.get(item.path)
        if not article:
            return shown
        return msgspec.structs.replace(
            shown,
            source=article.post.source,
            characters=article.body.characters,
            held=withheld(article.post, self.now, drafts=False, future=False),
        )

    def _bytes(self, item: Page | AssetFile | Variant) -> bytes:
        if isinstance(item, AssetFile):
            return item.data
        if isinstance(item, Variant):
            return self._picture(item)
        context = item.context
        variables = {name: getattr(context, name) for name in context.__struct_fields__}
        shared = {**self.edition.shared, **variables}
        with deadline(templates.SECONDS, templates.TooSlowError):
            return self.edition.theme.render(item.layout, shared, item.origin).encode()

    def _picture(self, variant: Variant) -> bytes:
        with Cache(self.root / ".cache") as cache:
            data = cache.get(picture_key(variant))
            if data is None:
                try:
                    data = encode(variant)
                except PictureError as e:
                    raise ContentError([problem(e.code, variant.source, 0, 0, **e.blanks)]) from e
                cache.put(picture_key(variant), data)
        return data


def type_of(file: str) -> str:
    """The media type of a file, by its name."""
    name = _TYPES.guess_type(file, strict=False)[0] or "application/octet-stream"
    return f"{name}; charset=utf-8" if name.startswith(_TEXT) or name.endswith("+xml") else name
