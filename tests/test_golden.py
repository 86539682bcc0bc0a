"""Golden sites: what a build makes of `golden/<case>/in` is `golden/<case>/out`, byte for byte.

The sites use `golden/layouts`, which print every variable of a page; feeds, sitemap and robots
are the default theme's. Of pictures and of the theme's covers the names and sizes are kept, in
`files.txt`. After a change that is meant, run the test with GOLDEN=write and read the difference.
"""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from base64 import b64decode
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import RunSsg

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(p.parent.name for p in GOLDEN.glob("*/in"))
WRITE = os.environ.get("GOLDEN") == "write"
NOW = "2026-04-01"

TURNED_JPEG = b64decode(  # 16x8, orientation 6
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDABsSFBcUER"
    "sXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIABAB"
    "AREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AJH/2Q=="
)


def png(width: int, height: int, grey: int) -> bytes:
    """A grey picture whose bytes depend on no library: nothing in it is compressed."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + bytes([grey]) * width) * height
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(rows), len(rows) ^ 0xFFFF) + rows
    stored += struct.pack(">I", zlib.adler32(rows))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", stored) + chunk(b"IEND", b"")
    )


PICTURES = {
    "assets/images/banner.png": png(600, 100, 90),
    "assets/images/face.png": png(40, 40, 200),
    "assets/images/secret.png": png(20, 20, 10),
    "content/posts/turned.jpg": TURNED_JPEG,
}


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str, tmp_path: Path, run_ssg: RunSsg) -> None:
    site = tmp_path / "site"
    shutil.copytree(GOLDEN / case / "in", site)
    shutil.copytree(GOLDEN / "layouts", site / "layouts")
    if case == "pictures":
        for name, data in PICTURES.items():
            (site / name).write_bytes(data)
    done = run_ssg("build", "--now", NOW, cwd=site)
    assert done.code == 0, done.err
    made = texts(site / "public") | {"files.txt": listing(site / "public")}
    made = {name: data.replace(bytes(site), b"SITE") for name, data in made.items()}
    if done.err:
        made["problems.txt"] = done.err.encode()
    out = GOLDEN / case / "out"
    if WRITE:
        shutil.rmtree(out, ignore_errors=True)
        for name, data in made.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(data)
    wanted = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert sorted(made) == sorted(wanted)
    for name, data in wanted.items():
        assert made[name].decode() == data.decode(), name


def texts(public: Path) -> dict[str, bytes]:
    """What layouts made: the files whose every byte counts."""
    return {
        p.relative_to(public).as_posix(): p.read_bytes()
        for p in public.rglob("*")
        if p.suffix in (".html", ".xml", ".json", ".txt") and not p.name.startswith(".")
    }


def listing(public: Path) -> bytes:
    """The pictures, with their sizes; the theme's own assets are no part of a golden site."""
    lines = []
    for file in sorted((*public.glob("covers/*"), *public.glob("images/*"))):
        name = file.relative_to(public).as_posix()
        if file.suffix == ".svg":
            lines.append(name)
        else:
            with Image.open(file) as picture:
                lines.append(f"{name} {picture.format} {picture.width}x{picture.height}")
    return "".join(f"{line}\n" for line in lines).encode()
