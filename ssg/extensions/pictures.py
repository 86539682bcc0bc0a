"""Pictures: found and measured, described in words, and with a caption when they stand alone."""

from __future__ import annotations

import re
import unicodedata
from posixpath import basename, splitext
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from ssg.extensions import places
from ssg.extensions.addresses import as_written, dangerous_scheme, encoded, host, is_raster
from ssg.extensions.elements import SIZES, dress, emptied, lazy
from ssg.extensions.page import Desk
from ssg.images import PictureError
from ssg.model import Image

_PIXELS = re.compile(r"0*([1-9][0-9]{0,4})(?:px)?", re.IGNORECASE)
_SAYS_NOTHING = frozenset(
    (
        "image",
        "img",
        "photo",
        "picture",
        "pic",
        "画像",
        "写真",
        "図",
        "イメージ",
        "スクリーンショット",
    )
)


class Pictures:
    """Makes the `<img>`s of one renderer's bodies."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def resolve(self, img: Element) -> None:
        """Check an `<img>` that an author wrote, and give it its address and size."""
        address, offset = places.taken_apart(img.get("src", ""))
        address = as_written(address)
        self._check_description(img, address, offset)
        self._check_sizes(img, offset)
        if address.startswith("data:") and is_raster(address):
            lazy(img)
        elif scheme := dangerous_scheme(address):
            self.desk.page.report("image/dangerous", offset, scheme=scheme)
            alt = img.get("alt", "")
            emptied(img, "span").text = alt
        elif host(address):
            self.desk.page.report("image/remote", offset, address=address)
            img.set("src", encoded(address))
            lazy(img)
        else:
            self._local(img, address, offset)

    def _check_sizes(self, img: Element, offset: int) -> None:
        """Keep numbers of pixels, `480` or `480px`, and leave out what is none."""
        for name in ("width", "height"):
            if (written := img.attrib.pop(name, None)) is None:
                continue
            if match := _PIXELS.fullmatch(unicodedata.normalize("NFKC", written)):
                img.set(name, match[1])
            else:
                self.desk.page.report("image/size", offset, name=name, got=written)

    def _check_description(self, img: Element, address: str, offset: int) -> None:
        alt = as_written(places.taken_apart(img.get("alt", ""))[0])
        word = unicodedata.normalize("NFKC", alt).casefold()
        name = unicodedata.normalize("NFKC", basename(unquote(address))).casefold()
        stem = splitext(name)[0]
        if not alt:
            self.desk.page.report("image/no-alt", offset, name=address)
        elif word in _SAYS_NOTHING or word == name or (word.isascii() and word == stem):
            self.desk.page.report("image/weak-alt", offset, got=alt, name=address)

    def _local(self, img: Element, address: str, offset: int) -> None:
        try:
            found = self.desk.picture(address, self.desk.page.source)
        except PictureError as e:
            self.desk.page.report(e.code, offset, **e.blanks)
            return
        self.desk.page.show(found)
        width, height = img.attrib.pop("width", ""), img.attrib.pop("height", "")
        if height and not width and found.height:
            width = str(max(1, round(found.width * int(height) / found.height)))
        dress(img, found, f"(min-width: {width}px) {width}px, 100vw" if width else SIZES)
        if width:
            _resize(img, found, width)


def _resize(img: Element, found: Image, width: str) -> None:
    """The width that the author asked for, with the height that belongs to it."""
    img.set("width", width)
    if found.width:
        img.set("height", str(max(1, round(found.height * int(width) / found.width))))


def lone_picture(paragraph: Element) -> Element | None:
    """The `<img>` of a paragraph that holds nothing else, be it inside a link."""
    if len(paragraph) != 1 or (paragraph.text or "").strip():
        return None
    child = paragraph[0]
    if (child.tail or "").strip():
        return None
    if child.tag == "a" and len(child) == 1 and not (child.text or child[0].tail or "").strip():
        child = child[0]
    return child if child.tag == "img" else None


def make_figure(paragraph: Element, img: Element) -> None:
    """The paragraph becomes a figure; the title of its picture becomes the caption."""
    paragraph.tag = "figure"
    paragraph.text = paragraph[0].tail = None
    if caption := img.attrib.pop("title", ""):
        SubElement(paragraph, "figcaption").text = caption
