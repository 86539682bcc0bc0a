"""One term for all the ways in which authors spell it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.config import Config, Taxonomy
from ssg.frontmatter import FrontMatter, read
from ssg.model import Term
from ssg.terms import TermBook, term_slug, written_terms
from ssg.text import fold
from ssg.urls import Addresses, slugify

CONFIG = Config(
    title="試しの帖",
    url="https://blog.example.com",
    taxonomies=(Taxonomy("tags", "タグ"), Taxonomy("companies", "会社")),
)
NAMES = st.text("aAｂBあアガ㈱#+C 。", min_size=1, max_size=4).filter(lambda n: fold(n) != "")


def source(name: str, *tags: str, key: str = "tags") -> FrontMatter:
    quoted = ", ".join(f"'{tag}'" for tag in tags)
    text = f"---\ntitle: 題\ndate: 2026-04-02\n{key}: [{quoted}]\n---\n"
    found, _ = read(f"content/posts/{name}.md", text, "posts")
    assert found
    return found


def book(
    *sources: FrontMatter,
    aliases: dict[str, str] | None = None,
    hidden: frozenset[str] = frozenset(),
) -> TermBook:
    taxonomies = [t.name for t in CONFIG.taxonomies]
    return TermBook(
        [(written_terms(s, taxonomies), s.path not in hidden) for s in sources],
        CONFIG,
        Addresses(CONFIG.url),
        {"companies": aliases or {}},
        {"companies": {}},
    )


def names(terms: dict[str, tuple[Term, ...]], taxonomy: str = "tags") -> list[str]:
    return [term.name for term in terms.get(taxonomy, ())]


@given(st.lists(st.lists(NAMES, min_size=1, max_size=4), min_size=1, max_size=5))
def test_spellings_that_fold_together_are_one_term(posts: list[list[str]]) -> None:
    sources = [source(f"p{n}", *tags) for n, tags in enumerate(posts)]
    terms = book(*sources)
    by_fold: dict[str, Term] = {}
    for one in sources:
        found, _ = terms.of(one)
        typed = [tag.strip() for tag in one.meta.tags]
        assert len({t.slug for t in found["tags"]}) == len(found["tags"])
        assert [fold(t.name) for t in found["tags"]] == list(dict.fromkeys(map(fold, typed)))
        for term in found["tags"]:
            assert by_fold.setdefault(fold(term.name), term) == term
    assert len({term.path for term in by_fold.values()}) == len(by_fold)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), min_size=2, max_size=4))
def test_the_order_of_sources_makes_no_difference(posts: list[list[str]]) -> None:
    sources = [source(f"p{n}", *tags) for n, tags in enumerate(posts)]
    assert book(*sources).terms == book(*reversed(sources)).terms


@given(NAMES)
def test_a_term_always_has_an_address(name: str) -> None:
    slug = term_slug(name)
    assert slug
    assert slugify(slug) == slug
    assert term_slug(unicodedata.normalize("NFD", name)) == term_slug(
        unicodedata.normalize("NFC", name)
    ) or not slugify(name)


def test_the_commonest_spelling_names_the_term() -> None:
    one, two, three = source("1", "ai"), source("2", "AI"), source("3", "ＡＩ", "AI")
    terms = book(one, two, three)
    assert [names(terms.of(s)[0]) for s in (one, two, three)] == [["AI"]] * 3


def test_each_merged_spelling_is_told_where_it_stands() -> None:
    one = source("1", "AI", "ai", "AI", "経済")
    _, problems = book(one).of(one)
    assert [(p.line, p.column, p.code) for p in problems] == [
        (4, 14, "front-matter/merged"),
        (4, 20, "front-matter/repeated"),
    ]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("C", "c"), ("C#", "c-sharp"), ("C++", "c-plus-plus"), ("Ｃ＃", "c-sharp"), ("㈱", "株")],
)
def test_signs_that_tell_names_apart_stay(name: str, slug: str) -> None:
    assert term_slug(name) == slug


def test_names_that_make_one_slug_have_two_addresses() -> None:
    one = source("1", "a b", "a-b", "★", "☆")
    found, _ = book(one).of(one)
    assert len({term.path for term in found["tags"]}) == 4


def test_aliases_of_a_company_are_that_company() -> None:
    one = source("1", "オープンAI", "OpenAI", key="companies")
    terms, problems = book(one, aliases={"オープンAI": "OpenAI", "OpenAI": "OpenAI"}).of(one)
    assert names(terms, "companies") == ["OpenAI"]
    assert [p.code for p in problems] == ["front-matter/merged"]


def test_a_draft_does_not_decide_how_a_tag_is_spelled() -> None:
    public, *drafts = source("p", "ai"), source("q", "AI"), source("r", "AI")
    hidden = frozenset(d.path for d in drafts)
    assert names(book(public, *drafts).of(public)[0]) == ["AI"]
    assert names(book(public, *drafts, hidden=hidden).of(public)[0]) == ["ai"]
