"""Pictures: found where they are, measured as they are seen, published without their secrets."""

from __future__ import annotations

import errno
import io
import os
import random
import struct
import unicodedata
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import IFD

from ssg import images
from ssg.images import PictureError, Pictures, Variant, encode
from ssg.urls import Addresses

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" %s><path d="M0 0h1v1z"/></svg>'


def bitmap(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Black above, white below."""
    picture = Image.new(mode, (width, height), "white")
    picture.paste(Image.new(mode, (width, height // 2)), (0, 0))
    return picture


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def secrets() -> dict[str, Any]:
    """Where the photographer lives, with what, and how the picture is turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETMAKER"
    exif[0xA431] = "SECRETSERIAL"
    place = exif.get_ifd(IFD.GPSInfo)
    place[1], place[2] = "N", (35.0, 40.0, 1.0)
    return {"exif": exif, "xmp": b"<x:xmpmeta>SECRETXMP</x:xmpmeta>", "comment": b"SECRETCOMMENT"}


class Shelf:
    """A site's folders with some pictures in them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("content/posts", "assets/images", "theme"):
            (root / folder).mkdir(parents=True)
        self.renew()

    def renew(self) -> None:
        folders = (self.root / "assets", self.root / "theme")
        self.pictures = Pictures(self.root, folders, Addresses("https://blog.example.com/b"))

    def put(self, path: str, data: bytes) -> None:
        (self.root / path).write_bytes(data)
        self.renew()

    def find(self, reference: str) -> Any:
        return self.pictures.find(reference, "content/posts/a.md")

    def refusal(self, reference: str) -> tuple[str, dict[str, str]]:
        with pytest.raises(PictureError) as refused:
            self.find(reference)
        return refused.value.code, refused.value.blanks

    def published(self, reference: str) -> dict[str, bytes]:
        """Every file that a found picture makes, by the end of its name."""
        source = self.find(reference).source
        variants: list[Variant] = self.pictures.variants(source)
        if card := self.pictures.card(source):
            variants.append(card)
        return {v.path.rpartition("-")[2]: encode(v) for v in variants}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


# --- finding -------------------------------------------------------------------------------------


def test_places(shelf: Shelf) -> None:
    shelf.put("content/posts/beside.png", saved(bitmap(), "PNG"))
    shelf.put("assets/images/own.png", saved(bitmap(), "PNG"))
    shelf.put("theme/theirs.png", saved(bitmap(), "PNG"))
    for reference in ("beside.png", "./beside.png", "../posts/beside.png", "/images/own.png"):
        assert shelf.find(reference).width == 60
    assert shelf.find("/theirs.png").source == "theme/theirs.png"
    shelf.put("assets/theirs.png", saved(bitmap(30, 30), "PNG"))
    assert shelf.find("/theirs.png").width == 30, "the site's own file comes first"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_in_either_normal_form(shelf: Shelf, form: str) -> None:
    name = unicodedata.normalize(form, "ガイド 図.png")
    shelf.put(f"content/posts/{name}", saved(bitmap(), "PNG"))
    for written in ("NFC", "NFD"):
        found = shelf.find(unicodedata.normalize(written, "ガイド 図.png"))
        assert found.source.endswith(name)
    assert shelf.find("%E3%82%AC%E3%82%A4%E3%83%89%20%E5%9B%B3.png").width == 60
    assert found.src.startswith("/b/images/%E3%82%AC%E3%82%A4%E3%83%89-%E5%9B%B3-")


@pytest.mark.parametrize(
    ("reference", "near"),
    [
        ("none.png", ""),
        ("Photo.PNG", "photo.png"),
        ("", ""),
        ("/", ""),
        ("nowhere/none.png", ""),
        ("photo.png/none.png", ""),
        ("a" * 300 + ".png", ""),
        ("x/" * 3000 + "none.png", ""),
        ("%00.png", ""),
    ],
)
def test_missing(shelf: Shelf, reference: str, near: str) -> None:
    shelf.put("content/posts/photo.png", saved(bitmap(), "PNG"))
    code, blanks = shelf.refusal(reference)
    assert code == "image/missing"
    assert blanks.get("near", "") == near


@pytest.mark.parametrize(
    ("reference", "hints"),
    [
        ("desk.jpg", {"near": "desk.png"}),
        ("dask.png", {"near": "desk.png"}),
        ("dsek.png", {"near": "desk.png"}),
        ("des.png", {"near": "desk.png"}),
        ("deskk.png", {"near": "desk.png"}),
        ("photo2.png", {}),
        ("disc.png", {}),
        ("cover.jpg", {"near": "/images/cover.jpg"}),
        ("cover.png", {"near": "/images/cover.jpg"}),
        ("images/cover.jpg", {"near": "/images/cover.jpg"}),
        ("/cover.jpg", {"near": "/images/cover.jpg"}),
        ("assets/images/cover.jpg", {"near": "/images/cover.jpg"}),
        ("/assets/images/2026/sea.jpg", {"near": "/images/2026/sea.jpg"}),
        ("../../assets/images/2026/sea.jpeg", {"near": "../../assets/images/2026/sea.jpg"}),
        ("../assets/images/2026/sea.jpg", {"near": "/images/2026/sea.jpg"}),
        ("/desk.png", {"near": "desk.png"}),
        ("note.txt", {}),
        (r"C:\Users\me\a.jpg", {"file": "a.jpg"}),
        (r"C:\Users\me\desk.png", {"near": "desk.png"}),
        ("file:///home/me/a.jpg", {"file": "a.jpg"}),
        ("/Users/me/a.jpg", {"file": "a.jpg"}),
        ("~/a.jpg", {"file": "a.jpg"}),
        ("https://photo.example.com/a.jpg?w=3", {"file": "a.jpg"}),
    ],
)
def test_what_was_meant(shelf: Shelf, reference: str, hints: dict[str, str]) -> None:
    (shelf.root / "assets/images/2026").mkdir(parents=True)
    for path in ("posts/desk.png", "posts/photo1.png", "posts/nets.txt"):
        shelf.put(f"content/{path}", b"")
    for path in ("cover.jpg", "2026/sea.jpg"):
        shelf.put(f"assets/images/{path}", b"")
    code, blanks = shelf.refusal(reference)
    assert code == "image/missing"
    assert {key: blanks[key] for key in blanks if key != "name"} == hints


def test_nothing_outside_is_shown(shelf: Shelf, tmp_path: Path) -> None:
    """Also not through a folder that only begins like one of ours, nor through links."""
    data = saved(bitmap(), "PNG")
    for folder in ("secrets", "content-leak", "assets-leak"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.png").write_bytes(data)
    (tmp_path / "x.png").write_bytes(data)
    (tmp_path / "content/posts/link.png").symlink_to(tmp_path / "x.png")
    (tmp_path / "content/posts/folder").symlink_to(tmp_path / "secrets")
    (tmp_path / "content/posts/real.png").write_bytes(data)
    (tmp_path / "content/posts/inside.png").symlink_to(tmp_path / "content/posts/real.png")
    for reference in (
        "../../x.png",
        "../../content-leak/x.png",
        "/../assets-leak/x.png",
        "/../x.png",
        "link.png",
        "folder/x.png",
        "inside.png",
        "%2e%2e/%2e%2e/x.png",
    ):
        assert shelf.refusal(reference)[0] == "image/outside", reference


# --- sizes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "widths", "shown"),
    [
        (1, [1], 1),
        (480, [480], 480),
        (481, [480, 481], 481),
        (1000, [480, 960, 1000], 960),
        (1600, [480, 960, 1600], 960),
        (4000, [480, 960, 1600], 960),
    ],
)
def test_widths(shelf: Shelf, width: int, widths: list[int], shown: int) -> None:
    shelf.put("content/posts/a.png", saved(bitmap(width, 10), "PNG"))
    found = shelf.find("a.png")
    assert (found.width, found.height) == (width, 10)
    assert found.src.endswith(f"-{shown}.webp")
    candidates = [c.split() for c in found.srcset.split(", ")] if found.srcset else []
    assert [c[1] for c in candidates] == ([f"{w}w" for w in widths] if len(widths) > 1 else [])
    made = shelf.published("a.png")
    assert [name for name in made if name.endswith(".webp")] == [f"{w}.webp" for w in widths]
    for name, data in made.items():
        with Image.open(io.BytesIO(data)) as picture:
            wanted = (
                (1200, 630)
                if name == "card.jpg"
                else (int(name[:-5]), max(1, round(10 * int(name[:-5]) / width)))
            )
            assert picture.size == wanted


def test_equal_files_have_equal_names_and_others_not(shelf: Shelf) -> None:
    shelf.put("content/posts/a.png", saved(bitmap(), "PNG"))
    first = shelf.find("a.png").src
    shelf.renew()
    assert shelf.find("a.png").src == first
    shelf.put("content/posts/a.png", saved(bitmap(61), "PNG"))
    assert shelf.find("a.png").src != first


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        (b'width="30" height="20"', (30, 20)),
        (b"width='30px' height='20px'", (30, 20)),
        (b'width="30.6" height=".4"', (31, 1)),
        (b'viewBox="0 0 300 200"', (300, 200)),
        (b'viewBox="-10,-10,300.5,200"', (300, 200)),
        (b'width="100%" height="100%" viewBox="0 0 300 200"', (300, 200)),
        (b'width="210mm" height="297mm" viewBox="0 0 210 297"', (210, 297)),
        (b'width="30" viewBox="0 0 300 200"', (300, 200)),
        (b'width="1.2.3" height="5"', (1600, 900)),
        (b'data-width="5" data-height="6"', (1600, 900)),
        (b"", (1600, 900)),
    ],
)
def test_sizes_of_drawings(shelf: Shelf, attributes: bytes, size: tuple[int, int]) -> None:
    shelf.put("content/posts/a.svg", SVG % attributes)
    found = shelf.find("a.svg")
    assert (found.width, found.height) == size
    assert found.srcset == ""
    assert list(shelf.published("a.svg").values()) == [SVG % attributes]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        SVG.replace(b"<path", b"<script>alert(1)</script><path"),
        SVG.replace(b"<path", b'<s:script xmlns:s="http://www.w3.org/2000/svg"/><path'),
        SVG.replace(b"<path", b"<FOREIGNOBJECT/><path"),
        SVG % b'onload="alert(1)"',
        SVG.replace(b"<path", b'<a href="javascript:alert(1)"/><path'),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        SVG.decode().encode("utf-16"),
    ],
)
def test_drawings_that_do_something_are_refused(shelf: Shelf, data: bytes) -> None:
    shelf.put("content/posts/a.svg", data.replace(b"%s", b""))
    assert shelf.refusal("a.svg")[0] == "image/svg"


LOADING = [
    b'<use href="https://other.example/a"/>',
    b'<image x:href=" http://other.example/a"/>',
    b"<style>p { } @import '//other.example/a';</style>",
    b"<style><![CDATA[@import url(https://other.example/a)]]></style>",
    b"<path style=\"fill: URL('https://other.example/a')\"/>",
]


@pytest.mark.parametrize("part", LOADING)
def test_drawings_that_load_something_are_refused(shelf: Shelf, part: bytes) -> None:
    drawing = SVG % b'xmlns:x="http://www.w3.org/1999/xlink"'
    shelf.put("content/posts/a.svg", drawing.replace(b"<path", part + b"<path"))
    code, blanks = shelf.refusal("a.svg")
    assert code == "image/svg-remote"
    assert blanks["address"].endswith("//other.example/a")


def test_a_style_sheet_of_another_site_is_refused(shelf: Shelf) -> None:
    sheet = b'<?xml-stylesheet href="https://other.example/a" type="text/css"?>'
    shelf.put("content/posts/a.svg", sheet + SVG % b"")
    assert shelf.refusal("a.svg")[0] == "image/svg-remote"


def test_drawings_that_load_nothing_are_shown(shelf: Shelf) -> None:
    parts = (
        b'<a href="https://other.example/">@import</a><metadata source="https://other.example/"/>'
        b'<style>p { fill: url(#b) }</style><image href="data:image/png;base64,AA=="/>'
    )
    shelf.put("content/posts/a.svg", (SVG % b"").replace(b"<path", parts + b"<path"))
    assert shelf.find("a.svg").width == 1600


def test_what_begins_with_a_dot_is_not_shown(shelf: Shelf) -> None:
    (shelf.root / "content/posts/.here").mkdir()
    for name in (".a.png", ".here/a.png"):
        shelf.put(f"content/posts/{name}", saved(bitmap(), "PNG"))
        assert shelf.refusal(name)[0] == "image/hidden"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_is_cut_is_told_when_it_is_found(shelf: Shelf, form: str) -> None:
    data = saved(Image.effect_noise((300, 200), 60).convert("RGB"), form)
    name = f"a.{form.lower()}"
    shelf.put(f"content/posts/{name}", data[: len(data) // 2])
    assert shelf.refusal(name) == ("image/damaged", {"name": name, "why": "cut-short"})
    shelf.put(f"content/posts/{name}", data + b"more")
    assert shelf.find(name).width == 300


# --- what is published ----------------------------------------------------------------------------


MAKERS: dict[str, Callable[[], bytes]] = {
    "a.jpg": lambda: saved(bitmap(), "JPEG", **secrets()),
    "a.jpeg": lambda: saved(bitmap(mode="L"), "JPEG", **secrets()),
    "a.png": lambda: saved(bitmap(), "PNG", exif=secrets()["exif"]),
    "a.webp": lambda: saved(bitmap(), "WEBP", exif=secrets()["exif"], xmp=secrets()["xmp"]),
    "a.gif": lambda: saved(bitmap(), "GIF", comment=b"SECRETCOMMENT"),
    "moving.webp": lambda: moving("WEBP", exif=secrets()["exif"], xmp=secrets()["xmp"]),
    "moving.png": lambda: moving("PNG", exif=secrets()["exif"]),
}


def moving(form: str, **options: Any) -> bytes:
    second = bitmap().rotate(180)
    return saved(bitmap(), form, save_all=True, append_images=[second], duration=90, **options)


@pytest.mark.parametrize("name", MAKERS)
def test_no_secret_is_published(shelf: Shelf, name: str) -> None:
    data = MAKERS[name]()
    assert b"SECRET" in data
    shelf.put(f"content/posts/{name}", data)
    for made in shelf.published(name).values():
        assert b"SECRET" not in made
        assert b"Exif" not in made
        with Image.open(io.BytesIO(made)) as picture:
            assert not picture.getexif()


def test_a_photo_is_upright(shelf: Shelf) -> None:
    """Half black, half white, and turned by its EXIF alone."""
    shelf.put("content/posts/a.jpg", MAKERS["a.jpg"]())
    found = shelf.find("a.jpg")
    assert (found.width, found.height) == (40, 60)
    with Image.open(io.BytesIO(shelf.published("a.jpg")["40.webp"])) as picture:
        assert picture.size == (40, 60)
        assert [brightness(picture, x, 30) > 128 for x in (5, 35)] == [True, False]


def brightness(picture: Image.Image, x: int, y: int) -> int:
    grey = picture.convert("L").getpixel((x, y))
    assert isinstance(grey, int)
    return grey


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_meaning_of_colours_is_kept(shelf: Shelf, form: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    name = f"a.{form.lower()}"
    shelf.put(f"content/posts/{name}", saved(bitmap(), form, icc_profile=profile))
    for made in shelf.published(name).values():
        with Image.open(io.BytesIO(made)) as picture:
            assert picture.info["icc_profile"] == profile


def test_colours_that_are_converted_lose_their_profile(shelf: Shelf) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    inks = bitmap().convert("CMYK")
    shelf.put("content/posts/a.jpg", saved(inks, "JPEG", icc_profile=profile))
    for made in shelf.published("a.jpg").values():
        with Image.open(io.BytesIO(made)) as picture:
            assert picture.mode == "RGB"
            assert "icc_profile" not in picture.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_modes(shelf: Shelf, mode: str) -> None:
    picture = bitmap().convert("L").convert(mode)
    shelf.put("content/posts/a.png", saved(picture, "PNG"))
    with Image.open(io.BytesIO(shelf.published("a.png")["60.webp"])) as made:
        assert made.size == (60, 40)
        assert brightness(made, 30, 5) < brightness(made, 30, 35)


def test_what_moves_goes_on_moving(shelf: Shelf) -> None:
    for name, data in {
        "moving.gif": moving("GIF"),
        "moving.webp": MAKERS["moving.webp"](),
        "moving.png": MAKERS["moving.png"](),
    }.items():
        shelf.put(f"content/posts/{name}", data)
        found = shelf.find(name)
        assert found.src.endswith(Path(name).suffix)
        assert found.srcset == ""
        [made, card] = shelf.published(name).values()
        with Image.open(io.BytesIO(made)) as picture:
            assert picture.n_frames == 2  # type: ignore[attr-defined]
            assert picture.size == (60, 40)
        with Image.open(io.BytesIO(card)) as picture:
            assert picture.format == "JPEG"


# --- what is refused --------------------------------------------------------------------------------


def test_a_file_must_be_what_its_name_says(shelf: Shelf) -> None:
    png = saved(bitmap(), "PNG")
    for name, data, code in (
        ("a.jpg", png, "image/wrong-type"),
        ("a.png", saved(bitmap(), "GIF"), "image/wrong-type"),
        ("a.webp", b"hello", "image/wrong-type"),
        ("a.png", b"", "image/empty"),
        ("a.bmp", saved(bitmap(), "BMP"), "image/format"),
        ("a.png", saved(bitmap(), "TIFF"), "image/wrong-type"),
        ("a", png, "image/format"),
    ):
        shelf.put(f"content/posts/{name}", data)
        assert shelf.refusal(name)[0] == code, (name, code)


def test_a_bomb_is_refused_before_it_is_unpacked(shelf: Shelf) -> None:
    data = bytearray(saved(bitmap(1, 1), "PNG"))
    data[16:24] = struct.pack(">II", 50_000, 50_000)
    head = bytes(data[12:29])
    data[29:33] = struct.pack(">I", zlib.crc32(head))
    shelf.put("content/posts/a.png", bytes(data))
    assert shelf.refusal("a.png") == ("image/too-large", {"name": "a.png", "size": "50000x50000"})


def test_a_file_without_rights(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    shelf.put("content/posts/a.png", saved(bitmap(), "PNG"))
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert shelf.refusal("a.png") == (
        "image/unreadable",
        {"name": "a.png", "why": "Permission denied"},
    )


@pytest.mark.parametrize("name", MAKERS)
def test_damage_is_told_and_never_more(shelf: Shelf, name: str) -> None:
    """Pillow answers broken files with a dozen exceptions and warnings of its own."""
    whole = MAKERS[name]()
    chance = random.Random(name)
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3))):
            at = chance.randrange(min(len(data), chance.choice((64, 500, 10**6))))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[max(at, 1) :]
                case 2:
                    data[at : at + 4] = chance.randbytes(chance.randrange(8))
        shelf.put(f"content/posts/{name}", bytes(data))
        with suppress(PictureError):
            shelf.published(name)


def test_the_limit_of_pixels_is_ours(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.put("content/posts/a.png", saved(bitmap(60, 40), "PNG"))
    monkeypatch.setattr(images, "MAX_PIXELS", 2400)
    assert shelf.find("a.png").width == 60
    shelf.renew()
    monkeypatch.setattr(images, "MAX_PIXELS", 2399)
    assert shelf.refusal("a.png")[0] == "image/too-large"
