"""The cache saves work and nothing else: whatever happens to its file, a build goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ssg import press
from ssg.cache import FILE, Cache
from tests.conftest import REPO, SiteFactory
from tests.small import SMALL, made, tree

COVER = "-- content/posts/b.md --\n---\ntitle: 乙\ndate: 2026-01-02\ncover: b.png\n---\n"


def kept(folder: Path, *keys: str) -> list[bytes | None]:
    with Cache(folder) as cache:
        return [cache.get(key) for key in keys]


def test_what_was_put_is_there(tmp_path: Path) -> None:
    with Cache(tmp_path / "new") as cache:
        cache.put("一", b"\0\xff")
        cache.put("二", b"")
        cache.put("一", b"1")
        assert cache.get("一") == b"1"
    assert kept(tmp_path / "new", "一", "二", "三") == [b"1", b"", None]


def test_pictures_that_are_not_used_are_forgotten(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        for key in ("/a", "/b", "/c", "snapshot"):
            cache.put(key, key.encode())
        cache.keep_pictures({"/b", "/z"})
    assert kept(tmp_path, "/a", "/b", "/c", "/z") == [None, b"/b", None, None]
    assert kept(tmp_path, "snapshot") == [b"snapshot"]


def damaged_header(file: Path) -> None:
    file.write_bytes(b"not a database" * 100)


def damaged_pages(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[100:] = b"\xaa" * (len(data) - 100)
    file.write_bytes(data)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:1500])


def another_table(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE blobs (other INTEGER)")
    database.close()


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("harm", [damaged_header, damaged_pages, cut, another_table, a_folder])
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    with Cache(tmp_path) as cache:
        for number in range(50):
            cache.put(str(number), b"x" * 400)
    harm(tmp_path / FILE)
    with Cache(tmp_path) as cache:
        assert cache.get("1") in (None, b"x" * 400)
        cache.put("new", b"y")
        cache.keep_pictures({"new"})
    if harm is not a_folder:
        with Cache(tmp_path) as cache:
            cache.put("newer", b"z")
        assert kept(tmp_path, "newer") == [b"z"], "the next build has a sound one"


def test_a_full_disk_stops_no_build(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        assert cache.database is not None
        cache.database.execute("PRAGMA max_page_count = 3")
        cache.put("large", b"x" * 100_000)
        cache.put("small", b"y")
        assert cache.get("large") == b"x" * 100_000, "in memory"
        assert cache.get("small") == b"y"


def test_pictures_are_made_once(site_factory: SiteFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site_factory(SMALL + COVER)
    (root / "content/posts/b.png").write_bytes((REPO / "assets/icons/touch.png").read_bytes())
    made(root)
    before = tree(root / "public")

    def refuse(_: object) -> bytes:
        raise AssertionError("made again")

    monkeypatch.setattr(press, "encode", refuse)
    made(root)
    assert tree(root / "public") == before
