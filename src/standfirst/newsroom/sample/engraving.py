"""A two-ink plate, cut like wood: solid black, white gouges, and tone made of lines that swell and thin.

Coordinates are those of a picture of 1600 by 900; the plate is cut at twice that size and printed down.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT, SCALE = 1600, 900, 2
SIZE = (WIDTH * SCALE, HEIGHT * SCALE)
PAPER, INK, SECOND_INK = (244, 240, 229), (27, 33, 36), (112, 170, 158)

Point = tuple[float, float]


class Pen:
    """Draws a mask: white where the knife goes."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)

    def area(self, points: Sequence[Point], fill: int = 255) -> None:
        """A filled outline."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def disc(self, x: float, y: float, across: float, down: float | None = None, fill: int = 255) -> None:
        """A filled ellipse about a middle, by its half-axes."""
        down = across if down is None else down
        self._draw.ellipse([v * SCALE for v in (x - across, y - down, x + across, y + down)], fill=fill)

    def stroke(self, points: Sequence[Point], width: float, fill: int = 255) -> None:
        """A line with round ends."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, fill=fill, width=max(1, round(width * SCALE)), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, fill=fill)


Drawing = Callable[[Pen], None]


class Plate:
    """Two blocks, the black one and the second ink's, cut in painter's order."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - for the wobble of a knife
        self._black = Image.new("L", SIZE, 0)
        self._second = Image.new("L", SIZE, 0)
        self._rough = self._grain(7).filter(ImageFilter.GaussianBlur(3))
        self._uneven = Image.blend(Image.new("L", SIZE, 128), self._grain(23), 0.22)

    def mask(self, drawing: Drawing, rough: float = 1.0) -> Image.Image:
        """What a drawing covers, with the edges a knife leaves."""
        image = Image.new("L", SIZE, 0)
        drawing(Pen(image))
        if not rough:
            return image
        soft = image.filter(ImageFilter.GaussianBlur(2.2 * rough))
        shaken = ImageChops.add(soft, self._rough, scale=1, offset=-128)
        return shaken.point(lambda value: 255 if value > 127 else 0)

    def black(self, drawing: Drawing, rough: float = 1.0) -> None:
        """Leave wood: it prints solid."""
        self._black.paste(255, mask=self.mask(drawing, rough))

    def white(self, drawing: Drawing, rough: float = 1.0) -> None:
        """Take wood away: paper, or the second ink, shows."""
        self._black.paste(0, mask=self.mask(drawing, rough))

    def second(self, drawing: Drawing, rough: float = 1.5) -> None:
        """Print the second ink here."""
        self._second.paste(255, mask=self.mask(drawing, rough))

    def no_second(self, drawing: Drawing, rough: float = 1.5) -> None:
        """Keep the second ink from here."""
        self._second.paste(0, mask=self.mask(drawing, rough))

    def lines(
        self,
        drawing: Drawing,
        tone: Image.Image | int,
        *,
        pitch: float = 11,
        angle: float = 0,
        wave: tuple[float, float] = (2.5, 420),
    ) -> None:
        """Tone by parallel cuts. `tone` is darkness, 0 to 255; `wave` the height and length of the cuts' swing."""
        dark = Image.new("L", SIZE, tone) if isinstance(tone, int) else tone
        screen = self._screen(pitch, angle, wave)
        dark = ImageChops.add(dark, self._uneven, scale=1, offset=-128)
        sum_of_both = ImageChops.add(dark, screen, scale=2)
        self._black.paste(sum_of_both.point(lambda value: 255 if value > 127 else 0), mask=self.mask(drawing))

    def printed(self) -> Image.Image:
        """The print: second ink first and a hair out of register, black over it."""
        sheet = Image.new("RGB", SIZE, PAPER)
        moved = ImageChops.offset(self._second, 3, -2)
        worn = self._grain(2).point(lambda value: 255 if value > 6 else 150)
        sheet.paste(SECOND_INK, mask=ImageChops.multiply(moved, worn))
        sheet.paste(INK, mask=self._black)
        return sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def _grain(self, coarse: int) -> Image.Image:
        small = (SIZE[0] // coarse, SIZE[1] // coarse)
        noise = Image.frombytes("L", small, self.chance.randbytes(small[0] * small[1]))
        return noise.resize(SIZE, Image.Resampling.BICUBIC)

    def _screen(self, pitch: float, angle: float, wave: tuple[float, float]) -> Image.Image:
        """Ridges, 0 in the cut and 255 on its crest, wandering a little as a hand does."""
        side = round(math.hypot(*SIZE)) if angle else SIZE[0]
        step = pitch * SCALE
        high, long = wave[0] * SCALE, wave[1] * SCALE
        tall = side + round(4 * high + 2 * step)
        ridge = bytes(round(255 * abs(2 * ((y / step) % 1) - 1)) for y in range(tall))
        strip = Image.frombytes("L", (1, tall), ridge)
        screen = Image.new("L", (side, side))
        phase = self.chance.random() * 6
        for x in range(side):
            swing = math.sin(x / long * math.tau + phase) + 0.4 * math.sin(x / long * 2.7 * math.tau + phase * 2)
            screen.paste(strip, (x, round(high * swing - 2 * high - step / 2)))
        if angle:
            screen = screen.rotate(angle, Image.Resampling.BICUBIC)
        left, top = (side - SIZE[0]) // 2, (side - SIZE[1]) // 2
        return screen.crop((left, top, left + SIZE[0], top + SIZE[1]))


def falling(top: int, bottom: int, above: float = 0, below: float = HEIGHT) -> Image.Image:
    """Tone that goes from `top` to `bottom` between two heights."""
    column = Image.new("L", (1, HEIGHT))
    for y in range(HEIGHT):
        part = min(1.0, max(0.0, (y - above) / max(below - above, 1)))
        column.putpixel((0, y), round(top + (bottom - top) * part))
    return column.resize(SIZE, Image.Resampling.BILINEAR)


def glowing(x: float, y: float, reach: float, near: int, far: int) -> Image.Image:
    """Tone that goes from `near` at a point to `far` at a distance."""
    small = Image.new("L", (160, 90), far)
    for row in range(90):
        for column in range(160):
            part = min(1.0, math.hypot(column * 10 - x, row * 10 - y) / reach)
            small.putpixel((column, row), round(near + (far - near) * part))
    return small.resize(SIZE, Image.Resampling.BICUBIC)


def everything(pen: Pen) -> None:
    """The whole block."""
    pen.area([(-50, -50), (WIDTH + 50, -50), (WIDTH + 50, HEIGHT + 50), (-50, HEIGHT + 50)])


def dots(pen: Pen, places: Sequence[tuple[float, float, float]]) -> None:
    """Small discs, each with its own size."""
    for x, y, size in places:
        pen.disc(x, y, size)


def strokes(pen: Pen, paths: Sequence[Sequence[Point]], width: float) -> None:
    """Many strokes of one knife."""
    for points in paths:
        pen.stroke(points, width)
