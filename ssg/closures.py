"""What a layout is made of: it and all that it extends, includes and imports.

A page whose layout has the same closure, and whose context is the same, is the same page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from ssg.cache import Cache
from ssg.decoding import decode
from ssg.layouts import LayoutFiles
from ssg.model import Frozen

if TYPE_CHECKING:
    from jinja2 import nodes

FORM = 1  # counts up when something else is found in the same layouts
_KEY = "closures"


class Closure(Frozen, frozen=True):
    """`names` are all its templates, `digest` is that of their sources, `data` tells whether
    `data` may be read, `assets` are those that it names; None is any.
    """

    digest: str
    names: tuple[str, ...]
    data: bool
    assets: frozenset[str] | None


class _Facts(Frozen, frozen=True):
    """What one layout tells of itself. `names` are other layouts."""

    names: frozenset[str]
    data: bool
    assets: frozenset[str] | None


_MISSING = _Facts(names=frozenset(), data=False, assets=frozenset())


class _Kept(Frozen, frozen=True):
    digest: str
    closures: dict[str, Closure]


def closures(layouts: LayoutFiles, cache: Cache) -> dict[str, Closure]:
    """The closure of every layout, by its name. Nothing is parsed while no layout changes."""
    sources = {name: layouts.read(name) for name in layouts.files()}
    digest = _digest({"": str(FORM).encode(), **sources})
    if kept := _kept(cache, digest):
        return kept.closures
    everything = Closure(digest=digest, names=(*sources,), data=True, assets=None)
    facts = {name: _facts(source) for name, source in sources.items()}
    asked = {name for one in facts.values() if one for name in one.names}
    for name in asked - facts.keys():
        facts[name] = None if layouts.find(name) else _MISSING
    found = {name: _closure(name, facts, sources) or everything for name in sources}
    cache.put(_KEY, msgspec.msgpack.encode(_Kept(digest=digest, closures=found)))
    return found


def _kept(cache: Cache, digest: str) -> _Kept | None:
    try:
        kept = msgspec.msgpack.decode(cache.get(_KEY) or b"", type=_Kept)
    except msgspec.MsgspecError:
        return None
    return kept if kept.digest == digest else None


def _digest(sources: Mapping[str, bytes]) -> str:
    each = [(name, blake2b(sources[name]).digest()) for name in sorted(sources)]
    return blake2b(msgspec.msgpack.encode(each), digest_size=16).hexdigest()


def _closure(
    first: str, facts: Mapping[str, _Facts | None], sources: Mapping[str, bytes]
) -> Closure | None:
    """None if some of it cannot be known."""
    names = [first]
    told = []
    for name in names:
        one = facts[name]
        if one is None:
            return None
        told.append(one)
        names += sorted(one.names - {*names})
    assets = [one.assets for one in told]
    return Closure(
        digest=_digest({name: sources.get(name, b"") for name in names}),
        names=(*names,),
        data=any(one.data for one in told),
        assets=None if None in assets else frozenset().union(*filter(None, assets)),
    )


def _facts(source: bytes) -> _Facts | None:
    """None for a layout that cannot be read, that asks for others by names made on a page, or
    that looks at itself, where every variable can be found.
    """
    import jinja2
    from jinja2.meta import find_referenced_templates

    text, problems = decode(source, "")
    try:
        tree = jinja2.Environment(autoescape=True).parse(text)
    except jinja2.TemplateSyntaxError:
        return None
    names = {*find_referenced_templates(tree)}
    variables = Counter(node.name for node in tree.find_all(jinja2.nodes.Name))
    if problems or None in names or "self" in variables:
        return None
    named = [*_assets(tree)]
    return _Facts(
        names=frozenset(name for name in names if name),
        data="data" in variables,
        assets=frozenset(named) if variables["asset"] == len(named) else None,
    )


def _assets(tree: nodes.Template) -> Iterator[str]:
    """`css/site.css` of each `asset('css/site.css')`."""
    from jinja2 import nodes

    for call in tree.find_all(nodes.Call):
        match call:
            case nodes.Call(node=nodes.Name(name="asset"), args=[nodes.Const(value=str(name))]):
                yield name
