"""One build, from files to a published site: the pipeline by name."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from ssg.assets import AssetFile, load_assets
from ssg.bodies import Texts, render_bodies
from ssg.cache import Cache
from ssg.config import load_config
from ssg.digests import all_editions, idle
from ssg.errors import ContentError, Problem
from ssg.fresh import Options, Report, Snapshot, look, remember, settled
from ssg.gather import Choice, Kit, Library, gather, missing_seller
from ssg.images import Pictures, Variant
from ssg.messages import severity
from ssg.model import Frozen
from ssg.navigation import dead_entries, site_view
from ssg.output import Stage, check_output, disk_errors, lock, manifest_id
from ssg.pages import plan_pages
from ssg.planning import Page, Planner
from ssg.press import Progress, claims, drawings, picture_key, print_pages, print_pictures, variants
from ssg.site import Cards, Site, assemble
from ssg.templates import Layouts, Theme
from ssg.theme import folders
from ssg.urls import Addresses, output_file

T = TypeVar("T")


class Edition(Frozen, frozen=True):
    """All that one build prints: rendered pages, files as they are, sizes of pictures; and what
    was noticed while it was planned.
    """

    pages: list[Page]
    files: list[AssetFile]
    pictures: list[Variant]
    problems: list[Problem]
    theme: Theme
    shared: dict[str, Any]

    def items(self) -> Iterator[Page | AssetFile | Variant]:
        """Everything that becomes a file of the output."""
        yield from self.pages
        yield from self.files
        yield from self.pictures

    @property
    def html(self) -> int:
        """How many of them are pages that people read."""
        return sum(output_file(page.path).endswith(".html") for page in self.pages)


def build(root: Path, options: Options, progress: Progress = lambda *_: None) -> Report:
    """Build the site at `root` and publish it to `options.output`.

    Raises an SsgError with every problem found; the old output is then untouched.
    """
    clock, findings = Clock(), Findings(strict=options.strict)
    files, began = look(root), time.time_ns()
    check_output(root, options.output)
    kit = equip(root, options.base_url)
    choice = Choice(now=options.now, drafts=options.drafts, future=options.future)

    with disk_errors(), lock(root), Cache(root / ".cache") as cache:
        library = findings.take(gather(kit, choice, options.jobs))
        clock.lap("read")
        cards = Cards(kit.config, kit.addresses, library.authors)
        texts = findings.take(render_bodies(library, kit, cards, options.jobs))
        findings.stop_at_errors()
        clock.lap("markdown")
        site = assemble(library.posts, texts.bodies, library.authors, cards)
        edition = compose(site, kit, cards, texts, library, cache)
        findings.add(claims(edition.pages, edition.files))
        findings.add(missing_seller(library))
        findings.add(edition.problems)
        findings.add(dead_entries(kit.config, (item.path for item in edition.items())))
        findings.stop_at_errors()
        clock.lap("plan")
        changed = publish(edition, options, cache, findings, progress)
        clock.lap("pages")
        report = Report(
            output=str(options.output),
            pages=edition.html,
            posts=len(site.articles),
            changed=changed,
            held_back=library.held_back,
            seconds=clock.total(),
            phases=clock.phases,
            warnings=findings.warnings(),
        )
        remember(
            cache,
            Snapshot(
                settings=options.settings,
                files=settled(files, began),
                manifest=manifest_id(options.output),
                since=library.since,
                until=library.until,
                report=report,
            ),
        )
    return report


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


def compose(
    site: Site, kit: Kit, cards: Cards, texts: Texts, library: Library, cache: Cache
) -> Edition:
    """The edition that a site makes with this theme."""
    config, addresses = kit.config, kit.addresses
    assets = load_assets(folders(kit.root, "assets"), addresses)
    planner = Planner(site, kit, library, cards, texts.extra)
    editions = all_editions(planner)
    return Edition(
        pages=plan_pages(planner, editions),
        files=[*assets.files, *drawings(site, cards, planner.categories, cache)],
        pictures=variants(site, kit.pictures),
        problems=[*idle(planner, editions)],
        theme=Theme(kit.layouts, config.labels, assets.urls, addresses.absolute, cache),
        shared={
            "site": site_view(config, addresses, planner.categories, site),
            "data": library.data.free,
        },
    )


def publish(
    edition: Edition, options: Options, cache: Cache, findings: Findings, progress: Progress
) -> int:
    """Print the edition beside the old output and exchange the two, unless there is an error.

    Returns how many files are not as they were.
    """
    edition.theme.compile()
    stage = Stage(options.output)
    write, jobs = stage.write, options.jobs
    try:
        files = findings.take(
            print_pages(edition.pages, edition.theme, edition.shared, write, jobs, progress)
        )
        files |= findings.take(print_pictures(edition.pictures, cache, write, jobs, progress))
        findings.stop_at_errors()
        for file in edition.files:
            name = output_file(file.path)
            files[name] = write(name, file.data)
        changed = stage.publish(files)
    finally:
        stage.discard()
    cache.keep_pictures({picture_key(v) for v in edition.pictures})
    return changed


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


class Clock:
    """Seconds since the start, and by phase."""

    def __init__(self) -> None:
        self.start = self.last = time.perf_counter()
        self.phases: dict[str, float] = {}

    def lap(self, phase: str) -> None:
        now = time.perf_counter()
        self.phases[phase] = now - self.last
        self.last = now

    def total(self) -> float:
        return time.perf_counter() - self.start
