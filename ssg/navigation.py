"""What stands around a page's own content: menus, footer, share links."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from ssg.config import Config, NavItem
from ssg.errors import Problem, problem
from ssg.model import Link, Term
from ssg.site import Site
from ssg.theme import NAME
from ssg.urls import Addresses
from ssg.views import Share, SiteView


def shares(title: str, address: str) -> tuple[Share, ...]:
    """Links that open the services' own share pages; none of their scripts is loaded."""
    url, text = quote(address, safe=""), quote(title, safe="")
    return (
        Share(id="x", name="X", url=f"https://x.com/intent/post?text={text}&url={url}"),
        Share(
            id="hatena",
            name="はてなブックマーク",
            url=f"https://b.hatena.ne.jp/add?mode=confirm&url={url}&title={text}",
        ),
        Share(id="line", name="LINE", url=f"https://social-plugins.line.me/lineit/share?url={url}"),
        Share(
            id="facebook",
            name="Facebook",
            url=f"https://www.facebook.com/sharer/sharer.php?u={url}",
        ),
    )


def site_view(
    config: Config,
    addresses: Addresses,
    categories: tuple[Term, ...],
    site: Site,
) -> SiteView:
    """What every page shows of the site: of its categories those that have posts."""
    filled = tuple(c for c in categories if c in site.by_term)
    return SiteView(
        title=config.title,
        tagline=config.tagline,
        home=addresses.href("/"),
        origin=addresses.origin,
        language=config.language,
        years=_years(site),
        header=_menu(config.header, _news(config, site, addresses), filled, addresses),
        footer=_footer(config, site, addresses),
        categories=filled,
        feeds=(Link(name="RSS", url=addresses.href("/feed.xml")),),
        comments=config.comments,
        analytics=config.analytics,
        disclosure=config.disclosure,
        extra=config.extra,
    )


def dead_entries(config: Config, paths: Iterable[str]) -> list[Problem]:
    """A warning for each menu entry that leads to no page of this site."""
    known = frozenset(paths)
    menus = {"header": config.header, "footer": config.footer}
    return [
        problem(
            "url/dead-menu",
            NAME,
            *config.places[f"{menu}.{index}"],
            label=item.label,
            path=item.url,
        )
        for menu, items in menus.items()
        for index, item in enumerate(items or ())
        if item.url.startswith("/") and item.url.partition("#")[0] not in known
    ]


def _years(site: Site) -> str:
    """The years of the oldest and newest post: the same on every day of the build."""
    years = {a.place.date.year for a in (site.articles[:1] + site.articles[-1:])}
    return "–".join(str(y) for y in sorted(years))


def _menu(
    items: tuple[NavItem, ...] | None,
    first: tuple[Link, ...],
    categories: Iterable[Term],
    addresses: Addresses,
) -> tuple[Link, ...]:
    if items is None:
        return (*first, *(Link(name=c.name, url=c.url) for c in categories))
    return tuple(Link(name=i.label, url=_nav_url(i.url, addresses)) for i in items)


def _footer(config: Config, site: Site, addresses: Addresses) -> tuple[Link, ...]:
    if config.footer is None:
        return tuple(Link(name=a.place.title, url=a.place.url) for a in site.pages)
    return _menu(config.footer, (), (), addresses)


def _news(config: Config, site: Site, addresses: Addresses) -> tuple[Link, ...]:
    """The list of briefs and the digests, which a desk's own menu begins with."""
    if not site.briefs:
        return ()
    news = Link(name=config.labels["news_title"], url=addresses.href("/news/"))
    return (news, *(Link(d.label, addresses.href(f"/{d.slug}/")) for d in config.digests))


def _nav_url(url: str, addresses: Addresses) -> str:
    return addresses.href(url) if url.startswith("/") else url
