"""What is wrong with a drawing (SVG): it is no whole XML, does something, or loads something."""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError, ParserCreate, errors

_ACTIVE = frozenset(("script", "foreignobject"))
_elsewhere = re.compile(r"\s*((?:https?:)?//[^\s\"'<>)]+)", re.IGNORECASE).match
_loads = re.compile(
    r"(?:@import|url\()\s*(?:url\()?\s*[\"']?\s*((?:https?:)?//[^\s\"'<>)]+)", re.IGNORECASE
).search
_CUT = {
    errors.codes[name]
    for name in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        errors.XML_ERROR_UNCLOSED_TOKEN,
    )
}


class SvgError(Exception):
    """What a drawing does that is not to be published: `address` is what it loads."""

    def __init__(self, address: str = "") -> None:
        super().__init__(address)
        self.address = address


def inspect(data: bytes) -> str:
    """How the XML is damaged, or "". Raises SvgError."""
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _element
    parser.CharacterDataHandler = _style
    parser.ProcessingInstructionHandler = _instruction
    try:
        parser.Parse(data, True)
    except ExpatError as e:
        return "cut-short" if e.code in _CUT else "broken-inside"
    return ""


def _refuse(*_: object) -> None:
    raise SvgError


def _element(name: str, attributes: dict[str, str]) -> None:
    element = _local(name)
    if element in _ACTIVE:
        raise SvgError
    for key, value in attributes.items():
        attribute = _local(key)
        if attribute.startswith("on") or "javascript:" in "".join(value.split()).lower():
            raise SvgError
        if attribute in ("href", "src") and element != "a" and (match := _elsewhere(value)):
            raise SvgError(match[1])
        _style(value)


def _style(text: str) -> None:
    if match := _loads(text):
        raise SvgError(match[1])


def _instruction(target: str, text: str) -> None:
    """A style sheet that is loaded before the drawing begins."""
    match = re.search(r"\bhref\s*=\s*[\"'](.*?)[\"']", text) if target == "xml-stylesheet" else None
    if match and (elsewhere := _elsewhere(match[1])):
        raise SvgError(elsewhere[1])


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()
