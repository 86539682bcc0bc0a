"""One build, from files to a published site: the pipeline by name."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from ssg.cache import Cache
from ssg.edition import Edition, Findings, make_edition
from ssg.explain import explain
from ssg.fresh import Marks, Options, Report, Snapshot, recalled, remember
from ssg.ledger import Ledger, LostError
from ssg.output import Stage, check_output, disk_errors, lock
from ssg.press import Press, Progress, picture_key
from ssg.stamps import Seen, program
from ssg.trees import Manifest, manifest_id
from ssg.urls import output_file


def build(
    root: Path,
    options: Options,
    progress: Progress = lambda *_: None,
    seen: Seen | None = None,
) -> Report:
    """Build the site at `root`, whose files were `seen` just now, and publish it to
    `options.output`.

    Raises an SsgError with every problem found; the old output is then untouched.
    """
    check_output(root, options.output)
    with disk_errors(), lock(root), Cache(root / ".cache") as cache:
        if options.clean:
            cache.clear()
        try:
            return Run(root, options, cache, progress).report(seen or Seen.now(root))
        except LostError:  # the cache is not what it should be: begin anew
            cache.clear()
            return Run(root, options, cache, progress).report(Seen.now(root))


class Run:
    """One pass through the pipeline, with its clock and its findings."""

    def __init__(self, root: Path, options: Options, cache: Cache, progress: Progress) -> None:
        self.root = root
        self.options = options
        self.cache = cache
        self.progress = progress
        self.clock = Clock()
        self.findings = Findings(strict=options.strict)

    def report(self, seen: Seen) -> Report:
        options, clock, findings = self.options, self.clock, self.findings
        stamps = seen.settled()
        ledger = Ledger.opened(self.cache, program())
        try:
            edition = make_edition(self.root, options, ledger, stamps, findings, clock.lap)
        finally:
            ledger.save()
            ledger.forget(ledger.superseded())
            self.cache.commit()
        clock.lap("plan")
        known = recalled(self.cache, options)
        explained = explain(edition, known, options.explain) if options.explain else None
        changed = publish(edition, options, known, self.cache, findings, self.progress)
        clock.lap("pages")
        library = edition.work.library
        report = Report(
            output=str(options.output),
            pages=edition.html,
            posts=len(edition.work.site.articles),
            changed=changed,
            held_back=library.held_back,
            seconds=clock.total(),
            phases=clock.phases,
            warnings=findings.warnings(),
            explained=explained,
        )
        manifest = manifest_id(options.output)
        remember(
            self.cache,
            Snapshot(
                settings=options.settings,
                files=stamps,
                manifest=manifest,
                since=library.since,
                until=library.until,
                report=msgspec.structs.replace(report, explained=None),
            ),
            Marks(manifest, edition.marks, edition.inputs),
        )
        return report


def publish(
    edition: Edition,
    options: Options,
    known: Marks,
    cache: Cache,
    findings: Findings,
    progress: Progress,
) -> int:
    """Print what is stale of the edition and exchange the old output for the new, unless there
    is an error. Returns how many files are not as they were.
    """
    stage = Stage(options.output, cache.folder)
    try:
        same = [n for n, mark in edition.marks.items() if known.marks.get(n) == mark]
        files = {name: kept for name in same if (kept := stage.reuse(name))}
        pages = [p for p in edition.pages if output_file(p.path) not in files]
        pictures = [v for v in edition.pictures if output_file(v.path) not in files]
        for items in (pages, pictures, edition.files):
            stage.expect(output_file(item.path) for item in items)
        edition.theme.compile(edition.layouts(pages))
        cache.commit()
        press = Press(edition.style, edition.theme, edition.shared, cache, stage.write)
        files |= findings.take(press.print(pages, pictures, options.jobs, progress))
        findings.stop_at_errors()
        for file in edition.files:
            name = output_file(file.path)
            files[name] = stage.write(name, file.data)
        config = edition.work.kit.config
        preview = options.drafts or options.future
        changed = stage.publish(Manifest(files, url=config.url, preview=preview))
    finally:
        stage.discard()
    cache.keep_pictures({picture_key(v) for v in edition.pictures})
    return changed


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
