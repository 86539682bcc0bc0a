"""Make a Pelican site of the same posts: its Markdown reader wants `key: value`, so the head is put that way."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

HERE = Path(__file__).parent / "pelican"
ASSETS = Path(__file__).parents[2] / "assets"
KEPT = re.compile(
    r"^(?:title|kicker|subtitle|date|description|category|summary): .*$", re.MULTILINE
)


def make(site: Path, public: Path, folder: Path) -> None:
    shutil.copytree(HERE, folder)
    shutil.copytree(ASSETS / "css", folder / "theme/assets/css")
    shutil.copytree(public / "covers", folder / "content/covers")
    (folder / "content/posts").mkdir()
    for post in (site / "content/posts").glob("*.md"):
        (folder / "content/posts" / post.name).write_text(_rewritten(post), "utf-8")


def _rewritten(post: Path) -> str:
    _, head, body = post.read_text("utf-8").split("---\n", 2)
    tags = head.partition("tags: [")[2].partition("]")[0]
    fits = "|".join(
        line.removeprefix("  - ") for line in head.splitlines() if line.startswith("  - ")
    )
    fits, _, _ = fits.partition("|{")
    fields = [*KEPT.findall(head), f"tags: {tags}", f"slug: {post.stem}", f"recommended: {fits}"]
    return "\n".join([*fields, "source: https://example.com/report"]) + f"\n\n[TOC]\n{body}"
