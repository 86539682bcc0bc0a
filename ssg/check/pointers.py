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
    r"|<(?P<block>(?i:script|style))(?P<given>\s(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)?>"
    r"(?P<inner>.*?)(?:</(?i:(?P=block))\s*>|\Z)"
    r"|<(?P<mail>[\w.+-]++@[\w.-]++)>"
    r"|<(?P<tag>[A-Za-z][\w-]*)(?P<attributes>\s(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+)>"
    r"|(?P<bare>https?://[!#-;=?-~]+)",
    re.DOTALL | re.MULTILINE,
)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_EMBEDDING = frozenset(("audio", "embed", "iframe", "object", "script", "source", "video"))
_TEXTS = frozenset(("json", "template", "x-template"))  # scripts that no browser runs
_LOADING = re.compile(
    r"[\w-]*src(?:set)?|data|data-original|poster|action|formaction|ping|background|style|href"
)
_NAMED = frozenset(("alternate", "author", "canonical", "license", "me", "next", "prev"))
_OTHERS = r"//(?!www\.w3\.org/)[\w-]+(?:\.[\w-]+)+[^\s\"'`)<>\\]*"
_IN_VALUE = re.compile(rf"(?:^|[\"'`(,\s])(?:https?:)?({_OTHERS})", re.IGNORECASE)
_IN_CODE = re.compile(rf"[\"'`(]\s*(?:(?:https?|wss?):)?({_OTHERS})", re.IGNORECASE)
_KINDS = {"a": "link", "area": "link", "img": "picture"} | dict.fromkeys(_EMBEDDING, "embed")


class Pointer(NamedTuple):
    """`kind` is `link`, `picture` or `embed`, or empty for other raw HTML; `at` an offset in the
    body; `text` what stands for it in the text; `attributes` those of raw HTML; `loads` the
    addresses of other sites that a browser loads for it or sends a form to.
    """

    kind: str
    at: int
    address: str
    text: str = ""
    attributes: dict[str, str] = {}
    loads: tuple[str, ...] = ()


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
            address = _address(match["address"])
            loads = tuple(_IN_VALUE.findall(address)) if kind == "picture" else ()
            yield Pointer(kind, at, address, match["text"], loads=loads)
        elif match["outer"] is not None:
            yield Pointer("link", at + 2, _address(match["outer"]))
        elif address := match["defined"] or match["bare"]:
            yield Pointer("link", match.start("defined" if match["defined"] else "bare"), address)
        elif match["mail"]:
            yield Pointer("link", at, f"mailto:{match['mail']}")
        elif match["tag"]:
            yield _tag(match["tag"].lower(), at, match["attributes"])
        elif match["block"]:
            tag = _tag(match["block"].lower(), at, match["given"] or "")
            is_text = tag.attributes.get("type", "").rpartition("/")[2].rpartition("+")[2] in _TEXTS
            yield tag if is_text else tag._replace(loads=(*tag.loads, *in_code(match["inner"])))


def _tag(name: str, at: int, written: str) -> Pointer:
    given, kind = attributes(written), _KINDS.get(name, "")
    address = given.get("href" if kind == "link" else "src", "") if kind else ""
    return Pointer(kind, at, address, given.get("alt", ""), given, tuple(_loads(name, given)))


def _loads(tag: str, given: dict[str, str]) -> Iterator[str]:
    only_named = tag in ("a", "area", "base") or given.get("rel", "").lower() in _NAMED
    for name, value in given.items():
        if name == "srcdoc":
            yield from (address for inner in pointers(value) for address in inner.loads)
        elif _LOADING.fullmatch(name) and not (only_named and name == "href"):
            yield from _IN_VALUE.findall(value)


def in_code(text: str) -> list[str]:
    """The addresses of other sites in a style sheet or a script."""
    return _IN_CODE.findall(text)


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
