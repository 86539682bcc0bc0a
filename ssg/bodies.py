"""Render what is written in Markdown, and the card of each post: what changed, the rest is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from ssg.assets import static_paths
from ssg.cards import Cards, byline
from ssg.content import read_beside
from ssg.errors import Problem
from ssg.extensions.advertising import is_advertising
from ssg.gather import Kit, Library, broken_authors
from ssg.kept import digest
from ssg.ledger import Gist, Ledger, Place, Rendered, encoded
from ssg.limits import TooSlowError, limits
from ssg.markdown import Renderer, Wording
from ssg.model import Body, Byline, Frozen, LinkCard, Post, References, Term
from ssg.parallel import spread
from ssg.phrases import phrases
from ssg.questions import Answers, Notes, Page, composed
from ssg.reading import BEYOND, Reader, beyond, died
from ssg.resolve import categories
from ssg.site import terms_of
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


class _Job(Frozen, frozen=True):
    """One source: its body, and by their names texts of one paragraph (`inline`) and of several
    (`blocks`).
    """

    source: str
    text: str
    line: int
    numbering: str = "none"
    inline: dict[str, str] = {}
    blocks: dict[str, str] = {}


class _Made(Frozen, frozen=True):
    """What a job made, encoded with the digests in front, for the cache."""

    body: tuple[bytes, bytes]
    texts: tuple[bytes, bytes]
    gist: Gist
    asked: dict[str, bytes]
    told: list[Problem]


class Bodies:
    """Renders the Markdown of one library, and makes the cards of its posts."""

    def __init__(self, library: Library, reader: Reader, kit: Kit, cards: Cards) -> None:
        self.reader = reader
        self.ledger = reader.ledger
        self.cards = cards
        self.bylines = {i: byline(a) for i, a in library.authors.items()}
        self.notes = Notes(_answers(library, self.ledger, kit, cards))
        words = wording(kit.config.labels)
        hosts, partners = frozenset(kit.config.sponsor_hosts), library.data.partners
        unseen = {i: Byline(name=i, url="") for i in broken_authors(library.broken)}
        authors = self.bylines | unseen
        self.basis = digest([words, sorted(hosts), authors, partners])
        references = References(
            page=self.notes.page,
            withheld=self.notes.withheld,
            card=self.notes.card,
            authors=authors,
            partners=partners,
            sponsor_hosts=hosts,
        )
        self.renderer = Renderer(references, words, self.notes.picture, phrases)

    def render(self, sources: Iterable[str], jobs: int) -> list[Problem]:
        """Enter the HTML of these sources into the ledger; every problem found in them."""
        sources = list(sources)
        stale = [source for source in sources if self._is_stale(source)]
        todo = [_job(source, self.reader) for source in stale]
        if todo:
            self.ledger.cache.commit()  # the workers look up the posts that a body links to
        work = partial(_made, self.renderer, self.notes)
        for source, made in zip(stale, spread(work, todo, jobs, _died), strict=True):
            self._enter(source, made)
        rendered = (self.ledger.now[source].rendered for source in sources)
        return [problem for one in rendered if one for problem in one.told]

    def _is_stale(self, source: str) -> bool:
        entry = self.ledger.now[source]
        known = entry.rendered
        return (
            known is None
            or known.key != self.basis + entry.text
            or not self.notes.answers.same(known.asked, source)
        )

    def _enter(self, source: str, made: _Made) -> None:
        entry = self.ledger.now[source]
        self.ledger.shelve("body", source, *made.body)
        self.ledger.shelve("texts", source, *made.texts)
        rendered = Rendered(
            key=b"" if any(p.code in BEYOND for p in made.told) else self.basis + entry.text,
            body=made.body[0],
            texts=made.texts[0],
            gist=made.gist,
            asked=made.asked,
            told=tuple(made.told),
        )
        if entry.rendered:  # its card may still be the same
            before = entry.rendered
            rendered = replace(rendered, card_key=before.card_key, card=before.card)
        self.ledger.now[source] = replace(entry, rendered=rendered)

    def make_cards(self, places: Iterable[Place]) -> None:
        """Enter the cards of posts into the ledger, made anew where what they show changed."""
        marks = {i: self.cards.mark + digest(b) for i, b in self.bylines.items()}
        for place in places:
            entry = self.ledger.now[place.source]
            assert entry.rendered
            assert entry.resolved
            known, post = entry.rendered, entry.resolved.post
            key = post + known.body + marks.get(place.author, self.cards.mark)
            if known.card_key != key:
                value: Post = self.ledger.kept("post", place.source, post).value
                card = self.cards.card(value, known.gist, self.bylines.get(place.author))
                mark, data = encoded(card)
                if mark != known.card:
                    self.ledger.shelve("card", place.source, mark, data)
                known = replace(known, card_key=key, card=mark)
                self.ledger.now[place.source] = replace(entry, rendered=known)


def sources_of(library: Library) -> list[str]:
    """Every source whose Markdown is shown."""
    return [
        *(p.source for p in library.places),
        *(a.source for a in library.authors.values()),
        *(i.source for i in library.introductions),
    ]


def _made(renderer: Renderer, notes: Notes, job: _Job) -> _Made:
    notes.begin(job.source)
    body, told, texts = Body(html=""), list[Problem](), dict[str, str]()
    try:
        with limits():
            body, told = renderer.body(job.source, job.text, job.line, numbering=job.numbering)
            texts = {name: renderer.inline(text) for name, text in job.inline.items()}
            texts |= {name: _paragraphs(renderer, text) for name, text in job.blocks.items()}
            sponsored = body.sponsored or any(map(is_advertising, texts.values()))
            body = replace(body, sponsored=sponsored)
    except (TooSlowError, MemoryError) as e:
        told = [beyond(e, job.source)]
    gist = Gist(body.characters, body.excerpt, body.sponsored, body.images)
    return _Made(encoded(body), encoded(texts), gist, notes.asked, told)


def _died(job: _Job) -> _Made:
    """Of a body whose process died."""
    return _Made(encoded(Body(html="")), encoded({}), Gist(), {}, [died(job.source)])


def _paragraphs(renderer: Renderer, text: str) -> str:
    parts = (p.strip() for p in text.split("\n\n"))
    return "".join(f"<p>{renderer.inline(p)}</p>" for p in parts if p)


def _job(source: str, reader: Reader) -> _Job:
    front = reader.whole(source)
    meta = front.meta
    numbering = getattr(meta, "numbering", "none")
    summary = getattr(meta, "summary", None)
    analysis = getattr(meta, "analysis", None)
    said = {"impact": analysis.impact, "comment": analysis.comment} if analysis else {}
    return _Job(
        source,
        front.body,
        front.body_line,
        numbering,
        inline={"summary": summary} if summary else {},
        blocks={name: text for name, text in said.items() if text},
    )


# --- what a body may point to ------------------------------------------------------------------


def _answers(library: Library, ledger: Ledger, kit: Kit, cards: Cards) -> Answers:
    """What the bodies may ask: pages by file, address and `href`, cards, pictures."""

    def card_of(place: Place) -> LinkCard:
        resolved = ledger.now[place.source].resolved
        assert resolved
        post: Post = ledger.kept("post", place.source, resolved.post).value
        return cards.link_card(post, kit.config.title)

    def pages() -> dict[str, Page]:
        found: dict[str, Page] = {}
        for link in lists(library, kit):
            page = partial(LinkCard, title=link.name, url=link.url)
            found[composed(link.path)] = found[link.url] = page
        for place in library.places:
            page = partial(card_of, place)
            found |= {composed(place.source): page, composed(place.path): page, place.url: page}
        for source in library.broken:  # its own mistake is told, and the link is right
            found[composed(source)] = partial(LinkCard, title=source, url="")
        return found

    return Answers(
        picture=kit.pictures.find,
        read_beside=partial(read_beside, kit.root),
        list_pages=pages,
        withheld=frozenset(map(composed, library.held_back)),
        cards=library.data.cards,
    )


def lists(library: Library, kit: Kit) -> Iterator[Term]:
    """The lists and files that a body may link to by their address, as terms."""
    for name in (*FIXED_LISTS, *static_paths(folders(kit.root, "assets"))):
        url = kit.addresses.href(name)
        yield Term(taxonomy="", name=kit.config.title, slug="", path=name, url=url)
    yield from categories(kit.config, kit.addresses)
    yield from {term for place in library.places for term in terms_of(place)}
    for author in library.authors.values():
        yield Term("authors", author.name, author.id, author.path, author.url)
    for rule in kit.config.digests:
        path = f"/{rule.slug}/"
        yield Term("digests", rule.label, rule.slug, path, kit.addresses.href(path))


def wording(labels: Mapping[str, str]) -> Wording:
    """The theme's texts that stand inside running text."""
    return Wording(**{name: labels[name] for name in Wording.__struct_fields__})
