"""The lines around a mistake, read from the sources of one site."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from ssg.errors import Problem
from ssg.theme import NAME, folders

AROUND = 2
HIDDEN = "***"
LARGEST = 16 * 1024 * 1024
_CODECS = {"Shift_JIS": "cp932", "EUC-JP": "euc_jp", "ISO-2022-JP": "iso2022_jp"}


class Excerpts:
    """Reads files below some folders, and no others."""

    def __init__(self, *roots: Path) -> None:
        self.roots = tuple(root.resolve() for root in roots)

    @classmethod
    def of(cls, root: Path) -> Excerpts:
        """Of a site's own files and the theme's."""
        return cls(root, *(folder.parent for folder in folders(root, "layouts")))

    def around(self, problem: Problem, many: int = AROUND) -> list[tuple[int, str]]:
        """The line of a problem and those next to it, with their numbers."""
        if not problem.line:
            return []
        codec = _CODECS.get(dict(problem.args).get("name", ""), "utf-8-sig")
        lines = _lines(self._bytes(problem.path), codec)
        if problem.path == NAME:
            from ssg.targets import betrays

            lines = [HIDDEN if betrays(line) else line for line in lines]
        first = max(problem.line - many, 1)
        return [*enumerate(lines[first - 1 : problem.line + many], first)]

    def line(self, problem: Problem) -> str | None:
        """The line of a problem; None when there is none or it cannot be read."""
        if problem.code == "encoding/utf-16":
            return None
        if dict(problem.args).get("key", "").startswith("deploy."):  # perhaps a password misspelt
            return None
        line = next((line for _, line in self.around(problem, 0)), None)
        return None if line == HIDDEN else line

    def file(self, path: str) -> Path | None:
        """The file that the path of a problem means."""
        for root in self.roots:
            file = root / path
            with suppress(OSError, ValueError):
                inside = file.resolve().is_relative_to(root) and not file.is_symlink()
                if inside and file.is_file():
                    return file
        return None

    def _bytes(self, path: str) -> bytes:
        file = self.file(path)
        with suppress(OSError):
            if file and file.stat().st_size <= LARGEST:
                return file.read_bytes()
        return b""


@lru_cache(maxsize=8)
def _lines(data: bytes, codec: str) -> list[str]:
    text = data.decode(codec, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if data else []
