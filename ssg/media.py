"""What kind of file a name stands for."""

from __future__ import annotations

from mimetypes import MimeTypes

_TYPES = MimeTypes()  # the standard library's own list: the machine's would make a difference
for _type, _suffix in {
    "application/atom+xml": ".atom",
    "application/manifest+json": ".webmanifest",
    "font/woff2": ".woff2",
    "image/avif": ".avif",
    "image/webp": ".webp",
    "image/x-icon": ".ico",
    "text/javascript": ".js",
    "text/markdown": ".md",
}.items():
    _TYPES.add_type(_type, _suffix)
_TEXT = ("text/", "application/json", "application/manifest+json", "application/xml", "image/svg")


def type_of(file: str) -> str:
    """The media type of a file, by its name."""
    name, packed = _TYPES.guess_type(file, strict=False)
    if packed:
        return "application/gzip" if packed == "gzip" else "application/octet-stream"
    name = name or "application/octet-stream"
    return f"{name}; charset=utf-8" if name.startswith(_TEXT) or name.endswith("+xml") else name
