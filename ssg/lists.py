"""Lists of posts by term, by author and by date, each paged, and their indexes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ssg.desk import company
from ssg.kept import Kept
from ssg.model import Author, Body, Card, Headline, Link, Term
from ssg.planning import Page, Planner, Style, newest
from ssg.site import Article, cards
from ssg.urls import page_path
from ssg.views import (
    ArchivesContext,
    AuthorContext,
    AuthorCount,
    AuthorsContext,
    Count,
    Month,
    TermsContext,
    Year,
)

RELATED_TERMS = 12


def term_lists(planner: Planner) -> Iterator[Page]:
    style = planner.style
    for term in sorted(planner.site.by_term, key=lambda t: t.path):
        articles = planner.site.by_term[term]
        title = style.term_title(term)
        index = style.taxonomy_link(term.taxonomy)
        yield from planner.listing(
            term.path,
            title,
            style.label("term_description", name=term.name),
            term.taxonomy,
            articles if term.taxonomy != "series" else articles[::-1],
            style.crumbs(index, Link(name=term.name, url=term.url)),
            feed_name=style.label("term_feed_title", name=title),
            related=related_terms(term, articles),
            company=company(planner, term, articles),
        )


def related_terms(term: Term, articles: Sequence[Article]) -> tuple[Count, ...]:
    """The tags that the posts of a term carry most."""
    tags = [t for a in articles for t in a.place.terms.get("tags", ())]
    known = {t.path: t for t in tags}
    counts = Counter([t.path for t in tags])
    counts.pop(term.path, None)
    ranked = sorted((-n, known[path].name, path) for path, n in counts.items())
    return tuple(Count(term=known[path], count=-n) for n, _, path in ranked[:RELATED_TERMS])


def term_indexes(planner: Planner) -> Iterator[Page]:
    for taxonomy in (
        "categories",
        "series",
        "sources",
        *(t.name for t in planner.config.taxonomies),
    ):
        counts = [Count(term=t, count=len(a)) for t, a in planner.site.terms(taxonomy)]
        if taxonomy == "categories":
            counts.sort(key=lambda c: planner.categories.index(c.term))
        if counts:
            given = {"taxonomy": taxonomy, "counts": tuple(counts)}
            path = f"/{taxonomy}/"
            yield Page(path, "terms.html", terms_context, given, taxonomy, True, planner.newest)


def terms_context(style: Style, taxonomy: str, counts: tuple[Count, ...]) -> TermsContext:
    link = style.taxonomy_link(taxonomy)
    crumbs = style.crumbs(link)
    description = style.label("terms_description", name=link.name)
    return TermsContext(
        head=style.plain_head(f"/{taxonomy}/", link.name, description, crumbs),
        breadcrumb=crumbs,
        page=Headline(text=link.name),
        kind=taxonomy,
        terms=counts,
    )


# --- authors ---------------------------------------------------------------------------------


def author_pages(planner: Planner) -> Iterator[Page]:
    written: dict[str, list[Article]] = defaultdict(list)
    for article in planner.site.articles:
        written[article.place.author].append(article)
    for author in planner.site.authors:
        yield from author_page(planner, author, written[author.id])
    if planner.site.authors:
        counts = [AuthorCount(author=a, count=len(written[a.id])) for a in planner.site.authors]
        ranked = tuple(sorted(counts, key=lambda c: (-c.count, c.author.id)))
        yield Page(
            "/authors/", "authors.html", authors_context, {"counts": ranked}, "authors", True
        )


def author_page(planner: Planner, author: Author, articles: Sequence[Article]) -> Iterator[Page]:
    for position, part in planner.parts(articles):
        path = page_path(author.path, position["number"])
        given = {
            "author": author,
            "text": planner.text(author.source),
            "count": len(articles),
            "shown": cards(part),
            **position,
        }
        yield Page(path, "author.html", author_context, given, author.source, True, newest(part))


def author_context(
    style: Style,
    author: Author,
    text: Kept[Body],
    count: int,
    shown: tuple[Kept[Card], ...],
    number: int,
    total: int,
) -> AuthorContext:
    crumbs = style.crumbs(style.authors_link(), Link(name=author.name, url=author.url))
    description = author.tagline or style.label("author_description", name=author.name)
    own = style.feed_link(author.path, style.label("author_title", name=author.name))
    pager = style.pager(author.path, number, total)
    path = page_path(author.path, number)
    return AuthorContext(
        head=style.heads.profile(path, author, description, crumbs, pager, own),
        breadcrumb=crumbs,
        page=author,
        author_html=text.value.html,
        count=count,
        cards=tuple(c.value for c in shown),
        pager=pager,
        feed=own,
    )


def authors_context(style: Style, counts: tuple[AuthorCount, ...]) -> AuthorsContext:
    link = style.authors_link()
    crumbs = style.crumbs(link)
    description = style.label("authors_description")
    return AuthorsContext(
        head=style.plain_head("/authors/", link.name, description, crumbs),
        breadcrumb=crumbs,
        page=Headline(text=link.name),
        authors=counts,
    )


# --- archives --------------------------------------------------------------------------------


def archives(planner: Planner) -> Iterator[Page]:
    months: dict[tuple[int, int], list[Article]] = defaultdict(list)
    years: dict[int, list[Article]] = defaultdict(list)
    for article in planner.site.articles:
        date = article.place.date
        months[date.year, date.month].append(article)
        years[date.year].append(article)
    for year, articles in years.items():
        yield from period(planner, "year", articles, y=year)
    for (year, month), articles in months.items():
        yield from period(planner, "month", articles, y=year, m=month)
    if years:
        counts = sorted((y, m, len(a)) for (y, m), a in months.items())
        given = {"counts": counts}
        yield Page("/archives/", "archives.html", archives_context, given, "archives", True)


def period(planner: Planner, kind: str, articles: Sequence[Article], **date: int) -> Iterator[Page]:
    style = planner.style
    title = style.label(f"{kind}_title", **date)
    path = f"/archives/{date['y']}/" + (f"{date['m']:02}/" if "m" in date else "")
    year = Link(style.label("year", **date), _archive(style, f"{date['y']}/"))
    here = Link(name=style.label(kind, **date), url=style.addresses.href(path))
    steps = [_archives_link(style), *([year] if kind == "month" else []), here]
    description = style.label(f"{kind}_description", **date)
    yield from planner.listing(path, title, description, kind, articles, style.crumbs(*steps))


def _archive(style: Style, name: str) -> str:
    return style.addresses.href(f"/archives/{name}")


def _archives_link(style: Style) -> Link:
    return Link(name=style.labels["archives_title"], url=_archive(style, ""))


def archives_context(style: Style, counts: Sequence[tuple[int, int, int]]) -> ArchivesContext:
    """`counts` are year, month and number of posts, oldest first."""
    months: dict[int, list[Month]] = defaultdict(list)
    for year, month, count in counts:
        url = _archive(style, f"{year}/{month:02}/")
        months[year].append(Month(month=month, url=url, count=count))
    rows = tuple(
        Year(year, _archive(style, f"{year}/"), sum(m.count for m in found), tuple(found))
        for year, found in sorted(months.items(), reverse=True)
    )
    index = _archives_link(style)
    crumbs, description = style.crumbs(index), style.label("archives_description")
    head = style.plain_head("/archives/", index.name, description, crumbs)
    return ArchivesContext(head, crumbs, Headline(text=index.name), rows)
