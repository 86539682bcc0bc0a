"""What an address in a text means, and how it is written in HTML."""

from __future__ import annotations

import html
import re
import unicodedata
from difflib import get_close_matches
from urllib.parse import quote

_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]*")
_KEPT = "-._~:/?#[]@!$&'()*+,;=%"
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"(?:https?:)?//(?:[^/?#@\s]*@)?([^/?#:\s]+)", re.IGNORECASE)
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_RASTER = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif)[;,]", re.IGNORECASE)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_VIDEO = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/"
    r"(?:watch\?(?:[^#\s]*&)?v=|shorts/|live/|embed/)|youtu\.be/)([^/?&#\s]+)",
    re.IGNORECASE,
)
_SCHEMES = ("https", "http", "mailto")
_WITH_SCHEME = re.compile(r"([A-Za-z]+)(?:(:)/*|//+)([^/].*)")
_OWN_FILE = re.compile(r"file:|[A-Za-z]:(?:[\\/]|%5C)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LIKE_A_HOST = re.compile(
    r"www\.[\w-]+\.\w|(?:[a-z0-9-]+\.)+(?:com|net|org|jp|io|dev|info|tv|me)(?:[/?#:]|$)",
    re.IGNORECASE,
)
_START = re.compile(r"[?&#](?:t|start|time_continue)=(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?(?=[&#]|$)")
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}")


def as_written(attribute: str) -> str:
    """The address that an attribute of Markdown's tree means."""
    return _ENTITY.sub(lambda m: html.unescape(m[0]), attribute).strip()


def encoded(address: str) -> str:
    """The address in ASCII, ready for an attribute (RFC 3986; IDNA for the host)."""
    if not _PLAIN.fullmatch(address):
        name = host(address)
        if name and not name.isascii():
            address = address.replace(name, _punycode(name), 1)
        address = _BAD_PERCENT.sub("%25", quote(address, safe=_KEPT, errors="replace"))
    return address.replace("&", "&amp;")


def _punycode(name: str) -> str:
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name


def host(address: str) -> str:
    """The host of an address on another site, or ""."""
    match = _HOST.match(address)
    return match[1].lower().rstrip(".") if match else ""


def meant(address: str) -> str:
    """What an address that leads nowhere was probably meant to be, or "": `https://a.jp` for
    `htps://a.jp`, `a.jp` and `https://https://a.jp`, `mailto:me@a.jp` for `me@a.jp`.
    """
    narrow = unicodedata.normalize("NFKC", address)
    if host(narrow) not in ("", *_SCHEMES) or (SCHEME.match(narrow) and not SCHEME.match(address)):
        return narrow if narrow != address else ""
    if _MAIL.fullmatch(narrow):
        return f"mailto:{narrow}"
    if _LIKE_A_HOST.match(narrow):
        return f"https://{narrow}"
    better = _with_scheme(narrow)
    return better if better != address else ""


def _with_scheme(address: str) -> str:
    """The address with the scheme that its own is nearly, or ""."""
    match = _WITH_SCHEME.fullmatch(address)
    if not match:
        return ""
    scheme = next(iter(get_close_matches(match[1].lower(), _SCHEMES, n=1, cutoff=0.75)), "")
    if scheme == "mailto":
        return f"mailto:{match[3]}" if match[2] and "@" in match[3] else ""
    rest = re.sub(r"^(?:https?:?//+)+", "", match[3], flags=re.IGNORECASE)
    return f"{scheme}://{rest}" if scheme and rest else ""


def is_of_a_machine(address: str) -> bool:
    """Whether an address names a file of its author's own machine."""
    return _OWN_FILE.match(address) is not None


def dangerous_scheme(address: str) -> str:
    """`javascript`, `vbscript` or `data` as a browser would read it, else ""."""
    bare = _IGNORED.sub("", address[:200]).lower()
    return next((s for s in ("javascript", "vbscript", "data") if bare.startswith(s + ":")), "")


def is_raster(address: str) -> bool:
    """Whether an address holds a picture that cannot run anything."""
    return _RASTER.match(address) is not None


def video_id(address: str) -> str:
    """The id in the address of a YouTube video, or ""."""
    match = _VIDEO.match(address)
    return match[1] if match and _VIDEO_ID.fullmatch(match[1]) else ""


def video_start(address: str) -> int:
    """The second at which a video begins by its address: `?t=90`, `&start=90`, `#t=1m30s`."""
    match = _START.search(address[:2000])
    hours, minutes, seconds = (int((n or "0")[:6]) for n in match.groups()) if match else (0, 0, 0)
    return 3600 * hours + 60 * minutes + seconds


def is_video_id(text: str) -> bool:
    return _VIDEO_ID.fullmatch(text) is not None


def is_example(address: str) -> bool:
    """Whether an address is one of those that are kept for examples (RFC 2606, and JPRS)."""
    name = f".{host(address)}"
    tops = (".example", ".test", ".invalid", ".localhost")
    domains = "com net org jp co.jp ne.jp or.jp ac.jp".split()
    return name.endswith((*tops, *(f".example.{domain}" for domain in domains)))
