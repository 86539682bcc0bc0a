"""The tree of a body as HTML, as `markdown.serializers.to_html_string` writes it, but sooner.

That one is made for any tree; ours has elements with names of small letters, and no comments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element

from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP  # type: ignore[attr-defined]

_BOOLEAN = BOOLEAN_ATTRIBUTES["html"]
_WITHOUT_END = frozenset(("br", "hr", "img", "input"))  # of those that Markdown and we make


def written(root: Element) -> str:
    pieces: list[str] = []
    _write(root, pieces.append)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag = element.tag
    attributes = element.items()
    write(f"<{tag}{_written(attributes)}>" if attributes else f"<{tag}>")
    if element.text:
        write(_escaped(element.text))
    for child in element:
        _write(child, write)
    if tag not in _WITHOUT_END:
        write(f"</{tag}>")
    if element.tail:
        write(_escaped(element.tail))


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _written(attributes: Iterable[tuple[str, str]]) -> str:
    written = ""
    for name, value in sorted(attributes):
        value = _escaped(value)
        if name == value and name in _BOOLEAN:
            written += f" {name}"
        else:
            value = value.replace('"', "&quot;")
            written += f' {name}="{value}"'
    return written
