"""Where a Japanese headline may break: between phrases (BudouX), never inside brackets."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Any

import regex

_OPENING = "【「『（(〈《［[“‘"
_CLOSING = "】」』）)〉》］]”’"
_NEVER_FIRST = frozenset(
    "、。，．・：；！？!?ー〜…‥っゃゅょぁぃぅぇぉッャュョァィゥェォゝゞ々" + _CLOSING
)
_NUMERALS = "一二三四五六七八九十百千万億兆数何0123456789０１２３４５６７８９"
_COUNTED = re.compile(f"[{_NUMERALS}][かヵカヶケ箇]$").search  # 一か月
# Characters of which each is a grapheme, whatever stands beside it here.
single = re.compile("[ -~、-〠ぁ-ゖ゛-ヿ㐀-鿿！-ﾝ]*").fullmatch
_bracket = re.compile("[" + re.escape(_OPENING + _CLOSING) + "]").search
_special = re.compile("[&<>\"']").search


def phrases(text: str) -> str:
    """Escaped text with `<wbr>` at each place where a line may end."""
    parts = split(text)
    return "<wbr>".join(map(escape, parts) if _special(text) else parts)


@cache
def split(text: str) -> tuple[str, ...]:
    """The phrases of a headline; together they are the text."""
    if text.isascii():
        return (text,)
    places = range(len(text)) if single(text) else {m.start() for m in regex.finditer(r"\X", text)}
    nests = _bracket(text) is not None
    parts: list[str] = []
    depth = at = 0
    for part in _parser().parse(text):
        if parts and part[0] == "\u3000":
            parts[-1] += "\u3000"
            part = part[1:]
            at += 1
        if not part:
            continue
        inside = depth > 0 or at not in places
        if parts and (inside or _is_torn(parts[-1], part)):
            parts[-1] += part
        else:
            parts.append(part)
        at += len(part)
        if nests:
            depth = max(depth + _opened(part), 0)
    return tuple(parts)


def _is_torn(before: str, after: str) -> bool:
    """Whether a line must not end between two phrases."""
    last, first = before[-1], after[0]
    if first in _NEVER_FIRST or last in _OPENING:
        return True
    if first in "月年国所条":
        return _COUNTED(before) is not None
    return last in _NUMERALS and first in _NUMERALS


def _opened(part: str) -> int:
    """How many brackets a part opens and does not close."""
    return sum(map(part.count, _OPENING)) - sum(map(part.count, _CLOSING))


@cache
def _parser() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()
