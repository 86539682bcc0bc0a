"""Cards: a post as lists, neighbours and links show it, with the cover that is drawn for it."""

from __future__ import annotations

import math

from ssg.config import Config
from ssg.covers import PALETTES, cover_name
from ssg.kept import digest
from ssg.ledger import Gist
from ssg.model import Author, Byline, Card, Image, LinkCard, Post, Term
from ssg.text import bare
from ssg.urls import Addresses


class Cards:
    """Makes cards; knows the palettes and how fast people read. `mark` tells two of them apart."""

    def __init__(self, config: Config, addresses: Addresses) -> None:
        self.characters_per_minute = config.characters_per_minute
        self.addresses = addresses
        self.palettes = {c.name: i for i, c in enumerate(config.categories)}
        self.mark = digest([self.characters_per_minute, self.palettes, config.url])

    def card(self, post: Post, gist: Gist, author: Byline | None) -> Card:
        brief = post.brief
        return Card(
            title=post.title,
            url=post.url,
            date=post.date,
            cover=self.cover(post),
            kicker=post.kicker,
            subtitle=post.subtitle.text if post.subtitle else "",
            description=post.description or bare(post.summary) or gist.excerpt,
            updated=post.updated,
            category=post.category,
            author=author,
            minutes=max(1, math.ceil(gist.characters / self.characters_per_minute)),
            sponsored=bool(post.partners) or gist.sponsored,
            publisher=brief.origin.publisher if brief else None,
            score=brief.score.total if brief and brief.score else 0,
            score_word=brief.score.word if brief and brief.score else "",
            media=brief.media if brief else "",
        )

    def cover(self, post: Post) -> Image:
        """The post's cover, or the one that its category and slug make."""
        if post.cover:
            return post.cover
        src = self.addresses.href(f"/covers/{self.drawing(post.slug, post.category)}.svg")
        return Image(src=src, width=1600, height=900)

    def drawing(self, slug: str, category: Term | None) -> str:
        """The name of the cover that is drawn for a post without a picture."""
        return cover_name(slug, self._palette(category))

    def sharing_card(self, category: Term | None) -> str:
        """The name of the drawing that stands for a category, or the site, when shared."""
        return cover_name(category.slug if category else "site", self._palette(category))

    def _palette(self, category: Term | None) -> int:
        return self.palettes.get(category.name, 0) % len(PALETTES) if category else 0

    def link_card(self, post: Post, site_title: str) -> LinkCard:
        return LinkCard(
            title=post.title,
            url=post.url,
            description=post.description or bare(post.summary),
            site=site_title,
            image=self.cover(post) if post.section == "posts" else None,
        )


def byline(author: Author) -> Byline:
    return Byline(name=author.name, url=author.url, icon=author.icon, picture=author.picture)
