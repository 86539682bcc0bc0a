"""What went wrong in a layout: a code of the catalogue, the place, and what was probably meant."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import jinja2
import msgspec

from ssg.errors import Problem, problem
from ssg.text import line_and_column, nearest, visible

Read = Callable[[str], str]
DEEP = 4  # steps from a variable to a value whose fields are looked at
ANY_TAG = re.compile(r"\{%[-+]?\s*(\w+)")
_BLOCKS = ("block", "call", "filter", "for", "if", "macro", "raw", "set", "with")
_ENDS = tuple(f"end{name}" for name in _BLOCKS)
TAGS = (*_BLOCKS, *_ENDS, "elif", "else", "extends", "from", "import", "include")
_UNKNOWN = re.compile(r"No (filter|test) named '(\w+)'")
_OPENING = re.compile(r"\{[{%][-+]?\s*")


RAW_OPEN = "Missing end of raw directive"


class _Happening(NamedTuple):
    """What Python or Jinja says, with groups for blanks, what it is told as, and what is marked."""

    said: str
    code: str
    word: str = ""
    blanks: Mapping[str, str] = {}


_CALLED = r"(?:[\w.<>]+\.)?(?:sync_do_|do_)?(?P<name>\w+)(?:\(\)|(?= expected))"
_HAPPENINGS = (
    _Happening(
        r"macro '(?P<name>\w+)' takes no keyword argument '(?P<got>\w+)'",
        "layout/unknown-argument",
        "{got}",
    ),
    _Happening(
        r"macro '(?P<name>\w+)' takes not more than (?P<most>\d+)",
        "layout/too-many-arguments",
        "{name}",
    ),
    _Happening(rf"{_CALLED} (?:expected|got|missing|takes) ", "layout/arguments", "{name}"),
    _Happening(r"'(?P<kind>[\w.]+)' object is not iterable", "layout/no-list", "for"),
    _Happening(
        r"unsupported operand type\(s\) for (?P<sign>\S+?)(?: or \S+)?:"
        r" '(?P<kind>[\w.]+)' and '(?P<other>[\w.]+)'",
        "layout/operands",
        "{sign}",
    ),
    _Happening(
        r"'(?P<sign>\S+)' not supported between instances of"
        r" '(?P<kind>[\w.]+)' and '(?P<other>[\w.]+)'",
        "layout/operands",
        "{sign}",
    ),
    _Happening(
        r"can only concatenate (?P<kind>[\w.]+) \(not \"(?P<other>[\w.]+)\"\) to",
        "layout/operands",
        "{sign}",
        {"sign": "+"},
    ),
    _Happening(r".*\bNoneType\b", "layout/no-value"),
)


class LackingError(LookupError):
    """A layout asks a function of ours for a text that is not there."""

    def __init__(self, function: str, name: str, near: str) -> None:
        super().__init__(function, name)
        self.function = function
        self.name = name
        self.near = near


class Layout:
    """The page that could not be made, and the layouts that it was made of. `read` gives the text
    of one.
    """

    def __init__(self, name: str, page: str, read: Read) -> None:
        self.name = name
        self.page = page
        self.read = read

    def at(self, code: str, error: BaseException, word: str = "", /, **blanks: object) -> Problem:
        """A problem at the innermost line that belongs to a layout, at `word` if it has one."""
        frames = _frames(error)
        where, line = frames[-1] if frames else (f"layouts/{self.name}", 0)
        if len({name for name, _ in frames}) > 1:
            blanks["chain"] = " → ".join(dict.fromkeys(f"{f}:{n}" for f, n in frames))
        return self.on(code, where, line, word, **blanks)

    def on(self, code: str, where: str, line: int, word: str = "", /, **blanks: object) -> Problem:
        """A problem on a line of a layout."""
        text = self._line(where, line)
        at = _inside(text, word) if word else -1
        return self._told(code, where, line, at if at >= 0 else _beginning(text), **blanks)

    def _told(self, code: str, where: str, line: int, at: int, /, **blanks: object) -> Problem:
        return problem(code, where, line, at + 1 if line else 0, page=self.page, **blanks)

    def _line(self, where: str, line: int) -> str:
        lines = self.read(where.removeprefix("layouts/")).split("\n")
        return lines[line - 1] if 0 < line <= len(lines) else ""

    # --- what Jinja could not read

    def syntax(
        self, error: jinja2.TemplateSyntaxError, known: Mapping[str, Iterable[str]]
    ) -> Problem:
        """`known` are the names of filters and of tests."""
        where = error.filename or "layouts/" + (error.name or self.name).removeprefix("layouts/")
        said, line = error.message or "", error.lineno
        if match := re.match(r"Unexpected end of template\..* is '(\w+)'", said):
            return self._unclosed(where, line, match[1])
        if said == RAW_OPEN:
            return self._unclosed(where, line, "raw")
        if match := re.match(r"Encountered unknown tag '(\w+)'(?:.* is '(\w+)')?", said):
            return self._tag(where, line, match[1], match[2])
        if match := _UNKNOWN.match(said):
            near = _near(match[2], known[match[1]]) or {"readme": "README"}
            return self.on("layout/no-filter", where, line, match[2], name=match[2], **near)
        if re.search("end of template|Missing end of", said):
            at = max(map(self._line(where, line).rfind, ("{{", "{%", "{#")))
            return self._told("layout/open-braces", where, line, max(at, 0))
        if match := re.match(r"block '(\w+)' defined twice", said):
            begun = re.finditer(rf"\bblock\s+({match[1]})\b", self._line(where, line))
            at = max((m.start(1) for m in begun), default=0)
            return self._told("layout/twice", where, line, at, name=match[1])
        if re.search(r"'end of (statement block|print statement)'$", said):
            return self.on("layout/incomplete", where, line)
        if got := _sign(said):
            return self._odd_sign(where, line, got)
        return self.on("layout/syntax", where, line, why=said)

    def _unclosed(self, where: str, line: int, name: str) -> Problem:
        begin = _left_open(self.read(where.removeprefix("layouts/")), name) or line
        return self.on("layout/unclosed", where, begin, name, name=name)

    def _tag(self, where: str, line: int, name: str, within: str | None) -> Problem:
        closes = name.startswith("end") or name in ("else", "elif")
        if within and closes:
            blanks = {"name": name, "open": within}
            return self.on("layout/wrong-end", where, line, name, **blanks)
        if closes and name in TAGS:
            return self.on("layout/stray-end", where, line, name, name=name)
        near = _near(name, TAGS) or {"known": ", ".join(sorted({*TAGS} - {*_ENDS}))}
        return self.on("layout/unknown-tag", where, line, name, name=name, **near)

    def _odd_sign(self, where: str, line: int, got: str) -> Problem:
        column = self._line(where, line).find(got) + 1
        return problem("layout/sign", where, line, max(column, 1), page=self.page, got=visible(got))

    # --- what happened while it was followed

    def undefined(self, error: jinja2.UndefinedError, variables: Mapping[str, Any]) -> Problem:
        said = str(error)
        if match := re.match(r"'None' has no attribute '(\w+)'", said):
            return self.at("layout/nothing", error, match[1], name=match[1])
        if match := re.match(r"parameter '(\w+)' was not provided", said):
            return self.at("layout/missing-argument", error, match[1], name=match[1])
        if match := re.search(r"object has no element (\S+)", said):
            return self.at("layout/no-element", error, f"[{match[1]}]", got=visible(match[1]))
        if match := re.search(r"'([\w. ]+) object' has no attribute '(\w+)'", said):
            return self._lacking(error, match[2], _fields(match[1].rpartition(".")[2], variables))
        name = (re.findall(r"'(\w+)'", said) or [""])[-1]
        if name in variables:
            return self.at("layout/unseen", error, name, name=name)
        return self._lacking(error, name, variables, self._names(error))

    def _lacking(self, error: BaseException, name: str, *known: Iterable[str]) -> Problem:
        near = next(filter(None, (_near(name, some) for some in known)), {"readme": "README"})
        return self.at("layout/undefined", error, name, name=name, **near)

    def _names(self, error: BaseException) -> set[str]:
        """What the layout itself calls by a name."""
        frames = _frames(error)
        text = self.read(frames[-1][0].removeprefix("layouts/")) if frames else ""
        inside = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", text, re.S))
        return set(re.findall(r"[a-z_]\w*", inside))

    def unknown(
        self, error: jinja2.TemplateRuntimeError, known: Mapping[str, Iterable[str]]
    ) -> Problem:
        """A filter or test that is not there is told only here when it stands below an `if`."""
        if match := _UNKNOWN.match(str(error)):
            near = _near(match[2], known[match[1]]) or {"readme": "README"}
            return self.at("layout/no-filter", error, match[2], name=match[2], **near)
        return self.failed(error)

    def failed(self, error: Exception) -> Problem:
        said = str(error)
        if isinstance(error, LackingError):
            blanks = {"near": error.near} if error.near else {"readme": "README"}
            name = visible(error.name)
            return self.at(
                "layout/no-text",
                error,
                error.function,
                function=error.function,
                name=name,
                **blanks,
            )
        if isinstance(error, OverflowError) and said.startswith("Range too big"):
            most = re.sub(r"\D", "", said)
            return self.at("layout/too-many", error, "range", most=f"{int(most or 0):,}")
        told = filter(None, (self._happened(kind, error) for kind in _HAPPENINGS))
        why = ": ".join(filter(None, (type(error).__name__, said)))
        return next(told, None) or self.at("layout/failed", error, why=why)

    def _happened(self, kind: _Happening, error: Exception) -> Problem | None:
        match = re.match(kind.said, str(error))
        if match is None:
            return None
        blanks = {**kind.blanks, **match.groupdict()}
        name = blanks.get("name", "")
        if name not in self._words(error):  # it is a function that no layout knows
            return None
        return self.at(kind.code, error, kind.word.format_map(blanks), **blanks)

    def _words(self, error: BaseException) -> str:
        """The line of a layout at which something happened."""
        frames = _frames(error)
        return self._line(*frames[-1]) if frames else ""

    def recursion(self, error: RecursionError) -> Problem:
        """Layouts that call each other, each once, with the place from which the circle closes."""
        lines = dict(_frames(error))
        where, line = [*lines.items()][-1] if lines else (f"layouts/{self.name}", 0)
        return self.on("layout/recursion", where, line, chain=" → ".join(lines))


def _frames(error: BaseException) -> list[tuple[str, int]]:
    """The layouts and lines that were being followed, the outermost first."""
    trace = traceback.extract_tb(error.__traceback__)
    return [(f.filename, f.lineno or 0) for f in trace if f.filename.startswith("layouts/")]


def _inside(line: str, word: str) -> int:
    """Where a word stands in a line, if possible between braces; -1 if it does not."""
    edge = r"\b" if word.isidentifier() else ""
    found = [m.start() for m in re.finditer(rf"{edge}{re.escape(word)}{edge}", line)]
    opened = (at for at in found if re.search(r"\{[{%](?:(?![%}]\}).)*$", line[:at]))
    return next(opened, next(iter(found), -1))


def _beginning(line: str) -> int:
    """Where the first expression of a line begins, or else its text."""
    opening = _OPENING.search(line)
    return opening.end() if opening else len(line) - len(line.lstrip())


def _near(word: str, known: Iterable[str]) -> dict[str, str]:
    near = nearest(word, {*known} - {word})
    return {"near": near} if near else {}


def _left_open(text: str, name: str) -> int:
    """The line of the last block of a name that is never closed, or 0."""
    opened: list[int] = []
    for match in ANY_TAG.finditer(text):
        if match[1] == name:
            opened.append(match.start())
        elif match[1] == f"end{name}" and opened:
            opened.pop()
    return line_and_column(text, opened[-1])[0] if opened else 0


_SIGNS = (
    r"unexpected char (['\"])(?P<got>.+)\1 at",
    r"expected token '.*', got '(?P<got>.+)'",
    r"unexpected '(?P<got>[^a-z].*?)'",
)


def _sign(said: str) -> str:
    """The sign or word that Jinja did not expect, when it is one that stands in the text."""
    matches = filter(None, (re.match(pattern, said) for pattern in _SIGNS))
    got = next((match["got"] for match in matches), "")
    return "" if got.startswith("end of ") else got


def _fields(kind: str, variables: Mapping[str, Any]) -> set[str]:
    """The fields of a kind of value, as far as the page's variables lead to one."""
    return {
        name
        for value in _values(list(variables.values()), DEEP)
        if type(value).__name__ == kind
        for name in (value if isinstance(value, dict) else getattr(value, "__struct_fields__", ()))
    }


def _values(values: list[Any], deep: int) -> Iterator[Any]:
    for value in values:
        yield value
        if deep and isinstance(value, msgspec.Struct):
            yield from _values([getattr(value, f) for f in value.__struct_fields__], deep - 1)
        elif deep and isinstance(value, list | tuple | dict):
            inner = value.values() if isinstance(value, dict) else value
            yield from _values([*inner][:3], deep - 1)
