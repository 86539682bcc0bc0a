"""Addresses: the only module that knows the shape of a URL.

A `path` is readable and begins with `/` (`/posts/検索の今/`); `href` makes it ready for HTML,
`output_file` says which file of the site holds it.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from hashlib import blake2b
from urllib.parse import quote, unquote, urlsplit

import regex

MAX_SLUG_BYTES = 200
RESERVED_SLUGS = frozenset(
    [
        "index",
        "404",
        "tags",
        "categories",
        "series",
        "authors",
        "archives",
        "companies",
        "page",
        "posts",
        "news",
        "pages",
        "feed.xml",
        "atom.xml",
        "feed.json",
        "sitemap.xml",
        "robots.txt",
        ".htaccess",
        "_headers",
        "_redirects",
        "CNAME",
        "images",
        "assets",
        "covers",
    ]
)
# Names that Windows cannot open, with any extension (Microsoft, "Naming Files, Paths, and
# Namespaces").
DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)]
)
WINDOWS_SIGNS = frozenset('<>:"|?*\\')  # in no name of a file there
_RESERVED = frozenset(slug.lower() for slug in RESERVED_SLUGS)
PERMALINK_PARTS = frozenset((":slug", ":year", ":month", ":day", ":category"))
_UNSAFE = regex.compile(r"[/\\%#?\p{Cc}]|^-|^\.|\.\.|[.\s]$")
_DROPPED = regex.compile(r"[\ufe00-\ufe0f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_GAP = regex.compile(r"[^\p{L}\p{N}\p{M}_]+")
_EDGES = regex.compile(r"^[-_\p{M}]+|[-_]+$")


def slugify(text: str) -> str:
    """A slug of letters (kana and kanji kept), digits, `_` and `-`; "" when nothing is left.

    NFKC makes one slug of `ＡＩ` and `AI`, and of a decomposed `ガ` and a composed one.
    """
    lower = unicodedata.normalize("NFKC", _DROPPED.sub("", text)).lower()
    words = _GAP.sub("-", _DROPPED.sub("", unicodedata.normalize("NFKC", lower)))
    return _shortened(_EDGES.sub("", words))


def _shortened(slug: str) -> str:
    """Cut between graphemes, with a hash of the whole, so that two long titles differ."""
    if len(slug.encode()) <= MAX_SLUG_BYTES:
        return slug
    tail = "-" + short_hash(slug)
    kept = ""
    for grapheme in regex.findall(r"\X", slug):
        if len((kept + grapheme + tail).encode()) > MAX_SLUG_BYTES:
            break
        kept += grapheme
    return (kept.rstrip("-_") + tail).lstrip("-")


def short_hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def unsafe_part(slug: str) -> str:
    """The part of a slug that could leave its folder or break an address, or ""."""
    match = _UNSAFE.search(slug)
    return match[0] if match else ""


def is_reserved(slug: str) -> bool:
    return slug.lower() in _RESERVED


def is_device(name: str) -> bool:
    """Whether Windows would take the name for a device."""
    return name.split(".")[0].lower() in DEVICE_NAMES


def permalink(pattern: str, slug: str, moment: datetime | None, category: str) -> str:
    """The path that a pattern such as `/:year/:slug/` makes. Needs a date if it names one."""
    parts = {":slug": slug, ":category": category or "-"}
    if moment:
        parts |= {
            ":year": f"{moment.year:04}",
            ":month": f"{moment.month:02}",
            ":day": f"{moment.day:02}",
        }
    return "/".join(parts.get(step, step) for step in pattern.split("/"))


def page_path(base: str, number: int) -> str:
    """The path of page `number` of a list whose first page is at `base`."""
    return base if number == 1 else f"{base}page/{number}/"


def output_file(path: str) -> str:
    """The file below the output folder that holds a path: `posts/a/index.html`."""
    return path[1:] + "index.html" if path.endswith("/") else path[1:]


class Addresses:
    """Turns paths into what pages link to. `base` is the site's URL without a final slash."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.prefix = parts.path.rstrip("/")

    def href(self, path: str) -> str:
        """A path with the site's base path, percent-encoded (RFC 3986, section 2.1)."""
        address, mark, fragment = path.partition("#")
        return self.prefix + quote(address, safe="/~!$&'()*+,;=:@") + mark + quote(fragment)

    def absolute(self, url: str) -> str:
        """A whole address from an `href` of this site; others are returned as they are."""
        return self.origin + url if url.startswith("/") else url

    def path_of(self, url: str) -> str | None:
        """The path that an address of this site means, or None for another site."""
        if url.startswith(self.origin + "/") or url == self.origin:
            url = url[len(self.origin) :] or "/"
        if not url.startswith(self.prefix + "/") or url.startswith("//"):
            return None
        return unicodedata.normalize("NFC", unquote(url[len(self.prefix) :]))
