"""The bridge, from the quay and from below."""

from __future__ import annotations

import math
from itertools import pairwise

from standfirst.newsroom.sample.engraving import HEIGHT, WIDTH, Pen, Plate, Point, everything, falling, glowing


def bridge() -> Plate:
    """The swing bridge stands open; people wait at the railing."""
    plate = Plate(4)
    plate.second(lambda pen: pen.area([(0, 455), (WIDTH, 455), (WIDTH, HEIGHT), (0, HEIGHT)]))
    plate.second(lambda pen: pen.area([(0, 0), (WIDTH, 0), (WIDTH, 120), (0, 210)]))
    plate.lines(everything, falling(165, 12, 0, 430), pitch=12, wave=(4, 700))
    plate.white(lambda pen: pen.disc(1235, 240, 74))
    plate.no_second(lambda pen: pen.disc(1235, 240, 74))
    plate.white(_far_bank)
    plate.no_second(_far_bank)
    plate.lines(_far_bank, falling(120, 215, 330, 470), pitch=10, angle=58)
    plate.lines(
        lambda pen: pen.area([(0, 458), (WIDTH, 458), (WIDTH, HEIGHT), (0, HEIGHT)]),
        falling(70, 175, 460, 900),
        pitch=14,
        wave=(6, 190),
    )
    plate.black(lambda pen: _truss(pen, 0), rough=0.5)
    plate.black(_pier)
    for row in range(9):
        y, half = 622 + row * 26, 250 - row * 17
        sway = (-1) ** row * 22
        plate.black(
            lambda pen, y=y, half=half, sway=sway: pen.area(
                [
                    (900 - half + sway, y),
                    (900 + half + sway, y - 4),
                    (880 + half + sway, y + 9),
                    (930 - half + sway, y + 11),
                ]
            )
        )
    for row in range(16):
        plate.white(
            lambda pen, row=row: pen.stroke(
                [(1150 + (row % 3) * 24 - row * 3, 474 + row * 17), (1300 - (row % 4) * 20 + row * 4, 472 + row * 17)],
                3 + row * 0.25,
            )
        )
    plate.black(_quay)
    for row in range(6):
        plate.white(lambda pen, row=row: pen.stroke([(0, 822 + row * 15), (560 - row * 22, 818 + row * 15)], 1.8))
    plate.black(_queue, rough=0.55)
    return plate


def _far_bank(pen: Pen) -> None:
    outline: list[Point] = [(0, 462), (0, 400)]
    roofs = [
        (40, 40),
        (55, 62),
        (44, 34),
        (70, 55),
        (38, 82),
        (60, 44),
        (52, 66),
        (90, 38),
        (46, 52),
        (64, 74),
        (40, 40),
    ]
    x = 0.0
    for wide, high in roofs * 3:
        outline += [(x, 442 - high * 0.6), (x + wide / 2, 430 - high), (x + wide, 442 - high * 0.6)]
        x += wide
    outline += [(WIDTH, 420), (WIDTH, 462)]
    pen.area(outline)
    pen.area([(300, 440), (300, 300), (322, 235), (344, 300), (344, 440)])
    pen.area([(1440, 440), (1446, 268), (1466, 268), (1472, 440)])


def _truss(pen: Pen, drop: float) -> None:
    """The span, turned end-on to the road: near at the left, far at the right."""

    def at(part: float, height: float) -> Point:
        x = 452 + 900 * part**0.86
        foot = 610 - 92 * part**0.86
        return x, foot - height * (300 - 185 * part**0.86) + drop

    top = [(0.0, 0.42), (0.25, 0.78), (0.5, 1.55), (0.75, 0.78), (1.0, 0.42)]
    for (a, high), (b, higher) in pairwise(top):
        pen.stroke([at(a, high), at(b, higher)], 15 - 7 * a)
    pen.stroke([at(0, 0), at(1, 0)], 20)
    pen.stroke([at(0, 0.12), at(1, 0.12)], 7)
    for step in range(17):
        part = step / 16
        height = next(h + (k - h) * (part - a) / (b - a) for (a, h), (b, k) in pairwise(top) if part <= b)
        pen.stroke([at(part, 0), at(part, height)], 8 - 4 * part)
        if step < 16:
            after = (step + 1) / 16
            high = next(h + (k - h) * (after - a) / (b - a) for (a, h), (b, k) in pairwise(top) if after <= b)
            ends = (at(part, 0), at(after, high)) if step < 8 else (at(part, height), at(after, 0))
            pen.stroke(ends, 4.5 - 2 * part)


def _pier(pen: Pen) -> None:
    pen.area([(842, 545), (972, 538), (985, 612), (832, 620)])
    pen.area([(815, 610), (1000, 602), (1012, 640), (806, 648)])


def _quay(pen: Pen) -> None:
    pen.area([(0, 728), (610, 718), (640, 742), (600, 900), (0, 900)])
    pen.stroke([(0, 640), (600, 652)], 6)
    pen.stroke([(0, 682), (600, 690)], 5)
    for post in range(9):
        pen.stroke([(10 + post * 73, 634 + post * 1.6), (10 + post * 73, 730)], 7)
    pen.stroke([(600, 560), (600, 740)], 15)
    pen.disc(600, 548, 24)


def _queue(pen: Pen) -> None:
    for x, tall, wide in (
        (40, 190, 1.0),
        (104, 128, 0.9),
        (150, 200, 1.05),
        (232, 185, 1.0),
        (284, 118, 0.9),
        (330, 205, 1.1),
        (452, 192, 1.0),
        (520, 132, 0.95),
    ):
        _person(pen, x, 735, tall, wide)
    pen.stroke([(372, 735), (372, 735)], 3)
    for wheel in (376, 428):
        for turn in range(24):
            a, b = turn / 24 * math.tau, (turn + 1) / 24 * math.tau
            pen.stroke(
                [
                    (wheel + 27 * math.cos(a), 704 + 27 * math.sin(a)),
                    (wheel + 27 * math.cos(b), 704 + 27 * math.sin(b)),
                ],
                4,
            )
    pen.stroke([(376, 704), (398, 668), (428, 704), (402, 706), (376, 704)], 4.5)
    pen.stroke([(428, 704), (418, 650), (432, 645)], 4.5)


def _person(pen: Pen, x: float, foot: float, tall: float, wide: float = 1.0) -> None:
    """Somebody in a coat, seen from behind."""
    unit = tall / 8 * wide
    pen.disc(x, foot - tall * 0.91, unit * 0.62, tall * 0.085)
    pen.area(
        [
            (x - unit * 0.5, foot - tall * 0.83),
            (x + unit * 0.5, foot - tall * 0.83),
            (x + unit * 1.12, foot - tall * 0.74),
            (x + unit * 1.25, foot - tall * 0.42),
            (x + unit * 1.0, foot - tall * 0.26),
            (x - unit * 1.0, foot - tall * 0.26),
            (x - unit * 1.25, foot - tall * 0.42),
            (x - unit * 1.12, foot - tall * 0.74),
        ]
    )
    pen.stroke([(x - unit * 0.45, foot - tall * 0.3), (x - unit * 0.5, foot)], unit * 0.62)
    pen.stroke([(x + unit * 0.45, foot - tall * 0.3), (x + unit * 0.55, foot)], unit * 0.62)


def rollers() -> Plate:
    """The ring on which the bridge turns, from below, with a lamp held up to it."""
    plate = Plate(11)
    plate.second(everything)
    plate.no_second(lambda pen: pen.disc(620, 560, 560, 330), rough=3)
    plate.lines(everything, glowing(820, 380, 900, 120, 250), pitch=13, wave=(3, 900))
    plate.black(lambda pen: pen.disc(900, 330, 860, 300), rough=0.6)
    plate.lines(lambda pen: pen.disc(900, 262, 660, 185), glowing(760, 420, 800, 90, 240), pitch=11, angle=-8)
    for step in range(26):
        turn = math.radians(8 + step * 6.6)
        _roller(plate, turn, broken=step in (9, 13, 17))
    plate.lines(lambda pen: pen.area([(0, 0), (WIDTH, 0), (WIDTH, 70), (1200, 118), (600, 118), (0, 70)]), 190, pitch=9)
    plate.black(_diver, rough=0.6)
    plate.white(lambda pen: pen.disc(352, 640, 46))
    for ray in range(18):
        turn = math.radians(-100 + ray * 9)
        near, far = 70, 170 + (ray % 3) * 60
        plate.white(
            lambda pen, turn=turn, near=near, far=far: pen.stroke(
                [
                    (352 + near * math.cos(turn), 640 + near * math.sin(turn)),
                    (352 + far * math.cos(turn), 640 + far * math.sin(turn)),
                ],
                4,
            )
        )
    return plate


def _roller(plate: Plate, turn: float, *, broken: bool) -> None:
    x, y = 900 + 760 * math.cos(turn), 330 + 242 * math.sin(turn)
    size = 0.62 + 0.5 * math.sin(turn)
    wide, high = 44 * size, 96 * size
    body: list[Point] = [
        (x - wide, y - high),
        (x + wide, y - high),
        (x + wide * 0.78, y + high),
        (x - wide * 0.78, y + high),
    ]
    plate.white(lambda pen: pen.area(body), rough=0.6)
    plate.lines(lambda pen: pen.area([(x, y - high), body[1], body[2], (x, y + high)]), 150, pitch=8, angle=90)
    plate.white(lambda pen: pen.disc(x, y + high, wide * 0.78, 13 * size), rough=0.4)
    plate.black(lambda pen: pen.disc(x, y + high, wide * 0.3, 5 * size), rough=0.3)
    if broken:
        crack = [
            (x - wide * 0.5, y - high),
            (x + wide * 0.1, y - high * 0.45),
            (x - wide * 0.35, y - high * 0.1),
            (x + wide * 0.3, y + high * 0.4),
            (x - wide * 0.1, y + high),
        ]
        plate.black(lambda pen: pen.stroke(crack, 11 * size), rough=0.5)


def _diver(pen: Pen) -> None:
    pen.disc(196, 700, 62, 70)
    pen.area([(60, 930), (78, 800), (150, 760), (250, 764), (310, 820), (330, 930)])
    pen.stroke([(250, 800), (330, 790), (352, 690)], 46)
    pen.area([(322, 690), (382, 690), (374, 640), (330, 640)])
