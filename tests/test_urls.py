"""Addresses: slugs that are safe anywhere, and paths that come back from their `href`."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from ssg.urls import (
    DEVICE_NAMES,
    MAX_SLUG_BYTES,
    RESERVED_SLUGS,
    Addresses,
    is_device,
    is_reserved,
    output_file,
    page_path,
    permalink,
    slugify,
    unsafe_part,
)

ANY = st.text(st.characters(exclude_categories=["Cs"]))
SLUGS = ANY.map(slugify).filter(bool)
BASES = st.sampled_from(
    ["https://example.com", "https://example.com/blog", "http://localhost:8000/%E3%83%96"]
)


@given(ANY)
@example("İ")
@example("ǰ̣")
@example("ﬃ" * 90)
@example("あ" * 67 + "\u3099")
@example("\u202eexe.md")
@example("か" + "\u0323\u0301" * 150)
def test_a_slug_is_safe(text: str) -> None:
    slug = slugify(text)
    assert slugify(slug) == slug
    assert unicodedata.is_normalized("NFC", slug)
    assert len(slug.encode()) <= MAX_SLUG_BYTES
    assert not regex.search(r"[\p{C}\p{Z}/\\.:?#%<>\"|*\x00]", slug)
    assert unsafe_part(slug) == ""
    assert slug == "" or regex.search(r"[\p{L}\p{N}]", slug)


@given(st.text("あがカ゛ｶﾞＡａ㈱é", min_size=1), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_all_forms_of_a_text_make_one_slug(text: str, form: str) -> None:
    assert slugify(unicodedata.normalize(form, text)) == slugify(text)


@given(st.text("あ漢🇯🇵👨‍👩‍👧が", min_size=70), st.text("いろは", min_size=1))
def test_long_titles_that_differ_have_different_slugs(text: str, end: str) -> None:
    assert slugify(text + end) != slugify(text + end + "に")


def test_a_cut_falls_between_characters() -> None:
    slug = slugify("の" * 63 + "か\u0323\u0301\u0302" * 20)
    kept = slug.rpartition("-")[0].removeprefix("の" * 63)
    assert regex.fullmatch(r"(?:か\p{M}{3})*", kept)


@given(BASES, st.lists(SLUGS, min_size=1, max_size=4))
def test_an_href_leads_back_to_its_path(base: str, slugs: list[str]) -> None:
    addresses = Addresses(base)
    path = "/" + "/".join(slugs) + "/"
    href = addresses.href(path)
    assert href.isascii()
    assert not regex.search(r"[\s\"<>\\]", href)
    assert addresses.path_of(href) == path
    assert addresses.path_of(addresses.absolute(href)) == path


@given(BASES, ANY)
def test_an_href_is_ascii_and_stays_on_the_site(base: str, text: str) -> None:
    href = Addresses(base).href("/" + text)
    assert href.isascii()
    assert href.startswith(Addresses(base).prefix + "/")
    assert not regex.search(r"[\s\"<>\\]", href)


def test_other_sites_have_no_path_here() -> None:
    addresses = Addresses("https://example.com/blog")
    for url in ("https://example.com.evil/", "//evil/", "/other/", "/blogger/", "mailto:a@b", ""):
        assert addresses.path_of(url) is None
    assert addresses.path_of("https://example.com/blog/a/") == "/a/"


@given(st.lists(SLUGS, min_size=1, max_size=3))
def test_an_output_file_stays_inside(slugs: list[str]) -> None:
    for path in ("/" + "/".join(slugs) + "/", "/" + "/".join(slugs)):
        file = PurePosixPath("public") / output_file(path)
        assert file.is_relative_to("public")
        assert ".." not in file.parts


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a/b", "/"),
        ("..", "."),
        ("a..b", ".."),
        ("%2e%2e", "%"),
        ("C:\\x", "\\"),
        ("a#b", "#"),
        ("a?b", "?"),
        ("-rf", "-"),
        (".htaccess", "."),
        ("nul\0", "\0"),
        ("dot.", "."),
        ("space ", " "),
        ("検索の今", ""),
        ("v1.2", ""),
    ],
)
def test_unsafe_part(text: str, part: str) -> None:
    assert unsafe_part(text) == part


def test_names_of_windows_and_of_ours() -> None:
    assert all(is_device(name.upper() + ".md") for name in DEVICE_NAMES)
    assert not is_device("console.md")
    assert all(is_reserved(name.upper()) for name in RESERVED_SLUGS)
    assert not is_reserved("tag")


def test_permalinks() -> None:
    moment = datetime.fromisoformat("2026-04-02T09:00:00+09:00")
    assert permalink("/:year/:month/:day/:slug/", "今", moment, "") == "/2026/04/02/今/"
    assert permalink("/:category/:slug/", "今", moment, "") == "/-/今/"
    assert page_path("/tags/ai/", 1) == "/tags/ai/"
    assert page_path("/tags/ai/", 2) == "/tags/ai/page/2/"
