"""What machines read of a page: title, description, Open Graph and JSON-LD (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ssg.cards import Cards
from ssg.config import Config
from ssg.images import OG_SIZE, Pictures
from ssg.model import Author, Card, Link, Origin, Post, Reference, Term
from ssg.sponsors import Sponsors
from ssg.text import bare
from ssg.urls import Addresses
from ssg.views import Head, Pager


class Heads:
    """Makes the `Head` of each kind of page."""

    def __init__(
        self, config: Config, addresses: Addresses, cards: Cards, pictures: Pictures
    ) -> None:
        self.config = config
        self.addresses = addresses
        self.cards = cards
        self.pictures = pictures
        self.home = addresses.absolute(addresses.href("/"))
        self.sponsors = Sponsors(config.sponsor_hosts)
        self.publisher = {"@type": "Organization", "name": config.title, "url": self.home}

    def title(self, name: str) -> str:
        """What stands in `<title>`: the page's own name and that of the site."""
        if name == self.config.title:
            return name
        return self.config.labels["site_title"].format(title=name, site=self.config.title)

    def page(self, path: str, name: str, description: str, **more: Any) -> Head:
        """A page of ours that is no post. Its picture is the one of the whole site."""
        image = self.addresses.absolute(self.addresses.href(self.card_path(None)))
        width, height = OG_SIZE
        canonical = self.addresses.absolute(self.addresses.href(path))
        return Head(
            title=self.title(name),
            name=name,
            description=description,
            canonical=canonical,
            image=image,
            image_width=width,
            image_height=height,
            **more,
        )

    def listing(
        self,
        path: str,
        title: str,
        description: str,
        crumbs: Sequence[Link],
        pager: Pager,
        feed: Link | None = None,
    ) -> Head:
        """A page of a list of posts."""
        return self.page(
            path,
            self._numbered(title, pager),
            description,
            feeds=(feed,) if feed else (),
            json_ld=_script([self._breadcrumbs(crumbs)]),
            **self._neighbours(pager),
        )

    def front(self, description: str, feeds: tuple[Link, ...], pager: Pager) -> Head:
        """The home page: the whole site as schema.org `WebSite`."""
        site = {
            "@type": "WebSite",
            "name": self.config.title,
            "url": self.home,
            "description": description,
            "inLanguage": self.config.language,
            "publisher": self.publisher,
        }
        return self.page(
            "/",
            self.config.title,
            description,
            feeds=feeds,
            json_ld=_script([site]),
            **self._neighbours(pager),
        )

    def article(
        self,
        post: Post,
        card: Card,
        crumbs: Sequence[Link],
        author: Author | None,
        feeds: tuple[Link, ...],
    ) -> Head:
        """A post as `BlogPosting`, a brief as `NewsArticle`, a free page as `WebPage`."""
        image, alt, (width, height) = self.shared_image(post)
        canonical = self.addresses.absolute(post.url)
        is_post = post.section != "pages"
        data = (
            self._posting(post, card, canonical, image, author)
            if is_post
            else self._web_page(post, card)
        )
        return Head(
            title=self.title(post.title),
            name=post.title,
            description=card.description,
            canonical=canonical,
            kind="article" if is_post else "website",
            image=image,
            image_alt=alt,
            image_width=width,
            image_height=height,
            json_ld=_script([data, self._breadcrumbs(crumbs)]),
            feeds=feeds,
            published=post.date.isoformat() if is_post else "",
            modified=(post.updated or post.date).isoformat() if is_post else "",
            section=post.category.name if post.category else "",
            tags=tuple(t.name for t in post.terms.get("tags", ())),
        )

    def profile(
        self,
        path: str,
        author: Author,
        description: str,
        crumbs: Sequence[Link],
        pager: Pager,
        feed: Link,
    ) -> Head:
        """A page of an author's posts, as `ProfilePage`."""
        url = self.addresses.absolute(self.addresses.href(path))
        page = {"@type": "ProfilePage", "mainEntity": self.person(author), "url": url}
        return self.page(
            path,
            self._numbered(author.name, pager),
            description,
            kind="profile",
            feeds=(feed,),
            json_ld=_script([page, self._breadcrumbs(crumbs)]),
            **self._neighbours(pager),
        )

    def _numbered(self, title: str, pager: Pager) -> str:
        """The title of a page of a list; from the second on it says its number."""
        if pager.number > 1:
            numbered = self.config.labels["page_title"]
            title = numbered.format(title=title, number=pager.number)
        return title

    def _neighbours(self, pager: Pager) -> dict[str, str]:
        steps = {"previous": pager.previous, "next": pager.next}
        return {name: self.addresses.absolute(url) for name, url in steps.items() if url}

    # --- pictures for sharing

    def card_path(self, category: Term | None) -> str:
        """The path of the drawn sharing card: one for each category and one for the site."""
        return f"/covers/{self.cards.sharing_card(category)}.png"

    def shared_image(self, post: Post) -> tuple[str, str, tuple[int, int]]:
        """Address, alt and size of the picture that stands for a post when it is shared."""
        cover = post.cover
        variant = self.pictures.card(cover.source) if cover else None
        path = variant.path if variant else self.card_path(post.category)
        alt = cover.alt if cover and variant else ""
        return self.addresses.absolute(self.addresses.href(path)), alt, OG_SIZE

    # --- schema.org

    def person(self, author: Author) -> dict[str, Any]:
        found: dict[str, Any] = {
            "@type": "Person",
            "name": author.name,
            "url": self.addresses.absolute(author.url),
        }
        if author.romaji:
            found["alternateName"] = author.romaji
        if author.tagline:
            found["description"] = author.tagline
        career = [url for step in author.career for url in step.links]
        links = dict.fromkeys([link.url for link in author.links] + career)
        same = [url for url in links if url not in self.sponsors]
        if same:
            found["sameAs"] = same
        return found

    def _posting(
        self, post: Post, card: Card, canonical: str, image: str, author: Author | None
    ) -> dict[str, Any]:
        data: dict[str, Any] = {
            "@type": "NewsArticle" if post.brief else "BlogPosting",
            "mainEntityOfPage": canonical,
            "url": canonical,
            "headline": post.title,
            "description": card.description,
            "image": [image],
            "datePublished": post.date.isoformat(),
            "dateModified": (post.updated or post.date).isoformat(),
            "inLanguage": self.config.language,
            "author": self.person(author) if author else self.publisher,
            "publisher": self.publisher,
        }
        if post.subtitle:
            data["alternativeHeadline"] = post.subtitle.text
        if post.summary:
            data["abstract"] = bare(post.summary)
        if post.category:
            data["articleSection"] = post.category.name
        if tags := post.terms.get("tags"):
            data["keywords"] = [t.name for t in tags]
        if post.brief:
            origin = post.brief.origin
            data["isBasedOn"] = _work(origin, origin.publisher.name)
        if post.sources:
            data["citation"] = [_work(s, s.publisher) for s in post.sources]
        return data

    def _web_page(self, post: Post, card: Card) -> dict[str, Any]:
        return {
            "@type": "WebPage",
            "url": self.addresses.absolute(post.url),
            "name": post.title,
            "description": card.description,
            "inLanguage": self.config.language,
            "dateModified": (post.updated or post.date).isoformat(),
            "publisher": self.publisher,
        }

    def _breadcrumbs(self, crumbs: Sequence[Link]) -> dict[str, Any]:
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": number,
                    "name": crumb.name,
                    "item": self.addresses.absolute(crumb.url),
                }
                for number, crumb in enumerate(crumbs, 1)
            ],
        }


def _work(source: Reference | Origin, publisher: str) -> dict[str, Any]:
    """A source as schema.org `CreativeWork`."""
    found: dict[str, Any] = {"@type": "CreativeWork"}
    if source.title:
        found["name"] = source.title
    found["url"] = source.url
    if publisher:
        found["publisher"] = {"@type": "Organization", "name": publisher}
    if source.lang:
        found["inLanguage"] = source.lang
    if source.published:
        found["datePublished"] = source.published.isoformat()
    return found


def _script(graph: Sequence[Mapping[str, Any]]) -> str:
    """JSON-LD that may stand in `<script>`: no `<`, `>` or `&` of an author ends the element."""
    text = json.dumps({"@context": "https://schema.org", "@graph": list(graph)}, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
