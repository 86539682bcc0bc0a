"""Print the site: render every page of the plan and make every file, into a stage."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from ssg.assets import AssetFile
from ssg.cache import Cache
from ssg.covers import draw_png, draw_svg
from ssg.errors import ContentError, Problem, problem
from ssg.images import PictureError, Pictures, Variant, encode
from ssg.model import Image, Term
from ssg.parallel import spread
from ssg.planning import Page
from ssg.site import Cards, Site
from ssg.templates import Theme
from ssg.urls import output_file

Write = Callable[[str, bytes], str]
Progress = Callable[[str, int, int], None]


def claims(pages: Sequence[Page], files: Iterable[AssetFile]) -> list[Problem]:
    """Pages that want one file, or a file where another wants a folder. Case makes no
    difference: on some hosts it does not.
    """
    taken = {output_file(f.path).lower(): f"assets/static{f.path}" for f in files}
    problems = []
    for page in pages:
        name = output_file(page.path).lower()
        if name in taken:
            problems.append(_collision(page, taken[name]))
        taken.setdefault(name, page.origin)
    for page in pages:
        above = PurePosixPath(output_file(page.path).lower()).parents
        problems += [_collision(page, taken[str(f)]) for f in above if str(f) in taken]
    return problems


def _collision(page: Page, other: str) -> Problem:
    first, second = sorted((other, page.origin), key=lambda o: o.startswith("content/"))
    return problem("url/taken", second, 0, 0, path=page.path, other=first)


def print_pages(
    pages: Sequence[Page],
    theme: Theme,
    shared: Mapping[str, Any],
    write: Write,
    jobs: int,
    progress: Progress,
) -> tuple[dict[str, str], list[Problem]]:
    """Render and write every page; `shared` are the variables that all layouts see.

    Returns the digest of each file by its name.
    """

    def work(page: Page) -> tuple[str, list[Problem]]:
        context = page.context
        variables = {name: getattr(context, name) for name in context.__struct_fields__}
        try:
            text = theme.render(page.layout, {**shared, **variables}, page.origin)
        except ContentError as e:
            return "", list(e.problems)
        return write(output_file(page.path), text.encode()), []

    files: dict[str, str] = {}
    problems: dict[tuple[str, int, str], Problem] = {}
    for page, (made, wrong) in zip(pages, spread(work, pages, jobs), strict=True):
        files[output_file(page.path)] = made
        progress("pages", len(files), len(pages))
        for one in wrong:  # a mistake in a layout is the same on every page: the first is enough
            problems.setdefault((one.path, one.line, one.code), one)
    return files, list(problems.values())


# --- files ----------------------------------------------------------------------------------


def drawings(
    site: Site, cards: Cards, categories: Iterable[Term], cache: Cache
) -> Iterator[AssetFile]:
    """The generated covers that pages show, and the cards for sharing them."""
    for name in sorted({cards.drawing(a.post) for a in site.articles if not a.post.cover}):
        yield AssetFile(f"/covers/{name}.svg", draw_svg(name).encode())
    for name in sorted({cards.sharing_card(c) for c in (None, *categories)}):
        yield AssetFile(f"/covers/{name}.png", _card(name, cache))


def _card(name: str, cache: Cache) -> bytes:
    """A sharing card, painted once: the key changes with the drawing."""
    key = f"card {_encoder()} {draw_svg(name)}"
    painted = cache.get(key)
    if painted is None:
        painted = draw_png(name)
        cache.put(key, painted)
    return painted


def variants(site: Site, pictures: Pictures) -> list[Variant]:
    """Every file of every picture that a published page shows, each once."""
    found: dict[str, Variant] = {}
    for source in _sources(site):
        found |= {v.path: v for v in pictures.variants(source)}
    for article in (*site.articles, *site.pages):
        cover = article.post.cover
        if cover and (card := pictures.card(cover.source)):
            found[card.path] = card
    return list(found.values())


def _sources(site: Site) -> list[str]:
    images: list[Image | None] = [a.picture for a in site.authors]
    sources: list[str] = []
    for article in (*site.articles, *site.pages):
        images += [article.post.cover, *(p.image for p in article.post.partners)]
        sources += article.body.images
    return sorted({*sources, *(i.source for i in images if i)})


def print_pictures(
    wanted: Sequence[Variant], cache: Cache, write: Write, jobs: int, progress: Progress
) -> tuple[dict[str, str], list[Problem]]:
    """Write every variant; those that a build made before come from the cache.

    Returns the digest of each file by its name.
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    missing = []
    for variant in wanted:
        data = cache.get(picture_key(variant))
        if data is None:
            missing.append(variant)
        else:
            files[output_file(variant.path)] = write(output_file(variant.path), data)
    made_of = zip(missing, spread(_encoded, missing, jobs, worth_it=2), strict=True)
    for done, (variant, made) in enumerate(made_of, 1):
        progress("pictures", done, len(missing))
        if isinstance(made, bytes):
            cache.put(picture_key(variant), made)
            files[output_file(variant.path)] = write(output_file(variant.path), made)
        else:
            problems.append(made)
    return files, problems


def picture_key(variant: Variant) -> str:
    """Where the cache keeps a picture: another version of the encoder makes other bytes."""
    return f"{variant.path} {_encoder()}"


@functools.cache
def _encoder() -> str:
    return version("pillow")


def _encoded(variant: Variant) -> bytes | Problem:
    try:
        return encode(variant)
    except PictureError as e:
        return problem(e.code, variant.source, 0, 0, **e.blanks)
