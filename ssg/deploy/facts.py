"""What a page says of itself to those who must decide about it without reading it again.

The facts of a page follow from its bytes alone, so they are kept from one publication to the next.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from ssg.deploy.hostnames import is_local, source_of
from ssg.deploy.loads import Load, css_loads, is_script, script_loads, tag_loads
from ssg.deploy.tags import End, Tag, tags
from ssg.model import Frozen

PREVIEW = "/_ssg/client.js"  # what a live preview adds to each page
DEEPEST = 8  # pages written into pages

_META = frozenset(("og:url", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"))


class Facts(Frozen, frozen=True, array_like=True):
    """Of one page, style sheet or script: what it loads from elsewhere, the hashes of scripts and
    styles in it, and what readers' data, its name and its addresses are.
    """

    loads: tuple[Load, ...] = ()
    scripts: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    style_attributes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # the title and the first heading
    addresses: tuple[str, ...] = ()  # what the page calls its own
    moved_to: str = ""
    local_loads: tuple[str, ...] = ()
    local_links: tuple[str, ...] = ()
    sponsored: bool = False
    player: bool = False  # a video that is embedded on a click
    preview: bool = False


class _Notes:
    """Facts on the way."""

    def __init__(self) -> None:
        self.loads: set[Load] = set()
        self.scripts: set[str] = set()
        self.handlers: set[str] = set()
        self.styles: set[str] = set()
        self.style_attributes: set[str] = set()
        self.names: list[str] = []
        self.addresses: set[str] = set()
        self.canonical = self.refresh = ""
        self.local_loads: set[str] = set()
        self.local_links: set[str] = set()
        self.sponsored = self.player = self.preview = False

    def load(self, directive: str, url: str) -> None:
        source = source_of(url)
        if source:
            self.loads.add((directive, source))
            if is_local(source):
                self.local_loads.add(url.strip())
        elif directive == "object-src" and url.strip():
            self.loads.add((directive, "'self'"))

    def style(self, css: str) -> None:
        for directive, url in css_loads(css):
            self.load(directive, url)

    def facts(self) -> Facts:
        return Facts(
            loads=tuple(sorted(self.loads)),
            scripts=tuple(sorted(self.scripts)),
            handlers=tuple(sorted(self.handlers)),
            styles=tuple(sorted(self.styles)),
            style_attributes=tuple(sorted(self.style_attributes)),
            names=tuple(self.names),
            addresses=tuple(sorted({*self.addresses, self.canonical} - {""})),
            moved_to=self.refresh if self.refresh == self.canonical else "",
            local_loads=tuple(sorted(self.local_loads)),
            local_links=tuple(sorted(self.local_links)),
            sponsored=self.sponsored,
            player=self.player,
            preview=self.preview,
        )


def facts_of(html: bytes) -> Facts:
    """The facts of a page."""
    notes = _Notes()
    _read(_text(html), notes)
    return notes.facts()


def drawing_facts(svg: bytes) -> Facts:
    """The facts of a drawing that is looked at by itself, which is under the same policy."""
    notes = _Notes()
    for tag in tags(_text(svg), foreign=1):
        if isinstance(tag, Tag):
            _note_styles(tag, notes)
    found = notes.facts()
    return Facts(styles=found.styles, style_attributes=found.style_attributes)


def css_facts(css: bytes) -> Facts:
    notes = _Notes()
    notes.style(_text(css))
    return notes.facts()


def script_facts(script: bytes) -> Facts:
    """What a script of the site's own may load later."""
    return Facts(loads=tuple(sorted(script_loads(_text(script)))))


def _text(data: bytes) -> str:
    """As a browser reads it; what it hashes has other ends of lines than the file."""
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(text: str, notes: _Notes, depth: int = 0) -> None:
    heading = -1  # where the text of the first heading begins
    for tag in tags(text):
        if isinstance(tag, End):
            if tag.name == "h1" and heading >= 0:
                notes.names.append(_plain(text[heading : tag.at]))
                heading = -2
            continue
        if tag.name == "h1" and heading == -1:
            heading = tag.end
        _note(tag, notes)
        if tag.name == "iframe" and depth < DEEPEST:
            _read(tag.attributes.get("srcdoc", ""), notes, depth + 1)


def _plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*+>?", "", html).split())


def _note(tag: Tag, notes: _Notes) -> None:
    match tag.name:
        case "title" if not tag.foreign:
            notes.names.append(tag.text.strip())
        case "script" if is_script(tag):
            _note_script(tag, notes)
        case "link":
            _note_link(tag.attributes, notes)
        case "meta":
            _note_meta(tag.attributes, notes)
        case "a" | "area":
            _note_anchor(tag.attributes, notes)
    if tag.attributes or tag.name == "style":
        _note_styles(tag, notes)
        _note_attributes(tag, notes)


def _note_script(tag: Tag, notes: _Notes) -> None:
    if "src" in tag.attributes:
        notes.preview |= PREVIEW in tag.attributes["src"]
    elif tag.text:
        notes.scripts.add(hashed(tag.text))
        notes.loads |= script_loads(tag.text)


def _note_styles(tag: Tag, notes: _Notes) -> None:
    if tag.name == "style" and tag.text:
        notes.styles.add(hashed(tag.text))
        notes.style(tag.text)
    if style := tag.attributes.get("style"):
        notes.style_attributes.add(hashed(style))
        notes.style(style)


def _note_attributes(tag: Tag, notes: _Notes) -> None:
    for directive, url in tag_loads(tag):
        notes.load(directive, url)
    notes.player |= "data-youtube" in tag.attributes
    for name, value in tag.attributes.items():
        if name.startswith("on") and value:
            notes.handlers.add(hashed(value))


def _note_link(attributes: dict[str, str], notes: _Notes) -> None:
    if "canonical" in attributes.get("rel", "").lower().split():
        notes.canonical = attributes.get("href", "").strip()


def _note_meta(attributes: dict[str, str], notes: _Notes) -> None:
    content = attributes.get("content", "")
    name = attributes.get("property", attributes.get("name", "")).lower()
    if name == "og:url":
        notes.addresses.add(content.strip())
    elif name in _META and is_local(source_of(content)):
        notes.local_loads.add(content.strip())
    if attributes.get("http-equiv", "").lower() == "refresh":
        seconds, _, url = content.partition(";")
        if seconds.strip() == "0":
            notes.refresh = url.strip().removeprefix("url=").strip()


def _note_anchor(attributes: dict[str, str], notes: _Notes) -> None:
    notes.sponsored |= "sponsored" in attributes.get("rel", "").lower().split()
    if is_local(source_of(attributes.get("href", ""))):
        notes.local_links.add(attributes["href"].strip())


def hashed(text: str) -> str:
    """What a policy calls a piece of script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
