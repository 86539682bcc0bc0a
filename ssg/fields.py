"""Types for what an author writes in YAML: each knows its rule and names its mistake.

Used by the models of front matter, site.yaml and data files. A rule that is broken raises
`PydanticCustomError(rule, …, blanks)`; `problems_of` gives it a code and a place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, TypeVar, get_args
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from ssg.errors import Problem, problem
from ssg.mistakes import quoted
from ssg.text import is_blank, nearest, visible
from ssg.yamldoc import Location, Map, Scalar, Seq, plain, position, unbearable

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
            raise broken("type", expected="mapping", kind=kind(value), pair="name: …")
        known = _names(cls)
        return {
            k: v
            for k, v in value.items()
            if not (k in known and isinstance(v, Scalar) and v.is_null)
        }


def broken(rule: str, **blanks: object) -> PydanticCustomError:
    return PydanticCustomError(rule, rule, {k: str(v) for k, v in blanks.items()})


# --- rules ---------------------------------------------------------------------------


def typed_text(value: Any) -> str:
    if not isinstance(value, Scalar):
        advice = {"better": visible(quoted(value.typed), 120)} if value.typed else {"undone": "- "}
        raise broken("type", expected="text", kind=kind(value), **advice)
    if is_blank(value):
        raise broken("blank")
    return str(value).strip()


def _flag(value: Any) -> bool:
    if isinstance(value, Scalar) and value.plain and value in ("true", "false"):
        return value == "true"
    if isinstance(value, Scalar) and is_blank(value):
        raise broken("blank")
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
    if not isinstance(value, Seq):
        raise broken("type", expected="list", kind=kind(value), dash="- ")
    return value


def _texts(value: Any) -> list[Any]:
    if isinstance(value, Scalar):
        parts = [p.strip() for p in re.split(r"[,、，]", value) if p.strip()]
        raise broken("list", better=visible(f"[{', '.join(parts)}]", 120))
    return _list(value)


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, Map):
        raise broken("type", expected="mapping", kind=kind(value), pair="name: …")
    return value


_WHEN = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[-+]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_DAY_FIRST = r"(?P<{0}>\d{{1,2}})\s*[/月.-]\s*(?P<{1}>\d{{1,2}})"
_OTHER_DATES = [
    re.compile(r"(?P<year>\d{4})\s*[/年.-]\s*" + _DAY_FIRST.format("month", "day")),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
    re.compile(
        r"(?P<era>令和|平成|昭和|[RHS])\s*(?P<year>\d{1,2}|元)\s*[/年.-]\s*"
        + _DAY_FIRST.format("month", "day")
    ),
    re.compile(_DAY_FIRST.format("month", "day") + r"[/.-](?P<year>\d{4})"),
    re.compile(_DAY_FIRST.format("day", "month") + r"[/.-](?P<year>\d{4})"),
]
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}


def _when(value: Any) -> datetime:
    text = typed_text(value)
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
    """The day that a date in another notation means, or an example."""
    for pattern in _OTHER_DATES:
        if match := pattern.match(unicodedata.normalize("NFKC", text)):
            parts = match.groupdict("")
            year = 1 if parts["year"] == "元" else int(parts["year"])
            with suppress(ValueError):
                first = _ERAS.get(parts.get("era", ""), 0)
                return date(first + year, int(parts["month"]), int(parts["day"])).isoformat()
    return "2026-11-22"


def _day(value: Any) -> date:
    return _when(value).date()


def _month_or_day(value: Any) -> str:
    """`2022-01` or `2022-01-15`."""
    text = typed_text(value)
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return text
    return _day(value).isoformat()


def choice(*options: str) -> BeforeValidator:
    """A field whose text must be one of `options`."""

    def check(value: Any) -> str:
        text = typed_text(value)
        if text not in options:
            near = {"near": found} if (found := nearest(text, options)) else {}
            raise broken("choice", got=visible(text), options=", ".join(options), **near)
        return text

    return BeforeValidator(check)


def _free(value: Any) -> Any:
    return plain(_mapping(value))


def _web_address(value: Any) -> str:
    text = typed_text(value)
    web_parts(text)
    if re.search(r"[\s<>\"]", text):
        raise broken("url", got=visible(text))
    return text


def web_parts(text: str) -> SplitResult:
    """The parts of an address of the web."""
    with suppress(ValueError):
        parts = urlsplit(text)
        if parts.scheme in ("http", "https") and parts.hostname:
            return parts
    raise broken("url", got=visible(text))


def _language(value: Any) -> str:
    """A BCP 47 tag, by its shape (RFC 5646, section 2.1)."""
    text = typed_text(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise broken("language", got=visible(text))
    return text


Text = Annotated[str, BeforeValidator(typed_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Integer = Annotated[int, BeforeValidator(_integer)]
Rating = Annotated[int, BeforeValidator(_rating)]
When = Annotated[datetime, BeforeValidator(_when)]
Day = Annotated[date, BeforeValidator(_day)]
MonthOrDay = Annotated[str, BeforeValidator(_month_or_day)]
WebAddress = Annotated[str, BeforeValidator(_web_address)]
Language = Annotated[str, BeforeValidator(_language)]
Texts = Annotated[list[Text], BeforeValidator(_texts)]
WebAddresses = Annotated[list[WebAddress], BeforeValidator(_texts)]
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
    problems = list(_free_keys(raw.get("extra"), raw, origin, path))
    try:
        made = model.model_validate(raw)
    except ValidationError as e:
        return None, problems + [_problem(model, raw, origin, path, error) for error in e.errors()]
    return (None if problems else made), problems


def _free_keys(value: Any, raw: Map, origin: str, path: str) -> Iterator[Problem]:
    """What even a mapping of the author's own keys must not hold."""
    if isinstance(value, Map):
        for key in RESERVED & value.keys():
            place = position(raw, ("extra", key), key=True)
            yield problem(f"{origin}/reserved-key", path, *place, key=f"extra.{key}")
        for where, number in unbearable(value, ("extra",)):
            place = position(raw, where)
            yield problem(f"{origin}/number", path, *place, key=visible(dotted(where)), got=number)


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
        if len(where) == 1 and "extra" in known:
            blanks["free"] = "extra"
        elif not near and known:
            blanks["known"] = ", ".join(known)
    if rule == "list":
        blanks["better"] = f"{where[-1]}: {blanks['better']}"
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


def _keys_at(model: type[BaseModel], where: Location) -> list[str]:
    """The keys known at a place inside a model, for guessing what was meant."""
    for step in where:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if isinstance(step, str) and step in fields:
            inner = _model_in(fields[step].annotation)
            if inner is None:
                return []
            model = inner
    return _names(model)


def _names(model: type[BaseModel]) -> list[str]:
    """The keys of a model as authors write them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if found := _model_in(argument):
            return found
    return None


def kind(value: Any) -> str:
    """The kind of a value, as a key of the message catalogue's words."""
    return "mapping" if isinstance(value, Map) else "list" if isinstance(value, Seq) else "text"


def _shown(value: Any) -> str:
    if not isinstance(value, Scalar):
        return visible(value.typed) or kind(value)
    return visible(value if value.plain else f'"{value}"')
