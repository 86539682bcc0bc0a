"""Targets that take one file at a time, and how a publication is sent to one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from threading import Condition
from typing import Protocol, TypeVar

from ssg.deploy.changes import Record, read_record
from ssg.deploy.inplace import Settle, publish
from ssg.deploy.journal import Journal
from ssg.deploy.parcel import Parcel
from ssg.deploy.shipment import Shipment
from ssg.deploy.troubles import CrowdedError, Patience, patiently
from ssg.trees import MANIFEST

T = TypeVar("T")


class Line(Protocol):
    """A connection to a store, used by one thread at a time. Each method raises PassingError for
    what may pass, and EnvironmentFault for what does not.
    """

    def get(self, name: str) -> bytes | None:
        """The bytes of a file; None when there is none."""

    def put(self, name: str, data: bytes) -> None:
        """Make a file, with the folders above it. It is the old one until it is the new one."""

    def remove(self, names: Sequence[str]) -> None:
        """Remove files, and the folders that this leaves empty; what is not there is gone."""

    def present(self, names: Collection[str]) -> set[str]:
        """Those that are there."""

    def close(self) -> None: ...


class Store(Protocol):
    """A place for files. `where` is what messages call it, `lines` how many connections it bears,
    `batch` how many files one call of `remove` may name.
    """

    where: str
    lines: int
    batch: int

    def connect(self) -> Line: ...


class StoreTarget:
    """A store as a target: a record says what is there, a journal how far a broken run came."""

    def __init__(self, store: Store, journal: Journal, patience: Patience) -> None:
        self.store = store
        self.journal = journal
        self.crew = Crew(store, patience)

    def look(self) -> Record:
        return self.journal.applied(self.record())

    def in_the_way(self, names: Collection[str]) -> set[str]:
        return self.crew.one(lambda line: line.present(names)) if names else set()

    def send(self, shipment: Shipment) -> None:
        publish(self, shipment, self.journal)

    def record(self) -> Record:
        data = self.crew.one(lambda line: line.get(MANIFEST))
        return read_record(data, self.store.where)

    def write(self, record: bytes) -> None:
        self.crew.one(lambda line: line.put(MANIFEST, record))

    def put(self, parcel: Parcel, names: Sequence[str], settle: Settle) -> None:
        self.crew.each(
            lambda line, name: line.put(name, parcel.read(name)),
            names,
            lambda name: settle([name]),
        )

    def remove(self, parcel: Parcel, names: Sequence[str], settle: Settle) -> None:
        size = self.store.batch
        batches = [names[n : n + size] for n in range(0, len(names), size)]
        self.crew.each(lambda line, some: line.remove(some), batches, settle)

    def close(self) -> None:
        self.crew.close()


class Crew:
    """Threads that share connections. One that had a trouble is not used again, nor are those that
    wait beside it; a host that bears fewer than thought is asked for no more.
    """

    def __init__(self, store: Store, patience: Patience) -> None:
        self.store = store
        self.patience = patience
        self.pool = ThreadPoolExecutor(store.lines)
        self.turn = Condition()
        self.idle: list[Line] = []
        self.count = 0  # of connections, those in use too
        self.most = store.lines

    def one(self, work: Callable[[Line], T]) -> T:
        """What one piece of work returns."""
        return self.pool.submit(self._do, work).result()

    def each(
        self, work: Callable[[Line, T], None], items: Sequence[T], done: Callable[[T], None]
    ) -> None:
        """Do the work for each item; `done` is called after each. The first error ends all."""

        def step(item: T) -> None:
            self._do(lambda line: work(line, item))
            done(item)

        tasks = [self.pool.submit(step, item) for item in items]
        try:
            for task in wait(tasks, return_when=FIRST_EXCEPTION).done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            wait(tasks)

    def _do(self, work: Callable[[Line], T]) -> T:
        def attempt() -> T:
            with self._borrowed() as line:
                return work(line)

        return patiently(attempt, self.patience, self.store.where)

    @contextmanager
    def _borrowed(self) -> Iterator[Line]:
        line = self._line()
        try:
            yield line
        except BaseException:
            self._drop(line)
            raise
        with self.turn:
            self.idle.append(line)
            self.turn.notify()

    def _line(self) -> Line:
        while True:
            with self.turn:
                self.turn.wait_for(lambda: self.idle or self.count < self.most)
                if self.idle:
                    return self.idle.pop()
                self.count += 1
            try:
                return self.store.connect()
            except BaseException as e:
                with self.turn:
                    self.count -= 1
                    self.turn.notify()
                    if not (isinstance(e, CrowdedError) and self.count):
                        raise
                    self.most = self.count

    def _drop(self, line: Line) -> None:
        with self.turn:
            lines, self.idle = [line, *self.idle], []
            self.count -= len(lines)
            self.turn.notify_all()
        for each in lines:
            _close(each)

    def close(self) -> None:
        self.pool.shutdown(cancel_futures=True)
        for line in self.idle:
            _close(line)


def _close(line: Line) -> None:
    with suppress(Exception):  # whatever it is, nothing depends on it any more
        line.close()
