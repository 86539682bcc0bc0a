"""An edition: one state of the sources, read, resolved, rendered, assembled and planned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from ssg.assets import AssetFile, load_assets
from ssg.bodies import Bodies, sources_of
from ssg.cards import Cards
from ssg.closures import closures
from ssg.config import load_config
from ssg.digests import all_editions, idle
from ssg.errors import ContentError, Problem
from ssg.extensions.advertising import Labels
from ssg.fresh import Options
from ssg.gather import Choice, Gathered, Kit, Library, gather, missing_seller
from ssg.images import Pictures
from ssg.kept import digest
from ssg.keys import Keys
from ssg.ledger import Ledger
from ssg.messages import severity
from ssg.model import Frozen
from ssg.navigation import dead_entries, site_view
from ssg.pages import plan_pages
from ssg.planning import Page, Planner, Style
from ssg.press import Picture, claims, drawings, paintings, picture_key, variants
from ssg.reading import Reader
from ssg.resolve import at_claim
from ssg.site import Site, article, assemble
from ssg.stamps import Stamp
from ssg.templates import Layouts, Theme
from ssg.theme import folders
from ssg.urls import Addresses, output_file

T = TypeVar("T")


class Findings:
    """Every problem of a run, so that all of them are told at once."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.problems: list[Problem] = []

    def add(self, problems: Iterable[Problem]) -> None:
        self.problems += problems

    def take(self, result: tuple[T, list[Problem]]) -> T:
        """The value of a stage; its problems are kept."""
        value, problems = result
        self.add(problems)
        return value

    def stop_at_errors(self) -> None:
        """Raise ContentError with everything found so far, if any of it is an error."""
        if any(self.strict or severity(p.code) == "error" for p in self.problems):
            raise ContentError(set(self.problems))

    def warnings(self) -> tuple[Problem, ...]:
        return tuple(sorted(set(self.problems)))


class Draft(Frozen, frozen=True, eq=False):
    """The sources by themselves, before they are a site."""

    kit: Kit
    gathered: Gathered
    bodies: Bodies
    cards: Cards


class Work(Frozen, frozen=True, eq=False):
    """What an edition was made with."""

    kit: Kit
    gathered: Gathered
    bodies: Bodies
    site: Site
    planner: Planner

    @property
    def library(self) -> Library:
        return self.gathered.library


class Edition(Frozen, frozen=True, eq=False):
    """All that one build prints: pages, files as they are, sizes of pictures. `marks` has the
    digest of what each page and picture is made of, by the name of its file; `inputs` those of
    everything that pages are made of.
    """

    work: Work

    pages: list[Page]
    files: list[AssetFile]
    pictures: list[Picture]
    style: Style
    theme: Theme
    shared: dict[str, Any]
    marks: dict[str, bytes]
    keys: Keys
    inputs: dict[str, str]

    def items(self) -> Iterator[Page | AssetFile | Picture]:
        """Everything that becomes a file of the output."""
        yield from self.pages
        yield from self.files
        yield from self.pictures

    def layouts(self, pages: Iterable[Page]) -> set[str]:
        """The layouts and partials that pages are made with."""
        used = {page.layout for page in pages} & self.keys.closures.keys()
        return {name for layout in used for name in self.keys.closures[layout].names}

    @property
    def html(self) -> int:
        """How many of them are pages that people read."""
        return sum(output_file(page.path).endswith(".html") for page in self.pages)


def make_edition(
    root: Path,
    options: Options,
    ledger: Ledger,
    stamps: dict[str, Stamp],
    findings: Findings,
    lap: Callable[[str], None] = lambda _: None,
) -> Edition:
    """The edition of the site as it is now. Raises an SsgError with every problem found; `lap` is
    told when a phase ends.
    """
    draft = make_draft(root, options, ledger, stamps, findings, lap)
    findings.stop_at_errors()
    return finish(draft, findings, lap)


def make_draft(
    root: Path,
    options: Options,
    ledger: Ledger,
    stamps: dict[str, Stamp],
    findings: Findings,
    lap: Callable[[str], None] = lambda _: None,
) -> Draft:
    """Everything read, resolved and rendered, each for itself."""
    kit = equip(root, options.base_url)
    kit.pictures.known = ledger.pictures
    ledger.pictures = kit.pictures.measured
    choice = Choice(now=options.now, drafts=options.drafts, future=options.future)
    gathered = findings.take(gather(kit, choice, ledger, stamps, options.jobs))
    lap("read")
    library, cards = gathered.library, Cards(kit.config, kit.addresses)
    bodies = Bodies(library, gathered.reader, kit, cards)
    findings.add(bodies.render(sources_of(library), options.jobs))
    return Draft(kit, gathered, bodies, cards)


def finish(
    draft: Draft, findings: Findings, lap: Callable[[str], None] = lambda _: None
) -> Edition:
    """The edition that a draft without errors makes. Raises ContentError."""
    kit, gathered, bodies, cards = draft.kit, draft.gathered, draft.bodies, draft.cards
    library, ledger = gathered.library, gathered.reader.ledger
    bodies.make_cards(library.places)
    lap("markdown")
    articles = [article(place, ledger) for place in library.places]
    site = assemble(articles, library.authors, ledger.remember)
    planner = Planner(site, Style(kit, cards), kit, library, ledger)
    edition = compose(Work(kit, gathered, bodies, site, planner), cards, findings)
    taken = claims(edition.pages, edition.files)
    findings.add(_at_its_line(found, gathered.reader) for found in taken)
    findings.add(missing_seller(library))
    findings.add(dead_entries(kit.config, (item.path for item in edition.items())))
    findings.stop_at_errors()
    return edition


def _at_its_line(found: Problem, reader: Reader) -> Problem:
    is_written = found.path.startswith("content/")
    return at_claim(reader.front(found.path), found) if is_written else found


def equip(root: Path, base_url: str | None) -> Kit:
    """What every stage needs. Raises ConfigError."""
    config = load_config(root, base_url)
    addresses = Addresses(config.url)
    return Kit(
        root=root,
        config=config,
        addresses=addresses,
        pictures=Pictures(root, folders(root, "assets"), addresses),
        layouts=Layouts(folders(root, "layouts")),
    )


def compose(work: Work, cards: Cards, findings: Findings) -> Edition:
    """The edition that a site makes with this theme."""
    kit, site, planner = work.kit, work.site, work.planner
    config, addresses, cache = kit.config, kit.addresses, planner.ledger.cache
    assets = load_assets(folders(kit.root, "assets"), addresses)
    editions = all_editions(planner)
    findings.add(idle(planner, editions))
    pages = plan_pages(planner, editions)
    pictures = [*variants(site, kit.pictures), *paintings(cards, planner.categories)]
    view = site_view(config, addresses, planner.categories, site)
    free = work.library.data.free
    labelled = Labels(frozenset(config.sponsor_hosts), config.labels["sponsored_label"]).put
    settings = {
        "ssg": planner.ledger.program.hex(),
        "site.yaml": digest(config).hex(),
        "menus": digest(view).hex(),
    }
    keys = Keys(settings, closures(kit.layouts, cache), free, assets.urls)
    marks = {output_file(p.path): keys.of(p) for p in pages}
    marks |= {output_file(v.path): picture_key(v).encode() for v in pictures}
    return Edition(
        work=work,
        pages=pages,
        files=[*assets.files, *drawings(site, cards)],
        pictures=pictures,
        style=planner.style,
        theme=Theme(kit.layouts, config.labels, assets.urls, addresses.absolute, cache, labelled),
        shared={"site": view, "data": free},
        marks=marks,
        keys=keys,
        inputs=keys.known(kit.layouts)
        | {source: entry.text.hex() for source, entry in planner.ledger.now.items()},
    )
