"""Covers drawn for posts that have none: a circle, a square and a triangle on a stick.

A cover is named by its palette and composition, `soy-17`; equal names are equal pictures.
"""

from __future__ import annotations

import hashlib
import io
import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 1600, 900
PNG_WIDTH, PNG_HEIGHT = 1200, 630
_FINE = 2

Point = tuple[float, float]
Points = list[Point]


class Palette(NamedTuple):
    name: str
    ground: str
    stick: str
    circle: str
    square: str
    triangle: str


class Piece(NamedTuple):
    """A shape on the stick: `at` pixels along it, `size` from centre to edge, turned."""

    at: float
    size: float
    turn: float = 0


class Composition(NamedTuple):
    """A stick through (x, y) at an angle in degrees, from `start` to `end`, and its pieces."""

    x: float
    y: float
    angle: float
    circle: Piece
    square: Piece
    triangle: Piece
    start: float = -2000
    end: float = 2000


PALETTES = (
    Palette("soy", "#9c4210", "#b9683a", "#e3a70a", "#fdf1e4", "#1f4d38"),
    Palette("kombu", "#1d5873", "#47819b", "#f6b73c", "#f3ece0", "#e58a5b"),
    Palette("mustard", "#e3a70a", "#bd8600", "#9c4210", "#fffaf0", "#1d5873"),
    Palette("nori", "#2c6a4c", "#568c71", "#f6cf70", "#f3ece0", "#16382a"),
    Palette("ume", "#a63d40", "#c46c6a", "#fde8d4", "#f0b429", "#5a1f2c"),
    Palette("daikon", "#f0e4cf", "#cdbb9b", "#e3a70a", "#9c4210", "#2c6a4c"),
    Palette("fuji", "#575080", "#8079a8", "#ffd166", "#f1e9df", "#e8927c"),
    Palette("sumi", "#2a2421", "#685c53", "#f2a765", "#f1e9df", "#86cba5"),
)

_BY_NAME = {palette.name: palette for palette in PALETTES}

COMPOSITIONS = (
    # three in a row, evenly
    Composition(800, 450, -17, Piece(-430, 150), Piece(0, 138, 12), Piece(440, 178, 30)),
    Composition(800, 450, 0, Piece(-440, 165), Piece(0, 150), Piece(440, 190)),
    Composition(800, 450, 24, Piece(420, 160), Piece(0, 145), Piece(-440, 185)),
    Composition(800, 450, -38, Piece(10, 145), Piece(-370, 128, 8), Piece(390, 165, 20)),
    Composition(800, 470, 10, Piece(450, 150), Piece(-450, 142, -10), Piece(0, 185, -10)),
    Composition(800, 450, 90, Piece(-264, 118), Piece(0, 104), Piece(296, 138, -90)),
    # growing and shrinking
    Composition(780, 470, -12, Piece(-520, 80), Piece(-210, 140, 10), Piece(330, 290, 12)),
    Composition(800, 450, -20, Piece(320, 285), Piece(-200, 150, 8), Piece(-560, 100, 20)),
    Composition(800, 450, 14, Piece(-560, 85), Piece(350, 260, -6), Piece(-200, 165, -14)),
    Composition(760, 450, 0, Piece(-360, 270), Piece(140, 170), Piece(540, 130, -90)),
    # one large, cut by the edge
    Composition(800, 450, -24, Piece(-560, 470), Piece(180, 130, 14), Piece(560, 150, 24)),
    Composition(800, 450, 18, Piece(-120, 130), Piece(620, 420, 0), Piece(-500, 160, -18)),
    Composition(800, 500, -8, Piece(-540, 130), Piece(-150, 125, 8), Piece(500, 520, 8)),
    Composition(1120, 450, 90, Piece(460, 400), Piece(-84, 104), Piece(-294, 112, -90)),
    # a short stick, held free
    Composition(800, 450, -45, Piece(-238, 125), Piece(44, 114), Piece(284, 145, 90), -590, 540),
    Composition(800, 450, 45, Piece(0, 135), Piece(-292, 112), Piece(256, 150, 90), -560, 590),
    Composition(800, 450, -62, Piece(268, 115), Piece(0, 108), Piece(-306, 138, 90), -900, 480),
    Composition(800, 450, -6, Piece(342, 150), Piece(0, 140), Piece(-386, 180, 90), -640, 760),
    # close together
    Composition(780, 460, -30, Piece(-312, 180), Piece(75, 158), Piece(386, 180, 90)),
    Composition(800, 450, 32, Piece(366, 180), Piece(-40, 168), Piece(-372, 190, -90)),
    Composition(790, 450, 0, Piece(-400, 200), Piece(364, 175, 45), Piece(-52, 130)),
    # off the middle
    Composition(1080, 440, 68, Piece(-272, 115), Piece(20, 124), Piece(344, 140, -90)),
    Composition(470, 436, -70, Piece(272, 148), Piece(-42, 122), Piece(-336, 120, 90)),
    Composition(800, 640, 0, Piece(430, 210), Piece(-80, 150), Piece(-480, 165)),
)


def cover_name(seed: str, palette: int) -> str:
    """The cover of a post: the palette by number, the composition by a hash of `seed`."""
    digest = hashlib.blake2b(seed.encode(), digest_size=8).digest()
    number = int.from_bytes(digest) % len(COMPOSITIONS)
    return f"{PALETTES[palette % len(PALETTES)].name}-{number + 1:02}"


def draw_svg(name: str) -> str:
    """The cover as SVG, 1600×900."""
    palette, plan = _parse(name)
    stick, circle, square, triangle = _outlines(plan)
    (x, y), radius = circle
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path fill="{palette.ground}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'
        f'<path stroke="{palette.stick}" stroke-width="18" stroke-linecap="round"'
        f' d="{_path(stick)}"/>'
        f'<circle fill="{palette.circle}" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
        f"{_solid(square, palette.square)}{_solid(triangle, palette.triangle)}</svg>\n"
    )


def draw_png(name: str) -> bytes:
    """The same picture as PNG, 1200×630: the size that social networks ask for."""
    from PIL import Image, ImageDraw

    palette, plan = _parse(name)
    size = (PNG_WIDTH * _FINE, PNG_HEIGHT * _FINE)
    picture = Image.new("RGB", size, palette.ground)
    _paint(ImageDraw.Draw(picture), palette, plan)
    small = picture.reduce(_FINE)
    file = io.BytesIO()
    small.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _parse(name: str) -> tuple[Palette, Composition]:
    word, _, number = name.rpartition("-")
    return _BY_NAME[word], COMPOSITIONS[int(number) - 1]


def _outlines(plan: Composition) -> tuple[Points, tuple[Point, float], Points, Points]:
    """The stick's ends, the circle, and the corners of the square and the triangle."""
    return (
        [_along(plan, plan.start), _along(plan, plan.end)],
        (_along(plan, plan.circle.at), plan.circle.size),
        _corners(plan, plan.square, 4, plan.square.size * math.sqrt(2), 45),
        _corners(plan, plan.triangle, 3, plan.triangle.size, -90),
    )


def _along(plan: Composition, distance: float) -> Point:
    angle = math.radians(plan.angle)
    return plan.x + distance * math.cos(angle), plan.y + distance * math.sin(angle)


def _corners(plan: Composition, piece: Piece, count: int, radius: float, first: float) -> Points:
    x, y = _along(plan, piece.at)
    turns = (first + plan.angle + piece.turn + 360 / count * n for n in range(count))
    angles = [math.radians(turn) for turn in turns]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def _round(points: Points) -> float:
    """The width of the stroke that rounds the corners of a shape."""
    return math.dist(points[0], points[1]) // 8


def _path(points: Points) -> str:
    return "M" + " ".join(f"{x:.0f} {y:.0f}" for x, y in points)


def _solid(points: Points, colour: str) -> str:
    return (
        f'<path fill="{colour}" stroke="{colour}" stroke-width="{_round(points):.0f}"'
        f' stroke-linejoin="round" d="{_path(points)}z"/>'
    )


def _paint(draw: ImageDraw, palette: Palette, plan: Composition) -> None:
    stick, circle, square, triangle = _outlines(plan)
    _line(draw, stick, 18, palette.stick)
    _disc(draw, *circle, palette.circle)
    for points, colour in ((square, palette.square), (triangle, palette.triangle)):
        draw.polygon([_scaled(point) for point in points], fill=colour)
        _line(draw, [*points, points[0]], _round(points), colour)


def _line(draw: ImageDraw, points: Points, width: float, colour: str) -> None:
    draw.line([_scaled(point) for point in points], fill=colour, width=round(width * _scale()))
    for point in points:
        _disc(draw, point, width / 2, colour)


def _disc(draw: ImageDraw, centre: Point, radius: float, colour: str) -> None:
    x, y = _scaled(centre)
    r = radius * _scale()
    draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def _scale() -> float:
    return PNG_WIDTH * _FINE / WIDTH


def _scaled(point: Point) -> Point:
    """From the drawing's to the PNG's pixels; what is too high is cut off evenly."""
    cut = (HEIGHT * _scale() - PNG_HEIGHT * _FINE) / 2
    return point[0] * _scale(), point[1] * _scale() - cut
