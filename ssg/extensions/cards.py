"""An address alone in a paragraph: a link card, a plain link, or a player."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from ssg.extensions import places
from ssg.extensions.addresses import (
    as_written,
    host,
    is_video_id,
    meant,
    video_id,
    video_start,
)
from ssg.extensions.elements import emptied, literal, picture
from ssg.extensions.links import Links, as_text
from ssg.extensions.page import Desk
from ssg.model import LinkCard
from ssg.text import nearest

EMBEDS = ("youtube", "card")
# What other programs embed so, and this one does not.
ELSEWHERE = frozenset(
    "asciinema blueprintui codepen codesandbox docswell figma gist github instagram jsfiddle"
    " mermaid niconico slideshare soundcloud speakerdeck spotify stackblitz tiktok tweet twitter"
    " vimeo x".split()
)
_HALF = re.compile(r"[@＠]\[([A-Za-z]{1,9})\][ \u3000]*(?:[（［!-'*-Z\\^-~]|$)")
_CARD_SIZES = "(min-width: 760px) 240px, 40vw"


class Cards:
    """Turns paragraphs into cards and players."""

    def __init__(self, desk: Desk, links: Links) -> None:
        self.desk = desk
        self.links = links

    def replace(self, paragraph: Element) -> bool:
        """Whether the paragraph was an address alone and is finished now."""
        children = len(paragraph)
        text = (paragraph.text or "").strip()
        if text[:1] in ("@", "＠"):
            self._check_brackets(text)
        if not children:
            return self._path(paragraph, text)
        link = paragraph[0]
        if link.tag != "a" or " " in text:
            return False
        if text == "@" and children == 1 and not (link.tail or "").strip():
            return self._embedded(paragraph, link)
        if text or not isinstance(link.text, AtomicString) or link.get("class"):
            return False
        address = "".join(paragraph.itertext()).strip()
        if children == 1 and not (link.tail or "").strip():
            return self._outside(paragraph, as_written(link.get("href", "")))
        return self._known(paragraph, address)

    def _check_brackets(self, text: str) -> None:
        """Tell of `@[youtube]` without what belongs in round brackets behind it."""
        text, offset = places.taken_apart(text)
        match = _HALF.match(text)
        if match and match[1].lower() in EMBEDS:
            self.desk.page.report("embed/form", offset, name=match[1].lower())

    def check_place(self, link: Element, before: str) -> None:
        """Tell of `@[card](…)` that does not stand alone, given the text before the link."""
        if not before.endswith(("@", "＠")):
            return
        address, offset = places.taken_apart(link.get("href", ""))
        self.desk.page.report("embed/form", offset, name=(link.text or "").lower())
        if not host(as_written(address)):
            as_text(link)

    def _path(self, paragraph: Element, text: str) -> bool:
        """A path of the site or a source file alone."""
        if " " in text or "\n" in text:
            return False
        if text.startswith(("www.", "http", "ttp", "htp", "htt")) and meant(text):
            self.links.refuse(text)
            return False
        if not text.startswith("/") and not text.endswith(".md"):
            return False
        if card := self.links.card(text):
            self._card(paragraph, card)
        return card is not None or self.links.refuses(paragraph, text)

    def _known(self, paragraph: Element, address: str) -> bool:
        """An address with letters that end a link in running text, if the site knows it."""
        card = self.desk.references.card(address)
        if card:
            self._card(paragraph, card)
        return card is not None

    def _embedded(self, paragraph: Element, link: Element) -> bool:
        """`@[youtube](id)` and `@[card](address)`."""
        kind = (link.text or "").strip().lower()
        address, offset = places.taken_apart(link.get("href", ""))
        address = as_written(address)
        if kind not in EMBEDS:
            return self._is_unknown(link, kind, address, offset)
        if kind == "card":
            self._carded(paragraph, link, address)
        elif is_video_id(video := video_id(address) or re.split("[?&#]", address)[0]):
            self._player(paragraph, video, video_start(address))
        else:
            self.desk.page.report("player/bad-id", offset, id=address)
        return True

    def _is_unknown(self, link: Element, kind: str, address: str, offset: int) -> bool:
        """Whether this would embed something in another program; it stays a link if it can."""
        if host(address) and not video_id(address) and kind not in ELSEWHERE:
            return False  # somebody is mentioned
        near = "youtube" if video_id(address) else nearest(kind, EMBEDS)
        self.desk.page.report(
            "embed/unknown", offset, name=kind, **({"near": near} if near else {})
        )
        if not host(address):
            as_text(link)
        return not host(address)

    def _carded(self, paragraph: Element, link: Element, address: str) -> None:
        if host(address):
            self._address(paragraph, address)
        elif card := self.links.card(address):
            self._card(paragraph, card)
        else:
            self._no_card(paragraph, link, address)

    def _no_card(self, paragraph: Element, link: Element, address: str) -> None:
        """What is wrong with the address is told; it stays a link if it can be one."""
        self.links.resolve(link)
        if address and "href" in link.attrib:
            paragraph.text, link.text = None, AtomicString(literal(address))
        else:
            emptied(paragraph, "span")

    def _outside(self, paragraph: Element, address: str) -> bool:
        """An address on another site, not one of e-mail."""
        if host(address):
            self._address(paragraph, address)
        return bool(host(address))

    def _address(self, paragraph: Element, address: str) -> None:
        references = self.desk.references
        if video := video_id(address):
            self._player(paragraph, video, video_start(address))
        elif card := references.card(address) or references.page(address):
            self._card(paragraph, card)
        else:
            self._bare(paragraph, address)

    def _card(self, paragraph: Element, card: LinkCard) -> None:
        emptied(paragraph, "a", class_="card-link", href=literal(card.url))
        if host(card.url):
            self.links.outward(paragraph, card.url)
        words = SubElement(paragraph, "span", {"class": "card-link-text"})
        parts = (("title", card.title), ("description", card.description), ("site", card.site))
        for name, text in parts:
            if text:
                SubElement(words, "span", {"class": f"card-link-{name}"}).text = literal(text)
        if card.image:
            self.desk.page.show(card.image)
            paragraph.append(picture(card.image, "", _CARD_SIZES, "card-link-image"))

    def _bare(self, paragraph: Element, address: str) -> None:
        emptied(paragraph, "p", class_="bare-link")
        link = SubElement(paragraph, "a")
        self.links.outward(link, address)
        name = SubElement(link, "span", {"class": "bare-link-host"})
        name.text = literal(host(address))
        rest = address.partition("//")[2].partition("/")[2]
        if rest:
            SubElement(link, "span", {"class": "bare-link-path"}).text = literal("/" + rest)

    def _player(self, paragraph: Element, video: str, start: int) -> None:
        self.desk.page.players = True
        wording = self.desk.wording
        emptied(paragraph, "div", class_="player", data_youtube=video)
        paragraph.set("data-title", literal(wording.player_title))
        address = f"https://www.youtube.com/watch?v={video}"
        if start:
            paragraph.set("data-start", str(start))
            address += f"&amp;t={start}s"
        link = SubElement(paragraph, "a", {"href": address, "rel": "noopener"})
        text = SubElement(link, "span", {"class": "player-text"})
        text.text, text.tail = literal(wording.player_text), " "
        SubElement(link, "span", {"class": "player-notice"}).text = literal(wording.player_notice)
