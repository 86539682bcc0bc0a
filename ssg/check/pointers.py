"""What a body points to: links, pictures, and what it embeds, with their addresses and places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from ssg.check.prose import without_blocks

_TITLED = r"[^()\n]*(?:\([^()\n]*\)[^()\n]*)*"
_POINTER = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|(?<!\\)(`+)(?!`)(?:(?!\n\s*\n).)*?(?<!`)\1(?!`)"
    rf"|(?P<sign>[!@]?)(?<!\\)\[(?P<text>[^\[\]]*)\]\((?P<address>{_TITLED})\)"
    rf"|\]\((?P<outer>{_TITLED})\)"  # around a picture
    r"|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?(?P<defined>[^\s<>]+)"
    r"|<(?P<tag>[A-Za-z][\w-]*)(?P<attributes>\s(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>"
    r"|(?P<bare>https?://[!#-;=?-~]+)",
    re.DOTALL | re.MULTILINE,
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_EMBEDDING = frozenset(("audio", "embed", "iframe", "object", "script", "source", "video"))
_KINDS = {"a": "link", "area": "link", "img": "picture"} | dict.fromkeys(_EMBEDDING, "embed")


class Pointer(NamedTuple):
    """`kind` is `link`, `picture` or `embed`; `at` an offset in the body; `text` what stands for
    it in the text; `attributes` those of raw HTML.
    """

    kind: str
    at: int
    address: str
    text: str = ""
    attributes: dict[str, str] = {}


def pointers(body: str) -> list[Pointer]:
    """All of them, in the order of the text, without those that only code shows."""
    if "](" not in body and "://" not in body and "<" not in body and "]:" not in body:
        return []
    return list(_pointers(without_blocks(body)))


def _pointers(text: str) -> Iterator[Pointer]:
    for match in _POINTER.finditer(text):
        at = match.start()
        if match["address"] is not None:
            kind = {"!": "picture", "@": "embed"}.get(match["sign"], "link")
            yield Pointer(kind, at, _address(match["address"]), match["text"])
        elif match["outer"] is not None:
            yield Pointer("link", at + 2, _address(match["outer"]))
        elif address := match["defined"] or match["bare"]:
            yield Pointer("link", match.start("defined" if match["defined"] else "bare"), address)
        elif match["tag"] and (kind := _KINDS.get(match["tag"].lower(), "")):
            given = attributes(match["attributes"])
            address = given.get("href" if kind == "link" else "src", "")
            yield Pointer(kind, at, address, given.get("alt", ""), given)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag; of two with one name, the first."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape(value.strip("\"'")))
    return found


def _address(written: str) -> str:
    """The address of a link, without its title."""
    first = written.strip().split(None, 1)[:1]
    return first[0].strip("<>") if first else ""
