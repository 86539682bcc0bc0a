"""Where layouts lie: in the site's folder, then in that of the default theme, file by file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

USUAL = {"posts": "trend", "news": "news", "pages": "page"}
# What each layout of the theme shows: pages of these sections, or something else.
SHOWS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("trend", "page", "premium", "tokushoho"), ("posts", "pages")),
    "news": ("news",),
    **dict.fromkeys(("404", "archives", "author", "authors", "base", "digest", "digests"), ()),
    **dict.fromkeys(("home", "list", "redirect", "terms", "trends"), ()),
}


def fitting(names: Iterable[str], section: str) -> list[str]:
    """The layouts that a source may ask for: of the theme those that show its section, and all
    that the site added.
    """
    return sorted(name for name in names if section in SHOWS.get(name, USUAL))


class LayoutFiles:
    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = tuple(f.resolve() for f in folders)

    def names(self) -> frozenset[str]:
        """The layouts of whole pages."""
        return frozenset(p.stem for folder in self.folders for p in folder.glob("*.html"))

    def files(self) -> list[str]:
        """Every layout and partial, by name."""
        found = (p.relative_to(f) for f in self.folders for p in f.rglob("*") if p.is_file())
        return sorted({name.as_posix() for name in found})

    def find(self, name: str) -> tuple[Path, Path] | None:
        """The file of a layout, and the folder in which it was looked for."""
        places = ((folder / name, folder) for folder in self.folders)
        return next((place for place in places if place[0].is_file()), None)

    def text(self, name: str) -> str:
        """The text of a layout as far as it is one, with the line ends that Jinja counts."""
        text = self.read(name).decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def read(self, name: str) -> bytes:
        """The bytes of a layout that `files` names."""
        place = self.find(name)
        return place[0].read_bytes() if place else b""
