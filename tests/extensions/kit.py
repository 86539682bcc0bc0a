"""A renderer with a small world around it: two posts, a draft, an author, a partner, a card."""

from __future__ import annotations

import re
from collections.abc import Callable

from ssg.errors import Problem
from ssg.images import PictureError
from ssg.markdown import Renderer, Wording
from ssg.model import Body, Byline, Image, LinkCard, Partner, References
from ssg.questions import composed

SOURCE = "content/posts/2025/a.md"
OTHER = LinkCard(
    title="検索の今", url="/blog/posts/%E6%A4%9C%E7%B4%A2/", description="説明", site="太郎の帖"
)
GA = LinkCard(title="ガ", url="/blog/posts/ga/")
PAGE = LinkCard(
    title="A&amp;B <調査>",
    url="https://research.example/report?a=1&b=2",
    description="何を尋ねたか",
    site="調査",
    image=Image(src="/images/r.webp", width=320, height=180),
)
PAGES = {
    "content/posts/2024/other-post.md": OTHER,
    "/posts/検索/": OTHER,
    OTHER.url: OTHER,
    "content/posts/2025/ガ.md": GA,
    GA.url: GA,
}
REFERENCES = References(
    page=lambda name: PAGES.get(composed(name)),
    withheld={"content/posts/2024/draft.md"}.__contains__,
    authors={
        "taro": Byline(name="🍢太郎", url="/blog/authors/taro/", icon="🍢"),
        "hanako": Byline(
            name="花子",
            url="/blog/authors/hanako/",
            picture=Image(src="/images/h.webp", width=96, height=96),
        ),
    },
    partners={
        "aidemy": Partner(
            id="aidemy",
            name="まなび",
            url="https://ad.example/?a=1&b=2",
            text="AIを学ぶなら<まなび>",
            disclosure="架空の広告です。",
        ),
        "banner": Partner(
            id="banner",
            name="しまう箱",
            url="https://box.example/",
            text="しまう箱",
            image=Image(src="/images/box.webp", width=728, height=90),
        ),
    },
    card={"https://research.example/report?a=1&b=2": PAGE}.get,
    sponsor_hosts=frozenset({"sponsor.example"}),
)


def picture(reference: str, source: str) -> Image:
    """Any picture is found, but for `missing.png`."""
    if reference == "missing.png":
        raise PictureError("image/missing", name=reference, near="Missing.png")
    return Image(
        src="/images/a-960.webp",
        srcset="/images/a-480.webp 480w, /images/a-960.webp 960w",
        width=1600,
        height=900,
        source=f"{source}:{reference}",
    )


def renderer(phrases: Callable[[str], str] | None = None) -> Renderer:
    return Renderer(REFERENCES, Wording(), picture, phrases)


def rendered(text: str, *, numbering: str = "none") -> Body:
    """The body of a text that has nothing wrong with it."""
    body, problems = renderer().body(SOURCE, text, numbering=numbering)
    assert not problems
    return body


def html(text: str) -> str:
    """The HTML of a text that has nothing wrong with it, without line ends beside tags."""
    return re.sub(r"(?<=>)\n|\n(?=<)", "", rendered(text).html)


def problems(text: str, first_line: int = 1, numbering: str = "none") -> list[Problem]:
    return renderer().body(SOURCE, text, first_line, numbering=numbering)[1]


def told(text: str, first_line: int = 1) -> list[tuple[str, int, int]]:
    """What is said about a text: code, line and column."""
    return [(p.code, p.line, p.column) for p in problems(text, first_line)]
