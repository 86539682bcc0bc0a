"""A build with nothing to do does nothing; after any edit it makes what a clean build makes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ssg.build import build
from ssg.fresh import Options, Report, unchanged
from ssg.trees import MANIFEST
from tests.conftest import REPO, SiteFactory, clean_environment
from tests.small import tree

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LAYOUTS = (
    "trend page home list terms author authors archives 404 redirect".split()
    + "news digest digests trends".split()
)
SITE = "".join(
    f"-- layouts/{name}.html --\n<!doctype html><title>{{{{ site.title }}}}</title>{name}\n"
    for name in LAYOUTS
) + (
    "-- site.yaml --\ntitle: 湯気\nurl: https://blog.example.com\nauthor: taro\n"
    "-- layouts/trend.html --\n{{ page.title }} {{ page.date }} {{ body.html }} "
    "{{ data.notes.word }} {{ asset('extra.txt') }} {{ author.name }}\n"
    "-- assets/extra.txt --\nいち\n"
    "-- content/data/notes.yaml --\nword: 言葉\n"
    "-- content/authors/taro.md --\n---\nname: 太郎\n---\n"
    "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\ntags: [札]\n---\n甲です。\n"
    "-- content/posts/soon.md --\n---\ntitle: 近日\ndate: 2026-04-02\n---\n近日です。\n"
    "-- content/posts/gone.md --\n---\ntitle: 期限\ndate: 2026-01-02\nexpires: 2026-04-03\n---\n文。\n"
)


@pytest.fixture
def site(site_factory: SiteFactory) -> Path:
    root = site_factory(SITE)
    settle(root)
    build(root, options(root))
    return root


def options(root: Path, now: datetime = NOW, output: str = "public") -> Options:
    return Options(output=root / output, now=now)


def settle(root: Path) -> None:
    """Give all files a time that is well past: what has just been written is read again."""
    past = time.time() - 3600
    for file in root.rglob("*"):
        os.utime(file, (past, past))


def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        file = root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return change


def rename(root: Path) -> None:
    (root / "content/posts/a.md").rename(root / "content/posts/b.md")


def remove(root: Path) -> None:
    (root / "content/posts/a.md").unlink()


def add(root: Path) -> None:
    (root / "content/posts/n.md").write_text("---\ntitle: 新\ndate: 2026-02-01\n---\n", "utf-8")


EDITS = {
    "text": edit("content/posts/a.md", "甲です", "乙です"),
    "title": edit("content/posts/a.md", "title: 甲", "title: 丙"),
    "draft": edit("content/posts/a.md", "tags: [札]", "draft: true"),
    "tag": edit("content/posts/a.md", "[札]", "[紙]"),
    "author": edit("content/authors/taro.md", "太郎", "次郎"),
    "layout": edit("layouts/trend.html", "{{ page.title }}", "<b>{{ page.title }}</b>"),
    "asset": edit("assets/extra.txt", "いち", "にい"),
    "data": edit("content/data/notes.yaml", "言葉", "文字"),
    "settings": edit("site.yaml", "title: 湯気", "title: 波音"),
    "rename": rename,
    "remove": remove,
    "add": add,
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_after_an_edit_the_site_is_that_of_a_clean_build(
    site: Path, change: Callable[[Path], None]
) -> None:
    assert unchanged(site, options(site)) is not None
    change(site)
    assert unchanged(site, options(site)) is None
    build(site, options(site))
    build(site, options(site, output="clean"))
    assert tree(site / "public") == tree(site / "clean")


def test_a_compiled_layout_is_that_of_its_source(site: Path) -> None:
    page = site / "public/posts/a/index.html"
    assert "<b>" not in page.read_text("utf-8")
    EDITS["layout"](site)
    build(site, options(site))
    assert "<b>甲</b>" in page.read_text("utf-8")


@pytest.mark.parametrize("days", [1, 2, -200])
def test_the_clock_passes_a_date(site: Path, days: int) -> None:
    then = options(site, NOW + timedelta(days=days))
    assert unchanged(site, then) is None
    assert unchanged(site, options(site, NOW + timedelta(hours=1))) is not None


def test_an_output_that_is_not_that_of_the_last_build(site: Path) -> None:
    (site / "public" / MANIFEST).unlink()
    assert unchanged(site, options(site)) is None


def test_a_page_changed_by_hand_is_made_again(site: Path) -> None:
    page = site / "public/posts/a/index.html"
    before = page.read_bytes()
    page.write_bytes(b"by hand")
    build(site, options(site))
    assert page.read_bytes() == before


def test_files_with_the_same_bytes_are_not_written_again(site: Path) -> None:
    inodes = {p: p.stat().st_ino for p in (site / "public").rglob("*.html")}
    edit("content/posts/a.md", "甲です", "乙です")(site)
    report = build(site, options(site))
    written = [p for p, inode in inodes.items() if p.stat().st_ino != inode]
    assert site / "public/posts/a/index.html" in written
    assert 0 < len(written) < len(inodes)
    assert isinstance(report, Report)
    assert 0 < report.changed <= len(written) + 5  # feeds carry the text too


def test_strict_does_not_pass_over_old_warnings(site: Path) -> None:
    (site / "content/posts/w.md").write_text(
        "---\ntitle: 注\ndate: 2026-02-01\nupdated: 2026-01-01\n---\n", "utf-8"
    )
    settle(site)
    assert build(site, options(site)).warnings
    assert unchanged(site, options(site)) is not None
    strict = Options(output=site / "public", now=NOW, strict=True)
    assert unchanged(site, strict) is None


def test_nothing_to_do_means_nothing_imported(site: Path) -> None:
    code = (
        "import sys; from ssg.cli import cli\n"
        "try: cli(['build'])\n"
        "except SystemExit: pass\n"
        "heavy = {'markdown', 'jinja2', 'pydantic', 'yaml', 'PIL', 'rich', 'budoux'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    for file in ("soon", "gone"):
        (site / f"content/posts/{file}.md").unlink()
    settle(site)
    for expected in ("pages in", "Nothing has changed"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=site,
            env=clean_environment() | {"PYTHONPATH": str(REPO)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert expected in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
