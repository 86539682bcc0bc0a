"""`ssg build --explain` names what has changed, and nothing that has not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import REPO, RunSsg, SiteFactory
from tests.test_fresh import SITE, settle

MORE = (
    "-- content/posts/b.md --\n---\ntitle: 乙\ndate: 2026-01-03\ntags: [札]\n"
    "description: 説明です。\n---\n乙の文です。\n"
)


@pytest.fixture
def site(site_factory: SiteFactory, run_ssg: RunSsg) -> Path:
    root = site_factory(SITE + MORE)
    settle(root)
    assert run_ssg("build", "--now", "2026-04-01", cwd=root).code == 0
    return root


def told(run_ssg: RunSsg, site: Path, page: str, *more: str) -> list[str]:
    done = run_ssg("build", "--now", "2026-04-01", "--explain", page, *more, cwd=site)
    assert done.code == 0, done.err
    return [line for line in done.out.splitlines() if "public" not in line and "Left" not in line]


def edit(site: Path, path: str, old: str, new: str) -> None:
    file = site / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_page_of_which_nothing_has_changed(site: Path, run_ssg: RunSsg) -> None:
    kept = "posts/a/index.html was not made anew: all that it is made of is as before."
    for page in ("/posts/a/", "posts/a/index.html", "content/posts/a.md"):
        assert told(run_ssg, site, page) == [kept]
    edit(site, "content/posts/b.md", "乙の文", "別の文")
    assert told(run_ssg, site, "/posts/a/") == [kept], "its neighbour's text is not shown on it"


def test_its_own_text(site: Path, run_ssg: RunSsg) -> None:
    edit(site, "content/posts/a.md", "甲です", "乙です")
    assert told(run_ssg, site, "/posts/a/") == [
        "posts/a/index.html was made anew. What has changed:",
        "  content/posts/a.md (this post)",
    ]


def test_a_neighbour_and_a_list(site: Path, run_ssg: RunSsg) -> None:
    edit(site, "content/posts/b.md", "title: 乙", "title: 丙")
    assert told(run_ssg, site, "/posts/a/")[1:] == ["  content/posts/b.md (a related post)"]
    edit(site, "content/posts/gone.md", "title: 期限", "title: 期日")
    line = "  content/posts/gone.md (the post before or after)"
    assert told(run_ssg, site, "/posts/a/")[1:] == [line]
    edit(site, "content/posts/b.md", "title: 丙", "title: 丁")
    assert told(run_ssg, site, "/tags/札/")[1:] == ["  content/posts/b.md (a post in the list)"]


@pytest.mark.parametrize(
    ("path", "old", "new", "line"),
    [
        ("layouts/trend.html", "{{ page.title }}", "<b>{{ page.title }}</b>", "layouts/trend.html"),
        ("content/data/notes.yaml", "言葉", "文字", "content/data/notes"),
        ("assets/extra.txt", "いち", "にい", "assets/extra.txt"),
        ("content/authors/taro.md", "太郎", "次郎", "content/authors/taro.md (the author)"),
        ("site.yaml", "湯気", "波音", "site.yaml, or the texts of layouts"),
    ],
)
def test_what_it_is_made_of(
    site: Path, run_ssg: RunSsg, path: str, old: str, new: str, line: str
) -> None:
    edit(site, path, old, new)
    assert f"  {line}" in told(run_ssg, site, "/posts/a/")


def test_pages_that_come_and_go(site: Path, run_ssg: RunSsg) -> None:
    (site / "content/posts/c.md").write_text("---\ntitle: 新\ndate: 2026-01-01\n---\n", "utf-8")
    assert told(run_ssg, site, "/posts/c/") == ["posts/c/index.html is a new page."]
    (site / "content/posts/c.md").unlink()
    assert told(run_ssg, site, "/posts/a/")[1:] == [
        "  which posts stand on it, their order or their number"
    ]
    assert told(run_ssg, site, "/posts/bb/") == [
        "There is no page /posts/bb/.",
        "Did you mean /posts/b/?",
    ]


def test_in_japanese_and_for_tools(site: Path, run_ssg: RunSsg) -> None:
    edit(site, "content/posts/a.md", "甲です", "乙です")
    done = run_ssg(
        "--lang", "ja", "build", "--now", "2026-04-01", "--explain", "/posts/a/", cwd=site
    )
    assert done.out.splitlines()[-2:] == [
        "posts/a/index.html を作り直しました。変わったもの:",
        "  content/posts/a.md（このページの記事）",
    ]
    done = run_ssg("build", "--format", "json", "--explain", "/", "--now", "2026-04-01", cwd=site)
    assert json.loads(done.out)["explained"] == {"page": "index.html", "fate": "kept"}


def test_every_role_has_a_name() -> None:
    """The names that recipes give to the posts they are given."""
    from ssg.sentences import ROLES

    plans = "\n".join(
        (REPO / f"ssg/{n}.py").read_text("utf-8") for n in ("pages", "lists", "desk", "planning")
    )
    used = {name for name in ROLES["en"] if f'"{name}": ' in plans}
    assert {"post", "shown", "front", "items", "related", "older", "series"} <= used
    assert ROLES["en"].keys() == ROLES["ja"].keys()
