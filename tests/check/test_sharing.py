"""Titles, descriptions and addresses as others show them."""

from __future__ import annotations

import pytest

from ssg.check.rules import sharing
from tests.conftest import SiteFactory
from tests.marked import reported, told

CUT = "sharing/title-cut"


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("あ" * 40, []),
        ("あ" * 41, [CUT]),
        ("a" * 60, []),
        ("あ" * 20 + "a" * 40, []),
        ("あ" * 21 + "a" * 39, [CUT]),
        ("あ" * 61, []),  # a warning of the build
    ],
)
def test_the_width_of_titles(title: str, codes: list[str]) -> None:
    text = f"---\ntitle: {title}\ndate: 2026-01-01\n---\n文\n"
    assert reported(sharing, text) == [(code, 2, 8) for code in codes]


@pytest.mark.parametrize(("length", "count"), [(120, 0), (121, 1), (140, 1), (141, 0)])
def test_the_width_of_descriptions(length: int, count: int) -> None:
    text = f"---\ntitle: 題\ndate: 2026-01-01\ndescription: {'あ' * length}\n---\n文\n"
    assert reported(sharing, text) == [("sharing/description-cut", 4, 14)] * count


@pytest.mark.parametrize(
    ("slug", "codes"),
    [
        ("123", ["sharing/number-slug"]),
        ("2026-01-01", ["sharing/number-slug"]),
        ("1-2", ["sharing/number-slug"]),
        ("2026-01-01-kiji", []),
        ("ai-search", []),
        ("検索の今", []),
        ("あ" * 22, []),
        ("あ" * 23, ["sharing/long-slug"]),
        ("a" * 200, []),
    ],
)
def test_addresses(slug: str, codes: list[str]) -> None:
    text = f"---\ntitle: 題\ndate: 2026-01-01\nslug: '{slug}'\n---\n文\n"
    assert reported(sharing, text) == [(code, 4, 7) for code in codes]


SAME = "どの記事にも付いている同じ説明です。読む人にはどちらの記事が自分の探すものなのかが分かりません。"


def test_what_two_sources_have_in_common(site_factory: SiteFactory) -> None:
    posts = "".join(
        f"-- content/posts/{name}.md --\n---\ntitle: {title}\ndate: 2026-01-01\n"
        f"description: {description}\n---\n文\n"
        for name, title, description in (
            ("12", "甲", SAME),
            ("b", "乙", SAME),
            ("c", "甲", SAME.replace("同じ", "別の")),
        )
    )
    site = site_factory(f"-- site.yaml --\ntitle: 帖\nurl: https://b.example\n{posts}")
    assert told(site, ("sharing",)) == [
        ("sharing/number-slug", "content/posts/12.md", 2),
        ("sharing/same-description", "content/posts/b.md", 4),
        ("sharing/same-title", "content/posts/c.md", 2),
    ]
