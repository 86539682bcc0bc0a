"""The tags of a page as a browser reads them (HTML, section 13.2.5), without building a tree.

Every expression here runs once over its part of the text, whatever an author wrote.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from ssg.model import Frozen

_SPACE = r"[ \t\n\f\r]"
_MARKUP = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][^ \t\n\f\r/>]*+)|[!?/])")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(
    rf"""(?:{_SPACE}|/)*+(?:
        (?P<end>>)
        | (?P<name>=?[^ \t\n\f\r/>=]*+)
          (?:{_SPACE}*+={_SPACE}*+(?:"([^"]*+)("?)|'([^']*+)('?)|([^ \t\n\f\r>]*+)))?+
    )""",
    re.X,
)
_REFERENCE = re.compile(r"&(?:#[^;\s]{1,9};?|[a-zA-Z0-9]+;?)")
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
_FOREIGN = frozenset(("svg", "math"))
_SCRIPT_PART = re.compile(r"(<!--)(?!-*>)|(-->)|<(/?)script(?=[ \t\n\f\r/>])", re.I)


class Tag(Frozen, frozen=True):
    """A start tag. `text` is what stands in an element that holds nothing but text, `end` where
    that or the tag ends. In a drawing or formula, tags are `foreign`.
    """

    name: str
    attributes: dict[str, str]
    end: int
    text: str = ""
    foreign: bool = False


class End(Frozen, frozen=True):
    name: str
    at: int


def tags(text: str, foreign: int = 0) -> Iterator[Tag | End]:
    """The start and end tags of a text. `foreign` is 1 for a drawing (SVG) of its own."""
    at = 0
    while markup := _MARKUP.search(text, at):
        comment, closing, name = markup.groups()
        if not name:
            at = _after_comment(text, markup.start(), bool(comment))
            continue
        name = name.lower()
        attributes, at = _attributes(text, markup.end())
        if at < 0:
            return
        if name in _FOREIGN:
            foreign = max(0, foreign + (-1 if closing else 1))
        if closing:
            yield End(name, markup.start())
            continue
        inner, end = _inside(text, at, name, bool(foreign))
        yield Tag(name, attributes, end, inner, bool(foreign))
        at = end


def _after_comment(text: str, at: int, proper: bool) -> int:
    if proper:
        found = _COMMENT_END.search(text, at + 2)
        return found.end() if found else len(text)
    end = text.find(">", at)
    return end + 1 if end >= 0 else len(text)


def _attributes(text: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag, the first of each name, and where it ends; -1 when it does not."""
    found: dict[str, str] = {}
    while at < len(text):
        match = _ATTRIBUTE.match(text, at)
        if match is None or match.end() == at:
            return found, -1
        end, name, double, closed, single, ended, plain = match.groups()
        at = match.end()
        if end:
            return found, at
        if (double is not None and not closed) or (single is not None and not ended):
            return found, -1
        if name:
            value = double or single or plain or ""
            found.setdefault(name.lower(), unescaped(value))
    return found, -1


def unescaped(value: str) -> str:
    """The value of an attribute, with its character references replaced."""
    return _REFERENCE.sub(_character, value) if "&" in value else value


def _character(match: re.Match[str]) -> str:
    if match[0].startswith("&#"):
        return html.unescape(match[0])
    if not match[0].endswith(";") and match.string.startswith("=", match.end()):
        return match[0]
    return html5.get(match[0][1:], match[0])


def _inside(text: str, at: int, name: str, foreign: bool) -> tuple[str, int]:
    """What an element holds as text, and where that ends."""
    if name == "plaintext" and not foreign:
        return "", len(text)
    if name not in _RAW or (foreign and name not in ("script", "style")):
        return "", at
    end = _end_of_script(text, at) if name == "script" and not foreign else -1
    if end < 0:
        closing = re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.I).search(text, at)
        end = closing.start() if closing else len(text)
    inner = text[at:end]
    if foreign:
        inner = html.unescape(inner.replace("<![CDATA[", "").replace("]]>", ""))
    elif name in ("textarea", "title"):
        inner = html.unescape(inner)
    return inner, end


def _end_of_script(text: str, at: int) -> int:
    """Where the text of a script ends: not at the end of a script inside a comment in it."""
    comment = inner = False
    for part in _SCRIPT_PART.finditer(text, at):
        opens, closes, slash = part.groups()
        if opens:
            comment = True
        elif closes:
            comment = inner = False
        elif not slash:
            inner = comment
        elif inner:
            inner = False
        else:
            return part.start()
    return len(text)
