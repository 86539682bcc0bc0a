"""What `ssg deploy` says of the articles that it publishes, holds back and takes away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ssg.config import load_config
from ssg.deploy.articles import articles
from tests.conftest import RunSsg
from tests.publishing import blog

DIR = "  web: {type: dir, path: ../web}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return blog(tmp_path / "site", DIR)


def draft(site: Path, name: str, key: str) -> None:
    text = f"---\ntitle: 題{name}\ndate: 2026-04-01\n{key}\n---\n本文\n"
    (site / f"content/posts/{name}.md").write_text(text, encoding="utf-8")


def test_what_is_held_back_is_told(site: Path, run_ssg: RunSsg) -> None:
    draft(site, "unfinished", "draft: true")
    draft(site, "over", "expires: 2026-04-02")
    for _ in range(2):  # also when nothing has changed
        done = run_ssg("--lang", "ja", "deploy", cwd=site)
        assert (
            "下書き1本、期限切れ1本は出していません（content/posts/over.md、content/posts/unfinished.md）。\n"
            in done.out
        )


def test_articles_are_named_first(site: Path, run_ssg: RunSsg) -> None:
    done = run_ssg("deploy", "--dry-run", cwd=site)
    listed = re.findall(r"^  \+ (\S+)", done.out, re.MULTILINE)
    own = [name for name in listed if re.fullmatch(r"posts/[^/]+/index.html", name)]
    assert own
    assert listed[: len(own)] == own


def test_a_page_that_goes_is_named_unless_its_readers_are_sent_on(
    site: Path, run_ssg: RunSsg
) -> None:
    run_ssg("deploy", cwd=site)
    posts = site / "content/posts"
    (posts / "p1.md").rename(posts / "p100.md")
    dry = run_ssg("--lang", "ja", "deploy", "--dry-run", cwd=site)
    assert "deploy/page-gone 公開中のページ /posts/p1/ がなくなります。" in dry.err
    assert "aliases: [/posts/p1/]" in dry.err
    assert dry.err.count("deploy/page-gone") == 1
    text = (posts / "p100.md").read_text("utf-8")
    moved = text.replace("title:", "aliases: [/posts/p1/]\ntitle:", 1)
    (posts / "p100.md").write_text(moved, encoding="utf-8")
    assert "deploy/page-gone" not in run_ssg("deploy", cwd=site).err


def test_a_folder_is_named_as_it_was_given(site: Path, run_ssg: RunSsg) -> None:
    done = run_ssg("deploy", "--to", "../other", cwd=site)
    assert "../other (dir):\n" in done.out


@pytest.mark.parametrize(
    ("permalink", "own", "others"),
    [
        ("/posts/:slug/", ["posts/a/index.html"], ["posts/index.html", "posts/a/b/index.html"]),
        ("/:year/:slug/", ["2026/a/index.html"], ["tags/a/index.html", "places/a/index.html"]),
        ("/d/:year/:month/:slug/", ["d/2026/04/a/index.html"], ["d/2026/04/index.html"]),
        ("/:slug/", ["about/index.html"], ["tags/index.html", "daily/index.html", "index.html"]),
    ],
)
def test_articles_are_known_by_their_addresses(
    permalink: str, own: list[str], others: list[str], tmp_path: Path
) -> None:
    (tmp_path / "site.yaml").write_text(
        "title: 帖\nurl: https://blog.tarou.jp\n"
        f"permalinks: {{posts: '{permalink}', news: /news/:slug/, pages: /about-us/:slug/}}\n"
        "taxonomies: [{name: places, label: 場所}]\n"
        "digests: [{slug: daily, label: 日報, every: day}]\n",
        encoding="utf-8",
    )
    assert articles(load_config(tmp_path), own + others) == set(own)
