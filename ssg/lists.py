"""Lists of posts by term, by author and by date, each paged, and their indexes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ssg.desk import company
from ssg.model import Author, Headline, Link, Term
from ssg.planning import Page, Planner, newest
from ssg.site import Article
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
    for term in sorted(planner.site.by_term, key=lambda t: t.path):
        articles = planner.site.by_term[term]
        title = planner.term_title(term)
        index = planner.taxonomy_link(term.taxonomy)
        yield from planner.listing(
            term.path,
            title,
            planner.label("term_description", name=term.name),
            term.taxonomy,
            articles if term.taxonomy != "series" else articles[::-1],
            planner.crumbs(index, Link(name=term.name, url=term.url)),
            feed_name=planner.label("term_feed_title", name=title),
            related=related_terms(planner, term, articles),
            company=company(planner, term, articles),
        )


def related_terms(planner: Planner, term: Term, articles: Sequence[Article]) -> tuple[Count, ...]:
    """The tags that the posts of a term carry most."""
    counts = Counter(t for a in articles for t in a.post.terms.get("tags", ()) if t != term)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].name))
    return tuple(Count(term=t, count=n) for t, n in ranked[:RELATED_TERMS])


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
        if not counts:
            continue
        link = planner.taxonomy_link(taxonomy)
        crumbs = planner.crumbs(link)
        description = planner.label("terms_description", name=link.name)
        path = f"/{taxonomy}/"
        context = TermsContext(
            head=planner.plain_head(path, link.name, description, crumbs),
            breadcrumb=crumbs,
            page=Headline(text=link.name),
            kind=taxonomy,
            terms=tuple(counts),
        )
        yield Page(path, "terms.html", context, taxonomy, True, newest(planner.site.articles))


def author_pages(planner: Planner) -> Iterator[Page]:
    written: dict[str, list[Article]] = defaultdict(list)
    for article in planner.site.articles:
        written[article.post.author].append(article)
    for author in planner.site.authors:
        yield from author_page(planner, author, written[author.id])
    if planner.site.authors:
        yield authors_index(planner, written)


def author_page(planner: Planner, author: Author, articles: Sequence[Article]) -> Iterator[Page]:
    crumbs = planner.crumbs(planner.authors_link(), Link(name=author.name, url=author.url))
    description = author.tagline or planner.label("author_description", name=author.name)
    own = planner.term_feed(author.path, planner.label("author_title", name=author.name))
    for pager, part in planner.parts(author.path, articles):
        path = page_path(author.path, pager.number)
        context = AuthorContext(
            head=planner.heads.profile(path, author, description, crumbs, pager, own),
            breadcrumb=crumbs,
            page=author,
            author_html=planner.texts.get(author.source, ""),
            count=len(articles),
            cards=tuple(a.card for a in part),
            pager=pager,
            feed=own,
        )
        yield Page(path, "author.html", context, author.source, True, newest(part))


def authors_index(planner: Planner, written: dict[str, list[Article]]) -> Page:
    link = planner.authors_link()
    crumbs = planner.crumbs(link)
    counts = [AuthorCount(author=a, count=len(written[a.id])) for a in planner.site.authors]
    context = AuthorsContext(
        head=planner.plain_head(
            "/authors/", link.name, planner.label("authors_description"), crumbs
        ),
        breadcrumb=crumbs,
        page=Headline(text=link.name),
        authors=tuple(sorted(counts, key=lambda c: (-c.count, c.author.id))),
    )
    return Page("/authors/", "authors.html", context, "authors", True)


def archives(planner: Planner) -> Iterator[Page]:
    months: dict[tuple[int, int], list[Article]] = defaultdict(list)
    years: dict[int, list[Article]] = defaultdict(list)
    for article in planner.site.articles:
        date = article.post.date
        months[date.year, date.month].append(article)
        years[date.year].append(article)
    index = Link(name=planner.labels["archives_title"], url=planner.addresses.href("/archives/"))
    for year, articles in years.items():
        yield from period(planner, index, "year", articles, y=year)
    for (year, month), articles in months.items():
        yield from period(planner, index, "month", articles, y=year, m=month)
    if years:
        yield archives_index(planner, index, years, months)


def period(
    planner: Planner, index: Link, kind: str, articles: Sequence[Article], **date: int
) -> Iterator[Page]:
    title = planner.label(f"{kind}_title", **date)
    path = f"/archives/{date['y']}/" + (f"{date['m']:02}/" if "m" in date else "")
    year_url = planner.addresses.href(f"/archives/{date['y']}/")
    year = Link(name=planner.label("year", **date), url=year_url)
    here = Link(name=planner.label(kind, **date), url=planner.addresses.href(path))
    crumbs = planner.crumbs(index, *([year] if kind == "month" else []), here)
    description = planner.label(f"{kind}_description", **date)
    yield from planner.listing(path, title, description, kind, articles, crumbs)


def archives_index(
    planner: Planner,
    index: Link,
    years: dict[int, list[Article]],
    months: dict[tuple[int, int], list[Article]],
) -> Page:
    def url(*steps: str) -> str:
        return planner.addresses.href("/archives/" + "/".join(steps) + "/")

    crumbs = planner.crumbs(index)
    rows = tuple(
        Year(
            year=year,
            url=url(str(year)),
            count=len(found),
            months=tuple(
                Month(month=m, url=url(str(y), f"{m:02}"), count=len(a))
                for (y, m), a in sorted(months.items())
                if y == year
            ),
        )
        for year, found in sorted(years.items(), reverse=True)
    )
    head = planner.plain_head(
        "/archives/", index.name, planner.label("archives_description"), crumbs
    )
    page = Headline(text=index.name)
    context = ArchivesContext(head=head, breadcrumb=crumbs, page=page, years=rows)
    return Page("/archives/", "archives.html", context, "archives", True)
