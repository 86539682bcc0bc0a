"""What a page says of itself to those who must decide about it without reading it again.

The facts of a page follow from its bytes alone, so they are kept from one publication to the next.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256

from ssg.deploy.hostnames import is_local, source_of
from ssg.deploy.tags import End, Tag, tags
from ssg.model import Frozen

PREVIEW = "/_ssg/client.js"  # what a live preview adds to each page

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
    "fetch": "connect-src",
    "audio": "media-src",
    "video": "media-src",
    "track": "media-src",
}
# What an attribute of an element loads, whatever else the element says.
_LOADING = {
    ("img", "src"): "img-src",
    ("input", "src"): "img-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("use", "href"): "img-src",
    ("use", "xlink:href"): "img-src",
    ("video", "poster"): "img-src",
    ("body", "background"): "img-src",
    ("table", "background"): "img-src",
    ("td", "background"): "img-src",
    ("th", "background"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("frame", "src"): "frame-src",
    ("embed", "src"): "object-src",
    ("object", "data"): "object-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
    ("script", "src"): "script-src",
    ("a", "ping"): "connect-src",
    ("area", "ping"): "connect-src",
}
_LISTS = {("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset")}
_CSS = re.compile(
    r"@font-face|@import\s*+[\"']([^\"']*+)|(@import\s*+)?url\(\s*+[\"']?([^\"')]*+)|\}"
)
_META = frozenset(("og:url", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"))
_ADDRESS = re.compile(r"(?:https?|wss?)://[\w.-]{1,253}(?::\d{1,5})?|(?<=[\"'`])//[\w.-]{1,253}")
# The words in a script that tell what it does with the addresses in it.
_DOING = {
    "script-src": re.compile(r"[\"'`]script[\"'`]|\bimport\s*\("),
    "frame-src": re.compile(r"[\"'`]iframe[\"'`]"),
    "connect-src": re.compile(r"\bfetch\s*\(|XMLHttpRequest|sendBeacon|EventSource|WebSocket"),
    "img-src": re.compile(r"[\"'`]img[\"'`]|\bnew Image\b"),
}

Load = tuple[str, str]  # a directive of a Content-Security-Policy, and a source


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
        for directive, url in _css_loads(css):
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
    return Facts(loads=tuple(sorted(_script_loads(_text(script)))))


def _text(data: bytes) -> str:
    """As a browser reads it; what it hashes has other ends of lines than the file."""
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(text: str, notes: _Notes) -> None:
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


def _plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*+>?", "", html).split())


def _note(tag: Tag, notes: _Notes) -> None:
    match tag.name:
        case "title" if not tag.foreign:
            notes.names.append(tag.text.strip())
        case "script":
            _note_script(tag, notes)
        case "link":
            _note_link(tag.attributes, notes)
        case "meta":
            _note_meta(tag.attributes, notes)
        case "a" | "area":
            _note_anchor(tag.attributes, notes)
        case "iframe" if "srcdoc" in tag.attributes:
            _read(tag.attributes["srcdoc"], notes)
    if tag.attributes or tag.name == "style":
        _note_styles(tag, notes)
        _note_attributes(tag, notes)


def _note_script(tag: Tag, notes: _Notes) -> None:
    kind = tag.attributes.get("type", "").split(";")[0].strip().lower()
    if kind not in _SCRIPTS:
        return
    if "src" not in tag.attributes:
        if tag.text:
            notes.scripts.add(hashed(tag.text))
            notes.loads.update(_script_loads(tag.text))
        return
    notes.preview |= PREVIEW in tag.attributes["src"]
    for name, value in tag.attributes.items():
        if name.startswith("data-"):  # where a counter sends what it counts
            notes.load("connect-src", value)
            notes.load("img-src", value)


def _note_styles(tag: Tag, notes: _Notes) -> None:
    if tag.name == "style" and tag.text:
        notes.styles.add(hashed(tag.text))
        notes.style(tag.text)
    if style := tag.attributes.get("style"):
        notes.style_attributes.add(hashed(style))
        notes.style(style)


def _note_attributes(tag: Tag, notes: _Notes) -> None:
    for name, value in tag.attributes.items():
        directive = _LOADING.get((tag.name, name))
        if directive and not (tag.name == "script" and not _is_script(tag)):
            notes.load(directive, value)
        elif (tag.name, name) in _LISTS:
            for word in value.split():
                notes.load("img-src", word.strip(","))
        elif name == "data-youtube":
            notes.player = True
        elif name.startswith("on") and value:
            notes.handlers.add(hashed(value))


def _is_script(tag: Tag) -> bool:
    return tag.attributes.get("type", "").split(";")[0].strip().lower() in _SCRIPTS


def _note_link(attributes: dict[str, str], notes: _Notes) -> None:
    rel = set(attributes.get("rel", "").lower().split())
    href = attributes.get("href", "")
    if "canonical" in rel:
        notes.canonical = href.strip()
    if "stylesheet" in rel:
        notes.load("style-src", href)
    if rel & _ICONS:
        notes.load("img-src", href)
    if "manifest" in rel:
        notes.load("manifest-src", href)
    if "modulepreload" in rel:
        notes.load("script-src", href)
    if "preload" in rel:
        notes.load(_PRELOADED.get(attributes.get("as", "").lower(), "connect-src"), href)


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


def _css_loads(css: str) -> Iterator[Load]:
    in_font = False
    for match in _CSS.finditer(css):
        imported, importing, url = match.groups()
        if imported is not None or importing:
            yield "style-src", imported or url or ""
        elif url is not None:
            yield ("font-src" if in_font else "img-src"), url
        else:
            in_font = match[0] == "@font-face"


def _script_loads(script: str) -> Iterable[Load]:
    """The hosts that a script names, under what it seems to do with them."""
    if "//" not in script:
        return ()
    sources = {source_of(address) for address in _ADDRESS.findall(script)} - {""}
    doing = [directive for directive, words in _DOING.items() if words.search(script)]
    return {(directive, source) for directive in doing for source in sources}


def hashed(text: str) -> str:
    """What a policy calls a piece of script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
