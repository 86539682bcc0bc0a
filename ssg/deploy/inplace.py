"""A publication to a place that readers see while it changes, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from secrets import token_hex
from threading import Lock
from typing import Protocol

import msgspec

from ssg.deploy.changes import Changes, Phase, Record, begun, phases
from ssg.deploy.journal import Journal
from ssg.deploy.parcel import Parcel
from ssg.deploy.shipment import Shipment
from ssg.errors import EnvironmentFault, problem

Settle = Callable[[Iterable[str]], None]
Steps = Callable[[Changes], Iterable[Phase]]


class Place(Protocol):
    """What can be done there. `settle` is called with the names of what is done for certain."""

    def record(self) -> Record: ...

    def write(self, record: bytes) -> None: ...

    def put(self, parcel: Parcel, names: Sequence[str], settle: Settle) -> None: ...

    def remove(self, parcel: Parcel, names: Sequence[str], settle: Settle) -> None:
        """Remove files, and folders that hold no file of the parcel and are empty then."""


def publish(place: Place, shipment: Shipment, journal: Journal, steps: Steps = phases) -> None:
    """Make all changes; unless other steps are given, each when nothing that readers see needs
    what it takes away.
    """
    changes, parcel = shipment.changes, shipment.parcel
    record = begun(shipment.record, changes, token_hex(8), parcel.url)
    place.write(msgspec.json.encode(record))
    journal.begin(record.id)
    total = len(changes.sent) + len(changes.removed)
    count = Counter(lambda done: shipment.progress("send", done, total))

    def settle(names: Iterable[str]) -> None:
        for name in names:
            journal.done(name, parcel.files.get(name))
            count.one_more()

    for phase in steps(changes):
        if phase.sent:
            place.put(parcel, phase.sent, settle)
        if phase.removed:
            place.remove(parcel, phase.removed, settle)
    _refuse_mixture(place, record)
    place.write(msgspec.json.encode(Record(parcel.files, url=parcel.url)))
    journal.end()


def _refuse_mixture(place: Place, record: Record) -> None:
    """Two that publish at once leave something of both: nothing there is certain then."""
    there = place.record()
    if there.id != record.id:
        names = {*there.files, *there.pending, *record.files, *record.pending}
        place.write(msgspec.json.encode(Record({}, sorted(names), url=record.url)))
        raise EnvironmentFault([problem("deploy/overtaken", "-")])


class Counter:
    """Counts what several threads do."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self.tell = tell
        self.lock = Lock()
        self.done = 0

    def one_more(self) -> None:
        with self.lock:
            self.done += 1
            self.tell(self.done)
