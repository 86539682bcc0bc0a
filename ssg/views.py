"""What each layout is given: one struct a layout, its fields are the layout's variables.

A context holds only what its page shows, so that its hash tells whether the page is stale.
Beside these, every layout sees `site` (a `SiteView`), `data` (content/data/*.yaml) and the
functions and filters of `ssg.templates`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ssg.model import Author, Body, Byline, Card, Frozen, Headline, Image, Link, Post, Story, Term

# --- shared parts --------------------------------------------------------------------


class Head(Frozen, frozen=True):
    """What `<head>` says. Addresses are absolute; `json_ld` may stand inside `<script>`.

    `title` ends with the site's name, `name` is the page's alone.
    """

    title: str
    name: str
    description: str
    canonical: str
    kind: str = "website"
    image: str = ""
    image_alt: str = ""
    image_width: int = 0
    image_height: int = 0
    json_ld: str = ""
    feeds: tuple[Link, ...] = ()
    published: str = ""
    modified: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    noindex: bool = False
    previous: str = ""
    next: str = ""


class Comments(Frozen, frozen=True):
    """Where a comment form posts to; `captcha` is `turnstile`, `hcaptcha`, `recaptcha` or ""."""

    action: str
    captcha: str = ""
    captcha_key: str = ""


class Analytics(Frozen, frozen=True):
    """A statistics script of the author's choice: `<script defer src=… data-…>`."""

    src: str
    attributes: dict[str, str] = {}


class SiteView(Frozen, frozen=True):
    """What every page may show of the site. `home` is its `href`, `origin` has no slash."""

    title: str
    tagline: str
    home: str
    origin: str
    language: str
    years: str
    header: tuple[Link, ...]
    footer: tuple[Link, ...]
    categories: tuple[Term, ...]
    feeds: tuple[Link, ...]
    comments: Comments | None = None
    analytics: Analytics | None = None
    disclosure: str = ""
    extra: dict[str, Any] = {}


class PagerItem(Frozen, frozen=True):
    """A page number; `url` is empty for a gap between numbers."""

    number: int
    url: str


class Pager(Frozen, frozen=True):
    number: int
    total: int
    items: tuple[PagerItem, ...]
    previous: str = ""
    next: str = ""


class Count(Frozen, frozen=True):
    """A term with the number of its posts."""

    term: Term
    count: int


class Share(Frozen, frozen=True):
    """A share link without a tracker; `id` is `x`, `hatena`, `line` or `facebook`."""

    id: str
    name: str
    url: str


class SeriesBox(Frozen, frozen=True):
    """The series a post belongs to, oldest first; `position` counts from 1."""

    term: Term
    position: int
    cards: tuple[Card, ...]


# --- layouts -------------------------------------------------------------------------


class PostContext(Frozen, frozen=True):
    """`trend`, `page` and further layouts of single posts."""

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Post
    body: Body
    summary: str
    minutes: int
    cover: Image
    author: Author | None
    author_html: str
    sponsored: bool
    share: tuple[Share, ...]
    series: SeriesBox | None = None
    previous: Card | None = None
    next: Card | None = None
    related: tuple[Card, ...] = ()


class BriefContext(Frozen, frozen=True):
    """`news`: one news brief. `impact` and `comment` are HTML; `news` leads back to the list."""

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Post
    body: Body
    impact: str
    comment: str
    minutes: int
    cover: Image | None
    author: Author | None
    sponsored: bool
    share: tuple[Share, ...]
    news: Link
    previous: Card | None = None
    next: Card | None = None
    related: tuple[Story, ...] = ()


class Digest(Frozen, frozen=True):
    """A period of a digest. `period` is `2026-04-07` or `2026-W15`; both days are included."""

    slug: str
    label: str
    period: str
    url: str
    first: date
    last: date
    count: int
    average: float = 0.0
    top: str = ""


class ScoreCount(Frozen, frozen=True):
    """How many briefs have a score."""

    score: int
    word: str
    count: int


class DigestContext(Frozen, frozen=True):
    """`digest`: the briefs of one day or week, best first. `introduction` is HTML or "".

    `numbers` are the briefs by score, best first; `terms` the busiest topics and companies.
    """

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Digest
    title: str
    introduction: str
    author: Byline | None
    stories: tuple[Story, ...]
    numbers: tuple[ScoreCount, ...]
    terms: tuple[Count, ...]
    publishers: tuple[Count, ...]
    feed: Link
    previous: Digest | None = None
    next: Digest | None = None


class DigestMonth(Frozen, frozen=True):
    """A month (`2026-04`) of a digest, newest day or week first."""

    month: str
    first: date
    url: str
    count: int
    digests: tuple[Digest, ...] = ()


class DigestsContext(Frozen, frozen=True):
    """`digests`: the index of a digest, or one month of it. `months` are all its months."""

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Headline
    every: str
    current: tuple[DigestMonth, ...]
    months: tuple[DigestMonth, ...]
    feed: Link


class Trend(Frozen, frozen=True):
    """A term on the rise: its briefs in the window and in the one before; `weeks` for a chart,
    oldest first, and `points` the same as a polyline in a box of 100 by 32.
    """

    term: Term
    now: int
    before: int
    weeks: tuple[int, ...]
    points: str


class TrendsContext(Frozen, frozen=True):
    """`trends`: topics and companies on the rise in the days from `first` to `last`.

    `week_ends` are the last days of the points of every chart; `history` the earlier weeks.
    """

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Headline
    first: date
    last: date
    topics: tuple[Trend, ...]
    companies: tuple[Trend, ...]
    week_ends: tuple[date, ...]
    history: tuple[Link, ...]


class CompanyView(Frozen, frozen=True):
    """A company above the list of its posts. `average` is of the scores, 0 without any."""

    name: str
    url: str
    description: str
    average: float
    trend: Trend | None = None


class Group(Frozen, frozen=True):
    """A heading of the home page with its newest posts."""

    term: Term
    count: int
    cards: tuple[Card, ...]


class HomeContext(Frozen, frozen=True):
    """`home`: the first page of the site. `groups` are the categories, `tags` the busiest tags."""

    head: Head
    page: Headline
    lead: Card | None
    cards: tuple[Card, ...]
    groups: tuple[Group, ...]
    tags: tuple[Count, ...]
    author: Author | None
    pager: Pager
    briefs: tuple[Story, ...] = ()
    news: Link | None = None
    digests: tuple[Digest, ...] = ()


class ListContext(Frozen, frozen=True):
    """`list`: a paged list of posts: latest, one term, one year, one month.

    `kind` is `latest`, `news`, `important`, `videos`, `tools`, the taxonomy's name, `year` or
    `month`; `page.text` the heading; `choices` lead to the same list for another importance.
    """

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Headline
    kind: str
    description: str
    count: int
    cards: tuple[Card, ...]
    pager: Pager
    feed: Link | None = None
    related: tuple[Count, ...] = ()
    company: CompanyView | None = None
    choices: tuple[Link, ...] = ()


class TermsContext(Frozen, frozen=True):
    """`terms`: the index of a taxonomy."""

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Headline
    kind: str
    terms: tuple[Count, ...]


class Month(Frozen, frozen=True):
    month: int
    url: str
    count: int


class Year(Frozen, frozen=True):
    year: int
    url: str
    count: int
    months: tuple[Month, ...]


class ArchivesContext(Frozen, frozen=True):
    """`archives`: all years and months that have posts."""

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Headline
    years: tuple[Year, ...]


class AuthorContext(Frozen, frozen=True):
    """`author`: the profile in full and a paged list of the author's posts."""

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Author
    author_html: str
    count: int
    cards: tuple[Card, ...]
    pager: Pager
    feed: Link


class AuthorCount(Frozen, frozen=True):
    author: Author
    count: int


class AuthorsContext(Frozen, frozen=True):
    """`authors`: who writes here."""

    head: Head
    breadcrumb: tuple[Link, ...]
    page: Headline
    authors: tuple[AuthorCount, ...]


class NotFoundContext(Frozen, frozen=True):
    """`404`."""

    head: Head
    page: Headline
    cards: tuple[Card, ...]


class RedirectContext(Frozen, frozen=True):
    """`redirect`: an old address that sends its reader on to `target` (absolute)."""

    page: Headline
    target: str


class FeedItem(Frozen, frozen=True):
    """An entry of a feed; addresses absolute, `html` empty for feeds of summaries."""

    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    html: str = ""
    author: Byline | None = None
    tags: tuple[str, ...] = ()
    image: str = ""
    image_type: str = ""


class FeedContext(Frozen, frozen=True):
    """`feeds/rss.xml`, `feeds/atom.xml`: addresses absolute."""

    title: str
    description: str
    link: str
    address: str
    updated: datetime
    items: tuple[FeedItem, ...]
    hubs: tuple[str, ...] = ()


class NewsAddress(Frozen, frozen=True):
    """A line of the news sitemap (Google, "News sitemaps")."""

    url: str
    title: str
    published: datetime


class NewsSitemapContext(Frozen, frozen=True):
    """`news-sitemap.xml`: the briefs of the 48 hours before the newest."""

    name: str
    addresses: tuple[NewsAddress, ...]


class Address(Frozen, frozen=True):
    """A line of the sitemap; `images` absolute."""

    url: str
    modified: datetime | None = None
    images: tuple[str, ...] = ()


class SitemapContext(Frozen, frozen=True):
    """`sitemap.xml`."""

    addresses: tuple[Address, ...]


class RobotsContext(Frozen, frozen=True):
    """`robots.txt`."""

    sitemaps: tuple[str, ...]
