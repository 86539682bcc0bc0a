"""Render what is written in Markdown: bodies, summaries, biographies."""

from __future__ import annotations

from collections.abc import Mapping

from ssg.errors import Problem
from ssg.gather import Kit, Library
from ssg.markdown import Renderer, Wording
from ssg.model import Body, Frozen, LinkCard, References
from ssg.parallel import spread
from ssg.phrases import phrases
from ssg.site import Cards, byline


class Texts(Frozen, frozen=True):
    """Rendered Markdown by source: bodies of posts and pages, and `extra` for summaries (by
    the post's source) and biographies (by the author's).
    """

    bodies: dict[str, Body]
    extra: dict[str, str]


class _Job(Frozen, frozen=True):
    source: str
    text: str
    line: int
    numbering: str = "none"
    summary: str = ""


def render_bodies(
    library: Library, kit: Kit, cards: Cards, jobs: int
) -> tuple[Texts, list[Problem]]:
    """All Markdown of the library as HTML, with every problem found in it."""
    renderer = Renderer(
        references(library, kit, cards), wording(kit.config.labels), kit.pictures.find, phrases
    )

    def work(job: _Job) -> tuple[Body, str, list[Problem]]:
        body, problems = renderer.body(job.source, job.text, job.line, numbering=job.numbering)
        return body, renderer.inline(job.summary) if job.summary else "", problems

    todo = [_Job(p.source, p.body, p.body_line, p.numbering, p.summary) for p in library.posts]
    profiles = [_Job(a.source, a.body, a.body_line) for a in library.authors.values()]
    bodies: dict[str, Body] = {}
    extra: dict[str, str] = {}
    problems: list[Problem] = []
    todo += profiles
    for job, (body, summary, wrong) in zip(todo, spread(work, todo, jobs), strict=True):
        problems += wrong
        bodies[job.source] = body
        extra[job.source] = summary
    extra |= {job.source: bodies[job.source].html for job in profiles}
    return Texts(bodies=bodies, extra=extra), problems


def references(library: Library, kit: Kit, cards: Cards) -> References:
    """What a body may point to: pages by file and by address, authors, partners, cards."""
    targets: dict[str, LinkCard] = {}
    for post in library.posts:
        card = cards.link_card(post, kit.config.title)
        targets[post.source] = card
        targets[post.path] = card
    return References(
        targets=targets,
        withheld=frozenset(library.held_back) | library.broken,
        authors={i: byline(a) for i, a in library.authors.items()},
        partners=library.data.partners,
        cards=library.data.cards,
        sponsor_hosts=frozenset(kit.config.sponsor_hosts),
    )


def wording(labels: Mapping[str, str]) -> Wording:
    """The theme's texts that stand inside running text."""
    return Wording(**{name: labels[name] for name in Wording.__struct_fields__})
