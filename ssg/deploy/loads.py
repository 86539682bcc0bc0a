"""What pages, style sheets and scripts load, and under which directive of a policy it falls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssg.deploy.hostnames import source_of
from ssg.deploy.tags import Tag

Load = tuple[str, str]  # a directive of a Content-Security-Policy, and an address or a source

_SCRIPTS = frozenset(
    ["", "module", "importmap", "speculationrules"]
    + [f"text/{t}script" for t in ("java", "ecma", "j", "live", "x-java", "x-ecma")]
    + [f"application/{t}script" for t in ("java", "ecma", "x-java", "x-ecma")]
)
_ICONS = frozenset(("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"))
_PRELOADED = {
    "script": "script-src",
    "style": "style-src",
    "image": "img-src",
    "font": "font-src",
    "audio": "media-src",
    "video": "media-src",
    "track": "media-src",
}
_ELEMENTS = {
    "a": {"ping": "connect-src"},
    "area": {"ping": "connect-src"},
    "audio": {"src": "media-src"},
    "body": {"background": "img-src"},
    "button": {"formaction": "form-action"},
    "embed": {"src": "object-src"},
    "form": {"action": "form-action"},
    "frame": {"src": "frame-src"},
    "iframe": {"src": "frame-src"},
    "image": {"href": "img-src", "xlink:href": "img-src"},
    "img": {"src": "img-src", "srcset": "img-src"},
    "input": {"src": "img-src", "formaction": "form-action"},
    "link": {"imagesrcset": "img-src"},
    "object": {"data": "object-src"},
    "script": {"src": "script-src"},
    "source": {"src": "media-src", "srcset": "img-src"},
    "table": {"background": "img-src"},
    "td": {"background": "img-src"},
    "th": {"background": "img-src"},
    "track": {"src": "media-src"},
    "use": {"href": "img-src", "xlink:href": "img-src"},
    "video": {"src": "media-src", "poster": "img-src"},
}
_CSS = re.compile(
    r"@font-face|@import\s*+[\"']([^\"']*+)|(@import\s*+)?url\(\s*+[\"']?([^\"')]*+)|\}"
)
_ADDRESS = re.compile(r"(?:https?|wss?)://[\w.-]{1,253}(?::\d{1,5})?|(?<=[\"'`])//[\w.-]{1,253}")
# The words in a script that tell what it does with the addresses in it.
_DOING = {
    "script-src": re.compile(r"[\"'`]script[\"'`]|\bimport\s*\("),
    "frame-src": re.compile(r"[\"'`]iframe[\"'`]"),
    "connect-src": re.compile(r"\bfetch\s*\(|XMLHttpRequest|sendBeacon|EventSource|WebSocket"),
    "img-src": re.compile(r"[\"'`]img[\"'`]|\bnew Image\b"),
}


def is_script(tag: Tag) -> bool:
    """Whether a `script` is one that runs, and no block of data."""
    return tag.attributes.get("type", "").split(";")[0].strip().lower() in _SCRIPTS


def tag_loads(tag: Tag) -> Iterator[Load]:
    """What an element loads by its attributes, other than by its style."""
    if tag.name == "script" and not is_script(tag):
        return
    for name, directive in _ELEMENTS.get(tag.name, {}).items():
        value = tag.attributes.get(name, "")
        for url in value.split() if name.endswith("srcset") else [value]:
            yield directive, url.strip(",")
    if tag.name == "link":
        yield from _link_loads(tag.attributes)
    if tag.name == "script" and "src" in tag.attributes:
        for name, value in tag.attributes.items():
            if name.startswith("data-"):  # where a counter sends what it counts
                yield "connect-src", value
                yield "img-src", value


def _link_loads(attributes: dict[str, str]) -> Iterator[Load]:
    rel = set(attributes.get("rel", "").lower().split())
    href = attributes.get("href", "")
    if "stylesheet" in rel:
        yield "style-src", href
    if rel & _ICONS:
        yield "img-src", href
    if "manifest" in rel:
        yield "manifest-src", href
    if "modulepreload" in rel:
        yield "script-src", href
    if "preload" in rel:
        yield _PRELOADED.get(attributes.get("as", "").lower(), "connect-src"), href


def css_loads(css: str) -> Iterator[Load]:
    in_font = False
    for match in _CSS.finditer(css):
        imported, importing, url = match.groups()
        if imported is not None or importing:
            yield "style-src", imported or url or ""
        elif url is not None:
            yield ("font-src" if in_font else "img-src"), url
        else:
            in_font = match[0] == "@font-face"


def script_loads(script: str) -> set[Load]:
    """The hosts that a script names, under what it seems to do with them."""
    if "//" not in script:
        return set()
    sources = {source_of(address) for address in _ADDRESS.findall(script)} - {""}
    doing = [directive for directive, words in _DOING.items() if words.search(script)]
    return {(directive, source) for directive in doing for source in sources}
