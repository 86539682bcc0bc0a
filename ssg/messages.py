"""Every sentence that a problem can be told in: the catalogue, and how to show a problem.

A code is always an error or always a warning. A blank such as `{key}` is filled from the
problem's `args`; a line of a hint that names a blank which the problem lacks is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from string import Formatter
from typing import NamedTuple

from ssg.errors import Problem, Severity
from ssg.marks import marked
from ssg.sentences import CATALOGUE, FRAME, WORDS
from ssg.sentences.kinds import Sentence
from ssg.text import visible

LANGUAGES = ("ja", "en")
SHOWN = 50
IN_WORDS = {"every", "expected", "kind", "other", "page", "why"}  # blanks that `WORDS` translates
_JOINT = {"ja": "", "en": " "}


# The line of the file at which a problem is, and what gives a part of a message its colour.
Source = Callable[[Problem], str | None]
Paint = Callable[[str, str], str]


def unread(_: Problem) -> str | None:
    return None


def plain(_: str, text: str) -> str:
    return text


class Told(NamedTuple):
    """A problem in words."""

    place: str
    severity: Severity
    code: str
    text: str
    hint: str


def severity(code: str) -> Severity:
    """Whether a code is an error or a warning."""
    return CATALOGUE[code].severity


def tell(problem: Problem, language: str) -> Told:
    """The sentence, hint and place of a problem."""
    sentence = CATALOGUE[problem.code]
    blanks = dict(problem.args)
    known = WORDS[language]
    words = {k: known[v] for k, v in problem.args if k in IN_WORDS and v in known}
    blanks |= words
    text, hint = _in(sentence, language)
    if language == "ja":
        text = _closed_up(text, words)
    parts = [part for part in hint.split("\n") if named(part) <= blanks.keys()]
    return Told(
        place=_place(problem),
        severity=sentence.severity,
        code=problem.code,
        text=text.format_map(blanks),
        hint=_JOINT[language].join(part.format_map(blanks) for part in parts),
    )


def _closed_up(text: str, words: dict[str, str]) -> str:
    """The sentence without the blanks that part what is Latin from Japanese."""
    for name, word in words.items():
        if not word.isascii():
            text = text.replace(f"{{{name}}} ", f"{{{name}}}")
    return text


def named(text: str) -> set[str]:
    """The blanks of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def lines(
    problems: Iterable[Problem], language: str, source: Source = unread, paint: Paint = plain
) -> Iterator[str]:
    """Problems as a terminal shows them, at most `SHOWN`, with the line of the file that `source`
    knows and a mark under the place.
    """
    frame = FRAME[language]
    listed = list(problems)
    for problem in listed[:SHOWN]:
        told = tell(problem, language)
        mark = frame["warning"] if told.severity == "warning" else ""
        code = paint(told.severity, f"{mark}{told.code}")
        yield f"{paint('place', told.place + ':')} {code} {told.text}"
        line = source(problem)
        if line is not None:
            yield from _shown(line, problem, paint)
        if told.hint:
            yield "  " + paint("hint", frame["hint"].format(hint=told.hint))
    if len(listed) > SHOWN:
        yield frame["more"].format(count=len(listed) - SHOWN)


def annotation(problem: Problem, language: str, file: str) -> str:
    """A problem as a workflow command of GitHub Actions, in one line."""
    told = tell(problem, language)
    values = {"file": visible(file, 400)}
    if problem.line:
        values |= {"line": str(problem.line), "col": str(problem.column)}
    values["title"] = told.code
    properties = ",".join(f"{key}={_property(value)}" for key, value in values.items())
    text = "\n".join(part for part in (told.text, told.hint) if part)
    return f"::{told.severity} {properties}::{_data(text)}"


def _data(text: str) -> str:
    """As `escapeData` of GitHub's toolkit does it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _shown(line: str, problem: Problem, paint: Paint) -> Iterator[str]:
    text, mark = marked(line, problem.column)
    number = str(problem.line)
    yield f"  {paint('margin', number + ' |')} {text}".rstrip()
    gap, carets = " " * mark.count(" "), mark.lstrip()
    yield f"  {paint('margin', ' ' * len(number) + ' |')} {gap}{paint('mark', carets)}"


def _in(sentence: Sentence, language: str) -> tuple[str, str]:
    return (sentence.ja, sentence.hint_ja) if language == "ja" else (sentence.en, sentence.hint_en)


def _place(problem: Problem) -> str:
    path = visible(problem.path, 400)
    return f"{path}:{problem.line}:{problem.column}" if problem.line else path
