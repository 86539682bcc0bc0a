"""A site of a few lines, built in a moment, and what its output holds."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from ssg.build import Options, build

NOW = datetime(2026, 4, 1, tzinfo=UTC)

POST = "---\ntitle: 題{n}\ndate: 2026-01-{day:02}\ntags: [話題{tag}]\n---\n本文{n}です。\n"
LAYOUT = "{{ head.title }}\n{{ head.description }}\n{{ head.json_ld }}\n終\n"
NAMES = ("trend", "page", "home", "list", "terms", "archives", "author", "authors", "404")

# A page of the theme takes time to render: these sites bring layouts of a line.
SMALL = "".join(f"-- layouts/{name}.html --\n{LAYOUT}" for name in NAMES) + (
    "-- site.yaml --\ntitle: いち\nurl: https://blog.example.com\n"
    "-- content/posts/a.md --\n---\ntitle: 甲\ndate: 2026-01-01\ntags: [札]\n"
    "aliases: [/old/a/]\n---\n甲です。\n"
)


def posts(count: int) -> str:
    files = (
        f"-- content/posts/p{n:02}.md --\n" + POST.format(n=n, day=n % 28 + 1, tag=n % 3)
        for n in range(count)
    )
    return SMALL + "".join(files)


def tree(folder: Path) -> dict[str, str]:
    """Everything below a folder: hashes of files, targets of links, empty folders."""
    found = {}
    for here, folders, files in os.walk(folder):
        for name in [*files, *folders]:
            path = Path(here, name)
            key = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found[key] = f"-> {path.readlink()}"
            elif path.is_file():
                found[key] = sha256(path.read_bytes()).hexdigest()
            elif path.is_dir() and not any(path.iterdir()):
                found[key] = "empty"
    return found


def generation(site: Path, title: str) -> None:
    """Make the sources those of a generation: its title stands on every page."""
    (site / "site.yaml").write_text(f"title: {title}\nurl: https://blog.example.com\n", "utf-8")


def made(site: Path) -> None:
    build(site, Options(output=site / "public", now=NOW))
