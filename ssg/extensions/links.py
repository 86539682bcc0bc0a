"""Where links lead: posts by their file, pages of the site, other sites."""

from __future__ import annotations

from posixpath import basename, dirname, join, normpath, splitext
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

from ssg.extensions import places
from ssg.extensions.addresses import (
    SCHEME,
    as_written,
    dangerous_scheme,
    encoded,
    host,
    is_of_a_machine,
    meant,
)
from ssg.extensions.elements import emptied
from ssg.extensions.page import Desk
from ssg.model import LinkCard


class Links:
    """Resolves the addresses of one renderer's links."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def resolve(self, link: Element) -> None:
        """Give a link its published address, or make it plain text."""
        written = link.get("href")
        if written is None or written.startswith("\x02"):  # an e-mail address in disguise
            return
        address, offset = places.taken_apart(written)
        address = as_written(address)
        if name := host(address):
            if name in ("http", "https"):
                self.refuse(address, offset)
            self.outward(link, address)
        elif scheme := dangerous_scheme(address):
            self.desk.page.report("link/dangerous", offset, scheme=scheme)
            as_text(link)
        else:
            self._inward(link, address, offset)

    def outward(self, link: Element, address: str) -> None:
        link.set("href", encoded(address))
        written = [w for w in link.get("rel", "").split() if w != "noopener"]
        link.set("rel", " ".join(["noopener", *written]))

    def _inward(self, link: Element, address: str, offset: int) -> None:
        path, suffix = _split(address)
        if suffix and suffix == address and suffix[0] == "#":
            self.desk.page.anchors.append((unquote(suffix[1:]), offset))
        if card := self.card(path) or self._beside(path):
            link.set("href", encoded(card.url + suffix))
        elif file := self._file(path):
            withheld = self.desk.references.withheld(file)
            code = "link/withheld" if withheld else "link/missing"
            near = {} if withheld else self._in_small_letters(path)
            self.desk.page.report(code, offset, target=address, **near)
            as_text(link)
        else:
            self._check(address, path, offset)
            link.set("href", encoded(address))

    def _check(self, address: str, path: str, offset: int) -> None:
        """Tell of an address without a host that leads nowhere."""
        page = self.desk.page
        if not address or address.lower() in ("http://", "https://"):
            page.report("link/empty", offset)
        elif path.startswith("/"):
            page.report("link/missing", offset, target=address, **self._in_small_letters(path))
        elif self.refuse(address, offset) or not path or SCHEME.match(address):
            return
        elif not path.startswith("../") or self.desk.references.page(page.source):
            page.report("link/missing", offset, target=address, **self._instead(path))

    def _in_small_letters(self, path: str) -> dict[str, str]:
        """The page that a path means but for its case, as a blank of a hint."""
        small = path.lower()
        return {"near": small} if small != path and self.card(small) else {}

    def _instead(self, path: str) -> dict[str, str]:
        """What to write for a file that is not published, as blanks of a hint."""
        stem, suffix = splitext(path)
        if suffix.lower() in (".html", ".htm"):
            known = (f"{stem}.md", f"/{basename(stem)}/")
            return {"near": near} if (near := next(filter(self.card, known), "")) else {}
        return {"file": f"/{basename(path)}"} if suffix else {}

    def refuse(self, address: str, offset: int = -1) -> bool:
        """Whether no browser can follow an address; that is told."""
        if better := meant(address):
            self.desk.page.report("link/address", offset, target=address, better=better)
        elif is_of_a_machine(address):
            file = basename(unquote(address).replace("\\", "/"))
            self.desk.page.report("link/address", offset, target=address, file=f"/{file}")
        else:
            return False
        return True

    def _beside(self, path: str) -> LinkCard | None:
        """The page that a path means as seen from the address of the own page."""
        if not path or path.startswith("/") or SCHEME.match(path) or self._file(path):
            return None
        own = self.desk.references.page(self.desk.page.source)
        return self.card(urljoin(own.url, path)) if own else None

    def refuses(self, paragraph: Element, address: str) -> bool:
        """Whether a paragraph is the name of a withheld file alone; it is empty then."""
        file = self._file(address)
        withheld = bool(file) and self.desk.references.withheld(file)
        if file:
            code = "link/withheld" if withheld else "link/missing"
            self.desk.page.report(code, target=address)
        elif address.endswith("/"):
            self.desk.page.report("link/missing", target=address)
        if withheld:
            emptied(paragraph, "span")
        return withheld

    def card(self, path: str) -> LinkCard | None:
        """The published page of this site that a path means, without its query and anchor."""
        if file := self._file(path):
            return self.desk.references.page(file)
        if not path.startswith("/"):
            return None
        readable = unquote(path)
        page = readable.removesuffix("index.html").rstrip("/") + "/"
        known = self.desk.references.page
        return known(readable) or known(path) or known(page)

    def _file(self, path: str) -> str:
        """The source file that a path means, or ""."""
        if not path.lower().endswith(".md") or SCHEME.match(path):
            return ""
        if path.startswith("/"):
            return normpath(unquote(path).lstrip("/"))
        return normpath(join(dirname(self.desk.page.source), unquote(path)))


def _split(address: str) -> tuple[str, str]:
    """The path, and what follows it: query and anchor."""
    end = min((i for i in map(address.find, "?#") if i >= 0), default=len(address))
    return address[:end], address[end:]


def as_text(link: Element) -> None:
    link.tag = "span"
    for name in ("href", "title", "rel"):
        link.attrib.pop(name, None)
