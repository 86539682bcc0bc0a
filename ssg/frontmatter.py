"""Front matter: split it off, read it strictly, check it against its format.

The only module that knows python-frontmatter. On its own that library returns no metadata
and no error for a byte-order mark, an unclosed block or a full-width colon; here every such
text is refused first.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Set
from functools import cache
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler
from msgspec.structs import fields, replace
from pydantic import Field, create_model

from ssg.errors import Problem, problem
from ssg.fields import Flag, Texts, dotted, validated
from ssg.fields import Written as WrittenModel
from ssg.foreign import explained
from ssg.rules import parts
from ssg.text import visible
from ssg.written import (
    KEYS,
    MODELS,
    FrontMatter,
    NewsMeta,
    PageMeta,
    TrendMeta,
    Written,
    decode,
    encode,
)
from ssg.yamldoc import Location, Map, Scalar, Seq, YamlError, load, position

__all__ = ["KEYS", "MAX_BYTES", "FrontMatter", "PageMeta", "decode", "encode", "read"]

MAX_BYTES = 64 * 1024
LONG = 1_000_000  # bytes of a body
_RULE = re.compile("[\\s\u200b]*(?:-{2,}|[-－ー—―–‐‑−]{2,})\\s*")
_HEADING = re.compile(r"##+ ")
_SECOND_BLOCK = re.compile(r"---\s*\n[a-z_]+ *:")


class _Broken(Exception):
    """Nothing more can be said of this source than `problems`."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = list(problems)


class _StrictHandler(BaseHandler):
    """Gives python-frontmatter a block whose end was found before, and our strict YAML."""

    def __init__(self, path: str, block: str, body: str) -> None:
        super().__init__(re.compile(r"^---\s*$", re.M))
        self.path = path
        self.parts = block, body
        self.raw = Map()
        self.warnings: list[Problem] = []

    def split(self, text: str) -> tuple[str, str]:
        return self.parts

    def load(self, fm: str) -> dict[str, Any]:
        if len(fm.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            raise _Broken(problem("front-matter/too-large", self.path, 1, 1))
        try:
            self.raw, self.warnings = load(fm, self.path, first_line=2)
        except YamlError as e:
            raise _Broken(*(_with_fence(p) for p in e.problems)) from e
        return self.raw


def _with_fence(problem: Problem) -> Problem:
    """A line without a colon may be the text that follows the block."""
    if problem.code != "yaml/no-colon":
        return problem
    return replace(problem, args=(*problem.args, ("fence", "---")))


def _closing_line(path: str, lines: list[str]) -> int:
    """The index of the line that closes the block which the first line opens."""
    first = lines[0].rstrip()
    if first == "---":
        for index, line in enumerate(lines[1:], 1):
            if line.rstrip() == "---":
                return index
            if _RULE.fullmatch(line) and not line.startswith(" "):
                got = visible(line)
                raise _Broken(problem("front-matter/closing", path, index + 1, 1, got=got))
        raise _Broken(problem("front-matter/unclosed", path, 1, 1))
    if match := re.match(r"\+\+\+$|\{", first):
        raise _Broken(problem("front-matter/not-yaml", path, 1, 1, got=match[0]))
    for index, line in enumerate(lines[:20]):
        if _RULE.fullmatch(line):
            raise _Broken(problem("front-matter/opening", path, index + 1, 1, got=visible(line)))
        if line.strip():
            break
    raise _Broken(problem("front-matter/none", path, 1, 1))


def read(
    path: str, text: str, section: str, taxonomies: tuple[str, ...] = ()
) -> tuple[FrontMatter | None, list[Problem]]:
    """The front matter and body of one source, or None, and everything wrong with it.

    `text` has `\n` line ends. `taxonomies` are the names that site.yaml adds to `tags` and
    `companies`.
    """
    lines = text.split("\n")
    try:
        end = _closing_line(path, lines)
        block, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
        handler = _StrictHandler(path, block, body)
        frontmatter.parse(text, handler=handler)
    except _Broken as e:
        return None, e.problems
    raw = handler.raw
    terms, own = _own_taxonomies(raw, taxonomies, path)
    meta, problems = validated(MODELS[section], _without(raw, terms), "front-matter", path)
    problems = [explained(p, raw, section) for p in problems]
    problems += [*handler.warnings, *own, *_doubtful(raw, path), *_misplaced(path, lines, end)]
    scalars = _scalars(raw)
    doubted = [*_looks_boolean(scalars, _WORDS | terms.keys()), *_asterisks(scalars)]
    doubted += _joined(scalars, _NAMES | terms.keys())
    problems += _at_their_places(doubted, raw, path)
    if meta is None:
        return None, problems
    problems += _at_their_places(_advice(meta), raw, path)
    if len(body) > LONG // 4 and (size := len(body.encode("utf-8", "surrogatepass"))) > LONG:
        problems.append(problem("post/long", path, end + 2, 1, megabytes=f"{size / 1e6:.1f}"))
    return FrontMatter(path, section, block, meta, body, end + 2, terms), problems


def _doubtful(raw: Map, path: str) -> Iterator[Problem]:
    """What would publish a post that was perhaps to be held back."""
    draft, extra = raw.get("draft"), raw.get("extra")
    if isinstance(draft, Scalar) and draft.is_null:
        yield problem(
            "front-matter/blank",
            path,
            *position(raw, ("draft",)),
            key="draft",
            options="true, false",
        )
    for key in sorted(_HOLDING & extra.keys()) if isinstance(extra, Map) else ():
        place = position(raw, ("extra", key), key=True)
        yield problem("front-matter/misplaced", path, *place, key=key)


_HOLDING = frozenset(("draft", "date", "expires"))


def _misplaced(path: str, lines: list[str], end: int) -> Iterator[Problem]:
    """Text that fell into the block, and a second block in the text: neither would be seen."""
    written = (i for i in range(end - 1, 0, -1) if lines[i].strip() and lines[i][0] != "#")
    rest = range(next(written, 0) + 1, end)
    blank = next((i for i in rest if not lines[i].strip()), end)
    if heading := next((i for i in range(blank, end) if _HEADING.match(lines[i])), 0):
        got = visible(lines[heading])
        yield problem("front-matter/heading", path, heading + 1, 1, got=got)
    first = next((i for i in range(end + 1, len(lines)) if lines[i].strip()), end)
    if first > end and _SECOND_BLOCK.match("\n".join(lines[first : first + 2])):
        yield problem("yaml/two-documents", path, first + 1, 1)


class _Terms(WrittenModel):
    names: Texts = []


@cache
def _terms_model(name: str) -> type[_Terms]:
    return create_model("Terms", __base__=_Terms, names=(Texts, Field([], alias=name)))


def _own_taxonomies(
    raw: Map, taxonomies: tuple[str, ...], path: str
) -> tuple[dict[str, list[str]], list[Problem]]:
    terms: dict[str, list[str]] = {}
    found: list[Problem] = []
    for name in taxonomies:
        if name in raw:
            one = _part(raw, {name: raw[name]})
            meta, problems = validated(_terms_model(name), one, "front-matter", path)
            found += problems
            terms[name] = meta.names if meta else []
    return terms, found


def _without(raw: Map, names: Container[str]) -> Map:
    return _part(raw, {k: v for k, v in raw.items() if k not in names}) if names else raw


def _part(raw: Map, values: dict[str, Any]) -> Map:
    part = Map(values)
    part.line, part.column, part.keys_at = raw.line, raw.column, raw.keys_at
    return part


# --- advice: what is allowed but probably not meant -------------------------------------------

Advice = tuple[str, Location, dict[str, str | int]]
Scalars = list[tuple[Location, Scalar]]


def _at_their_places(advice: Iterable[Advice], raw: Map, path: str) -> Iterator[Problem]:
    for code, where, blanks in advice:
        yield problem(code, path, *position(raw, where), **blanks)


def _advice(meta: Written) -> Iterator[Advice]:
    """Warnings about texts that are valid and yet look wrong."""
    if isinstance(meta, PageMeta):
        if (length := len(meta.title)) > 60:
            yield "front-matter/long-title", ("title",), {"length": length}
        if meta.description and not 40 <= (length := len(meta.description)) <= 140:
            yield "front-matter/description-length", ("description",), {"length": length}
    if isinstance(meta, TrendMeta):
        yield from _trend_advice(meta)
    if isinstance(meta, NewsMeta) and meta.tldr and (length := len(meta.tldr)) > 120:
        yield "front-matter/tldr-length", ("tldr",), {"length": length}


def _trend_advice(meta: TrendMeta) -> Iterator[Advice]:
    count = len(meta.recommended)
    if meta.recommended and not 3 <= count <= 7:
        yield "front-matter/recommended-count", ("recommended",), {"count": count}
    for index, text in enumerate(meta.recommended):
        if text[0] in "✅✔☑":
            yield "front-matter/typed-check", ("recommended", index), {"got": text[0]}
    if meta.summary and not 60 <= (length := len(meta.summary)) <= 300:
        yield "front-matter/summary-length", ("summary",), {"length": length}
    if meta.summary and meta.summary == meta.description:
        yield "front-matter/summary-repeats", ("summary",), {}


_AMBIGUOUS = frozenset(("no", "yes", "on", "off", "y", "n", "true", "false"))
_FLAGS = frozenset(f.name for f in fields(TrendMeta) if f.type in (Flag, Flag | None))
_WORDS = KEYS - _FLAGS - {"extra"}


def _scalars(node: Map | Seq, where: Location = ()) -> Scalars:
    found: Scalars = []
    for step, value in node.items() if isinstance(node, Map) else enumerate(node):
        if isinstance(value, Scalar):
            found.append(((*where, step), value))
        else:
            found += _scalars(value, (*where, step))
    return found


def _looks_boolean(scalars: Scalars, keys: Set[str]) -> Iterator[Advice]:
    """Words that other YAML readers take for true or false, where text was expected."""
    for where, scalar in scalars:
        if len(scalar) <= 5 and scalar.plain and scalar.lower() in _AMBIGUOUS and where[0] in keys:
            yield "front-matter/looks-boolean", where, {"got": visible(scalar)}


def _joined(scalars: Scalars, keys: Set[str]) -> Iterator[Advice]:
    """Names in a list that Japanese commas hold together: they would be one name."""
    for where, scalar in scalars:
        if where[0] in keys and len(where) == 2 and scalar.plain and _COMMA.search(scalar):
            better = visible(", ".join(parts(scalar)), 120)
            yield "front-matter/joined", where, {"got": visible(scalar), "better": better}


def _asterisks(scalars: Scalars) -> Iterator[Advice]:
    """Bold that would be shown as `**`: all of it in plain text, what is not closed in Markdown."""
    for where, scalar in scalars:
        if "**" not in scalar or where[0] in _ANY_TEXT:
            continue
        if where not in _MARKDOWN:
            yield "front-matter/asterisks", where, {"key": dotted(where)}
        elif "**" in _BOLD.sub("", scalar.replace("\\*", "")):
            yield "text/leftover-asterisks", where, {}


_COMMA = re.compile("[^\\s、，､][、，､]\\s*[^\\s、，､]")
_NAMES = frozenset(("tags", "companies", "genres"))
_ANY_TEXT = frozenset(("extra", "original"))
_MARKDOWN = frozenset((("summary",), ("analysis", "impact"), ("analysis", "comment")))
_BOLD = re.compile(r"\*\*(?=\S).+?(?<=\S)\*\*|`[^`]*`", re.S)
