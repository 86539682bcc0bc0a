"""From YAML to a checked mapping, or to every problem in it, each with its place.

pydantic asks the rules of `ssg.rules` and collects what is broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields as fields_of
from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from ssg.errors import Problem, problem
from ssg.nodes import Location, Map, Scalar, position, unbearable
from ssg.rules import (
    Broken,
    Flag,
    Free,
    Integer,
    Listed,
    ListedTexts,
    Rating,
    Text,
    Texts,
    WebAddress,
    WebAddresses,
    broken,
    choice,
    kind,
    mapped,
    web_parts,
    without_password,
    written_mapping,
)
from ssg.text import nearest, visible

__all__ = [
    "Flag",
    "Free",
    "Integer",
    "Listed",
    "ListedTexts",
    "Rating",
    "Text",
    "Texts",
    "WebAddress",
    "WebAddresses",
    "Written",
    "broken",
    "choice",
    "dotted",
    "kind",
    "mapped",
    "pairs_of",
    "struct_schema",
    "validated",
    "web_parts",
    "without_password",
]

RESERVED = frozenset(("content", "metadata")) | {n for n in dir(dict) if n.isidentifier()}
M = TypeVar("M")


# --- mappings ------------------------------------------------------------------------------


class Written(BaseModel):
    """A mapping in YAML: unknown keys are refused, a key without a value counts as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, value: Any) -> Any:
        return value if isinstance(value, cls) else _present(value, _keys(cls))


def struct_schema(struct: type[Struct], handler: GetCoreSchemaHandler) -> CoreSchema:
    """How pydantic makes a struct of a mapping, by the same law as `Written`."""
    keys = {
        field.name: core_schema.typed_dict_field(
            handler.generate_schema(field.type), required=field.required
        )
        for field in fields_of(struct)
    }

    def make(value: Any, checked: Callable[[Any], dict[str, Any]]) -> Any:
        return value if isinstance(value, struct) else struct(**checked(_present(value, keys)))

    inner = core_schema.typed_dict_schema(keys, extra_behavior="forbid")
    return core_schema.no_info_wrap_validator_function(make, inner)


def _present(value: Any, known: Container[str]) -> dict[str, Any]:
    return {
        k: v
        for k, v in written_mapping(value).items()
        if not (isinstance(v, Scalar) and v.is_null and k in known)
    }


@cache
def _keys(model: type[BaseModel | Struct]) -> dict[str, Any]:
    """The keys of a mapping as authors write them, with their types."""
    if issubclass(model, Struct):
        return {field.name: field.type for field in fields_of(model)}
    return {f.alias or name: f.annotation for name, f in model.model_fields.items()}


# --- from pydantic's errors to problems --------------------------------------------------

_PLAIN_RULES = {"missing": "missing", "extra_forbidden": "unknown-key"}


def validated(model: type[M], raw: Map, origin: str, path: str) -> tuple[M | None, list[Problem]]:
    """The `Written` or struct that `raw` makes, or None, and everything wrong with it.

    `origin` begins the codes of the problems: `front-matter`, `config` or `data`.
    """
    problems = list(_free_keys(raw.get("extra"), raw, origin, path))
    adapter: TypeAdapter[M] = _adapter(cast(Any, model))
    try:
        made = adapter.validate_python(raw)
    except ValidationError as e:
        return None, problems + [_problem(model, raw, origin, path, error) for error in e.errors()]
    return (None if problems else made), problems


@cache
def _adapter(model: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _free_keys(value: Any, raw: Map, origin: str, path: str) -> Iterator[Problem]:
    """What even a mapping of the author's own keys must not hold."""
    if isinstance(value, Map):
        for key in RESERVED & value.keys():
            place = position(raw, ("extra", key), key=True)
            yield problem(f"{origin}/reserved-key", path, *place, key=f"extra.{key}")
        for where, number in unbearable(value, ("extra",)):
            place = position(raw, where)
            yield problem(f"{origin}/number", path, *place, key=visible(dotted(where)), got=number)


def _problem(model: Any, raw: Map, origin: str, path: str, error: Mapping[str, Any]) -> Problem:
    where: Location = error["loc"]
    rule, blanks = _broken_rule(error)
    blanks.setdefault("key", visible(dotted(where)))
    if rule == "missing" and _value_at(raw, where) is not None:
        rule = "blank"
    if rule == "unknown-key":
        rule = "reserved-key" if where[-1] in RESERVED else rule
        known = _keys_at(model, where[:-1])
        if near := nearest(str(where[-1]), known):
            blanks["near"] = near
        if len(where) == 1 and "extra" in known:
            blanks["free"] = "extra"
        elif not near and known:
            blanks["known"] = ", ".join(known)
    if blanks.keys() & {"pair", "dash"} and (pairs := _pairs(model, where, raw)):
        blanks["pairs"] = pairs
        blanks.pop("pair", None)
    if rule == "list" and "better" in blanks:
        blanks["better"] = f"{where[-1]}: {blanks['better']}"
    line, column = position(raw, where, key=rule in ("unknown-key", "reserved-key"))
    return problem(f"{origin}/{rule}", path, line, column, **blanks)


def _pairs(model: Any, where: Location, raw: Map) -> str:
    """The lines of the mapping that should stand at a place, when its keys are known. An address
    that stands there is one of them.
    """
    inner = _mapping_at(model, where)
    if inner is None or _is_free(model, where):
        return ""
    value = _value_at(raw, where)
    web = visible(value) if isinstance(value, Scalar) and _WEB.match(value) else ""
    return pairs_of(inner, web)


def pairs_of(model: type[BaseModel | Struct], web: str = "") -> str:
    """The pairs that a mapping must have, or else all that it may have."""
    needed = [key for key, required in _required(model).items() if required]
    named = needed or [*_keys(model)]
    return ", ".join(f"{key}: {web if web and key == 'url' else '…'}" for key in named)


_WEB = re.compile(r"https?://\S+$")


def _is_free(model: Any, where: Location) -> bool:
    """Whether the keys of the mapping at a place are the author's own."""
    above = _mapping_at(model, where[:-1])
    annotation = _keys(above).get(str(where[-1])) if above else None
    return any(get_origin(kind) is dict for kind in (annotation, *get_args(annotation)))


def _required(model: type[BaseModel | Struct]) -> dict[str, bool]:
    if issubclass(model, Struct):
        return {field.name: field.required for field in fields_of(model)}
    return {f.alias or name: f.is_required() for name, f in model.model_fields.items()}


def _broken_rule(error: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    if error["type"] in _PLAIN_RULES:
        return _PLAIN_RULES[error["type"]], {}
    found: Broken = error["ctx"]["error"]
    return found.rule, dict(found.blanks)


def dotted(where: Location) -> str:
    """`sources[1].url`, counted from 1 as people do."""
    text = ""
    for step in where:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _value_at(raw: Any, where: Location) -> Any:
    """What stands at a place, or None."""
    for step in where:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def _keys_at(model: Any, where: Location) -> list[str]:
    """The keys known at a place inside a mapping, for guessing what was meant."""
    return list(_keys(inner)) if (inner := _mapping_at(model, where)) else []


def _mapping_at(model: Any, where: Location) -> Any:
    for step in where:
        if isinstance(step, str) and model is not None and step in _keys(model):
            model = _mapping_in(_keys(model)[step])
    return model


def _mapping_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel | Struct):
        return annotation
    for argument in get_args(annotation):
        if found := _mapping_in(argument):
            return found
    return None
