"""Feeds: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 from the same items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from ssg.config import Config
from ssg.kept import Kept
from ssg.metadata import Heads
from ssg.model import Body, Byline, Card, Post
from ssg.urls import Addresses
from ssg.views import FeedContext, FeedItem

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_LOCAL = re.compile(r'(\s(?:href|src|poster)=")(/(?!/)|#)')
_SRCSET = re.compile(r'\ssrcset="[^"]*"|\ssizes="[^"]*"|\sloading="lazy"|\sdecoding="async"')
_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


def feed(
    heads: Heads,
    addresses: Addresses,
    title: str,
    description: str,
    link: str,
    own: str,
    items: Sequence[tuple[Kept[Post], Kept[Card], Kept[Body]] | tuple[Kept[Post], Kept[Card]]],
    hubs: tuple[str, ...] = (),
) -> FeedContext:
    """A feed of posts; those that come with their body carry its text, else only the summary.

    `link` is the page that the feed stands for, `own` the feed's address, both paths; `hubs`
    tell readers of the feed when it has changed (WebSub).
    """
    made = tuple(_item(heads, addresses, *item) for item in items)
    return FeedContext(
        title=title,
        description=description,
        link=addresses.absolute(addresses.href(link)),
        address=addresses.absolute(addresses.href(own)),
        updated=max((i.updated for i in made), default=datetime(1970, 1, 1, tzinfo=UTC)),
        items=made,
        hubs=hubs,
    )


def _item(
    heads: Heads,
    addresses: Addresses,
    kept: Kept[Post],
    shown: Kept[Card],
    body: Kept[Body] | None = None,
) -> FeedItem:
    post, card = kept.value, shown.value
    url = addresses.absolute(post.url)
    image, _, _ = heads.shared_image(post)
    author, config = card.author, heads.config
    html = _standalone(body.value.html, url, addresses.origin) if body else ""
    summary = card.description
    if card.sponsored:
        html = html and disclosure(config) + html
        label = config.labels["kicker"].format(text=config.labels["sponsored_label"])
        summary = label + summary
    return FeedItem(
        title=post.title,
        url=url,
        published=post.date,
        updated=post.updated or post.date,
        summary=summary,
        html=html,
        author=Byline(name=author.name, url=addresses.absolute(author.url)) if author else None,
        tags=tuple(t.name for t in post.terms.get("tags", ())),
        image=image,
        image_type=_TYPES[image[-4:]],
    )


def disclosure(config: Config) -> str:
    """What stands above a text that links to advertisers."""
    label = escape(config.labels["sponsored_label"])
    return f"<p>{label}: {escape(config.disclosure or config.labels['sponsored'])}</p>"


def _standalone(html: str, url: str, origin: str) -> str:
    """HTML that means the same on another site: whole addresses, no choice of sizes."""

    def whole(match: re.Match[str]) -> str:
        return match[1] + (origin + "/" if match[2] == "/" else url + "#")

    return _TAG.sub(lambda tag: _LOCAL.sub(whole, _SRCSET.sub("", tag[0])), html)
