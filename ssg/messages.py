"""Every sentence that a problem can be told in: the catalogue, and how to show a problem.

A code is always an error or always a warning. A blank such as `{key}` is filled from the
problem's `args`; a line of a hint that names a blank which the problem lacks is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import NamedTuple

from ssg.errors import Problem, Severity
from ssg.sentences import CATALOGUE, FRAME, WORDS
from ssg.sentences.kinds import Sentence
from ssg.text import visible

LANGUAGES = ("ja", "en")
SHOWN = 50
IN_WORDS = ("every", "expected", "kind", "other", "page", "why")  # blanks that `WORDS` translates
_JOINT = {"ja": "", "en": " "}


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
    words = WORDS[language]
    blanks = {k: words.get(v, v) if k in IN_WORDS else v for k, v in blanks.items()}
    text, hint = _in(sentence, language)
    parts = [part for part in hint.split("\n") if named(part) <= blanks.keys()]
    return Told(
        place=_place(problem),
        severity=sentence.severity,
        code=problem.code,
        text=text.format_map(blanks),
        hint=_JOINT[language].join(part.format_map(blanks) for part in parts),
    )


def named(text: str) -> set[str]:
    """The blanks of a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def lines(problems: Iterable[Problem], language: str) -> Iterator[str]:
    """Problems as a terminal shows them, at most `SHOWN`."""
    frame = FRAME[language]
    listed = list(problems)
    for problem in listed[:SHOWN]:
        told = tell(problem, language)
        mark = frame["warning"] if told.severity == "warning" else ""
        yield f"{told.place}: {mark}{told.code} {told.text}"
        if told.hint:
            yield "  " + frame["hint"].format(hint=told.hint)
    if len(listed) > SHOWN:
        yield frame["more"].format(count=len(listed) - SHOWN)


def _in(sentence: Sentence, language: str) -> tuple[str, str]:
    return (sentence.ja, sentence.hint_ja) if language == "ja" else (sentence.en, sentence.hint_en)


def _place(problem: Problem) -> str:
    path = visible(problem.path, 400)
    return f"{path}:{problem.line}:{problem.column}" if problem.line else path
