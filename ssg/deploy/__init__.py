"""`ssg deploy`: put the built site on its host."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from ssg.cache import Cache
from ssg.config import Config
from ssg.deploy.articles import articles, gone
from ssg.deploy.changes import Changes, Record, changes, not_cleared, refuse_many_removals
from ssg.deploy.finishing import finished
from ssg.deploy.fitness import refuse_unfit, refuse_unfit_pages
from ssg.deploy.hosting import hosting
from ssg.deploy.parcel import Parcel, packed
from ssg.deploy.places import opened
from ssg.deploy.releases import ReleasesTarget
from ssg.deploy.servers import printed, server_files
from ssg.deploy.shipment import Progress, Shipment, Target
from ssg.deploy.survey import survey
from ssg.deploy.troubles import Patience
from ssg.errors import ConfigError, ContentError, EnvironmentFault, Problem, problem
from ssg.model import Frozen
from ssg.output import lock
from ssg.targets import WrittenTarget
from ssg.theme import NAME
from ssg.trees import File, manifest

SHOWN = 5  # names in a message


class Order(Frozen, frozen=True):
    """What the command line decides. `afresh` sends what is there already too, `take_over`
    replaces files that are not ours, `confirmed` removes however many.
    """

    dry_run: bool = False
    confirmed: bool = False
    afresh: bool = False
    take_over: bool = False


class Plan(Frozen, frozen=True):
    """What a publication does: for showing it. The target has `files` then, and has `before`;
    `articles` are the pages among them that an author wrote.
    """

    name: str
    target: WrittenTarget
    changes: Changes
    sizes: dict[str, int]  # bytes, of what is sent
    files: dict[str, File] = {}
    before: dict[str, File] = {}
    articles: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = ()


def deploy(
    root: Path,
    config: Config,
    name: str,
    target: WrittenTarget,
    order: Order,
    show: Callable[[Plan], object],
    progress: Progress = lambda *_: None,
    patience: Patience = Patience(),  # noqa: B008 – it is frozen
) -> Plan:
    """Send the output of the site at `root` to a target. `show` is called with what is going to
    be done before anything is. Returns what was done.

    Raises an SsgError; readers of the site then see what they saw before, or the new site.
    """
    with lock(root), opened(root, name, target, patience) as place:
        parcel, warnings = prepared(root, config, target)
        known = _look(place, order)
        record = _without_trust(known) if order.afresh else known
        found = changes(parcel.files, record)
        sizes = {n: parcel.files[n][1] for n in found.sent}
        written = articles(config, (*found.sent, *found.removed))
        told = (*warnings, *gone(written.intersection(found.removed)))
        plan = Plan(name, target, found, sizes, parcel.files, known.files, written, told)
        show(plan)
        if not order.take_over:
            _refuse_other_site(known, parcel, name)
            _refuse_losses(place.in_the_way(not_cleared(found)), name)
        if not order.confirmed:
            refuse_many_removals(found, name)
        if (found or record.id) and not order.dry_run:
            place.send(Shipment(parcel, found, record, progress))
        return plan


def rollback(
    root: Path,
    name: str,
    target: WrittenTarget,
    patience: Patience = Patience(),  # noqa: B008 – it is frozen
) -> tuple[str, str]:
    """Let readers of a target see the release before. Returns the names of both. Raises an
    SsgError; they then see what they saw before.
    """
    with lock(root), opened(root, name, target, patience) as place:
        if not isinstance(place, ReleasesTarget):
            raise ConfigError([problem("deploy/no-releases", NAME, name=name)])
        return place.rollback()


def prepared(
    root: Path, config: Config, target: WrittenTarget
) -> tuple[Parcel, tuple[Problem, ...]]:
    """What is sent to a target, and what its author should know. Raises ContentError when
    something of it must not go live.
    """
    output = root / "public"
    made = manifest(output)
    refuse_unfit(config, made, str(output))
    parcel = packed(output, made)
    with Cache(root / ".cache") as cache:
        facts = survey(parcel, cache)
        warnings = refuse_unfit_pages(config, facts)
        return finished(parcel, target, config.url, facts, cache), warnings


def host_file(root: Path, kind: str, compressed: Collection[str]) -> str:
    """What a kind of host must be told of the output of the site at `root`, for looking at it."""
    with lock(root), Cache(root / ".cache") as cache:
        made = manifest(root / "public")
        parcel = packed(root / "public", made)
        host = hosting(parcel.files, survey(parcel, cache), made.url)
    return printed(server_files(kind, host, compressed))


def _look(place: Target, order: Order) -> Record:
    """What is at a target; nothing is known when its record is damaged and all is sent anew."""
    try:
        return place.look()
    except EnvironmentFault as e:
        if order.afresh and all(p.code == "deploy/broken-record" for p in e.problems):
            return Record()
        raise


def _without_trust(record: Record) -> Record:
    """As if nothing was known of the files of ours at a target but their names."""
    return Record({}, sorted({*record.files, *record.pending}), "")


def _refuse_other_site(known: Record, parcel: Parcel, where: str) -> None:
    if known.url not in ("", parcel.url):
        raise ContentError([problem("deploy/other-site", where, got=known.url)])


def _refuse_losses(names: set[str], where: str) -> None:
    if names:
        shown = ", ".join(sorted(names)[:SHOWN]) + (" …" if len(names) > SHOWN else "")
        raise ContentError([problem("deploy/in-the-way", where, names=shown)])
