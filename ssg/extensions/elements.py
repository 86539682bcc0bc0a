"""Elements as the serializer of Python-Markdown wants them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ssg.model import Image

# An asterisk that its author escaped: what is left of `**` after rendering is a mistake.
ASTERISK = "&#42;"
SIZES = "(min-width: 760px) 720px, 100vw"


def literal(text: str) -> str:
    """Text that keeps its `&`: the serializer leaves alone what looks like an entity."""
    return text.replace("&", "&amp;")


def picture(image: Image, alt: str, sizes: str = SIZES, name: str = "") -> Element:
    """An `<img>` of a picture that is known."""
    img = Element("img", {"class": name} if name else {})
    dress(img, image, sizes)
    img.set("alt", literal(alt))
    return img


def dress(img: Element, image: Image, sizes: str = SIZES) -> None:
    """Give an `<img>` the addresses and the size of a picture."""
    img.set("src", literal(image.src))
    if image.width and image.height:
        img.set("width", str(image.width))
        img.set("height", str(image.height))
    if image.srcset:
        img.set("srcset", literal(image.srcset))
        img.set("sizes", sizes)
    lazy(img)


def lazy(img: Element) -> None:
    img.set("loading", "lazy")
    img.set("decoding", "async")


def emptied(element: Element, tag: str, **attributes: str) -> Element:
    """The element as a new one in the same place."""
    tail = element.tail
    element.clear()
    element.tag = tag
    element.tail = tail
    element.attrib.update({name.rstrip("_").replace("_", "-"): v for name, v in attributes.items()})
    return element
