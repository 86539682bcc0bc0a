"""Compressed twins: beside their originals at each moment, and made once."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg.cache import Cache
from ssg.deploy import twins as module
from ssg.deploy.changes import Changes, changes, phases
from ssg.deploy.changes import Record as Before
from ssg.deploy.parcel import Parcel, digest
from ssg.deploy.twins import gzipped, twins
from ssg.errors import EnvironmentFault
from tests.publishing import blog, files_of, post, publish

TEXT = "同じことばを何度も書きます。".encode() * 40
Files = dict[str, bytes]


def made(files: Files, cache: Cache, *ways: str) -> Files:
    parcel = Parcel(Path(), {name: digest(data) for name, data in files.items()}, files)
    return twins(parcel, ways, cache)


@given(st.binary(max_size=2000))
def test_what_was_packed_can_be_unpacked(data: bytes) -> None:
    assert gzip.decompress(gzipped(data)) == data
    assert gzipped(data) == gzipped(data)
    assert gzipped(data)[4:8] == bytes(4)  # no time: RFC 1952, 2.3.1


def test_only_texts_that_become_smaller_have_twins(tmp_path: Path) -> None:
    noise = bytes(n * 7919 % 251 for n in range(300)) + Path(sys.executable).read_bytes()[:300]
    files = {
        "index.html": TEXT,
        "a.css": TEXT,
        "small.txt": TEXT[:100],
        "a.webp": TEXT,
        "noise.txt": gzipped(noise + TEXT),
    }
    with Cache(tmp_path) as cache:
        found = made(files, cache, "gzip", "brotli")
    assert found.keys() == {"index.html.gz", "index.html.br", "a.css.gz", "a.css.br"}
    assert gzip.decompress(found["index.html.gz"]) == TEXT
    assert brotli.decompress(found["index.html.br"]) == TEXT


def test_only_what_changed_is_packed_and_what_is_gone_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[bytes] = []
    monkeypatch.setattr(module, "gzipped", lambda data: (packed.append(data), gzipped(data))[1])
    files = {f"p{n}.html": TEXT + bytes([n]) for n in range(5)}
    with Cache(tmp_path) as cache:
        first = made(files, cache, "gzip")
        assert len(packed) == 5
        files["p1.html"] = TEXT
        assert made(files, cache, "gzip") == first | {"p1.html.gz": gzipped(TEXT)}
        assert packed[5:] == [TEXT]
        assert made({}, cache, "gzip") == {}
        made(files, cache, "gzip")
        assert len(packed) == 11


def test_without_the_extra_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    with Cache(tmp_path) as cache, pytest.raises(EnvironmentFault) as e:
        made({"index.html": TEXT}, cache, "brotli")
    assert [(p.code, dict(p.args)) for p in e.value.problems] == [
        ("deploy/no-extra", {"extra": "brotli"})
    ]


def test_a_twin_goes_with_its_page() -> None:
    now = ["a.css", "index.html", "new/index.html", "old/index.html", "feed.xml", "gone/index.html"]
    with_twins = [name + suffix for name in now for suffix in ("", ".gz", ".br")]
    found = Changes(
        added=tuple(n for n in with_twins if n.startswith("new")),
        changed=tuple(n for n in with_twins if not n.startswith(("new", "gone"))),
        removed=tuple(n for n in with_twins if n.startswith("gone")),
    )
    for phase in phases(found):
        for names in (phase.sent, phase.removed):
            originals = {n.removesuffix(".gz").removesuffix(".br") for n in names}
            assert {*names} == {o + s for o in originals for s in ("", ".gz", ".br")}


def test_twins_without_an_original_that_changed_go_before_assets() -> None:
    """A page that has no twin any more: the old twin shows what the old page needs."""
    record = Before({"a.html.br": ("1", 1), "old.css": ("1", 1)})
    steps = [p.removed for p in phases(changes({}, record)) if p.removed]
    assert steps == [("a.html.br",), ("old.css",)]


def test_a_site_with_twins(tmp_path: Path) -> None:
    target = "  web: {type: dir, path: ../web, precompress: [gzip, brotli]}\n"
    site = blog(tmp_path / "site", target, posts=2)
    post(site, "p0", "長い本文です。" * 100)
    publish(site)
    files = files_of(site.parent / "web")
    assert "posts/p0/index.html.gz" in files
    for name, data in files.items():
        if name.endswith(".gz"):
            assert gzip.decompress(data) == files[name.removesuffix(".gz")]
        if name.endswith(".br"):
            assert brotli.decompress(data) == files[name.removesuffix(".br")]
    assert not publish(site).changes
    post(site, "p1", "書き直しました。" * 100)
    changed = publish(site).changes
    assert {n for n in changed.sent if n.startswith("posts/")} == {
        f"posts/p1/index.html{suffix}" for suffix in ("", ".br", ".gz")
    }
