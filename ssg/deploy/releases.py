"""Each publication in a folder of its own, and a link to the one that readers see.

A release that is being made has a name that says from which one it began, so that the next run
knows whether it may go on with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from ssg.deploy.changes import Changes, Phase, Record, changes
from ssg.deploy.inplace import publish
from ssg.deploy.journal import Journal
from ssg.deploy.rsync import Tree
from ssg.deploy.shipment import Shipment
from ssg.deploy.ssh import Machine
from ssg.errors import EnvironmentFault, problem
from ssg.model import Frozen

_NAME = re.compile(r"\d{8}-\d{6}(-1)*")
_ENTER = """
[ -d "$base" ] || { echo "$base: No such file or directory" >&2; exit 1; }
cd "$base"
"""
_LOOK = """
if [ -h current ]; then readlink current; elif [ -e current ]; then echo .; else echo; fi
[ ! -d releases ] || ls -A releases
"""
_BEGIN = """
mkdir -p releases
cd releases
rm -rf .half-* .copy-* .gone-*
mkdir .copy-$$
chmod 755 . .copy-$$
[ -z "$old" ] || rsync -rlpt --link-dest="../$old/" "$old/" .copy-$$/
mv .copy-$$ "$half"
"""
_END = '[ ! -d "releases/$half" ] || mv "releases/$half" "releases/$new"\n'
_SWITCH = """
[ -d "releases/$new" ]
rm -f .current-*
ln -s "releases/$new" .current-$$
mv -fT .current-$$ current 2>/dev/null || mv -fh .current-$$ current 2>/dev/null ||
perl -e 'rename $ARGV[0], $ARGV[1] or die "$!\\n"' .current-$$ current
[ "$(readlink current)" = "releases/$new" ]
"""
_PRUNE = """
cd releases
for release in $gone; do [ ! -d "$release" ] || mv "$release" ".gone-$release"; done
rm -rf .gone-*
"""


class State(Frozen, frozen=True):
    """The names in the folder of releases, in their order, and that of the one which is public."""

    current: str
    releases: tuple[str, ...]
    half: tuple[str, ...]


class ReleasesTarget:
    def __init__(self, machine: Machine, home: Path, journal: Journal, keep: int) -> None:
        self.machine = machine
        self.base = machine.login.folder
        self.home = home
        self.journal = journal
        self.keep = keep

    def look(self) -> Record:
        current = self._state().current
        return self._tree(current).record() if current else Record()

    def in_the_way(self, names: Collection[str]) -> set[str]:
        current = self._state().current
        return self._tree(current).present(names) if current and names else set()

    def send(self, shipment: Shipment) -> None:
        state = self._state()
        half = f".half-{state.current or 'nothing'}"
        tree = self._tree(half)
        if half in state.half and not shipment.record.pending:
            shipment = self._rest(shipment, tree)
        else:
            self._script(_BEGIN, old=state.current, half=half)
        publish(tree, shipment, self.journal, _unseen)
        new = _next(state.releases)
        gone = _outdated(state, self.keep - 1)
        self._script(_END + _SWITCH + _PRUNE, half=half, new=new, gone=" ".join(gone))

    def rollback(self) -> tuple[str, str]:
        """Let readers see the release before. Returns what they saw, and what they see now."""
        state = self._state()
        before = [name for name in state.releases if name < state.current]
        if not before:
            raise EnvironmentFault([problem("deploy/no-release-before", self.machine.where)])
        self._script(_SWITCH, new=before[-1])
        return state.current, before[-1]

    def close(self) -> None:
        self.machine.close()

    def _rest(self, shipment: Shipment, tree: Tree) -> Shipment:
        """What a broken run has left to do."""
        record = self.journal.applied(tree.record())
        found = changes(shipment.parcel.files, record)
        return msgspec.structs.replace(shipment, changes=found, record=record)

    def _state(self) -> State:
        link, *names = self._script(_LOOK).splitlines()
        folder, _, current = link.rpartition("/")
        if link and not (folder == "releases" and _NAME.fullmatch(current)):
            raise EnvironmentFault([problem("deploy/not-a-release", f"{self.base}/current")])
        return State(
            current,
            tuple(sorted(filter(_NAME.fullmatch, names))),
            tuple(name for name in names if name.startswith(".half-")),
        )

    def _tree(self, release: str) -> Tree:
        return Tree(self.machine, f"{self.base}/releases/{release}", self.home)

    def _script(self, body: str, **values: str) -> str:
        return self.machine.patiently(
            lambda: self.machine.script(_ENTER + body, base=self.base, **values)
        )


def _unseen(found: Changes) -> Iterable[Phase]:
    """The steps where no reader looks on."""
    return Phase(removed=found.removed), Phase(sent=found.sent)


def _next(releases: tuple[str, ...]) -> str:
    """A name that comes after all others, even if the clock was put back."""
    now = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    last = releases[-1] if releases else ""
    return now if now > last else f"{last}-1"


def _outdated(state: State, keep: int) -> list[str]:
    """The releases to remove beside a new one: those before the last few, never the one that was
    public, and those that a rollback left.
    """
    if not state.current:
        return list(state.releases[: -keep or None])
    older = [name for name in state.releases if name <= state.current]
    return [name for name in state.releases if name not in older[-max(keep, 1) :]]
