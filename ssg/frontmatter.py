"""Front matter: split it off, read it strictly, check it against its format.

The only module that knows python-frontmatter. On its own that library returns no metadata
and no error for a byte-order mark, an unclosed block or a full-width colon; here every such
text is refused first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

import frontmatter
from frontmatter.default_handlers import BaseHandler
from msgspec.structs import replace
from pydantic import BeforeValidator, Field, create_model

from ssg.errors import Problem, problem
from ssg.fields import (
    Day,
    Flag,
    Free,
    Language,
    Listed,
    Mapped,
    MonthOrDay,
    Rating,
    Text,
    Texts,
    WebAddress,
    WebAddresses,
    When,
    Written,
    choice,
    dotted,
    typed_text,
    validated,
)
from ssg.text import visible
from ssg.yamldoc import Location, Map, Scalar, Seq, YamlError, load, position

MAX_BYTES = 64 * 1024
_RULE = re.compile("[\\s\u200b]*(?:-{2,}|[-－ー—―–‐‑−]{2,})\\s*")
_HEADING = re.compile(r"##+ ")
_AMBIGUOUS = frozenset(("no", "yes", "on", "off", "y", "n", "true", "false"))


# --- what may be written ---------------------------------------------------------------


class WrittenHeadline(Written):
    text: Text
    kicker: Text | None = None


class WrittenCover(Written):
    src: Text
    alt: Text
    caption: Text | None = None
    credit: Text | None = None
    credit_url: WebAddress | None = None


class WrittenReference(Written):
    title: Text
    url: WebAddress
    publisher: Text | None = None
    lang: Language | None = None
    published: Day | None = None
    accessed: Day | None = None


def _headline(value: Any) -> Any:
    return value if isinstance(value, Map) else Map(text=Scalar(typed_text(value)))


def _cover(value: Any) -> Any:
    """A bare path gets an empty alt: beside its title such a picture is decoration."""
    if isinstance(value, Map):
        return value
    return WrittenCover.model_construct(src=typed_text(value), alt="")


class PageMeta(Written):
    """Any post or page."""

    title: Text
    kicker: Text | None = None
    subtitle: Annotated[WrittenHeadline | None, BeforeValidator(_headline)] = None
    description: Text | None = None
    date: When
    updated: When | None = None
    expires: When | None = None
    slug: Text | None = None
    aliases: Texts = []
    author: Text | None = None
    category: Text | None = None
    tags: Texts = []
    companies: Texts = []
    series: Text | None = None
    cover: Annotated[WrittenCover | None, BeforeValidator(_cover)] = None
    sources: Annotated[list[WrittenReference], Listed] = []
    layout: Text | None = None
    numbering: Annotated[str, choice("none", "roman")] = "none"
    toc: Flag | None = None
    comments: Flag | None = None
    search: Flag | None = None
    feed: Flag | None = None
    draft: Flag = False
    extra: Free = {}


class TrendMeta(PageMeta):
    """The trend post: for whom it is, and its summary."""

    recommended: Texts = []
    summary: Text | None = None
    partners: Texts = []


class WrittenOrigin(Written):
    name: Text
    url: WebAddress
    title: Text | None = None
    lang: Language | None = None
    published: When | None = None


class WrittenAnalysis(Written):
    at: When | None = None
    impact: Text | None = None
    comment: Text | None = None


class WrittenKeyPoint(Written):
    title: Text
    text: Text


class WrittenOriginal(Written):
    """Either the text itself or a `file` beside the brief."""

    text: Text | None = None
    file: Text | None = None
    lang: Language | None = None


def _original(value: Any) -> Any:
    return Map(text=value) if isinstance(value, Scalar) else value


class NewsMeta(PageMeta):
    """The news brief: where it comes from, what it means, how much it weighs."""

    source: WrittenOrigin
    tldr: Text | None = None
    scores: Annotated[dict[str, Rating], Mapped] = {}
    analysis: WrittenAnalysis | None = None
    key_points: Annotated[list[WrittenKeyPoint], Listed] = []
    original: Annotated[WrittenOriginal | None, BeforeValidator(_original)] = None
    media: Annotated[str, choice("article", "video", "tool")] = "article"


class DigestMeta(Written):
    """`content/digests/<slug>/<period>.md`: an editor's introduction."""

    title: Text | None = None
    author: Text | None = None


class WrittenFact(Written):
    label: Text
    value: Text


class WrittenStep(Written):
    date: MonthOrDay
    text: Text
    links: WebAddresses = []


class WrittenLink(Written):
    name: Text
    url: WebAddress


class AuthorMeta(Written):
    """`content/authors/<id>.md`."""

    name: Text
    romaji: Text | None = None
    icon: Text | None = None
    tagline: Text | None = None
    welcome: Text | None = None
    genres: Texts = []
    fits: Texts = []
    facts: Annotated[list[WrittenFact], Listed] = []
    cta: Text | None = None
    career: Annotated[list[WrittenStep], Listed] = []
    links: Annotated[list[WrittenLink], Listed] = []


# --- reading it ----------------------------------------------------------------------------


@dataclass(frozen=True)
class FrontMatter:
    """A source taken apart: `block` as typed, for the places of later problems, and `meta`."""

    path: str
    block: str
    meta: Any
    body: str
    body_line: int
    terms: dict[str, list[str]] = field(default_factory=dict)

    def at(self, code: str, *where: str | int, **blanks: object) -> Problem:
        """A problem at the place of a value."""
        raw, _ = load(self.block, self.path, first_line=2)
        return problem(code, self.path, *position(raw, where), **blanks)


class _Broken(Exception):
    """Nothing more can be said of this source than `problems`."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = list(problems)


class _StrictHandler(BaseHandler):
    """Gives python-frontmatter a block whose end was found before, and our strict YAML."""

    def __init__(self, path: str, end: int) -> None:
        super().__init__(re.compile(r"^---\s*$", re.M))
        self.path = path
        self.end = end
        self.raw = Map()
        self.warnings: list[Problem] = []

    def split(self, text: str) -> tuple[str, str]:
        lines = text.split("\n")
        return "\n".join(lines[1 : self.end]), "\n".join(lines[self.end + 1 :])

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


MODELS: dict[str, type[Written]] = {
    "posts": TrendMeta,
    "news": NewsMeta,
    "digests": DigestMeta,
    "pages": PageMeta,
    "authors": AuthorMeta,
}


KEYS = frozenset(key for model in MODELS.values() for key in model.model_fields)


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
        handler = _StrictHandler(path, end)
        frontmatter.parse(text, handler=handler)
    except _Broken as e:
        return None, e.problems
    raw = handler.raw
    terms, own = _own_taxonomies(raw, taxonomies, path)
    meta, problems = validated(MODELS[section], _without(raw, terms), "front-matter", path)
    problems += [*handler.warnings, *own, *_doubtful(raw, path), *_misplaced(path, lines, end)]
    problems += [
        problem("front-matter/looks-boolean", path, *position(raw, where), got=visible(got))
        for key in raw.keys() & {*KEYS, *terms} - {"extra", *_FLAGS}
        for where, got in _ambiguous(raw[key], (key,))
    ]
    problems += _asterisks(raw, path)
    if meta is None:
        return None, problems
    body = "\n".join(lines[end + 1 :])
    source = FrontMatter(path, "\n".join(lines[1:end]), meta, body, end + 2, terms)
    return source, problems + list(advice(source))


def _doubtful(raw: Map, path: str) -> Iterator[Problem]:
    """What would publish a post that was perhaps to be held back."""
    draft, extra = raw.get("draft"), raw.get("extra")
    if isinstance(draft, Scalar) and draft.is_null:
        yield problem("front-matter/blank", path, *position(raw, ("draft",)), key="draft")
    for key in sorted(_HOLDING & extra.keys()) if isinstance(extra, Map) else ():
        place = position(raw, ("extra", key), key=True)
        yield problem("front-matter/misplaced", path, *place, key=key)


_HOLDING = frozenset(("draft", "date", "expires"))


def _misplaced(path: str, lines: list[str], end: int) -> Iterator[Problem]:
    """Text that fell into the block, and a second block in the text: neither would be seen."""
    written = [i for i in range(1, end) if lines[i].strip() and not lines[i].startswith("#")]
    rest = range(max(written, default=0) + 1, end)
    blank = next((i for i in rest if not lines[i].strip()), end)
    if heading := next((i for i in range(blank, end) if _HEADING.match(lines[i])), 0):
        got = visible(lines[heading])
        yield problem("front-matter/heading", path, heading + 1, 1, got=got)
    first = next((i for i in range(end + 1, len(lines)) if lines[i].strip()), end)
    if first > end and re.match(r"---\s*\n[a-z_]+ *:", "\n".join(lines[first : first + 2])):
        yield problem("yaml/two-documents", path, first + 1, 1)


class _Terms(Written):
    names: Texts = []


def _own_taxonomies(
    raw: Map, taxonomies: tuple[str, ...], path: str
) -> tuple[dict[str, list[str]], list[Problem]]:
    terms: dict[str, list[str]] = {}
    found: list[Problem] = []
    for name in taxonomies:
        if name in raw:
            one = Map({name: raw[name]})
            one.line, one.column, one.keys_at = raw.line, raw.column, raw.keys_at
            model = create_model("Terms", __base__=_Terms, names=(Texts, Field([], alias=name)))
            meta, problems = validated(model, one, "front-matter", path)
            found += problems
            terms[name] = meta.names if meta else []
    return terms, found


def _without(raw: Map, names: Iterable[str]) -> Map:
    rest = Map({k: v for k, v in raw.items() if k not in names})
    rest.line, rest.column, rest.keys_at = raw.line, raw.column, raw.keys_at
    return rest


# --- advice: what is allowed but probably not meant -------------------------------------------


def advice(source: FrontMatter) -> Iterator[Problem]:
    """Warnings about texts that are valid and yet look wrong."""
    meta = source.meta
    if isinstance(meta, PageMeta):
        if len(meta.title) > 60:
            yield source.at("front-matter/long-title", "title", length=len(meta.title))
        if meta.description and not 40 <= len(meta.description) <= 140:
            length = len(meta.description)
            yield source.at("front-matter/description-length", "description", length=length)
    if isinstance(meta, TrendMeta):
        yield from _trend_advice(source, meta)
    if isinstance(meta, NewsMeta) and meta.tldr and len(meta.tldr) > 120:
        yield source.at("front-matter/tldr-length", "tldr", length=len(meta.tldr))


def _trend_advice(source: FrontMatter, meta: TrendMeta) -> Iterator[Problem]:
    count = len(meta.recommended)
    if meta.recommended and not 3 <= count <= 7:
        yield source.at("front-matter/recommended-count", "recommended", count=count)
    for index, text in enumerate(meta.recommended):
        if re.match(r"[✅✔☑]", text):
            yield source.at("front-matter/typed-check", "recommended", index)
    if meta.summary and not 60 <= len(meta.summary) <= 300:
        yield source.at("front-matter/summary-length", "summary", length=len(meta.summary))
    if meta.summary and meta.summary == meta.description:
        yield source.at("front-matter/summary-repeats", "summary")


def _scalars(node: Any, where: Location) -> Iterator[tuple[Location, Scalar]]:
    if isinstance(node, Map):
        for key, value in node.items():
            yield from _scalars(value, (*where, key))
    elif isinstance(node, Seq):
        for index, value in enumerate(node):
            yield from _scalars(value, (*where, index))
    else:
        yield where, node


def _ambiguous(node: Any, where: Location) -> Iterator[tuple[Location, str]]:
    """Words that other YAML readers take for true or false, where text was expected."""
    for place, scalar in _scalars(node, where):
        if scalar.plain and scalar.lower() in _AMBIGUOUS:
            yield place, str(scalar)


def _asterisks(raw: Map, path: str) -> Iterator[Problem]:
    """Bold that would be shown as `**`: all of it in plain text, what is not closed in Markdown."""
    for where, scalar in _scalars(raw, ()):
        if "**" not in scalar or where[0] in _ANY_TEXT:
            continue
        if where in _MARKDOWN:
            if "**" in _BOLD.sub("", scalar.replace("\\*", "")):
                yield problem("text/leftover-asterisks", path, *position(raw, where))
        else:
            key = dotted(where)
            yield problem("front-matter/asterisks", path, *position(raw, where), key=key)


_ANY_TEXT = frozenset(("extra", "original"))
_MARKDOWN = frozenset((("summary",), ("analysis", "impact"), ("analysis", "comment")))
_BOLD = re.compile(r"\*\*(?=\S).+?(?<=\S)\*\*|`[^`]*`", re.S)
_FLAGS = frozenset(k for k, f in TrendMeta.model_fields.items() if "bool" in str(f.annotation))
