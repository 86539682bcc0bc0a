"""Render what is written in Markdown: bodies, summaries, biographies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssg.assets import static_paths
from ssg.errors import Problem
from ssg.gather import Kit, Library
from ssg.markdown import Renderer, Wording
from ssg.model import Body, Frozen, LinkCard, Post, References, Term
from ssg.parallel import spread
from ssg.phrases import phrases
from ssg.resolve import categories
from ssg.site import Cards, byline, terms_of
from ssg.theme import folders

FIXED_LISTS = tuple(
    f"/{name}"
    for name in (
        "",
        *("archives/", "authors/", "categories/", "tags/", "series/", "companies/", "sources/"),
        *("news/", "news/important/", "trends/", "videos/", "tools/"),
        *("feed.xml", "atom.xml", "feed.json"),
    )
)


class Texts(Frozen, frozen=True):
    """Rendered Markdown by source: bodies of posts and pages, and `extra` for the rest:
    summaries by the post's source, biographies and introductions by theirs, and what a brief's
    analysis says by its source with `#impact` and `#comment`.
    """

    bodies: dict[str, Body]
    extra: dict[str, str]


class _Job(Frozen, frozen=True):
    """One source: its body, and by the key under which they are kept texts of one paragraph
    (`inline`) and of several (`blocks`).
    """

    source: str
    text: str
    line: int
    numbering: str = "none"
    inline: dict[str, str] = {}
    blocks: dict[str, str] = {}


def render_bodies(
    library: Library, kit: Kit, cards: Cards, jobs: int
) -> tuple[Texts, list[Problem]]:
    """All Markdown of the library as HTML, with every problem found in it."""
    renderer = Renderer(
        references(library, kit, cards), wording(kit.config.labels), kit.pictures.find, phrases
    )

    def work(job: _Job) -> tuple[Body, dict[str, str], list[Problem]]:
        body, problems = renderer.body(job.source, job.text, job.line, numbering=job.numbering)
        short = {key: renderer.inline(text) for key, text in job.inline.items()}
        short |= {key: _paragraphs(renderer, text) for key, text in job.blocks.items()}
        return body, short, problems

    others = [_Job(a.source, a.body, a.body_line) for a in library.authors.values()]
    others += [_Job(i.source, i.body, i.body_line) for i in library.introductions]
    todo = [*map(_job, library.posts), *others]
    bodies: dict[str, Body] = {}
    extra: dict[str, str] = {}
    problems: list[Problem] = []
    for job, (body, short, wrong) in zip(todo, spread(work, todo, jobs), strict=True):
        problems += wrong
        bodies[job.source] = body
        extra |= short
    extra |= {job.source: bodies[job.source].html for job in others}
    return Texts(bodies=bodies, extra=extra), problems


def _paragraphs(renderer: Renderer, text: str) -> str:
    parts = (p.strip() for p in text.split("\n\n"))
    return "".join(f"<p>{renderer.inline(p)}</p>" for p in parts if p)


def _job(post: Post) -> _Job:
    inline = {post.source: post.summary} if post.summary else {}
    blocks = {}
    if post.brief:
        said = {"#impact": post.brief.impact, "#comment": post.brief.comment}
        blocks = {post.source + key: text for key, text in said.items() if text}
    return _Job(post.source, post.body, post.body_line, post.numbering, inline, blocks)


def references(library: Library, kit: Kit, cards: Cards) -> References:
    """What a body may point to: pages by file and by address, authors, partners, cards."""
    targets: dict[str, LinkCard] = {}
    for post in library.posts:
        card = cards.link_card(post, kit.config.title)
        targets[post.source] = card
        targets[post.path] = card
    for link in lists(library, kit):
        targets.setdefault(link.path, LinkCard(title=link.name, url=link.url))
    return References(
        targets=targets,
        withheld=frozenset(library.held_back) | library.broken,
        authors={i: byline(a) for i, a in library.authors.items()},
        partners=library.data.partners,
        cards=library.data.cards,
        sponsor_hosts=frozenset(kit.config.sponsor_hosts),
    )


def lists(library: Library, kit: Kit) -> Iterator[Term]:
    """The lists and files that a body may link to by their address, as terms."""
    for name in (*FIXED_LISTS, *static_paths(folders(kit.root, "assets"))):
        url = kit.addresses.href(name)
        yield Term(taxonomy="", name=kit.config.title, slug="", path=name, url=url)
    yield from categories(kit.config, kit.addresses)
    for post in library.posts:
        yield from terms_of(post)
    for author in library.authors.values():
        yield Term("authors", author.name, author.id, author.path, author.url)
    for rule in kit.config.digests:
        path = f"/{rule.slug}/"
        yield Term("digests", rule.label, rule.slug, path, kit.addresses.href(path))


def wording(labels: Mapping[str, str]) -> Wording:
    """The theme's texts that stand inside running text."""
    return Wording(**{name: labels[name] for name in Wording.__struct_fields__})
