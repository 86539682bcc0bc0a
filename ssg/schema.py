"""JSON Schema (draft 7) of what an author may write, made of the same types that check it.

For editors: completion, and a mark under a slip while it is typed. What only the whole site can
tell, such as an address that is taken, stays with the build.
"""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields
from pydantic import BaseModel

from ssg.config import Config
from ssg.labels import LABELS
from ssg.rules import Rule
from ssg.settings import WrittenSite
from ssg.tables import meanings
from ssg.targets import MODELS as TARGETS
from ssg.written import MODELS

KINDS = ("site", *MODELS)
Schema = dict[str, Any]
Words = dict[str, dict[str, str]]


def schema(kind: str, lang: str, config: Config | None = None) -> Schema:
    """The schema of site.yaml or of the front matter of a section, explained in a language. With
    the settings of a site, its categories and its own taxonomies are part of it.
    """
    made = _mapping(WrittenSite if kind == "site" else MODELS[kind])
    known = made["properties"]
    words = _words(kind) if kind in ("site", "authors") else _words("posts", kind)
    if kind == "site":
        known["labels"] = _labels(lang)
        known["deploy"]["additionalProperties"] = {"oneOf": [_target(n, lang) for n in TARGETS]}
    elif config and "tags" in known:
        known |= {t.name: known["tags"] for t in config.taxonomies}
        words |= {t.name: {lang: t.label} for t in config.taxonomies}
        if config.categories:
            known["category"] = {"enum": [c.name for c in config.categories]}
    made["properties"] = _explained(known, words, lang)
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | made


def _target(name: str, lang: str) -> Schema:
    made = _mapping(TARGETS[name])
    known = made["properties"] | {"type": {"const": name}}
    return made | {"properties": _explained(known, _words("deploy"), lang)}


def _labels(lang: str) -> Schema:
    texts = {key: {"type": "string", "description": text} for key, text in LABELS[lang].items()}
    return {"type": "object", "properties": texts, "additionalProperties": False}


def _words(*kinds: str) -> Words:
    """What each key means: of several kinds, the last that has it."""
    known = meanings()
    return {key: told for kind in kinds for key, told in known.get(kind, {}).items()}


def _explained(known: Schema, words: Words, lang: str, above: str = "") -> Schema:
    """The keys with what they mean; `above` is the name of the mapping they stand in."""
    made = {}
    for name, shape in known.items():
        told = words.get(above + name)
        inside = _explained(shape.get("properties", {}), words, lang, f"{above}{name}.")
        meaning = {"description": told[lang]} if told else {}
        made[name] = shape | meaning | ({"properties": inside} if inside else {})
    return made


def _mapping(model: type[Any]) -> Schema:
    """An object with the keys of a struct or model, and no others."""
    types = get_type_hints(model, include_extras=True)
    if issubclass(model, Struct):
        keys = {f.name: types[f.name] for f in fields(model)}
        required = [f.name for f in fields(model) if f.required]
    else:
        assert issubclass(model, BaseModel)
        keys = {f.alias or n: types[n] for n, f in model.model_fields.items()}
        required = [f.alias or n for n, f in model.model_fields.items() if f.is_required()]
    made: Schema = {
        "type": "object",
        "properties": {name: _shape(kind) for name, kind in keys.items()},
        "additionalProperties": False,
    }
    return made | ({"required": required} if required else {})


def _shape(kind: Any) -> Schema:
    """The schema of one type: that of its rule, that of the type itself, or either of them."""
    if get_origin(kind) is Annotated:
        inner, *notes = get_args(kind)
        rules = [note.shape for note in notes if isinstance(note, Rule) and note.shape]
        shapes = [shape for shape in (_shape(inner), *rules) if shape]
        return _either(shapes)
    if get_origin(kind) in (Union, UnionType):
        return _either([_shape(one) for one in get_args(kind) if one is not NoneType])
    if get_origin(kind) is list:
        return {"type": "array", "items": _shape(get_args(kind)[0])}
    if get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": _shape(get_args(kind)[1])}
    if isinstance(kind, type) and issubclass(kind, Struct | BaseModel):
        return _mapping(kind)
    return {}


def _either(shapes: list[Schema]) -> Schema:
    return shapes[0] if len(shapes) == 1 else {"anyOf": shapes} if shapes else {}
