"""A publication on its way, and the places that it can go to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from ssg.deploy.changes import Changes, Record
from ssg.deploy.parcel import Parcel
from ssg.model import Frozen

Progress = Callable[[str, int, int], None]


class Shipment(Frozen, frozen=True, eq=False):
    """What a target is to become, and what it is according to its record."""

    parcel: Parcel
    changes: Changes
    record: Record
    progress: Progress = lambda *_: None


class Target(Protocol):
    """A place where a site is published. Every method raises EnvironmentFault."""

    def look(self) -> Record:
        """What is there of ours."""

    def in_the_way(self, names: Collection[str]) -> set[str]:
        """Files at the target that are not ours and would be lost if these were sent."""

    def send(self, shipment: Shipment) -> None:
        """Make the target what the shipment says, so that at each moment what readers see is
        whole, and a run after a break goes on where this one stopped.
        """

    def close(self) -> None: ...
