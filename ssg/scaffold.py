"""New things for an author to begin with: a site, a post. Never overwrites a file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from ssg.config import Config
from ssg.errors import ContentError, problem
from ssg.theme import STARTER
from ssg.urls import slugify

FOLDERS = {"trend": "posts", "page": "pages"}


def init(folder: Path) -> list[str]:
    """Make a starter site in a new or empty folder. Returns the files made.

    Raises ContentError when the folder holds anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ContentError([problem("init/not-empty", str(folder))])
    made = []
    for file in sorted(p for p in STARTER.rglob("*") if p.is_file()):
        name = file.relative_to(STARTER).as_posix()
        target = folder / (".gitignore" if name == "gitignore" else name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            out.write(file.read_bytes())
        made.append(target.relative_to(folder).as_posix())
    return made


def new_post(
    root: Path, config: Config, title: str, layout: str, slug: str, category: str, now: datetime
) -> str:
    """Write a post with every field of its format ready to fill in. Returns its path.

    Raises ContentError when a file of that name exists.
    """
    path = f"content/{FOLDERS[layout]}/{slug}.md"
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    template = (STARTER.parent / "drafts" / f"{layout}.{config.language}.md").read_text("utf-8")
    text = (
        template.replace("%title%", json.dumps(title, ensure_ascii=False))
        .replace("%date%", f"{now.astimezone(config.zone):%Y-%m-%d %H:%M}")
        .replace("%category%", json.dumps(category, ensure_ascii=False) if category else "")
        .replace("%categories%", ", ".join(c.name for c in config.categories) or "-")
    )
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError as e:
        raise ContentError([problem("new/exists", path)]) from e
    return path


def proposed_slug(title: str, now: datetime) -> str:
    """The slug that a title makes; the date when it leaves nothing."""
    return slugify(title) or f"{now:%Y-%m-%d-%H%M}"
