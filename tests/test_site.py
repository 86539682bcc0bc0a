"""Order, neighbours and relations are laws, whatever the posts and in whichever order they come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import FrameType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg import site as site_module
from ssg.cards import Cards
from ssg.config import Config
from ssg.gather import Choice, place_of, withheld
from ssg.kept import Kept, digest
from ssg.ledger import Gist, Place
from ssg.model import Post, Term
from ssg.site import RELATED, Article, Site, assemble, rank, terms_of
from ssg.urls import Addresses

ADDRESSES = Addresses("https://blog.example.com")
CONFIG = Config(title="帖", url="https://blog.example.com")
CARDS = Cards(CONFIG, ADDRESSES)
START = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = [UTC, ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")]


def term(name: str, taxonomy: str = "tags") -> Term:
    path = f"/{taxonomy}/{name}/"
    return Term(taxonomy=taxonomy, name=name, slug=name, path=path, url=path)


def post(number: int, date: datetime, tags: Sequence[str] = (), **more: Any) -> Post:
    path = f"/posts/{number}/"
    defaults = {"section": "posts", "layout": "trend"}
    return Post(
        **defaults | more,  # type: ignore[arg-type]
        source=f"content/posts/{number}.md",
        slug=str(number),
        path=path,
        url=path,
        title=f"題{number}",
        date=date,
        terms={"tags": tuple(map(term, tags))} if tags else {},
    )


def assembled(posts: Sequence[Post]) -> Site:
    return assemble(map(article, posts), {})


def article(post: Post) -> Article:
    """The article of a post whose values nobody asks for."""
    kept = Kept[Any](post.source, digest(post), lambda source, _: pytest.fail(source))
    return Article(place_of(post), Gist(), kept, kept, kept, kept)


def places(articles: Sequence[Article]) -> list[Place]:
    return [a.place for a in articles]


def newest_first(posts: Sequence[Post]) -> list[Place]:
    return sorted(map(place_of, posts), key=rank)


def shape(site: Site) -> object:
    """What a site consists of, in its order."""
    return (
        [places(line) for line in (site.articles, site.posts, site.briefs, site.pages)],
        [(term, places(found)) for term, found in site.by_term.items()],
        {source: places(found) for source, found in site.related.items()},
    )


moments = st.builds(
    lambda minutes, zone: (START + timedelta(minutes=minutes)).astimezone(zone),
    st.integers(0, 40),
    st.sampled_from(ZONES),
)
entries = st.lists(
    st.tuples(moments, st.lists(st.sampled_from("abcdefg"), unique=True)), max_size=30
)


@st.composite
def shuffled(draw: Callable[..., Any]) -> tuple[list[Post], list[Post]]:
    """Posts twice, in two orders."""
    posts = [post(n, date, tags) for n, (date, tags) in enumerate(draw(entries))]
    return posts, draw(st.permutations(posts))


# --- order ---------------------------------------------------------------------------------------


@given(shuffled())
def test_newest_first_is_one_order(orders: tuple[list[Post], list[Post]]) -> None:
    one, other = map(newest_first, orders)
    assert one == other
    assert len(one) == len(orders[0])
    for newer, older in pairwise(one):
        assert (older.date, newer.path) <= (newer.date, older.path) or newer.date > older.date


def test_one_instant_in_two_zones_is_a_tie() -> None:
    posts = [post(n, START.astimezone(zone)) for n, zone in ((2, ZONES[0]), (1, ZONES[1]))]
    assert [p.path for p in newest_first(posts)] == ["/posts/1/", "/posts/2/"]


@given(shuffled())
def test_a_site_does_not_depend_on_the_order_of_its_sources(
    orders: tuple[list[Post], list[Post]],
) -> None:
    assert shape(assembled(orders[0])) == shape(assembled(orders[1]))


# --- lists -----------------------------------------------------------------------------------------


@given(shuffled())
def test_each_term_has_its_posts_newest_first(orders: tuple[list[Post], list[Post]]) -> None:
    site = assembled(orders[1])
    order = newest_first(orders[0])
    assert {t.name for t in site.by_term} == {t.name for p in order for t in terms_of(p)}
    for wanted, articles in site.by_term.items():
        assert places(articles) == [p for p in order if wanted in terms_of(p)]
    ranked = [(-len(found), t.name) for t, found in site.terms("tags")]
    assert ranked == sorted(ranked)


def test_pages_stand_in_no_list() -> None:
    site = assembled([post(1, START, ["a"]), post(2, START, ["a"], section="pages")])
    assert [p.path for p in places(site.posts)] == ["/posts/1/"]
    assert [p.path for p in places(site.pages)] == ["/posts/2/"]
    assert [len(found) for found in site.by_term.values()] == [1]
    assert site.related == {"content/posts/1.md": ()}


# --- related ------------------------------------------------------------------------------------


@given(shuffled())
def test_related_posts_share_something_and_are_others(
    orders: tuple[list[Post], list[Post]],
) -> None:
    site = assembled(orders[1])
    for place in places(site.posts):
        found = places(site.related[place.source])
        assert place not in found
        assert len(found) == len({p.path for p in found}) <= RELATED
        own = set(terms_of(place))
        assert all(own & set(terms_of(p)) for p in found)
        sharing = sum(bool(own & set(terms_of(p))) for p in places(site.posts)) - bool(own)
        assert len(found) == min(RELATED, sharing)


def test_rare_terms_count_more_and_time_decides_ties() -> None:
    days = [START + timedelta(days=n) for n in range(12)]
    posts = [post(n, day, ["everywhere"]) for n, day in enumerate(days)]
    posts[0] = post(0, days[0], ["everywhere", "rare"])
    posts[11] = post(11, days[11], ["everywhere", "rare"])
    related = assembled(posts).related["content/posts/0.md"]
    assert [p.url for p in places(related)] == ["/posts/11/", "/posts/1/", "/posts/2/"]


def test_a_series_makes_no_relation() -> None:
    parts = {"series": (term("連載", "series"),)}
    posts = [msgspec.structs.replace(post(n, START), terms=parts) for n in (1, 2)]
    assert set(assembled(posts).related.values()) == {()}


def steps(work: Callable[[], object]) -> int:
    """Lines that `ssg.site` runs."""
    count = 0

    def line(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _: str, __: object) -> Any:
        return line if frame.f_code.co_filename == site_module.__file__ else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("tags", [["one"], ["one", "two", "three"]])
def test_the_cost_grows_with_the_number_of_posts(tags: list[str]) -> None:
    """Every post shares every tag: the case in which comparing all with all would hurt."""
    blogs = [[post(n, START, tags) for n in range(count)] for count in (200, 800)]
    small, large = (steps(lambda blog=blog: assembled(blog)) for blog in blogs)
    assert large < 5 * small


# --- what is held back ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "options", "why"),
    [
        ({}, {}, ""),
        ({"draft": True}, {}, "draft"),
        ({"draft": True}, {"drafts": True}, ""),
        ({"draft": True, "expires": START}, {"drafts": True}, "expired"),
        ({"expires": START}, {"drafts": True, "future": True}, "expired"),
        ({"expires": START + timedelta(seconds=1)}, {}, ""),
    ],
)
def test_withheld(fields: dict[str, Any], options: dict[str, bool], why: str) -> None:
    assert held(post(1, START, **fields), **options) == why


def test_the_moment_itself_is_no_more_future() -> None:
    later = START + timedelta(microseconds=1)
    assert held(post(1, later)) == "future"
    assert held(post(1, START.astimezone(ZONES[2]))) == ""
    assert held(post(1, later, draft=True)) == "draft"
    assert held(post(1, later, draft=True), drafts=True) == "future"


def held(post: Post, **options: bool) -> str:
    return withheld(place_of(post), Choice(now=START, **options))


# --- cards ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("characters", "minutes"), [(0, 1), (1, 1), (500, 1), (501, 2), (5000, 10)]
)
def test_reading_time_is_rounded_up(characters: int, minutes: int) -> None:
    assert CARDS.card(post(1, START), Gist(characters), None).minutes == minutes


def test_the_description_is_the_first_text_there_is() -> None:
    body = Gist(excerpt="抜粋")
    assert CARDS.card(post(1, START), body, None).description == "抜粋"
    assert CARDS.card(post(1, START, summary="要約"), body, None).description == "要約"
    full = post(1, START, summary="要約", description="説明")
    assert CARDS.card(full, body, None).description == "説明"
