"""Make a Hugo site of the same posts: same Markdown, same front matter, layouts of equal output."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generate import CATEGORIES

HERE = Path(__file__).parent / "hugo"
ASSETS = Path(__file__).parents[2] / "assets"
DATE = re.compile(r"^date: (\d{4})-(\d{2})", re.MULTILINE)


def make(site: Path, public: Path, folder: Path) -> None:
    """Beside the posts of `site`, Hugo gets the covers that we drew into `public`."""
    shutil.copytree(HERE, folder)
    shutil.copytree(site / "content/posts", folder / "content/posts")
    shutil.copytree(public / "covers", folder / "static/covers")
    shutil.copytree(ASSETS, folder / "assets", ignore=shutil.ignore_patterns("images", "static"))
    shutil.copy(ASSETS / "static/favicon.ico", folder / "static")
    author = (site / "content/authors/taro.md").read_text("utf-8").replace("name:", "title:", 1)
    _section(folder / "content/authors/taro").write_text(author, "utf-8")
    (folder / "content/posts/_index.md").write_text("---\nbuild: {render: never}\n---\n", "utf-8")
    _terms(folder / "content")
    _archives(folder / "content", site / "content/posts")


def _terms(content: Path) -> None:
    for weight, (name, slug) in enumerate(CATEGORIES.items(), start=1):
        head = f"title: {name}\nslug: {slug}\nweight: {weight}\n"
        _section(content / "category" / name).write_text(f"---\n{head}---\n", "utf-8")
    for folder, title in (
        ("category", "カテゴリー"),
        ("tags", "タグ"),
        ("authors", "書いている人"),
    ):
        _section(content / folder).write_text(f"---\ntitle: {title}\n---\n", "utf-8")


def _archives(content: Path, posts: Path) -> None:
    """Hugo has no lists by date: its users make a section for each year and month."""
    months = {found.groups() for found in map(_month, posts.glob("*.md")) if found}
    top = _section(content / "archives")
    top.write_text("---\ntitle: 月別の記事\nlayout: years\n---\n", "utf-8")
    for year in {year for year, _ in months}:
        head = f"title: {year}年\nperiod: '{year}'\n"
        _section(content / "archives" / year).write_text(f"---\n{head}---\n", "utf-8")
    for year, month in months:
        head = f"title: {year}年{int(month)}月\nperiod: {year}-{month}\nmonth: {int(month)}\nweight: {int(month)}\n"
        _section(content / "archives" / year / month).write_text(f"---\n{head}---\n", "utf-8")


def _month(post: Path) -> re.Match[str] | None:
    return DATE.search(post.read_text("utf-8"))


def _section(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "_index.md"
