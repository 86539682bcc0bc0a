"""`ssg check`: what an editor would say of a site before its readers see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from ssg.cache import Cache
from ssg.check.article import Article, Edit
from ssg.check.fixing import Again
from ssg.check.ignoring import Wish, by_line, meant, unknown_codes, wanted, wishes
from ssg.check.prose import without_code
from ssg.check.rules import ARTICLE_RULES, SITE_RULES
from ssg.check.rules.kinds import Finding, Survey
from ssg.check.sources import article
from ssg.config import Config, load_config, load_ignored
from ssg.decoding import decode
from ssg.edition import Draft, Findings, finish, make_draft
from ssg.errors import ContentError
from ssg.fresh import Options
from ssg.kept import SIZE, digest
from ssg.ledger import Ledger, LostError
from ssg.limits import TooSlowError, limits
from ssg.messages import severity
from ssg.model import Frozen
from ssg.output import disk_errors, lock
from ssg.parallel import spread
from ssg.press import Progress
from ssg.reading import BEYOND, Reader, beyond, died
from ssg.stamps import Seen, program
from ssg.theme import NAME
from ssg.urls import output_file

CHUNK = 200  # sources between two signs of life


class Review(Frozen, frozen=True):
    """All that is to be mended, by place, and how many sources were read."""

    findings: tuple[Finding, ...]
    sources: int


class Reviewed(Frozen, frozen=True):
    """One source: what its rules found, the facts for rules about the site by name, and what its
    author does not want to hear, by line (0 for all of it).
    """

    findings: list[Finding] = []
    facts: dict[str, Any] = {}
    ignored: dict[int, frozenset[str]] = {}


def check(root: Path, options: Options, progress: Progress = lambda *_: None) -> Review:
    """Read the sources of the site at `root`: every problem that a build would tell, and what the
    rules find, in drafts and future posts too. Writes nothing but the cache.

    Raises ConfigError, EnvironmentFault and BusyError.
    """
    with disk_errors(), lock(root), Cache(root / ".cache") as cache:
        try:
            return _review(root, options, cache, progress)
        except LostError:
            cache.clear()
            return _review(root, options, cache, progress)


def _review(root: Path, options: Options, cache: Cache, progress: Progress) -> Review:
    found = Findings(strict=False)
    ledger = Ledger.opened(cache, program())
    try:
        draft = make_draft(root, options, ledger, Seen.now(root).settled(), found)
        reader, library = draft.gathered.reader, draft.gathered.library
        found.add(draft.bodies.render(library.held_back, options.jobs))
        files = None
        with suppress(ContentError):
            found.stop_at_errors()
            edition = finish(draft, found)
            files = frozenset(output_file(item.path) for item in edition.items())
        reviewed = _all_reviewed(reader, draft.kit.config, options.jobs, progress)
    finally:
        ledger.save()
        ledger.forget(ledger.superseded())
        cache.drop(f"review {path}" for path in ledger.before.keys() - ledger.now.keys())
        cache.commit()
    told = [Finding(problem) for problem in dict.fromkeys(found.problems)]
    told += [finding for one in reviewed.values() for finding in one.findings]
    told += _judged(draft, reviewed, options, files)
    kept = _wanted(told, reviewed, load_ignored(root))
    return Review(tuple(sorted(kept, key=lambda f: f.problem)), len(reviewed))


def _all_reviewed(
    reader: Reader, config: Config, jobs: int, progress: Progress
) -> dict[str, Reviewed]:
    """Every source that can be read, by path: those that changed, the others as they are kept."""
    cache, entries = reader.ledger.cache, reader.ledger.now
    basis = digest(config) + program()
    paths = sorted(path for path, one in entries.items() if one.read and not one.read.broken)
    keys = {path: digest([basis, entries[path].text]) for path in paths}
    known = {path: _known(cache, path, keys[path]) for path in paths}
    todo = [path for path in paths if known[path] is None]
    work = partial(_reviewed, reader, config)
    for start in range(0, len(todo), CHUNK):
        part = todo[start : start + CHUNK]
        for path, made in zip(part, spread(work, part, jobs, _died), strict=True):
            known[path] = made
            if not any(f.problem.code in BEYOND for f in made.findings):  # another day it may do
                cache.put(f"review {path}", keys[path] + msgspec.json.encode(made))
        progress("check", start + len(part), len(todo))
    return {path: one for path, one in known.items() if one}


def _known(cache: Cache, path: str, key: bytes) -> Reviewed | None:
    data = cache.get(f"review {path}")
    if data is None or data[:SIZE] != key:
        return None
    with suppress(msgspec.MsgspecError):
        return msgspec.json.decode(data[SIZE:], type=Reviewed)
    return None


def _reviewed(reader: Reader, config: Config, path: str) -> Reviewed:
    try:
        with limits():
            return _read_by_rules(Article(reader.whole(path)), config)
    except (TooSlowError, MemoryError) as e:
        return Reviewed([Finding(beyond(e, path))])


def _died(path: str) -> Reviewed:
    return Reviewed([Finding(died(path))])


def _read_by_rules(article: Article, config: Config) -> Reviewed:
    remarks = (r for rule in ARTICLE_RULES for r in rule.remarks(article, config))
    asked = list(_wishes(article))
    return Reviewed(
        findings=[
            *(Finding(article.problem(r), article.edit(r)) for r in remarks),
            *map(Finding, unknown_codes(article.path, asked)),
        ],
        facts={rule.name: rule.facts(article, config) for rule in SITE_RULES},
        ignored=by_line(asked),
    )


def rereading(root: Path) -> Again:
    """How to look again at a source that has been mended: what may be mended then."""
    return partial(_edits, load_config(root), load_ignored(root))


def _edits(config: Config, ignored: frozenset[str], path: str, text: str) -> list[Edit]:
    one = article(path, decode(text.encode(), path)[0], config)
    if not one:
        return []
    with suppress(TooSlowError, MemoryError), limits():
        reviewed = _read_by_rules(one, config)
        kept = _wanted(reviewed.findings, {path: reviewed}, ignored)
        return [finding.edit for finding in kept if finding.edit]
    return []


def _wishes(article: Article) -> Iterator[Wish]:
    front = article.front
    yield from wishes(f"---\n{front.block}\n---\n{without_code(front.body)}")
    if own := getattr(article.meta, "check", None):
        for index, code in enumerate(own.ignore):
            yield Wish(frozenset((code,)), 0, article.place(("check", "ignore", index)))


def _judged(
    draft: Draft, reviewed: dict[str, Reviewed], options: Options, files: frozenset[str] | None
) -> Iterator[Finding]:
    now = options.now.astimezone(draft.kit.config.zone)
    html = partial(_html, draft.gathered.reader.ledger)
    for rule in SITE_RULES:
        known = ((path, one.facts) for path, one in reviewed.items())
        facts = {path: of[rule.name] for path, of in known if rule.name in of}
        yield from rule.judge(Survey(facts, draft.kit, draft.gathered.library, now, html, files))


def _html(ledger: Ledger, path: str) -> str | None:
    """The HTML of a source's body, if it has been rendered."""
    entry = ledger.now.get(path)
    if entry is None or entry.rendered is None:
        return None
    return str(ledger.kept("body", path, entry.rendered.body).value.html)


def _wanted(
    found: Iterable[Finding], reviewed: dict[str, Reviewed], ignored: frozenset[str]
) -> Iterator[Finding]:
    """Without what an author asked not to hear. Errors are always told."""
    yield from map(Finding, unknown_codes(NAME, [Wish(ignored, 0, (0, 0))]))
    for finding in found:
        code, path = finding.problem.code, finding.problem.path
        lines = reviewed[path].ignored if path in reviewed else {}
        asked = not meant(code, ignored) and wanted(finding.problem, lines)
        if asked or severity(code) == "error":
            yield finding
