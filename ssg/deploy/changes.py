"""What a publication changes at its target, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress

import msgspec

from ssg.errors import ContentError, EnvironmentFault, problem
from ssg.model import Frozen
from ssg.trees import MANIFEST, File

MANY_FILES = 50
MANY_SHARE = 0.2  # of all files at the target
_FEEDS = (".xml", ".json", ".txt")
_RULES = ".htaccess"  # sends readers on to new pages, and says what pages may load


class Record(Frozen, frozen=True):
    """What a target says of itself, in a file named as the manifest of a build. `files` are there
    for certain. Those in `pending` were on their way under `id`: each may be there or not. `id` is
    "" when a publication came to its end. `url` is the address of the site that published last.
    """

    files: dict[str, File] = {}
    pending: list[str] = []
    id: str = ""
    url: str = ""


class Changes(Frozen, frozen=True):
    """What to do so that a target has the files of a parcel. `there` is how many it has now."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    there: int = 0

    @property
    def sent(self) -> tuple[str, ...]:
        return self.added + self.changed

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Phase(Frozen, frozen=True):
    """Files that may be sent, or removed, in any order and at the same time."""

    sent: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def changes(files: Mapping[str, File], record: Record) -> Changes:
    """What is to be done, by content alone: neither times nor sizes decide."""
    pending = frozenset(record.pending)
    known = record.files.keys() | pending
    return Changes(
        added=tuple(sorted(files.keys() - known)),
        changed=tuple(n for n in sorted(files.keys() & known) if record.files.get(n) != files[n]),
        removed=tuple(sorted(known - files.keys())),
        there=len(known),
    )


def phases(found: Changes) -> Iterator[Phase]:
    """The steps of a publication to a target that readers see while it goes on: what pages need
    comes before them, new pages before those that link or lead to them, the home page and feeds
    after all, and what is gone goes last. At each moment every page has all that it shows.

    A compressed twin goes with its page, in no order among themselves: until the phase is over,
    and after a break until the next run, readers may be given the new page in one form and the
    old one in the other. Each is whole.
    """
    blocking = tuple(_in_the_way(found.removed, found.sent))
    assets = tuple(n for n in found.sent if _is_asset(n))
    rules = tuple(n for n in found.sent if n == _RULES)
    new = tuple(n for n in found.added if _is_page(n))
    changed = tuple(n for n in found.changed if _is_page(n))
    front = tuple(n for n in found.sent if _is_front(n))
    gone = tuple(n for n in found.removed if n not in blocking)
    yield Phase(removed=blocking)
    for names in (assets, new, rules, changed, front):
        yield Phase(sent=names)
    yield Phase(removed=tuple(n for n in gone if _is_page(n) or _is_front(n)))
    yield Phase(removed=tuple(n for n in gone if not _is_page(n) and not _is_front(n)))


def _is_front(name: str) -> bool:
    """Whether readers and their programs begin here: the home page, feeds, sitemaps."""
    name = _original(name)
    return name in ("index.html", "404.html") or name.endswith(_FEEDS)


def _is_page(name: str) -> bool:
    return _original(name).endswith(".html") and not _is_front(name)


def _is_asset(name: str) -> bool:
    return not _is_page(name) and not _is_front(name) and name != _RULES


def _original(name: str) -> str:
    """What a compressed twin stands for."""
    return name.removesuffix(".gz").removesuffix(".br")


def _in_the_way(removed: Collection[str], sent: Iterable[str]) -> Iterator[str]:
    """Files where a folder is needed now, and those in a folder where a file is."""
    names = set(sent)
    needed = {folder for name in names for folder in above(name)}
    for name in removed:
        if name in needed or any(folder in names for folder in above(name)):
            yield name


def not_cleared(found: Changes) -> list[str]:
    """The added files at whose place, and above it, no file or folder of ours makes way first."""
    removed = set(found.removed)
    folders = {folder for name in removed for folder in above(name)}
    return [n for n in found.added if n not in folders and removed.isdisjoint(above(n))]


def above(name: str) -> Iterator[str]:
    """The folders above a file, the nearest first."""
    while name := name.rpartition("/")[0]:
        yield name


def refuse_many_removals(found: Changes, where: str) -> None:
    """Raises ContentError when a publication would take much away: it may be a slip."""
    count = len(found.removed)
    if count > MANY_FILES or count > found.there * MANY_SHARE:
        blanks = {"count": count, "there": found.there}
        raise ContentError([problem("deploy/many-removals", where, **blanks)])


def begun(record: Record, found: Changes, id: str, url: str) -> Record:
    """The record of a target while these changes are made."""
    touched = {*found.sent, *found.removed}
    files = {n: f for n, f in record.files.items() if n not in touched}
    return Record(files, sorted(touched), id, url)


def read_record(data: bytes | None, where: str) -> Record:
    """Raises EnvironmentFault when it cannot be trusted."""
    if data is None:
        return Record()
    with suppress(msgspec.MsgspecError, UnicodeError):
        record = msgspec.json.decode(data, type=Record)
        if all(map(_is_inside, (*record.files, *record.pending))):
            return record
    raise EnvironmentFault([problem("deploy/broken-record", f"{where}/{MANIFEST}")])


def _is_inside(name: str) -> bool:
    """Whether a name leads to no place beyond the target: what it names may be removed."""
    return {"", ".", ".."}.isdisjoint(name.split("/"))
