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
    tag, text, tail = element.tag, element.text or "", element.tail or ""
    attributes = element.items()
    start = f"<{tag}{_written(attributes)}>" if attributes else f"<{tag}>"
    end = "" if tag in _WITHOUT_END else f"</{tag}>"
    if "&" in text or "<" in text or ">" in text:
        text = _escaped(text)
    if "&" in tail or "<" in tail or ">" in tail:
        tail = _escaped(tail)
    if not len(element):
        write(f"{start}{text}{end}{tail}")
        return
    write(start + text)
    for child in element:
        _write(child, write)
    write(end + tail)


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
