"""Types for what an author writes in YAML: each knows its rule and names its mistake.

Used by the mappings of front matter, site.yaml and data files. A rule that is broken raises
`Broken`; `ssg.fields` asks the rules through pydantic, which this module does not load.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from ssg.mistakes import narrow, quoted
from ssg.model import Frozen
from ssg.nodes import Map, Scalar, Seq, plain
from ssg.text import is_blank, nearest, visible


class Broken(ValueError):
    """A value breaks a rule; `rule` ends the code of its problem, `blanks` fill the sentence."""

    def __init__(self, rule: str, blanks: dict[str, str]) -> None:
        self.rule = rule
        self.blanks = blanks
        super().__init__(rule)


def broken(rule: str, **blanks: object) -> Broken:
    return Broken(rule, {k: str(v) for k, v in blanks.items()})


class Rule(Frozen, frozen=True, eq=False):
    """What a value as typed must be, and what it becomes. `shape` is the JSON Schema of what may
    be typed, where the type of the result does not say it.
    """

    check: Callable[[Any], Any]
    shape: dict[str, Any] = {}

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core.core_schema import no_info_before_validator_function

        return no_info_before_validator_function(self.check, handler(source))


def typed_text(value: Any) -> str:
    if not isinstance(value, Scalar):
        advice = {"better": visible(quoted(value.typed), 120)} if value.typed else {"undone": "- "}
        raise broken("type", expected="text", kind=kind(value), **advice)
    if is_blank(value):
        raise broken("blank")
    return str(value).strip()


def typed_name(value: Any) -> str:
    """A text that is one name or path: its list of one, too, was meant without brackets."""
    if isinstance(value, Seq) and len(value) == 1 and isinstance(value[0], Scalar):
        raise broken("type", expected="text", kind="list", bare=visible(value[0]))
    return typed_text(value)


def _flag(value: Any) -> bool:
    if isinstance(value, Scalar) and value.plain and value in ("true", "false"):
        return value == "true"
    if isinstance(value, Scalar) and is_blank(value):
        raise broken("blank", options="true, false")
    raise broken("flag", got=_shown(value))


def _integer(value: Any) -> int:
    if isinstance(value, Scalar) and re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    raise broken("integer", got=_shown(value))


def _rating(value: Any) -> int:
    if isinstance(value, Scalar) and value in ("1", "2", "3", "4", "5"):
        return int(value)
    raise broken("rating", got=_shown(value))


def _list(value: Any) -> Seq:
    if not isinstance(value, Seq):
        raise broken("type", expected="list", kind=kind(value), dash="- ")
    return value


_BULLET = re.compile(r"(?:[-－*•・●○]|\d+[.．)）](?= ))\s*([^\s\-][^\s]*)")
_WIDE = ("［", "｛")


def _texts(value: Any) -> Seq:
    if not isinstance(value, Scalar):
        return _list(value)
    if match := _BULLET.match(value):
        raise broken("list", item=visible(f"- {match[1]}"))
    text = narrow(value) if value[:1] in _WIDE else value
    raise broken("list", better=visible(f"[{', '.join(parts(text.strip('[] ')))}]", 120))


def parts(text: str) -> list[str]:
    """The names in a text that lists them as people do."""
    return [part for p in re.split("[,、，､]", text) if (part := p.strip())]


def written_mapping(value: Any, pair: str = "name: …") -> Map:
    if not isinstance(value, Map):
        raise broken("type", expected="mapping", kind=kind(value), pair=pair)
    return value


def mapped(pair: str) -> Rule:
    """A mapping of names that the author chooses; `pair` is an example of one of its lines."""
    return Rule(partial(written_mapping, pair=pair))


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
_REIWA, _HEISEI, _SHOWA = (2018, 99), (1988, 31), (1925, 64)  # the year before, and the last
_ERAS = {"令和": _REIWA, "平成": _HEISEI, "昭和": _SHOWA, "R": _REIWA, "H": _HEISEI, "S": _SHOWA}
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?::|時)(\d{1,2})?[:\d分秒.]*\s*(?:(JST|日本時間)|([-+]\d{2})(?![\d:]))?"
)


def _when(value: Any) -> datetime:
    text = typed_text(value)
    if not _WHEN.fullmatch(text):
        raise broken("date", got=visible(text), **_better(text))
    try:
        two_digits = re.sub(r"([ T])(\d):", r"\g<1>0\2:", text)
        moment = datetime.fromisoformat(re.sub(r"\s(?=[-+Z])", "", two_digits))
    except ValueError:
        raise broken("no-such-date", got=visible(text)) from None
    if not 1900 <= moment.year <= 2199:
        raise broken("date-range", got=visible(text))
    return moment


def _better(text: str) -> dict[str, str]:
    """What a date in another notation means, with its time if it has one; or an example."""
    text = unicodedata.normalize("NFKC", text)
    day = next(filter(None, (_day_of(pattern.match(text)) for pattern in _OTHER_DATES)), "")
    time = _TIME.search(text)
    if not day or not time:
        return {"better": day or "2026-11-22"}
    hour, minute, zone, offset = time.groups()
    shift = "+09:00" if zone else f"{offset}:00" if offset else ""
    since_noon = 12 if "午後" in text and int(hour) < 12 else 0
    return {"exact": f"{day} {int(hour) + since_noon:02}:{minute or 0:0>2}{shift}"}


def _day_of(match: re.Match[str] | None) -> str:
    if not match:
        return ""
    parts = match.groupdict("")
    first, last = _ERAS.get(parts.get("era", ""), (0, 9999))
    year = 1 if parts["year"] == "元" else int(parts["year"])
    with suppress(ValueError):
        if year <= last:
            return date(first + year, int(parts["month"]), int(parts["day"])).isoformat()
    return ""


def _day(value: Any) -> date:
    return _when(value).date()


def _month_or_day(value: Any) -> str:
    """`2022-01` or `2022-01-15`."""
    text = typed_text(value)
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return text
    if match := re.fullmatch(r"(\d{4})\s*[/年.-]\s*(1[0-2]|0?[1-9])月?", text):
        raise broken("date", got=visible(text), exact=f"{match[1]}-{match[2]:0>2}")
    return _day(value).isoformat()


def choice(*options: str) -> Rule:
    """A field whose text must be one of `options`."""

    def check(value: Any) -> str:
        text = typed_name(value)
        if text not in options:
            near = {"near": found} if (found := nearest(text, options)) else {}
            raise broken("choice", got=visible(text), options=", ".join(options), **near)
        return text

    return Rule(check, {"enum": list(options)})


def _free(value: Any) -> Any:
    return plain(written_mapping(value))


def _web_address(value: Any) -> str:
    text = typed_text(value)
    web_parts(text)
    if re.search(r"[\s<>\"]", text):
        raise broken("url", got=without_password(text))
    return text


_LABEL = r"[^\W_](?:[\w-]*\w)?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?|[0-9a-f.]*:[0-9a-f:.]+")


def web_parts(text: str) -> SplitResult:
    """The parts of an address of the web, whose host is a name or a number (RFC 3986, 3.2.2)."""
    with suppress(ValueError):
        parts = urlsplit(text)
        has_port = parts.port is None or parts.port > 0  # asking may raise, too
        if parts.scheme in ("http", "https") and has_port and _HOST.fullmatch(parts.hostname or ""):
            return parts
    raise broken("url", got=without_password(text))


def without_password(address: str) -> str:
    """An address for a message: what stands before the @ of its host is nobody's affair."""
    return visible(re.sub(r"//[^/@]*@", "//…@", address))


def _language(value: Any) -> str:
    """A BCP 47 tag, by its shape (RFC 5646, section 2.1)."""
    text = typed_text(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise broken("language", got=visible(text))
    return text


def kind(value: Any) -> str:
    """The kind of a value, as a key of the message catalogue's words."""
    return "mapping" if isinstance(value, Map) else "list" if isinstance(value, Seq) else "text"


def _shown(value: Any) -> str:
    if not isinstance(value, Scalar):
        return visible(value.typed) or kind(value)
    return visible(value if value.plain else f'"{value}"')


# YAML readers other than ours take `1.10` and `no` for something else than text.
TEXT = {"type": ["string", "number", "boolean"]}

Text = Annotated[str, Rule(typed_text, TEXT)]
Name = Annotated[str, Rule(typed_name, TEXT)]
Flag = Annotated[bool, Rule(_flag, {"type": "boolean"})]
Integer = Annotated[int, Rule(_integer, {"type": "integer", "minimum": 0})]
Rating = Annotated[int, Rule(_rating, {"type": "integer", "minimum": 1, "maximum": 5})]
When = Annotated[datetime, Rule(_when, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"})]
Day = Annotated[date, Rule(_day, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"})]
MonthOrDay = Annotated[str, Rule(_month_or_day, {"type": "string", "pattern": r"^\d{4}-\d{2}"})]
WebAddress = Annotated[str, Rule(_web_address, {"type": "string", "pattern": "^https?://"})]
Language = Annotated[str, Rule(_language, {"type": "string", "pattern": "^[A-Za-z]{2,3}(-|$)"})]
ListedTexts = Rule(_texts)
Texts = Annotated[list[Text], ListedTexts]
WebAddresses = Annotated[list[WebAddress], ListedTexts]
Free = Annotated[dict[str, Any], Rule(_free, {"type": "object"})]
Listed = Rule(_list)
