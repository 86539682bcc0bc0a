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
    graphemes = {match.start() for match in regex.finditer(r"\X", text)}
    parts: list[str] = []
    depth = 0
    for part in _parser().parse(text):
        if parts and part[0] == "\u3000":
            parts[-1] += "\u3000"
            part = part[1:]
        if not part:
            continue
        inside = depth > 0 or sum(map(len, parts)) not in graphemes
        if parts and (inside or part[0] in _NEVER_FIRST or parts[-1][-1] in _OPENING):
            parts[-1] += part
        else:
            parts.append(part)
        depth += sum(part.count(c) for c in _OPENING) - sum(part.count(c) for c in _CLOSING)
        depth = max(depth, 0)
    return tuple(parts)


@cache
def _parser() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()
