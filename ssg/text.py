"""Small facts about text that several stages need. Pure functions, no imports of ours."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
# What no text may hold: XML 1.0 and HTML forbid it, and no reader sees it.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BLANK = re.compile(rf"(?:\s|{_INVISIBLE.pattern}|\u2800)*")


def visible(text: str, limit: int = 60) -> str:
    """Text for a message: invisible characters as `U+200B`, cut at `limit` characters."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    return _INVISIBLE.sub(lambda m: " " if m[0] == " " else f"U+{ord(m[0]):04X}", cut)


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: spaces and zero-width characters only."""
    return _BLANK.fullmatch(text) is not None


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` was probably meant to be, or ""."""
    folded = fold(word)
    candidates = {fold(k): k for k in known}
    if folded in candidates:
        return candidates[folded]
    close = difflib.get_close_matches(folded, candidates, n=1, cutoff=0.6)
    return candidates[close[0]] if close else ""


def fold(text: str) -> str:
    """The form in which two spellings of one name are equal: width, case, marks, blanks."""
    bare = _INVISIBLE.sub("", text.replace(" ", ""))
    return unicodedata.normalize("NFKC", bare).casefold()


_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"\*\*|__|~~|`")
_SLANTED = re.compile(r"\*([^*\s\d][^*]*)\*")


def bare(markdown: str) -> str:
    """The words of inline Markdown without its marks, for where only text can stand."""
    return _SLANTED.sub(r"\1", _MARKS.sub("", _LINK.sub(r"\1", markdown)))


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character offset in text with `\\n` line ends."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
