"""One build: the same bytes everywhere, nothing of a draft, every problem at once."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ssg.build import Options, build
from tests.conftest import REPO, RunSsg, SiteFactory
from tests.small import SMALL, posts, tree

NOW = datetime(2026, 4, 1, tzinfo=UTC)

BLOG = """-- site.yaml --
title: 湯気の帖
url: https://blog.example.com
author: taro
categories: {AI: ai, 経済: economy, 健康: health}
-- content/authors/taro.md --
---
name: 太郎
---
-- content/pages/about.md --
---
title: この帖について
date: 2026-01-01
---
案内です。
-- content/posts/open.md --
---
title: 開いた題
date: 2026-01-01
category: AI
---
[続きは来週](secret.md)。
"""
SECRET = """---
title: 秘密の題
slug: himitsu-slug
{key}
category: 経済
tags: [秘密の札]
companies: [秘密の会社]
series: 秘密の連載
aliases: [/himitsu-alias/]
cover: {{src: himitsu-cover.png, alt: 秘密の絵}}
---
秘密の本文です。

![秘密の図](himitsu-figure.png)
"""


# --- the same bytes ------------------------------------------------------------------------------


def test_the_machine_makes_no_difference(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    """Hash seed, time zone, locale, processes, folder: 230 posts, so that processes are used."""
    machines = [
        ("first", ["--jobs", "1"], {"PYTHONHASHSEED": "0", "TZ": "UTC"}),
        (
            "second/deeper",
            ["--jobs", "2"],
            {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LANG": "C", "LC_ALL": "C"},
        ),
    ]
    trees = []
    for name, options, env in machines:
        root = site_factory(posts(230), name)
        done = run_ssg("build", "--now", "2026-04-01", *options, cwd=root, env=env)
        assert done.code == 0, done.err
        trees.append(tree(root / "public"))
    assert len(trees[0]) > 350
    assert trees[0] == trees[1]


class Backwards:
    """`os.scandir` in the order that another file system has."""

    scandir = staticmethod(os.scandir)

    def __init__(self, path: Any = ".") -> None:
        with self.scandir(path) as entries:
            self.entries = iter(sorted(entries, key=lambda e: e.name, reverse=True))

    def __iter__(self) -> Any:
        return self.entries

    def __next__(self) -> Any:
        return next(self.entries)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass


def test_the_order_of_files_makes_no_difference(
    site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site_factory(posts(12))
    build(root, Options(output=root / "one", now=NOW))
    monkeypatch.setattr(os, "scandir", Backwards)
    build(root, Options(output=root / "two", now=NOW))
    assert tree(root / "one") == tree(root / "two")


def test_the_day_makes_no_difference(site_factory: SiteFactory) -> None:
    root = site_factory(posts(5))
    for year in (2026, 2036):
        build(root, Options(output=root / str(year), now=datetime(year, 4, 1, tzinfo=UTC)))
    assert tree(root / "2026") == tree(root / "2036")


def test_a_cache_makes_no_difference(site_factory: SiteFactory, picture: bytes) -> None:
    root = site_factory(BLOG)
    (root / "content/posts/secret.md").write_text(SECRET.format(key="date: 2026-01-02"), "utf-8")
    for name in ("himitsu-cover.png", "himitsu-figure.png"):
        (root / "content/posts" / name).write_bytes(picture)
    trees = []
    for _ in range(2):
        build(root, Options(output=root / "public", now=NOW))
        trees.append(tree(root / "public"))
    (root / ".cache/build.sqlite3").unlink()
    build(root, Options(output=root / "public", now=NOW))
    assert trees[0] == trees[1] == tree(root / "public")


# --- nothing of what is held back ------------------------------------------------------------------


@pytest.fixture
def picture() -> bytes:
    return (REPO / "assets/icons/touch.png").read_bytes()


HELD = {
    "draft": "date: 2026-01-02\ndraft: true",
    "future": "date: 2026-04-01 09:00:01",
    "expired": "date: 2026-01-02\nexpires: 2026-04-01 09:00",
}


@pytest.mark.parametrize("why", HELD)
def test_nothing_leaks(
    why: str, site_factory: SiteFactory, picture: bytes, run_ssg: RunSsg
) -> None:
    """No title, text, slug, tag, alias or picture, in no file and in no name; no machine's path."""
    root = site_factory(BLOG)
    (root / "content/posts/secret.md").write_text(SECRET.format(key=HELD[why]), "utf-8")
    for name in ("himitsu-cover.png", "himitsu-figure.png"):
        (root / "content/posts" / name).write_bytes(picture)
    done = run_ssg("build", "--now", "2026-04-01 09:00", "--format", "json", cwd=root)
    assert done.code == 0, done.out
    assert json.loads(done.out)["held_back"] == {"content/posts/secret.md": why}
    words = ["秘密", "himitsu", "secret", "/categories/economy/", str(root), "Traceback"]
    for file in (root / "public").rglob("*"):
        name = file.relative_to(root / "public").as_posix()
        text = file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
        found = [word for word in words if word in name or word in text]
        assert found == [], name
    page = (root / "public/posts/open/index.html").read_text("utf-8")
    assert "続きは来週" in page


@pytest.mark.parametrize("why", ["draft", "future"])
def test_what_is_held_back_can_be_asked_for(
    why: str, site_factory: SiteFactory, picture: bytes, run_ssg: RunSsg
) -> None:
    root = site_factory(BLOG)
    (root / "content/posts/secret.md").write_text(SECRET.format(key=HELD[why]), "utf-8")
    for name in ("himitsu-cover.png", "himitsu-figure.png"):
        (root / "content/posts" / name).write_bytes(picture)
    option = {"draft": "--drafts", "future": "--future"}[why]
    assert run_ssg("build", option, "--now", "2026-04-01", cwd=root).code == 0
    assert (root / "public/posts/himitsu-slug/index.html").is_file()
    assert (root / "public/himitsu-alias/index.html").is_file()
    done = run_ssg("build", "--now", "2026-04-01", cwd=root)
    assert done.code == 0
    assert not list((root / "public").rglob("*himitsu*")), "a preview must not stay public"


def test_a_post_appears_when_its_time_has_come(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    """Its time is that of the site's zone, to the second, whatever the machine's zone is."""
    root = site_factory(BLOG)
    (root / "content/posts/later.md").write_text(
        "---\ntitle: 後の題\ndate: 2026-04-01 09:00\nexpires: 2026-04-02 09:00\n---\n後です。\n",
        "utf-8",
    )
    page = root / "public/posts/later/index.html"
    (root / "content/posts/open.md").write_text("---\ntitle: 開いた題\ndate: 2026-01-01\n---\n")
    moments = {
        "2026-04-01T08:59:59": False,
        "2026-04-01T09:00:00": True,
        "2026-04-02T08:59:59": True,
        "2026-04-02T09:00:00": False,
    }
    for moment, there in moments.items():
        assert run_ssg("build", "--now", moment, cwd=root, env={"TZ": "UTC"}).code == 0
        assert page.exists() == there, moment
        assert ("後の題" in (root / "public/feed.xml").read_text("utf-8")) == there


# --- what it says ------------------------------------------------------------------------------------


WARNED = (
    SMALL
    + "-- content/posts/w.md --\n---\ntitle: 題\ndate: 2026-01-02\nupdated: 2026-01-01\n---\n本文。\n"
)


def test_warnings_do_not_stop_a_build(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(WARNED)
    done = run_ssg("build", cwd=root)
    assert done.code == 0
    assert "content/posts/w.md:4:10: warning front-matter/updated-early" in done.err
    pages = len(list((root / "public").rglob("*.html")))
    assert done.out.startswith(f"{pages} pages in public (posts: 2, ")


def test_strict_makes_warnings_errors(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(WARNED)
    done = run_ssg("build", "--strict", cwd=root)
    assert done.code == 1
    assert done.err.splitlines()[-1].startswith("Warnings: 1. Not published because of --strict")
    assert not (root / "public").exists()


def test_json_is_all_of_the_output(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(WARNED)
    done = run_ssg("build", "--format", "json", cwd=root)
    told = json.loads(done.out)
    assert done.code == 0
    assert done.err == ""
    assert told["ok"] is True
    assert told["posts"] == 2
    assert Path(told["output"]) == root / "public"
    assert [
        (p["path"], p["line"], p["column"], p["code"], p["severity"]) for p in told["problems"]
    ] == [("content/posts/w.md", 4, 10, "front-matter/updated-early", "warning")]
    (root / "content/posts/bad.md").write_text("何もない")
    done = run_ssg("build", "--format", "json", cwd=root)
    told = json.loads(done.out)
    assert done.code == 1
    assert done.err == ""
    assert told["ok"] is False
    assert {p["code"] for p in told["problems"]} == {
        "front-matter/none",
        "front-matter/updated-early",
    }
    (root / "site.yaml").write_text("titel: x\n")
    done = run_ssg("build", "--format", "json", cwd=root)
    assert done.code == 3
    assert {p["path"] for p in json.loads(done.out)["problems"]} == {"site.yaml"}


def test_quiet_prints_nothing(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(WARNED)
    done = run_ssg("build", "--quiet", cwd=root)
    assert (done.code, done.out, done.err) == (0, "", "")
    (root / "content/posts/bad.md").write_text("何もない")
    done = run_ssg("build", "--quiet", cwd=root)
    assert done.code == 1
    assert "front-matter/none" in done.err


def test_no_progress_in_a_pipe(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    done = run_ssg("build", cwd=site_factory(SMALL), env={"FORCE_COLOR": "1", "NO_COLOR": ""})
    assert done.err == ""
    assert "\x1b" not in done.out
    assert "\r" not in done.out


@pytest.mark.parametrize(
    "options",
    [
        ["--jobs", "0"],
        ["--jobs", "many"],
        ["--now", "yesterday"],
        ["--format", "xml"],
        ["--base-url", "nowhere"],
        ["--base-url", "https://blog.example.com/?a=b"],
        ["--no-such-option"],
        ["extra"],
    ],
)
def test_wrong_options_exit_with_2(
    site_factory: SiteFactory, run_ssg: RunSsg, options: list[str]
) -> None:
    root = site_factory(SMALL)
    done = run_ssg("build", *options, cwd=root)
    assert done.code == 2
    assert "Usage: ssg build" in done.err
    assert not (root / "public").exists()


def test_outside_a_site(tmp_path: Path, run_ssg: RunSsg) -> None:
    done = run_ssg("build", cwd=tmp_path)
    assert done.code == 3
    assert "config/outside" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_site_is_found_from_inside_it(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(SMALL)
    assert run_ssg("build", cwd=root / "content/posts").code == 0
    assert run_ssg("build", "--site", "site", cwd=root.parent).code == 0
    assert [p.name for p in root.iterdir() if p.name == "public"] == ["public"]
    assert not (root / "content/posts/public").exists()


def test_every_problem_is_told_at_once(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    """A file that nobody can read does not hide what is wrong with the others."""
    broken = {
        "a-bytes.md": b"\xff\xfe\x00",
        "b-deep.md": b"---\ntitle: " + b"[" * 5000 + b"\n---\n",
        "c-open.md": "---\ntitle: 題\n".encode(),
        "d-names.md": "---\ntitle: 題\ndate: 2026-01-01\ncategory: ない\nauthor: いない\n---\n".encode(),
        "e-picture.md": "---\ntitle: 題\ndate: 2026-01-01\n---\n![絵](none.png)\n".encode(),
        "f-link.md": "---\ntitle: 題\ndate: 2026-01-01\n---\n[先](none.md)\n".encode(),
        "g-colon.md": "---\ntitle： 題\n---\n".encode(),
    }
    root = site_factory(SMALL)
    for name, data in broken.items():
        (root / "content/posts" / name).write_bytes(data)
    done = run_ssg("build", cwd=root)
    assert done.code == 1
    assert "Traceback" not in done.err
    for name in broken:
        assert f"content/posts/{name}" in done.err
    assert done.err.count("content/posts/d-names.md:") == 2
    assert not (root / "public").exists()


def test_a_mistake_in_a_layout_is_told_once(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(posts(20) + "-- layouts/trend.html --\n<p>\n{{ page.titel }}\n")
    done = run_ssg("build", cwd=root)
    assert done.code == 1
    lines = [line for line in done.err.splitlines() if line.startswith("layouts/")]
    assert len(lines) == 1
    assert lines[0].startswith("layouts/trend.html:2:9: layout/undefined")
    assert "title" in done.err.splitlines()[3]


def test_a_block_that_nothing_shows_is_refused_and_one_within_another_is_not(
    site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    root = site_factory(
        posts(1) + "-- layouts/trend.html --\n{% extends 'frame.html' %}\n"
        "{% block main %}<p>{% block inner %}{{ page.title }}{% endblock %}</p>{% endblock %}\n"
        "-- layouts/frame.html --\n{% extends 'base.html' %}\n"
    )
    assert run_ssg("build", cwd=root).code == 0
    layout = root / "layouts/trend.html"
    layout.write_text(layout.read_text("utf-8").replace("block main", "block mian"), "utf-8")
    done = run_ssg("build", cwd=root)
    assert done.code == 1
    assert done.err.startswith("layouts/trend.html:2:10: layout/lost-block ")


def test_a_link_to_a_post_with_a_mistake_is_not_blamed(
    site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    root = site_factory(posts(1))
    (root / "content/posts/wrong.md").write_text("---\ntitle: 甲\ndate: きのう\n---\n文\n", "utf-8")
    (root / "content/posts/link.md").write_text(
        "---\ntitle: 乙\ndate: 2026-01-02\n---\n[甲](wrong.md)\n", "utf-8"
    )
    done = run_ssg("build", cwd=root)
    assert done.code == 1
    assert "link.md" not in done.err


# --- menus -------------------------------------------------------------------------------------------


MENU = "-- layouts/404.html --\n{% for l in site.header %}{{ l.name }} {{ l.url }}\n{% endfor %}--\n{% for l in site.footer %}{{ l.name }} {{ l.url }}\n{% endfor %}"


def test_menus_without_a_word_lead_somewhere(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    """Above the categories that have posts, below the free pages."""
    root = site_factory(BLOG.replace("[続きは来週](secret.md)", "本文") + MENU)
    assert run_ssg("build", cwd=root).code == 0
    assert (root / "public/404.html").read_text("utf-8").split() == (
        "AI /categories/ai/ -- この帖について /about/".split()
    )


def test_written_menus(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    menus = (
        "navigation:\n"
        "  header:\n"
        "    - {label: 札, url: /tags/}\n"
        "    - {label: よそ, url: 'https://other.example.com/?a=1'}\n"
        "    - {label: 無い, url: /nowhere/}\n"
        "  footer: []\n"
    )
    root = site_factory(SMALL.replace("title: いち\n", f"title: いち\n{menus}") + MENU)
    done = run_ssg("build", "--base-url", "https://blog.example.com/ブログ", cwd=root)
    assert done.code == 0
    assert "url/dead-menu" in done.err
    assert "/nowhere/" in done.err
    base = "/%E3%83%96%E3%83%AD%E3%82%B0"
    assert (root / "public/404.html").read_text("utf-8").split() == (
        f"札 {base}/tags/ よそ https://other.example.com/?a=1 無い {base}/nowhere/ --".split()
    )


def test_a_summary_is_text_where_only_text_can_stand(
    site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    root = site_factory(
        SMALL
        + "-- content/posts/s.md --\n---\ntitle: 題\ndate: 2026-01-02\n"
        + "summary: あ**「い」**う\n---\n`<b>`の話。\n"
    )
    assert run_ssg("build", cwd=root).code == 0
    feed = (root / "public/feed.xml").read_text("utf-8")
    assert "<description>あ「い」う</description>" in feed


def test_an_excerpt_with_code_is_escaped_once(site_factory: SiteFactory, run_ssg: RunSsg) -> None:
    root = site_factory(
        SMALL + "-- content/posts/s.md --\n---\ntitle: 題\ndate: 2026-01-02\n---\n`<b>`の話。\n"
    )
    assert run_ssg("build", cwd=root).code == 0
    feed = (root / "public/feed.xml").read_text("utf-8")
    assert "<description>&lt;b&gt;の話。</description>" in feed


def test_a_broken_author_is_the_mistake_that_is_told(
    site_factory: SiteFactory, run_ssg: RunSsg
) -> None:
    root = site_factory(BLOG + "-- content/authors/taro.md --\n---\nnaem: 太郎\n---\n")
    done = run_ssg("build", cwd=root)
    assert done.code == 1
    assert "content/authors/taro.md:2:1: front-matter/unknown-key" in done.err
    assert "config/unknown-author" not in done.err
