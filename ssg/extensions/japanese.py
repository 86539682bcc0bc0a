"""Japanese is written without spaces: where a line break in the source is none on the page."""

from __future__ import annotations

import re

# Full-width and half-width forms of Japanese and Chinese (Unicode, EastAsianWidth.txt: W, F and
# the katakana of H). Hangul is left out: Korean has spaces between words.
_WIDE = (
    "\u2e80-\u312f\u3190-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
# Of ambiguous width; in Japanese text they are as wide as kanji.
_AMBIGUOUS = "\u2014\u2015\u2018\u2019\u201c\u201d\u2025\u2026\u203b\u2160-\u24ff\u25a0-\u27bf"
_PUNCTUATION = (
    "\u3001-\u3003\u3008-\u3011\u3014-\u301f\u30fb\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b"
    "\uff1f\uff3b\uff3d\uff5b\uff5d-\uff65"
)
WIDE = f"[{_WIDE}]"
SEPARATOR = "\x00"  # stands between the text nodes of a paragraph while they are one string
_UNSEEN = f"((?:{SEPARATOR}|\x02[^\x02\x03]*\x03)*)"
_BREAK = re.compile(rf"(\S|^){_UNSEEN}[ \t]*\n[ \t]*{_UNSEEN}(?=(\S|$))")
_is_wide = re.compile(WIDE).match
_is_either = re.compile(f"[{_WIDE}{_AMBIGUOUS}]").match
_is_punctuation = re.compile(f"[{_PUNCTUATION}]").match


def closes_up(before: str, after: str) -> bool:
    """Whether a line break between two characters disappears."""
    if not before or not after:
        return False
    if _is_punctuation(before) or _is_punctuation(after):
        return True
    return bool(
        (_is_wide(before) and _is_either(after)) or (_is_either(before) and _is_wide(after))
    )


def without_breaks(text: str) -> str:
    """Text whose soft line breaks beside wide characters are gone. Tags and separators that
    stand at a break are looked through.
    """
    return _BREAK.sub(_closed, text)


def _closed(match: re.Match[str]) -> str:
    before, left, right, after = match.groups()
    return before + left + right if closes_up(before, after) else match[0]
