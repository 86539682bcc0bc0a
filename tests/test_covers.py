from __future__ import annotations

import io
import struct
from xml.etree import ElementTree

import pytest
from PIL import Image

from ssg.covers import COMPOSITIONS, PALETTES, cover_name, draw_png, draw_svg

NAMES = [f"{p.name}-{n:02}" for p in PALETTES for n in range(1, len(COMPOSITIONS) + 1)]


def test_equal_seeds_have_equal_covers() -> None:
    assert cover_name("/posts/検索の今/", 0) == cover_name("/posts/検索の今/", 0)
    assert draw_svg("soy-17") == draw_svg("soy-17")
    assert draw_png("soy-17") == draw_png("soy-17")


def test_names_do_not_change_between_releases() -> None:
    assert cover_name("/posts/検索の今/", 0) == "soy-17"


def test_palettes_repeat_after_the_last() -> None:
    assert cover_name("a", len(PALETTES)) == cover_name("a", 0)
    assert len({p.name for p in PALETTES}) == len(PALETTES) >= 6


def test_seeds_spread_over_all_compositions() -> None:
    names = [cover_name(f"/posts/{n}/", 0) for n in range(2400)]
    counts = [names.count(name) for name in set(names)]
    assert len(counts) == len(COMPOSITIONS) == 24
    assert max(counts) < 2 * min(counts)


@pytest.mark.parametrize("name", NAMES)
def test_svg_is_small_and_well_formed(name: str) -> None:
    svg = draw_svg(name)
    assert len(svg.encode()) < 900
    root = ElementTree.fromstring(svg)
    assert root.attrib["viewBox"] == "0 0 1600 900"
    drawn = [child.tag.rpartition("}")[2] for child in root]
    assert drawn == ["path", "path", "circle", "path", "path"]


@pytest.mark.parametrize("palette", PALETTES, ids=lambda p: p.name)
def test_png_is_small_and_of_the_size_networks_ask_for(palette: tuple[str, ...]) -> None:
    png = draw_png(f"{palette[0]}-07")
    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    assert len(png) < 30_000


def test_png_shows_the_same_picture_as_the_svg() -> None:
    palette = PALETTES[1]
    with Image.open(io.BytesIO(draw_png("kombu-02"))) as picture:
        colours = [picture.convert("RGB").getpixel((x, 315)) for x in (12, 270, 600, 930)]
    wanted = [palette.ground, palette.circle, palette.square, palette.triangle]
    for (r, g, b), text in zip(colours[1:], wanted[1:], strict=True):  # type: ignore[misc]
        assert (r, g, b) == pytest.approx(tuple(bytes.fromhex(text[1:])), abs=3)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError):
        draw_svg("tofu-01")
