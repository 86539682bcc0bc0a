"""New things for an author to begin with: a site, a post. Never overwrites a file.

Each raises EnvironmentFault when the machine refuses.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

from ssg.config import Config
from ssg.errors import ContentError, problem
from ssg.output import disk_errors
from ssg.theme import STARTER
from ssg.urls import is_device, is_reserved, slugify

FOLDERS = {"trend": "posts", "news": "news", "page": "pages"}


@disk_errors()
def init(folder: Path) -> list[str]:
    """Make a starter site in a new or empty folder. Returns the files made.

    Raises ContentError when the folder holds anything or is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise ContentError([problem("new/exists", str(folder))])
    if folder.exists() and any(folder.iterdir()):
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


@disk_errors()
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
    blanks = {
        "title": _quoted(title),
        "date": f"{now.astimezone(config.zone):%Y-%m-%d %H:%M}",
        "category": _quoted(category) if category else "",
        "axes": ", ".join(f"{axis.id}: 3" for axis in config.axes),
        "categories": ", ".join(c.name for c in config.categories) or "-",
    }
    text = re.sub(rf"%({'|'.join(blanks)})%", lambda blank: blanks[blank[1]], template)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError as e:
        raise ContentError([problem("new/exists", path)]) from e
    return path


def proposed_slug(title: str, now: datetime) -> str:
    """The slug that a title makes, with the date when that is nothing or cannot be an address."""
    slug = slugify(title)
    if slug and not is_reserved(slug) and not is_device(slug):
        return slug
    return f"{slug}-{now:%Y-%m-%d-%H%M}".lstrip("-")


def _quoted(text: str) -> str:
    """Text as a YAML scalar in double quotes, with escapes for what a reader may refuse."""
    signs = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in signs)
