"""Pictures: find them, measure them, and make the sizes that pages ask for.

Every published picture is re-encoded or checked: upright, without EXIF (no GPS), never a file
that is something else than its name says.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EISDIR, ELOOP, ENOENT
from functools import cache
from hashlib import blake2b
from os import strerror
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ssg.astray import astray
from ssg.model import Frozen, Image
from ssg.stamps import Stamp, same, stamp_of
from ssg.svg import SvgError, inspect
from ssg.urls import Addresses, slugify

if TYPE_CHECKING:
    from PIL.Image import Image as Bitmap

WIDTHS = (480, 960, 1600)
MAX_PIXELS = 50_000_000
OG_SIZE = (1200, 630)
QUALITY = 82
_NO_METADATA = {"exif": b"", "xmp": b"", "comment": b""}
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}
_ORIENTATION = 0x0112  # EXIF 2.32, table 4
_LENGTH = rb"(\d+(?:\.\d+)?|\.\d+)"
_SVG_BOX = re.compile(
    rb"\sviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+" + _LENGTH + rb"[\s,]+" + _LENGTH
)
_SVG_SIDES = [
    re.compile(rb"\s" + side + rb"\s*=\s*[\"']\s*" + _LENGTH + rb"(?:px)?\s*[\"']")
    for side in (b"width", b"height")
]


class PictureError(Exception):
    """A picture that cannot be published; `code` and `blanks` make a `Problem`."""

    def __init__(self, code: str, **blanks: str) -> None:
        self.code = code
        self.blanks = blanks
        super().__init__(code)


class Variant(Frozen, frozen=True):
    """One published file of a picture, which a message calls `origin`. `width` 0 keeps its
    format, -1 is the sharing card.
    """

    path: str
    source: str
    width: int
    origin: str = ""


class Measured(Frozen, frozen=True, array_like=True):
    """What is known of a picture after one look: the stem of its published files, its size in
    pixels, and the suffix when the file keeps its format.
    """

    stem: str
    width: int
    height: int
    kept: str


class Pictures:
    """Finds pictures below `content/` and the asset folders of one site.

    `known` are pictures measured before, with their stamps then; `measured` those of this run.
    """

    def __init__(self, root: Path, asset_folders: tuple[Path, ...], addresses: Addresses) -> None:
        self.root = root.resolve()
        self.asset_folders = asset_folders
        self.addresses = addresses
        self.known: dict[str, tuple[Stamp, Measured]] = {}
        self.measured: dict[str, tuple[Stamp, Measured]] = {}
        self.names = cache(_names)

    def measure(self, source: str) -> Measured:
        """The picture's measures; the file is read unless it is the one that was read before.
        Raises PictureError.
        """
        if source not in self.measured:
            file = self.root / source
            stamp = stamp_of(file)
            known = self.known.get(source)
            measured = known[1] if known and same(known[0], stamp) else self._measure(file)
            self.measured[source] = stamp, measured
        return self.measured[source][1]

    def find(self, reference: str, source: str) -> Image:
        """The picture that file `source` means. `/images/a.webp` lies in `assets/`, other
        references are relative to the file. Raises PictureError.
        """
        file = self._locate(unquote(reference), source)
        source = self._name(file)
        measured = self.measure(source)
        variants = list(self._variants(source))
        largest = max((v for v in variants if v.width <= 960), key=lambda v: v.width)
        return Image(
            src=self.addresses.href(largest.path),
            srcset=", ".join(f"{self.addresses.href(v.path)} {v.width}w" for v in variants)
            if len(variants) > 1
            else "",
            width=measured.width,
            height=measured.height,
            source=source,
        )

    def _name(self, file: Path) -> str:
        """A picture's file, relative to the site where it lies in it: no page tells the rest."""
        return str(file.relative_to(self.root) if file.is_relative_to(self.root) else file)

    def variants(self, source: str) -> list[Variant]:
        """Every file to publish for a picture found before."""
        return list(self._variants(source))

    def card(self, source: str) -> Variant | None:
        """The JPEG that is shown when a page is shared, or None for a drawing (SVG)."""
        measured = self.measure(source)
        if measured.kept == ".svg":
            return None
        return self._variant(f"{measured.stem}-card.jpg", source, -1)

    def _variants(self, source: str) -> Iterator[Variant]:
        measured = self.measure(source)
        if measured.kept:
            yield self._variant(f"{measured.stem}{measured.kept}", source, 0)
            return
        for width in sorted({min(w, measured.width) for w in WIDTHS}):
            yield self._variant(f"{measured.stem}-{width}.webp", source, width)

    def _variant(self, name: str, source: str, width: int) -> Variant:
        return Variant(
            path=f"/images/{name}", source=str(self.root / source), width=width, origin=source
        )

    # --- looking at files

    def _locate(self, reference: str, source: str) -> Path:
        places = self._places(reference, source)
        for place in places:
            if found := self._existing(place):
                return self._inside(found, reference)
        for place in places:
            if why := _no_file(place) if place.suffix else "":
                raise PictureError("image/unreadable", name=reference, why=why)
        hints = astray(reference, lambda folder: self._names_in(folder, source))
        raise PictureError("image/missing", name=reference, **hints)

    def _existing(self, place: Path) -> Path | None:
        """The file, in whichever normal form its name was stored, if its case is right."""
        for form in ("NFC", "NFD"):
            candidate = place.with_name(unicodedata.normalize(form, place.name))
            if candidate.name in self.names(candidate.parent) and candidate.is_file():
                return candidate
        return None

    def _places(self, reference: str, source: str) -> list[Path]:
        if reference.startswith("/"):
            return [folder / reference.lstrip("/") for folder in self.asset_folders]
        return [(self.root / source).parent / reference]

    def _names_in(self, folder: str, source: str) -> frozenset[str]:
        """The names in a folder that is written as a reference is."""
        return frozenset().union(*map(self.names, self._places(folder, source)))

    def _inside(self, file: Path, reference: str) -> Path:
        real = file.resolve()
        allowed = (self.root / "content", *(f.resolve() for f in self.asset_folders))
        folder = next((a for a in allowed if real.is_relative_to(a)), None)
        if file.is_symlink() or not folder:
            raise PictureError("image/outside", name=reference)
        if any(part.startswith(".") for part in real.relative_to(folder).parts):
            raise PictureError("image/hidden", name=reference)
        return real

    def _measure(self, file: Path) -> Measured:
        try:
            data = file.read_bytes()
        except OSError as e:
            raise PictureError("image/unreadable", name=file.name, why=e.strerror or "") from e
        suffix = file.suffix.lower()
        stem = f"{slugify(file.stem) or 'image'}-{blake2b(data, digest_size=5).hexdigest()}"
        if suffix == ".svg":
            return Measured(stem=stem, kept=suffix, **_svg_size(data, file.name))
        if suffix not in _FORMATS:
            raise PictureError("image/format", name=file.name, known=", ".join([*_FORMATS, ".svg"]))
        cut = _seems_cut(data, _FORMATS[suffix])
        with _decoding(file.name, cut), _open(data, file.name, _FORMATS[suffix]) as bitmap:
            if cut:
                bitmap.load()
            width, height = bitmap.size
            if bitmap.getexif().get(_ORIENTATION, 1) >= 5:
                width, height = height, width
            moving = suffix if getattr(bitmap, "is_animated", False) else ""
        return Measured(stem=stem, width=width, height=height, kept=moving)


def encode(variant: Variant) -> bytes:
    """The bytes of a variant. Raises PictureError when the picture is damaged."""
    from PIL import ImageOps

    file = Path(variant.source)
    data = file.read_bytes()
    suffix = file.suffix.lower()
    if variant.width == 0 and suffix in (".svg", ".gif"):
        return data
    out = io.BytesIO()
    with _decoding(file.name), _open(data, file.name, _FORMATS[suffix]) as opened:
        kept = {"quality": QUALITY, "icc_profile": _colour_profile(opened)}
        if variant.width == 0:
            opened.save(out, opened.format, save_all=True, **kept, **_NO_METADATA)
            return out.getvalue()
        bitmap = _plain_colours(ImageOps.exif_transpose(opened))
        if variant.width < 0:
            card = ImageOps.fit(_opaque(bitmap), OG_SIZE)
            card.save(out, "JPEG", optimize=True, progressive=True, **kept, **_NO_METADATA)
        else:
            height = max(1, round(bitmap.height * variant.width / bitmap.width))
            if variant.width < bitmap.width:
                bitmap = bitmap.resize((variant.width, height))
            bitmap.save(out, "WEBP", method=4, **kept, **_NO_METADATA)
    return out.getvalue()


@contextmanager
def _decoding(name: str, cut: bool = False) -> Iterator[None]:
    """Whatever Pillow raises for a broken file, the picture is damaged; its advice is not ours."""
    with warnings.catch_warnings(action="ignore"):
        try:
            yield
        except PictureError:
            raise
        except Exception as e:
            why = "cut-short" if cut else "broken-inside"
            raise PictureError("image/damaged", name=name, why=why) from e


def _open(data: bytes, name: str, expected: str) -> Bitmap:
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    Pillow.MAX_IMAGE_PIXELS = None  # our own, lower limit is checked below
    if not data:
        raise PictureError("image/empty", name=name)
    try:
        bitmap = Pillow.open(io.BytesIO(data), formats=tuple(set(_FORMATS.values())))
    except UnidentifiedImageError as e:
        raise PictureError("image/wrong-type", name=name, expected=expected) from e
    if bitmap.format != expected and not (bitmap.format == "MPO" and expected == "JPEG"):
        raise PictureError("image/wrong-type", name=name, expected=expected)
    if bitmap.width * bitmap.height > MAX_PIXELS:
        size = f"{bitmap.width}x{bitmap.height}"
        raise PictureError("image/too-large", name=name, size=size)
    return bitmap


def _seems_cut(data: bytes, kind: str) -> bool:
    """Whether the end may be missing: all that is known without unpacking the picture."""
    match kind:
        case "JPEG":
            return data.rfind(b"\xff\xd9") <= data.rfind(b"\xff\xda")
        case "PNG":
            return b"IEND" not in data
        case "WEBP":
            return len(data) < int.from_bytes(data[4:8], "little") + 8
        case "GIF":
            return not data.rstrip(b"\0").endswith(b";")
    return False


def _colour_profile(bitmap: Bitmap) -> bytes:
    """What the colours mean, unless they are converted on the way."""
    profile = bitmap.info.get("icc_profile", b"") if bitmap.mode in ("RGB", "RGBA") else b""
    return bytes(profile)


def _plain_colours(bitmap: Bitmap) -> Bitmap:
    if bitmap.mode in ("RGB", "RGBA"):
        return bitmap
    has_alpha = bitmap.mode in ("LA", "PA") or "transparency" in bitmap.info
    return bitmap.convert("RGBA" if has_alpha else "RGB")


def _opaque(bitmap: Bitmap) -> Bitmap:
    if bitmap.mode != "RGBA":
        return bitmap
    from PIL import Image as Pillow

    ground = Pillow.new("RGB", bitmap.size, "white")
    ground.paste(bitmap, mask=bitmap.getchannel("A"))
    return ground


def _svg_size(data: bytes, name: str) -> dict[str, int]:
    if not re.search(rb"<svg[\s>]", data[:4096]):
        raise PictureError("image/svg", name=name)
    try:
        damage = inspect(data)
    except SvgError as e:
        if e.address:
            raise PictureError("image/svg-remote", name=name, address=e.address) from e
        raise PictureError("image/svg", name=name) from e
    if damage:
        raise PictureError("image/damaged", name=name, why=damage)
    head = re.search(rb"<svg[^>]*>", data)
    tag = head[0] if head else b""
    width, height = (side.search(tag) for side in _SVG_SIDES)
    if width and height:
        return _rounded(width[1], height[1])
    if box := _SVG_BOX.search(tag):
        return _rounded(box[1], box[2])
    return {"width": 1600, "height": 900}


def _rounded(width: bytes, height: bytes) -> dict[str, int]:
    return {"width": max(1, round(float(width))), "height": max(1, round(float(height)))}


def _no_file(place: Path) -> str:
    """What lies in the place of a picture that is no file, or ""."""
    try:
        mode = place.stat().st_mode
    except OSError as e:
        if e.errno == ENOENT and place.is_symlink():
            return "dead-link"
        return strerror(ELOOP) if e.errno == ELOOP else ""
    except ValueError:
        return ""
    if S_ISDIR(mode):
        return strerror(EISDIR)
    return "" if S_ISREG(mode) else "special-file"


def _names(folder: Path) -> frozenset[str]:
    """The names in a folder, as they are stored."""
    try:
        return frozenset(p.name for p in folder.iterdir())
    except (OSError, ValueError):
        return frozenset()
