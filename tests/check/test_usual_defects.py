"""The defects that trend blogs show most, in whole posts: each is found, at its line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image

from ssg.check import check
from ssg.fresh import Options
from tests.conftest import SiteFactory
from tests.small import NOW

HEAD = "-- site.yaml --\ntitle: 帖\nurl: https://b.example\n"
POST = "-- content/posts/a.md --\n---\ntitle: 秋の話\ndate: 2026-01-01\n{front}---\n{body}\n"
BRIEF = (
    "-- content/news/a.md --\n---\ntitle: 甲社の調達\ndate: 2026-01-01\n"
    "source: {{name: 甲社, url: 'https://news.provider.jp/1', title: '{title}'}}\n{front}---\n{body}\n"
)
COPIED = "The whole article of somebody else is printed again here, word for word. " * 12


def cases() -> Iterator[tuple[str, list[tuple[str, int]]]]:
    raised = "Kozeni raises $5 billion as agents go shopping"
    yield (
        BRIEF.format(
            title=raised,
            front="tldr: 代行AIの甲社が5億ドルを調達\n",
            body="甲社は5億ドルを集めました。",
        ),
        [("figures/scale", 5), ("figures/scale", 7)],
    )
    pictures = "\n\n".join(f"![湯気の立つ屋台](p{n}.png)" for n in range(3))
    yield POST.format(front="", body=pictures), [("links/same-alt", 7), ("links/same-alt", 9)]
    yield POST.format(front="", body="![image](p0.png)"), [("image/weak-alt", 5)]
    yield (
        POST.format(
            front="",
            body="この記事はPRを含みます。\n\n業界最高の利回りで、誰でも必ず儲かる投資です。",
        ),
        [("advertising/no-label", 5), ("advertising/claim", 7), ("advertising/claim", 7)],
    )
    yield (
        POST.format(front="", body="元の記事は[発表の全文](https://x.gd/AbC12)です。"),
        [("links/shortener", 5)],
    )
    yield (
        BRIEF.format(title="News", front=f"original: {COPIED}\n", body="元の記事です。"),
        [("rights/mostly-quoted", 5)],
    )
    yield POST.format(front="", body="[目次へ](#目次)\n\n## もくじ"), [("link/no-anchor", 5)]


@pytest.mark.parametrize(("files", "found"), [*cases()])
def test_it_is_found(files: str, found: list[tuple[str, int]], site_factory: SiteFactory) -> None:
    site = site_factory(HEAD + files)
    (site / "content/posts").mkdir(exist_ok=True)
    for number in range(3):
        Image.new("L", (20 + number, 20)).save(site / f"content/posts/p{number}.png")
    review = check(site, Options(output=site / "public", now=NOW))
    told = [(f.problem.code, f.problem.line) for f in review.findings]
    assert [row for row in told if row[0] in {code for code, _ in found}] == found
