"""Read sources: those that changed from the disk, the others from what the last build knew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from ssg.config import Config
from ssg.content import Found, read_source
from ssg.errors import Problem, problem
from ssg.frontmatter import read
from ssg.kept import digest
from ssg.ledger import Entry, Ledger, LostError, Read
from ssg.limits import MEGABYTES, SECONDS, TooSlowError, limits
from ssg.model import Frozen
from ssg.parallel import spread
from ssg.resolve import localized
from ssg.stamps import NOTHING, Stamp, same
from ssg.terms import written_terms
from ssg.written import FrontMatter, decode, encode

BEYOND = frozenset(("post/slow", "post/memory", "post/died"))
DATED = ("posts", "news", "pages")


class _Job(Frozen, frozen=True):
    """A file to read; nothing is made of it when its text still has the digest `known`."""

    found: Found
    known: bytes


class _Made(Frozen, frozen=True):
    """What a file is now: the digest of its bytes; unless it is as known, what was read, and its
    front matter, encoded, and body.
    """

    digest: bytes
    read: Read | None = None
    front: bytes = b""
    body: str = ""


class Reader:
    """Knows every source of the site. `stamps` are those of all files, by whole path."""

    def __init__(
        self, root: Path, config: Config, ledger: Ledger, stamps: dict[str, Stamp]
    ) -> None:
        self.root = root
        self.config = config
        self.ledger = ledger
        self.stamps = stamps
        self.taxonomies = tuple(t.name for t in config.taxonomies)
        self.own = tuple(t for t in self.taxonomies if t not in ("tags", "companies"))
        self.key = digest([self.taxonomies, config.timezone])
        self.fresh: dict[str, _Made] = {}

    def read(self, found: Sequence[Found], jobs: int) -> None:
        """Enter every source into the ledger of this build."""
        todo = []
        for one in found:
            before = self.ledger.before.get(one.path)
            if before is None or before.read is None or before.read.key != self.key:
                todo.append(_Job(one, b""))
            elif not same(before.stamp, self._stamp(one.path)):
                todo.append(_Job(one, before.text))
            else:
                self.ledger.now[one.path] = before
        results = spread(self._made, todo, jobs, self._died)
        for job, made in zip(todo, results, strict=True):
            self._enter(job.found.path, made)
        self.ledger.complete = True

    def renew(self, found: Found) -> None:
        """Enter one source as it is now; other sources stay as they were seen."""
        self.fresh.pop(found.path, None)
        self.ledger.before[found.path] = self.ledger.now[found.path]
        self.stamps.pop(f"{self.root}/{found.path}", None)
        self._enter(found.path, self._made(_Job(found, b"")))

    def _stamp(self, path: str) -> Stamp:
        return self.stamps.get(f"{self.root}/{path}", NOTHING)

    def _enter(self, path: str, made: _Made) -> None:
        before = self.ledger.before.get(path) or Entry(NOTHING, b"")
        stamp = self._stamp(path) if made.digest else NOTHING
        entry = replace(before, stamp=stamp, text=made.digest)
        if made.read:
            known = None if made.read.broken else entry.resolved  # nobody looks after it meanwhile
            entry = replace(entry, read=made.read, resolved=known)
        self.ledger.now[path] = entry
        if made.front:
            self.fresh[path] = made
            self.ledger.shelve("front", path, made.digest, made.front)

    # --- in whichever process

    def _made(self, job: _Job) -> _Made:
        path = job.found.path
        source = read_source(self.root, path)
        if source.text is None:
            return _Made(source.digest, self._broken(source.problems))
        if source.digest == job.known:
            return _Made(source.digest)
        try:
            with limits():
                front, problems = read(path, source.text, job.found.section, self.own)
        except (TooSlowError, MemoryError) as e:  # on another day it may not be: no digest
            return _Made(b"", self._broken([beyond(e, path)]))
        if front is None:
            return _Made(source.digest, self._broken(problems))
        known = self._read(job.found.section, front, problems)
        return _Made(source.digest, known, encode(replace(front, body="")), front.body)

    def _died(self, job: _Job) -> _Made:
        return _Made(b"", self._broken([died(job.found.path)]))

    def _broken(self, problems: list[Problem]) -> Read:
        return Read(self.key, {}, False, None, tuple(problems), broken=True)

    def _read(self, section: str, front: FrontMatter, problems: list[Problem]) -> Read:
        if section not in DATED:
            return Read(self.key, {}, False, None, tuple(problems))
        names = {t: n for t, n in written_terms(front, self.taxonomies).items() if n}
        date = localized(self.config.zone, front.meta.date)
        return Read(self.key, names, front.meta.draft, date, tuple(problems))

    # --- taking it out again

    def front(self, path: str) -> FrontMatter:
        """The front matter of a source that is not broken, without its body."""
        made = self.fresh.get(path)
        text = self.ledger.now[path].text
        return decode(made.front if made else self.ledger.raw("front", path, text))

    def whole(self, path: str) -> FrontMatter:
        """The same with its body, read again when it is not at hand. Raises LostError when the
        file is no longer what it was.
        """
        if path not in self.fresh:
            made = self._made(_Job(Found(path, path.split("/", 2)[1]), b""))
            if not made.front or made.digest != self.ledger.now[path].text:
                raise LostError("text", path)
            self.fresh[path] = made
        return replace(self.front(path), body=self.fresh[path].body)


def beyond(error: TooSlowError | MemoryError, path: str) -> Problem:
    """What is told of a source that needs more than it may have."""
    if isinstance(error, MemoryError):
        return problem("post/memory", path, 0, 0, megabytes=MEGABYTES)
    return problem("post/slow", path, 0, 0, seconds=SECONDS)


def died(path: str) -> Problem:
    """What is told of a source whose process was ended, by the system or because it hung."""
    return problem("post/died", path)
