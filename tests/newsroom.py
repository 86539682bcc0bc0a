"""A news desk in a few lines: briefs as text, and a build of them in this process."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from ssg.build import Options, Report, build
from tests.web.built import Built

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = "title: 湯気速報\nurl: https://news.example.com\n"
AXES = ("depth", "relevance", "practicality", "novelty")


def brief(
    title: str, date: str, *, publisher: str = "やかん通信", body: str = "", **more: object
) -> str:
    """A brief; `more` are further keys of its front matter, which takes JSON as YAML."""
    source = {"name": publisher, "url": f"https://kettle.example.org/{quote(title)}"}
    rows = {"title": title, "source": source, "date": date} | more
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in rows.items()]
    return "\n".join(["---", *lines, "---", body or f"{title}について伝える。", ""])


def rated(*values: int) -> dict[str, int]:
    """The four axes of a site that declares none; one value stands for all."""
    return dict(zip(AXES, values * (4 // len(values)), strict=True))


def write(root: Path, files: dict[str, str]) -> None:
    """Files by path; a name without a folder is a brief."""
    for name, text in files.items():
        path = root / (name if "/" in name or "." in name else f"content/news/{name}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def published(root: Path, files: dict[str, str]) -> Built:
    """The site that the files make."""
    report(root, files)
    return Built(root / "public")


def report(root: Path, files: dict[str, str]) -> Report:
    write(root, {"site.yaml": SITE} | files)
    return build(root, Options(output=root / "public", now=NOW))
