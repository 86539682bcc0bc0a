"""Addresses in an author's HTML that would run something, as they are refused in Markdown."""

from __future__ import annotations

import re
from html import unescape

from ssg.extensions.addresses import dangerous_scheme

_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?"
)
_ADDRESSES = frozenset(("action", "data", "formaction", "href", "src", "xlink:href"))
_SHOWING = frozenset(
    ("audio", "img", "link", "source", "track", "video")
)  # what data cannot run in
_may_be_dangerous = re.compile(r"script|data|&", re.IGNORECASE).search


def disarmed(name: str, tag: str) -> tuple[str, str]:
    """The tag of an element without a dangerous address, and the scheme of that, or ""."""
    if not _may_be_dangerous(tag):
        return tag, ""
    schemes = []

    def kept(match: re.Match[str]) -> str:
        scheme = _scheme(match["name"].lower(), match["value"] or "")
        if not scheme or (scheme == "data" and name in _SHOWING):
            return match[0]
        schemes.append(scheme)
        return ""

    start = 1 + len(name)
    rest = _ATTRIBUTE.sub(kept, tag[start:])
    return (tag[:start] + rest, schemes[0]) if schemes else (tag, "")


def _scheme(attribute: str, value: str) -> str:
    return dangerous_scheme(unescape(value.strip("\"'"))) if attribute in _ADDRESSES else ""
