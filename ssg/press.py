"""Print the site: render every page of the plan and make every file, into a stage."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from msgspec.structs import replace

from ssg.assets import AssetFile
from ssg.cache import Cache
from ssg.cards import Cards
from ssg.covers import draw_png, draw_svg
from ssg.errors import ContentError, Problem, problem
from ssg.images import PictureError, Pictures, Variant, encode
from ssg.kept import digest
from ssg.model import Frozen, Term
from ssg.parallel import WORTH_IT, spread
from ssg.planning import Page, Style
from ssg.site import Site
from ssg.templates import Theme
from ssg.trees import File
from ssg.urls import output_file

Write = Callable[[str, bytes], File]
Progress = Callable[[str, int, int], None]


def claims(pages: Sequence[Page], files: Iterable[AssetFile]) -> list[Problem]:
    """Pages that want one file, or a file where another wants a folder. Case makes no
    difference: on some hosts it does not.
    """
    taken = {output_file(f.path).lower(): f"assets/static{f.path}" for f in files}
    folders: dict[str, Page] = {}
    problems = []
    for page in pages:
        name = output_file(page.path).lower()
        if name in taken:
            problems.append(_collision(page, taken[name]))
        taken.setdefault(name, page.origin)
        above = name.rpartition("/")[0]
        while above and above not in folders:
            folders[above] = page
            above = above.rpartition("/")[0]
    return problems + [_collision(folders[f], taken[f]) for f in folders if f in taken]


def _collision(page: Page, other: str) -> Problem:
    first, second = sorted((other, page.origin), key=lambda o: o.startswith("content/"))
    return problem("url/taken", second, 0, 0, path=page.path, other=first)


class Painting(Frozen, frozen=True):
    """A card that stands for a category, or the site, when shared, painted from its drawing."""

    path: str
    name: str


Picture = Variant | Painting


class Press:
    """Prints pages and pictures: a page by its layout, a picture from the cache or made anew.
    `shared` are the variables that all layouts see.
    """

    def __init__(
        self, style: Style, theme: Theme, shared: Mapping[str, Any], cache: Cache, write: Write
    ) -> None:
        self.style = style
        self.theme = theme
        self.shared = shared
        self.cache = cache
        self.write = write

    def print(
        self, pages: Sequence[Page], pictures: Sequence[Picture], jobs: int, progress: Progress
    ) -> tuple[dict[str, File], list[Problem]]:
        """What became of each file by its name, and what is wrong."""
        files: dict[str, File] = {}
        missing = []
        for picture in pictures:
            if data := self.cache.get(picture_key(picture)):
                name = output_file(picture.path)
                files[name] = self.write(name, data)
            else:
                missing.append(picture)
        problems: dict[tuple[str, int, str], Problem] = {}
        items = [*missing, *pages]
        worth_it = 2 if len(missing) > 1 else WORTH_IT
        results = spread(self._printed, items, jobs, worth_it=worth_it)
        for done, (item, (made, data, wrong)) in enumerate(zip(items, results, strict=True), 1):
            files[output_file(item.path)] = made
            if not isinstance(item, Page) and data:
                self.cache.put(picture_key(item), data)
            progress("pages", done, len(items))
            for one in wrong:  # a mistake in a layout is the same on each page: one is enough
                problems.setdefault((one.path, one.line, one.code), one)
        return files, list(problems.values())

    def _printed(self, item: Page | Picture) -> tuple[File, bytes, list[Problem]]:
        """What became of a file; of a picture also its bytes."""
        try:
            if isinstance(item, Page):
                data = rendered(item, self.style, self.theme, self.shared).encode()
                return self.write(output_file(item.path), data), b"", []
            data = painted(item)
            return self.write(output_file(item.path), data), data, []
        except ContentError as e:
            return ("", 0), b"", list(e.problems)


def rendered(page: Page, style: Style, theme: Theme, shared: Mapping[str, Any]) -> str:
    """The text of a page. Raises ContentError."""
    context = page.recipe(style, **page.given)
    variables = {name: getattr(context, name) for name in context.__struct_fields__}
    return theme.render(page.layout, {**shared, **variables}, page.origin)


# --- files ----------------------------------------------------------------------------------


def drawings(site: Site, cards: Cards) -> Iterator[AssetFile]:
    """The generated covers that pages show."""
    bare = (a.place for a in site.articles if not a.place.cover)
    for name in sorted({cards.drawing(p.slug, p.category) for p in bare}):
        yield AssetFile(f"/covers/{name}.svg", draw_svg(name).encode())


def shown(variant: Variant, source: str) -> Variant:
    """A variant whose mistakes are told of the source that shows it."""
    return replace(variant, origin=source)


def paintings(cards: Cards, categories: Iterable[Term]) -> list[Picture]:
    """The cards for sharing pages that have no picture."""
    names = sorted({cards.sharing_card(c) for c in (None, *categories)})
    return [Painting(f"/covers/{name}.png", name) for name in names]


def variants(site: Site, pictures: Pictures) -> list[Picture]:
    """Every file of every picture that a published page shows, each once."""
    found: dict[str, Picture] = {}
    articles = (*site.articles, *site.pages)
    users = {s: a.place.source for a in articles for s in (*a.place.pictures, *a.gist.images) if s}
    users |= {a.picture.source: a.source for a in site.authors if a.picture}
    for source in sorted(users):
        found |= {v.path: shown(v, users[source]) for v in pictures.variants(source)}
    for cover in sorted({a.place.cover for a in articles if a.place.cover}):
        if card := pictures.card(cover):
            found[card.path] = shown(card, users[cover])
    return list(found.values())


def picture_key(picture: Picture) -> str:
    """Where the cache keeps a picture: another version of the encoder makes other bytes, and so
    does another drawing.
    """
    drawn = digest(draw_svg(picture.name)).hex() if isinstance(picture, Painting) else ""
    return f"{picture.path} {_encoder()} {drawn}"


@functools.cache
def _encoder() -> str:
    return version("pillow")


def painted(picture: Picture) -> bytes:
    """The bytes of a picture. Raises ContentError."""
    if isinstance(picture, Painting):
        return draw_png(picture.name)
    try:
        return encode(picture)
    except PictureError as e:
        raise ContentError([problem(e.code, picture.origin, 0, 0, **e.blanks)]) from e
