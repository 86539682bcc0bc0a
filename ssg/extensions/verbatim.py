"""What a reader sees of finished HTML."""

from __future__ import annotations

import html
import re

_VERBATIM = re.compile(
    r"<(pre|code|kbd|samp|math|script|style|textarea)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(?:!--.*?--|/?[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^'\">])*)>", re.DOTALL)
_UNSEEN = re.compile(r"<(pre|code|script|style)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def shown(markup: str) -> str:
    """The text between tags, without what stands verbatim; entities stay as they are."""
    return _TAG.sub("", _VERBATIM.sub("\n", markup))


def readable(markup: str) -> str:
    """The text of a fragment, without code."""
    return html.unescape(_TAG.sub("", _UNSEEN.sub("", markup)))
