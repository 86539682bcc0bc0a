"""Where things stand in a source that Python-Markdown has long forgotten.

A body is rendered once without positions. Only when there is something to tell about it, it is
rendered again from a copy in which every candidate (the address of a link, the text of a
heading, a run of asterisks) carries its own offset, in noncharacters that no author types.
The HTML of that second run is thrown away.
"""

from __future__ import annotations

import re

from ssg.extensions.verbatim import shown

_DIGITS = str.maketrans("0123456789", "".join(map(chr, range(0xFDD0, 0xFDDA))))
_VALUES = {code: str(value) for value, code in enumerate(range(0xFDD0, 0xFDDA))}
_HERE, _NEXT, _END = "\ufdda", "\ufddb", "\ufddf"
_NUMBER = "([\ufdd0-\ufdd9]+)"
_MARK = re.compile(f"[{_HERE}{_NEXT}]{_NUMBER}{_END}")
_CANDIDATE = re.compile(
    r"(?P<stars> *\*\*+ *)"
    r"|\]\(\s*<?"
    r"|^ {0,3}\[[^\]^\n][^\]\n]*\]:[ ]*<?"
    r"|<[A-Za-z][A-Za-z0-9+.-]*://"
    r"|^[ >]*\#{1,6}[ \u3000]+"
    r"|^[@＠]\[(?i:youtube|card)\](?!\()",
    re.MULTILINE,
)
_STARS = re.compile(f"(?:{_NEXT}{_NUMBER}{_END})? *\\*\\*+ *(?:{_HERE}{_NUMBER}{_END})?")


def marked(source: str) -> str:
    """The source with the offset of each candidate beside it, where it changes no meaning."""
    return _CANDIDATE.sub(_marked, source)


def _marked(match: re.Match[str]) -> str:
    if match["stars"] is None:
        return match[0] + _mark(_HERE, match.end())
    source, start, end = match.string, match.start(), match.end()
    stars = source.index("*", start)
    if source[end : end + 1].strip():
        return match[0] + _mark(_HERE, stars)
    if start and source[start - 1].strip():
        return _mark(_NEXT, stars) + match[0]
    return match[0]


def _mark(sign: str, offset: int) -> str:
    return sign + str(offset).translate(_DIGITS) + _END


def taken_apart(text: str) -> tuple[str, int]:
    """Text without its marks, and the first marked offset or -1."""
    if _END not in text:
        return text, -1
    found = _MARK.search(text)
    return _MARK.sub("", text), _offset(found[1]) if found else -1


def _offset(digits: str) -> int:
    return int(digits.translate(_VALUES))


def leftovers(html: str) -> list[int]:
    """The offset of each run of asterisks that a reader of the HTML would see, or -1."""
    if "*" not in html or "**" not in html:
        return []
    runs = _STARS.finditer(shown(html))
    return [_offset(m[2] or m[1]) if m[1] or m[2] else -1 for m in runs]
