"""Which picture an author meant that is not where it was said to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ssg.text import fold

# The names in a folder, which is written as authors do: with `/` it lies in assets.
Names = Callable[[str], frozenset[str]]

_OWN_MACHINE = re.compile(r"[A-Za-z]:[\\/]|\\\\|file:|~/|/(?:Users|home)/", re.I)
_WEB = re.compile(r"https?://", re.I)
_SUFFIX = re.compile(r"\.(?:jpe?g|png|webp|gif|svg)$", re.I)
_ABOVE = re.compile(r"(?:.*/)?assets/|(?:\.\.?/)+")


def of_own_machine(reference: str) -> bool:
    """Whether a reference is a path of the author's machine, which no reader has."""
    return _OWN_MACHINE.match(reference) is not None


def astray(reference: str, names: Names) -> dict[str, str]:
    """What a message can say of a picture that is missing: the one that is `near`, or the `file`
    to put into the site.
    """
    path = reference.replace("\\", "/")
    name = re.sub("[?#].*", "", path.rpartition("/")[2])
    found = _near(name, dict.fromkeys(_folders(path)), names)
    if near := next((one for one in found if one != reference), ""):
        return {"near": near}
    if name and (of_own_machine(reference) or _WEB.match(reference)):
        return {"file": name}
    return {}


def _folders(path: str) -> Iterator[str]:
    above = path[: path.rfind("/") + 1]
    if not (of_own_machine(path) or _WEB.match(path)):
        yield above
        yield "/" + _ABOVE.sub("", above, count=1).lstrip("/")
    yield "/images/"
    yield ""


def _near(name: str, folders: dict[str, None], names: Names) -> Iterator[str]:
    """The pictures that may be meant, the likeliest first."""
    there = [(folder, n) for folder in folders for n in sorted(names(folder)) if _SUFFIX.search(n)]
    for alike in (_same, _same_stem, _one_slip):
        yield from (folder + n for folder, n in there if alike(fold(name), fold(n)))


def _same(one: str, other: str) -> bool:
    return one == other


def _same_stem(one: str, other: str) -> bool:
    return _SUFFIX.sub("", one) == _SUFFIX.sub("", other)


def _one_slip(one: str, other: str) -> bool:
    """Whether a letter is missing, wrong or too much, or two have changed places. A digit is no
    slip: it names another picture.
    """
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None or one[at].isdigit() or other[at].isdigit():
        return False
    rest, others = one[at:], other[at:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] in (others[1:], others) or rest == others[1:]
