"""What the rules of `ssg check` read: one source, as its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from ssg.check.pointers import Pointer, pointers
from ssg.check.prose import BLOT, blotted, masked, without_code
from ssg.errors import Problem, problem
from ssg.nodes import Location, Map, Scalar, Seq, position
from ssg.text import line_and_column
from ssg.written import FrontMatter
from ssg.yamldoc import load

At = int | Location  # an offset in the body, or a place in the front matter


class Edit(NamedTuple):
    """A safe correction: at a place of a file, `old` becomes `new`. Neither has a line break."""

    path: str
    line: int
    column: int
    old: str
    new: str


class Remark(NamedTuple):
    """What a rule has to say of an article. `at` is where, `inside` how many characters further in
    a field; `old` there may become `new`.
    """

    code: str
    at: At
    inside: int = 0
    blanks: dict[str, object] = {}
    old: str = ""
    new: str = ""


class Field(NamedTuple):
    """A text of the front matter, with its place. `plain` is whether it stands so in the file, on
    one line and without escapes; `opening` how many quotation marks stand before it.
    """

    where: Location
    text: str
    plain: bool
    opening: int = 0


class Article:
    """A source with its text taken apart. Offsets count characters of the body."""

    def __init__(self, front: FrontMatter) -> None:
        self.front = front
        self.path = front.path
        self.section = front.section
        self.meta = front.meta
        self.body = front.body

    @cached_property
    def prose(self) -> str:
        """The body with all that is not prose (code, tags, addresses) blotted out by `BLOT`s, so
        that offsets are those of the body.
        """
        return masked(self.body)

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every character of the body: what is not among them need not be looked for."""
        return frozenset(self.body)

    @cached_property
    def pointers(self) -> list[Pointer]:
        """What the body links to, shows and embeds."""
        return pointers(self.body)

    @cached_property
    def raw(self) -> Map:
        """The front matter as typed, with the places of its values."""
        raw, _ = load(self.front.block, self.path, first_line=2)
        return raw

    @cached_property
    def fields(self) -> list[Field]:
        """Every text of the front matter that readers see."""
        lines = self.front.block.split("\n")
        found = _scalars(self.raw, ())
        return [_field(w, value, lines) for w, value in found if w[0] not in _NOT_READ]

    @cached_property
    def own(self) -> list[tuple[At, str]]:
        """The same texts as `texts`, as far as they are the author's own words: names, quotes, the
        words of links and 『titles of works』 are left out or blotted out.
        """
        fields = (f for f in self.fields if _NOT_OWN.isdisjoint(f.where))
        texts: list[tuple[At, str]] = [(f.where, _own(_prose(f.text))) for f in fields]
        return [*texts, *self._beside, (0, _own(self.unquoted))]

    @cached_property
    def unquoted(self) -> str:
        """The prose of the body without quotations."""
        marked = "<blockquote" in self.body.lower()
        prose = masked(self.body, quoted=False) if marked else self.prose
        return _QUOTED.sub(_blot, prose)

    @cached_property
    def _beside(self) -> list[tuple[At, str]]:
        """What is read beside the prose: the titles of boxes, the captions of pictures."""
        if ":::" not in self.body and "![" not in self.body:
            return []
        found = _BESIDE.finditer(without_code(self.body, comments=False))
        return [(match.start(match.lastindex or 0), match[match.lastindex or 0]) for match in found]

    def texts(self) -> Iterator[tuple[At, str]]:
        """All that readers see: each field of the front matter, then the prose of the body."""
        yield from ((field.where, field.text) for field in self.fields)
        yield 0, self.prose

    def place(self, at: At, inside: int = 0) -> tuple[int, int]:
        """Line and column in the file; `inside` counts characters from the start of the field."""
        if isinstance(at, int):
            line, column = line_and_column(self.body, at + inside)
            return line + self.front.body_line - 1, column
        line, column = position(self.raw, at)
        field = self._places.get(at)
        return line, column + (field.opening + inside if field and field.plain else 0)

    @cached_property
    def _places(self) -> dict[Location, Field]:
        return {field.where: field for field in self.fields}

    def remark(
        self,
        code: str,
        at: At,
        inside: int = 0,
        blanks: dict[str, object] | None = None,
        old: str = "",
        new: str = "",
    ) -> Remark:
        """A remark about a place `inside` a text that `texts` gave."""
        if isinstance(at, int):
            return Remark(code, at + inside, 0, blanks or {}, old, new)
        return Remark(code, at, inside, blanks or {}, old, new)

    def problem(self, remark: Remark) -> Problem:
        place = self.place(remark.at, remark.inside)
        return problem(remark.code, self.path, *place, **remark.blanks)

    def _names_a_place(self, at: int) -> bool:
        """Whether links may mean the words there: those of a heading, unless it has a name."""
        start = self.body.rfind("\n", 0, at) + 1
        heading = _HEADING.match(self.body, start)
        return heading is not None and "{#" not in heading[0]

    def edit(self, remark: Remark) -> Edit | None:
        """The correction that a remark proposes, if its place in the file is certain."""
        if not remark.old or "\n" in remark.old + remark.new:
            return None
        if isinstance(remark.at, int):
            if self._names_a_place(remark.at):
                return None
        else:
            field = self._places.get(remark.at)
            if not field or not field.plain:
                return None
        line, column = self.place(remark.at, remark.inside)
        return Edit(self.path, line, column, remark.old, remark.new)


_NOT_READ = frozenset(
    "date updated expires slug aliases author layout numbering toc comments search feed draft extra"
    " partners scores media check".split()
)


_NOT_OWN = frozenset(
    "source sources original tags companies series category name romaji icon credit credit_url"
    " url src lang file at published accessed links".split()
)
_QUOTED = re.compile(
    r"^[ \t]*>[^\n]*(?:\n(?![ \t]*(?:\n|:::|[-*+] |\d+\. |#))[^\n]+)*", re.MULTILINE
)
_HEADING = re.compile(
    r"[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?#{1,6}[ \u3000][^\n]*"
    r"|[^\n]*+\n[ ]{0,3}(?:=+|-+)[ \t]*(?:\n|\Z)|<h[1-6][^\n]*"
)
_BESIDE = re.compile(
    r"^[ \t]*:{3,}[ \t]*(?:details|recommended)[ \t]+([^\n]+)"
    r"|!\[[^\[\]\n]*\]\([^()\s]+[ \t]+\"([^\"\n]+)\"",
    re.MULTILINE,
)
_FORMULAS = "SUM|AVERAGE|COUNT|MAX|MIN|IF|IFS|ROUND|VLOOKUP|XLOOKUP|HLOOKUP|INDEX|MATCH|FILTER"
_FACE = "Дд∀ω⊂⊃∇▽△ε≧≦´｀`＾^ﾟ゜ᴗ˘σ"
_OF_OTHERS = re.compile(
    rf"『[^『』\n]*』|(?<!!)\[[^\[\]\n]+\](?={BLOT})"
    # examples of what is wrong
    r"|^[ \t]*(?:[-*+] )?(?:[×✕✖❌]|(?:NG|誤|悪い)(?:り|例)?[:：])[^\n]*"
    # formulas, what is typed into a search box, faces
    rf"|(?:=[A-Z][A-Z0-9.]*|(?<![A-Za-z])(?:{_FORMULAS}))\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|(?<![A-Za-z])[A-Z]{2,}\([^()\n]*,[^ ()\n][^()\n]*\)"
    r"|(?<![A-Za-z])(?:site|intitle|inurl|intext|allintitle|filetype|related|from|to|since|until):"
    r"[^\s、。]+"
    rf"|(?:[ｦ-ﾟ]{{1,4}}━+)?[(（][^()（）\n]{{0,10}}?[{_FACE}][^()（）\n]{{0,10}}[)）](?:━+[!！?？]*)?",
    re.MULTILINE,
)
_WIDE_NAME = re.compile("「[^「」\n]*」")
# They are talked about.
_SIGNS_ALONE = re.compile(
    r"「[^「」\nぁ-ゖァ-ヺ一-鿿]*」|（[、。，．・]+）|(?<=\|) *[。、・.…！？!?]+ *(?=\|)"
)
_MARKED = re.compile(r"[`<\[&]|https?:")


def _scalars(node: Any, where: Location) -> Iterator[tuple[Location, Scalar]]:
    items = node.items() if isinstance(node, Map) else enumerate(node)
    for step, value in items:
        if isinstance(value, Scalar):
            yield (*where, step), value
        elif isinstance(value, Map | Seq):
            yield from _scalars(value, (*where, step))


def _field(where: Location, value: Scalar, lines: list[str]) -> Field:
    opening = int(not value.plain)
    line = lines[value.line - 2]  # the block begins in the second line of the file
    plain = line.startswith(str(value), value.column - 1 + opening)
    return Field(where, str(value), plain, opening)


def _prose(text: str) -> str:
    return masked(text) if _MARKED.search(text) else text


def _own(text: str) -> str:
    text = _SIGNS_ALONE.sub(_blot, _OF_OTHERS.sub(_blot, text))
    return _WIDE_NAME.sub(_blot_wide, text) if "\u3000" in text else text


def _blot_wide(match: re.Match[str]) -> str:
    """A title set in wide letters and blanks is left as it is."""
    return (
        _blot(match) if re.search("[Ａ-Ｚａ-ｚ]\u3000|\u3000[Ａ-Ｚａ-ｚ]", match[0]) else match[0]
    )


def _blot(match: re.Match[str]) -> str:
    return blotted(match[0])
