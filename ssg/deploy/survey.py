"""The facts of a whole site; those of files that have not changed are not looked for again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from ssg.cache import Cache
from ssg.deploy.facts import Facts, css_facts, drawing_facts, facts_of, script_facts
from ssg.deploy.parcel import Parcel
from ssg.parallel import available, spread

KEY = "facts"
_READERS: dict[str, Callable[[bytes], Facts]] = {
    "html": facts_of,
    "css": css_facts,
    "js": script_facts,
    "mjs": script_facts,
    "svg": drawing_facts,
}
_MODULES = ("facts", "hostnames", "loads", "tags")


class _Known(msgspec.Struct, frozen=True):
    """Facts by the digest and kind of a file, as a version of this program saw them."""

    code: str = ""
    facts: dict[str, Facts] = {}


def survey(parcel: Parcel, cache: Cache, jobs: int = 0) -> dict[str, Facts]:
    """The facts of each page, style sheet, script and drawing, by name."""
    known = _known(cache)
    keys = {name: _key(parcel, name) for name in parcel.files if _kind(name) in _READERS}
    new = sorted({key: name for name, key in keys.items() if key not in known.facts}.values())

    def look(name: str) -> Facts:
        return _READERS[_kind(name)](parcel.read(name))

    found = dict(zip((keys[n] for n in new), spread(look, new, jobs or available()), strict=True))
    facts = {key: found.get(key) or known.facts[key] for key in keys.values()}
    if facts != known.facts:
        cache.put(KEY, msgspec.msgpack.encode(_Known(_code(), facts)))
        cache.commit()
    return {name: facts[key] for name, key in keys.items()}


def _kind(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _key(parcel: Parcel, name: str) -> str:
    return f"{parcel.files[name][0]}.{_kind(name)}"


def _known(cache: Cache) -> _Known:
    try:
        known = msgspec.msgpack.decode(cache.get(KEY) or b"", type=_Known)
    except msgspec.MsgspecError:
        return _Known()
    return known if known.code == _code() else _Known()


@cache
def _code() -> str:
    """What tells the facts of this program from those of another version of it."""
    folder = Path(__file__).parent
    sources = b"".join((folder / f"{name}.py").read_bytes() for name in _MODULES)
    return blake2b(sources, digest_size=16).hexdigest()
