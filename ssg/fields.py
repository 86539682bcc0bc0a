"""Types for what an author writes in YAML: each knows its rule and names its mistake.

Used by the models of front matter, site.yaml and data files. A rule that is broken raises
`PydanticCustomError(rule, …, blanks)`; `problems_of` gives it a code and a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ssg.errors import Problem, problem
from ssg.text import is_blank, nearest, visible
from ssg.yamldoc import Location, Map, Scalar, Seq, plain, position

RESERVED = frozenset(("content", "metadata")) | {n for n in dir(dict) if n.isidentifier()}


class Written(BaseModel):
    """A mapping in YAML: unknown keys are refused, a key without a value counts as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, value: Any) -> Any:
        if isinstance(value, cls):
            return value
        if not isinstance(value, Map):
            raise broken("type", expected="mapping", got=_kind(value))
        return {k: v for k, v in value.items() if not (isinstance(v, Scalar) and v.is_null)}


def broken(rule: str, **blanks: object) -> PydanticCustomError:
    return PydanticCustomError(rule, rule, {k: str(v) for k, v in blanks.items()})


# --- rules ---------------------------------------------------------------------------


def _text(value: Any) -> str:
    if not isinstance(value, Scalar):
        raise broken("type", expected="text", got=_kind(value))
    if is_blank(value):
        raise broken("blank")
    return str(value).strip()


def _flag(value: Any) -> bool:
    if isinstance(value, Scalar) and value.plain and value in ("true", "false"):
        return value == "true"
    raise broken("flag", got=_shown(value))


def _integer(value: Any) -> int:
    if isinstance(value, Scalar) and re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    raise broken("integer", got=_shown(value))


def _rating(value: Any) -> int:
    if isinstance(value, Scalar) and value in ("1", "2", "3", "4", "5"):
        return int(value)
    raise broken("rating", got=_shown(value))


def _list(value: Any) -> list[Any]:
    if isinstance(value, Scalar):
        parts = [p.strip() for p in re.split(r"[,、，]", value) if p.strip()]
        raise broken("list", better=visible(f"[{', '.join(parts)}]", 120))
    if not isinstance(value, Seq):
        raise broken("type", expected="list", got=_kind(value))
    return value


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, Map):
        raise broken("type", expected="mapping", got=_kind(value))
    return value


_WHEN = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[-+]\d{2}:?\d{2})?)?"
)
_OTHER_DATE = re.compile(r"(\d{4})\s*[/年.-]\s*(\d{1,2})\s*[/月.-]\s*(\d{1,2})日?(.*)", re.S)


def _when(value: Any) -> datetime:
    text = _text(value)
    if not _WHEN.fullmatch(text):
        raise broken("date", got=visible(text), better=_iso_form(text))
    try:
        two_digits = re.sub(r"([ T])(\d):", r"\g<1>0\2:", text)
        moment = datetime.fromisoformat(re.sub(r"\s(?=[-+Z])", "", two_digits))
    except ValueError:
        raise broken("no-such-date", got=visible(text)) from None
    if not 1900 <= moment.year <= 2199:
        raise broken("date-range", got=visible(text))
    return moment


def _iso_form(text: str) -> str:
    match = _OTHER_DATE.match(text)
    if not match:
        return "2026-11-22"
    year, month, day = (int(match[i]) for i in (1, 2, 3))
    return f"{year:04}-{month:02}-{day:02}"


def _day(value: Any) -> date:
    return _when(value).date()


def _month_or_day(value: Any) -> str:
    """`2022-01` or `2022-01-15`."""
    text = _text(value)
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return text
    return _day(value).isoformat()


def choice(*options: str) -> BeforeValidator:
    """A field whose text must be one of `options`."""

    def check(value: Any) -> str:
        text = _text(value)
        if text not in options:
            near = {"near": found} if (found := nearest(text, options)) else {}
            raise broken("choice", got=visible(text), options=", ".join(options), **near)
        return text

    return BeforeValidator(check)


def _free(value: Any) -> Any:
    reserved = [k for k in value if k in RESERVED] if isinstance(value, Map) else []
    if reserved:
        raise broken("reserved-key", key=reserved[0])
    try:
        return plain(_mapping(value))
    except ValueError as e:
        raise broken("number", got=e) from None


def _web_address(value: Any) -> str:
    text = _text(value)
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in text:
        raise broken("url", got=visible(text))
    return text


def _language(value: Any) -> str:
    """A BCP 47 tag, by its shape (RFC 5646, section 2.1)."""
    text = _text(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise broken("language", got=visible(text))
    return text


Text = Annotated[str, BeforeValidator(_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Integer = Annotated[int, BeforeValidator(_integer)]
Rating = Annotated[int, BeforeValidator(_rating)]
When = Annotated[datetime, BeforeValidator(_when)]
Day = Annotated[date, BeforeValidator(_day)]
MonthOrDay = Annotated[str, BeforeValidator(_month_or_day)]
WebAddress = Annotated[str, BeforeValidator(_web_address)]
Language = Annotated[str, BeforeValidator(_language)]
Texts = Annotated[list[Text], BeforeValidator(_list)]
WebAddresses = Annotated[list[WebAddress], BeforeValidator(_list)]
Free = Annotated[dict[str, Any], BeforeValidator(_free)]
Listed = BeforeValidator(_list)
Mapped = BeforeValidator(_mapping)


# --- from pydantic's errors to problems --------------------------------------------------

M = TypeVar("M", bound=Written)

_PLAIN_RULES = {"missing": "missing", "extra_forbidden": "unknown-key"}


def validated(model: type[M], raw: Map, origin: str, path: str) -> tuple[M | None, list[Problem]]:
    """The model that `raw` makes, or None, and everything wrong with it.

    `origin` begins the codes of the problems: `front-matter`, `config` or `data`.
    """
    try:
        return model.model_validate(raw), []
    except ValidationError as e:
        return None, [_problem(model, raw, origin, path, error) for error in e.errors()]


def _problem(
    model: type[Written], raw: Map, origin: str, path: str, error: Mapping[str, Any]
) -> Problem:
    where: Location = error["loc"]
    rule = _PLAIN_RULES.get(error["type"], error["type"])
    blanks = dict(error.get("ctx", {}))
    blanks.setdefault("key", visible(dotted(where)))
    if rule == "missing" and _holds(raw, where):
        rule = "blank"
    if rule == "unknown-key":
        rule = "reserved-key" if where[-1] in RESERVED else rule
        known = _keys_at(model, where[:-1])
        if near := nearest(str(where[-1]), known):
            blanks["near"] = near
    line, column = position(raw, where, key=rule in ("unknown-key", "reserved-key"))
    return problem(f"{origin}/{rule}", path, line, column, **blanks)


def dotted(where: Location) -> str:
    """`sources[1].url`, counted from 1 as people do."""
    text = ""
    for step in where:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _holds(raw: Any, where: Location) -> bool:
    for step in where:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _keys_at(model: type[BaseModel], where: Location) -> Iterable[str]:
    """The keys known at a place inside a model, for guessing what was meant."""
    for step in where:
        if isinstance(step, str) and step in model.model_fields:
            inner = _model_in(model.model_fields[step].annotation)
            if inner is None:
                return ()
            model = inner
    return model.model_fields


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if found := _model_in(argument):
            return found
    return None


def _kind(value: Any) -> str:
    """The kind of a value, as a key of the message catalogue's words."""
    return "mapping" if isinstance(value, Map) else "list" if isinstance(value, Seq) else "text"


def _shown(value: Any) -> str:
    return visible(value) if isinstance(value, Scalar) else _kind(value)
