"""What an author probably meant by YAML that cannot be read, or that reads as something else.

Pure functions over the lines of a block; `ssg.yamldoc` calls them and knows YAML itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssg.text import visible


class Mistake(NamedTuple):
    """A code of the message catalogue at a line (from 0) and column (from 1) of the block."""

    code: str
    line: int
    column: int
    blanks: dict[str, str] = {}


class Met(NamedTuple):
    """Why and where a reader of YAML gave up, and where the thing began; all from 0."""

    why: str
    line: int
    column: int
    since: tuple[int, int]


_BLANKS = {"\t": "tab", "\u00a0": "no-break-space", "\u3000": "wide-space"}
_BLOCK = re.compile(r"(?:.*:|\s*-) +[|>][-+0-9]*\s*(?:#.*)?")
_WIDE_COLON = re.compile(r"\s*(?:- +)?[\w-]+ *(：)")
_AFTER_COLON = re.compile(r"\s*(?:- +)?[\w-]+:([\u00a0\u3000])")
_NO_SPACE = re.compile(r"\s*(?=[^\W\d])([\w-]+:)(?=[^\s/])")
_VALUE = re.compile(r"(\s*(?:- +)?[\w-]+ *: +|\s*- +)(\S.*)")
_HASH_ITEM = re.compile(r"[\[{,]\s*(#[^\s,\]}]+)")
_KEY_AND_TEXT = re.compile(r"([\w-]+): +([^\s\[{\"'&*!#].*)")
_NO_TEXT = re.compile(r"true|false|[-0-9T:+Z. ]+")
_MARKED = re.compile(r"\s*(?:-(?! )|[－*•・] *)([^\s\-－*•・].*)")
_HALF = str.maketrans({"｛": "{", "｝": "}", "［": "[", "］": "]", "：": ": ", "，": ", "})
_DIVIDER = re.compile(r"(?:---|\.\.\.)(?:\s|$)")
_BEGINS = re.compile(r"\s*(?:-(?= |$)|(?:- +)?[\w-]+ *:)")


# --- what YAML would take, but not as it was meant ----------------------------------------


def white_space(lines: Sequence[str]) -> Iterator[Mistake]:
    """Tabs, full-width and no-break spaces where YAML takes ordinary spaces only."""
    outside = -1
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if outside >= 0 and (not line.strip() or indent > outside):
            continue
        is_block = _BLOCK.fullmatch(line) and not line.lstrip().startswith("#")
        outside = indent if is_block else -1
        if match := re.match(r" *(?:- *)?([\t\u00a0\u3000])| *(?:- +)?[\w-]+:(\t)", line):
            blank = _BLANKS[match[match.lastindex or 0]]
            yield Mistake("yaml/indent", index, match.end(), {"kind": blank})


def swallowed(lines: Sequence[str], first: int, last: int, start: int) -> Iterator[Mistake]:
    """Lines that became the end of an unquoted value, though they look like keys or items.

    The value begins at column `start` (from 0) of line `first`.
    """
    for index in range(first if not lines[first][:start].strip() else first + 1, last + 1):
        line = lines[index]
        if match := re.match(r"\s*[a-z_]{3,} *(：)", line):
            yield Mistake("yaml/wide-colon", index, match.end())
        elif match := re.match(r"\s*[a-z_]{3,}:(?!//|\s|$)", line):
            yield _no_space(line, index, match.end())
        elif index > first and (match := re.match(r"\s*(?=- )", line)):
            yield Mistake("yaml/list-indent", index, match.end() + 1)


# --- what YAML could not read ------------------------------------------------------------------


def explain(lines: Sequence[str], met: Met) -> Mistake:
    """The likeliest mistake: where reading stopped, where it began, or in a line before."""
    near = (met.line, met.since[0])
    return (
        _first(lines, near)
        or _by_reason(lines, met)
        or _first(lines, range(met.line - 1, -1, -1))
        or Mistake("yaml/syntax", met.line, met.column + 1)
    )


def usual(line: str, index: int) -> Mistake | None:
    """The mistake that a line shows by itself."""
    if match := _WIDE_COLON.match(line):
        return Mistake("yaml/wide-colon", index, match.end())
    if match := _AFTER_COLON.match(line):
        return Mistake("yaml/wide-space", index, match.end(), {"kind": _BLANKS[match[1]]})
    if match := _NO_SPACE.match(line):
        return _no_space(line, index, match.end())
    if match := _VALUE.match(line):
        return _in_value(match[1], match[2].rstrip(), index)
    return None


def _first(lines: Sequence[str], places: Sequence[int]) -> Mistake | None:
    return next((found for i in places if (found := usual(lines[i], i))), None)


def _no_space(line: str, index: int, end: int) -> Mistake:
    better = visible(f"{line[:end].strip()} {line[end:].strip()}", 120)
    return Mistake("yaml/no-space", index, end + 1, {"better": better})


def tight_colon(key: str) -> int:
    """Where a key ends that goes on in its value, as in `name:あ`; 0 for any other key."""
    match = _NO_SPACE.match(key)
    return match.end() if match else 0


def _in_value(before: str, value: str, index: int) -> Mistake | None:
    column = len(before) + 1
    if match := _HASH_ITEM.search(value) if value[0] in "[{" else None:
        return Mistake(
            "yaml/hash-value", index, len(before) + match.start(1) + 1, {"what": visible(match[1])}
        )
    if value[0] in "\"'" and not _closes(value):
        return Mistake("yaml/quote", index, column, {"got": value[0]})
    if value[0] == "｛" and value[-1] in "｝}":
        better = visible(f"{before.strip()} {narrow(value)}", 120)
        return Mistake("yaml/wide-bracket", index, column, {"better": better})
    if not _needs_quotes(value):
        return None
    better = visible(f"{before.strip()} {quoted(value)}", 120)
    is_item = value.startswith("- ") and ":" in before
    item = {"item": visible(value, 120)} if is_item else {}
    return Mistake("yaml/needs-quotes", index, column, {"better": better, **item})


def narrow(text: str) -> str:
    """Text with the brackets, colons and commas that YAML knows in the place of full-width ones."""
    half = text.translate(_HALF)
    return re.sub(r", +", ", ", re.sub(r": +", ": ", half)).rstrip()


def quoted(value: str) -> str:
    """A value in quotes that YAML reads as it stands."""
    if value[0] == value[-1] == "'" and len(value) > 1:
        value = value[1:-1]
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _closes(value: str) -> bool:
    return value.count(value[0]) > 1


def _needs_quotes(value: str) -> bool:
    if value[0] in "\"'":
        whole = r"\"(?:[^\"\\]|\\.)*\"" if value[0] == '"' else "'(?:[^']|'')*'"
        return re.fullmatch(whole + r"\s*(?:#.*)?", value) is None
    if value[0] in "|>":
        return _BLOCK.fullmatch(f"- {value}") is None
    if value[0] in "@`%*&!" or re.match(r"[-?](?: |$)", value):
        return True
    if closing := {"[": "]", "{": "}"}.get(value[0]):
        return closing in value and not value.endswith(closing)
    return value[0] != "#" and re.search(r": |:$", value) is not None


def _by_reason(lines: Sequence[str], met: Met) -> Mistake | None:
    line, (begun, column) = lines[met.line], met.since
    at = line.rfind("\\", 0, met.column + 1)
    if at >= 0 and re.search("escape|hexdecimal", met.why):
        shown = re.match(r"\\(?:[xuU][0-9A-Fa-f]*|.?)", line[at:])
        return Mistake("yaml/escape", met.line, at + 1, {"got": visible(shown[0] if shown else "")})
    if "alphabetic or numeric" in met.why and (found := _dash(lines[begun], begun)):
        return found
    if "end of stream" in met.why:
        return Mistake("yaml/quote", begun, column + 1, {"got": lines[begun][column]})
    if match := re.search(r"',' or '([\]}])'", met.why):
        return Mistake("yaml/bracket", begun, column + 1, {"got": match[1]})
    if "expected ':'" in met.why:
        return _no_colon(lines, begun, column)
    if "document start" in met.why:
        return _second_document(lines, met.line)
    indent = len(line) - len(line.lstrip())
    if (indent or "'-'" in met.why) and (begin := _BEGINS.match(line)) and met.column < begin.end():
        return Mistake("yaml/misaligned", met.line, indent + 1)
    return None


def _no_colon(lines: Sequence[str], index: int, column: int) -> Mistake:
    """A line that is no `key: value`; perhaps the text above goes on in it."""
    above = next((line for line in reversed(lines[:index]) if line[:1].strip()), "")
    match = _KEY_AND_TEXT.match(above)
    block = {"block": f"{match[1]}: |"} if match and not _NO_TEXT.fullmatch(match[2]) else {}
    if not block and (found := _dash(lines[index], index)):
        return found
    what = visible(lines[index].strip())
    return Mistake("yaml/no-colon", index, column + 1, {"what": what, **block})


def _dash(line: str, index: int) -> Mistake | None:
    """An item of a list whose mark is not `- `."""
    match = _MARKED.match(line)
    if not match:
        return None
    indent = len(line) - len(line.lstrip())
    return Mistake("yaml/dash", index, indent + 1, {"better": visible(f"- {match[1]}", 120)})


def _second_document(lines: Sequence[str], index: int) -> Mistake:
    """Something ends the mapping: a dividing line, or its first line that is none of it."""
    if any(_DIVIDER.match(line) for line in lines[: index + 1]):
        return Mistake("yaml/two-documents", index, 1)
    first = next(i for i, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#")
    text = lines[first]
    if indent := len(text) - len(text.lstrip()):
        return Mistake("yaml/misaligned", first, indent + 1)
    return _no_colon(lines, first, 0)
