"""Walk `content/` and read it: every file once, nothing outside, nothing that could block."""

from __future__ import annotations

import os
import unicodedata
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from ssg.decoding import decode
from ssg.errors import Problem, problem
from ssg.kept import SIZE
from ssg.model import Frozen
from ssg.text import visible
from ssg.urls import WINDOWS_SIGNS, is_device

SECTIONS = ("posts", "news", "pages", "authors", "digests")
_FOLDERS = frozenset(f"content/{name}" for name in (*SECTIONS, "data"))
_LIKE_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".md.txt", ".mdx")


class Found(Frozen, frozen=True):
    """A Markdown file of a section; `path` is relative to the site's root, with `/`."""

    path: str
    section: str


class Source(Frozen, frozen=True):
    """A Markdown file as it was read, with the digest of its bytes; no text when it is wrong."""

    digest: bytes
    text: str | None
    problems: list[Problem] = []


class DataFile(Frozen, frozen=True):
    """A file of `content/data`."""

    name: str
    path: str
    text: str


def find_sources(root: Path) -> tuple[list[Found], list[Problem]]:
    """Every Markdown file of the sections, by path, with what keeps the others out."""
    found: list[Found] = []
    problems: list[Problem] = []
    for path in _walk(root, "content", problems):
        section = path.split("/", 2)[1]
        if path in _FOLDERS:
            problems.append(problem("content/not-a-folder", path))
        elif not path.endswith(".md"):
            problems.extend(_suffix_advice(root, path, section))
        elif section not in SECTIONS or path.count("/") < 2:
            problems.append(problem("content/no-section", path, 0, 0, known=", ".join(SECTIONS)))
        else:
            found.append(Found(path, section))
    return found, problems


def passed_over(root: Path) -> list[Problem]:
    """What the site has in `layouts/` and `assets/` that nothing would use, and nobody miss."""
    problems: list[Problem] = []
    for folder in ("layouts", "assets"):
        if (root / folder).is_dir():
            deque(_walk(root, folder, problems), maxlen=0)
        elif os.path.lexists(root / folder):
            problems.append(problem("content/not-a-folder", folder))
    return problems


def read_source(root: Path, path: str) -> Source:
    """The text of one source, or what is wrong with it."""
    try:
        data = (root / path).read_bytes()
    except OSError as e:
        return Source(b"", None, [problem("content/unreadable", path, 0, 0, why=e.strerror)])
    text, problems = decode(data, path)
    return Source(blake2b(data, digest_size=SIZE).digest(), None if problems else text, problems)


def read_data(root: Path) -> tuple[list[DataFile], list[Problem]]:
    """Every YAML file of `content/data`. What the walk finds is `find_sources`' to report."""
    files: list[DataFile] = []
    problems: list[Problem] = []
    if not (root / "content/data").is_dir():
        return files, problems
    for path in _walk(root, "content/data", []):
        name, _, suffix = path.removeprefix("content/data/").rpartition(".")
        if suffix in ("yaml", "yml"):
            source = read_source(root, path)
            problems += source.problems
            if source.text is not None:
                files.append(DataFile(name=name, path=path, text=source.text))
    return files, problems


def read_beside(root: Path, reference: str, source: str) -> str:
    """A text file that a source names, relative to it and below `content/`.

    Raises OSError when it is not there, UnicodeDecodeError when it is not UTF-8.
    """
    file = (root / source).parent / reference
    if file.is_symlink() or not file.resolve().is_relative_to((root / "content").resolve()):
        raise FileNotFoundError(reference)
    return file.read_text("utf-8-sig")


def _walk(root: Path, folder: str, problems: list[Problem]) -> Iterator[str]:
    """Paths of the regular files below `folder`, in the order of their NFC names."""
    try:
        with os.scandir(root / folder) as found:
            entries = list(found)
    except OSError as e:
        problems.append(problem("content/unreadable", folder, 0, 0, why=e.strerror))
        return
    entries.sort(key=lambda e: (_composed(e.name), e.name))
    twins: dict[str, str] = {}
    for entry in entries:
        if entry.name.startswith((".", "#")) or entry.name.endswith("~"):
            continue
        path = f"{folder}/{entry.name}"
        if wrong := _refused(entry, path, twins):
            problems.append(wrong)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path, problems)
        else:
            problems.extend(_windows_advice(entry.name, path))
            yield path


def _refused(entry: os.DirEntry[str], path: str, twins: dict[str, str]) -> Problem | None:
    """Why an entry can not be taken: a link, a pipe, a twin, a name that is not UTF-8."""
    if not entry.name.isprintable() and any("\udc80" <= c <= "\udcff" for c in entry.name):
        shown = os.fsencode(path).decode("ascii", "backslashreplace")
        return problem("file/not-utf-8", shown)
    first = twins.setdefault(_composed(entry.name), path)
    if first != path:
        return problem("file/twins", path, 0, 0, first=first)
    if entry.is_symlink():
        return problem("content/symlink", path)
    if not entry.is_dir() and not entry.is_file():
        return problem("content/not-a-file", path)
    return None


def _composed(name: str) -> str:
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _suffix_advice(root: Path, path: str, section: str) -> Iterator[Problem]:
    """A file that was probably meant to be a post, and would be missed without a word."""
    name = path.rpartition("/")[2]
    low = name.lower()
    if section in SECTIONS and (
        low.endswith(_LIKE_MARKDOWN) or (low.endswith(".txt") and _has_front_matter(root / path))
    ):
        yield problem("content/suffix", path, 0, 0, name=visible(name))


def _has_front_matter(file: Path) -> bool:
    """Whether a text begins as a post does; others lie beside posts for them to read."""
    try:
        with file.open("rb") as opened:
            return opened.read(8).removeprefix(BOM_UTF8).startswith(b"---")
    except OSError:
        return False


def _windows_advice(name: str, path: str) -> Iterator[Problem]:
    if is_device(name):
        yield problem("file/device", path, 0, 0, name=visible(name))
    elif not WINDOWS_SIGNS.isdisjoint(name) or name.rpartition(".")[0].endswith((" ", ".")):
        yield problem("file/windows", path, 0, 0, name=visible(name))
