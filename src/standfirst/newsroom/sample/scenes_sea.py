"""Out at sea, and on the shingle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from standfirst.newsroom.sample.engraving import (
    HEIGHT,
    WIDTH,
    Pen,
    Plate,
    Point,
    dots,
    everything,
    falling,
    glowing,
    strokes,
)


def lifeboat() -> Plate:
    """The lifeboat on a crest, her light on the trawler."""
    plate = Plate(7)
    plate.second(lambda pen: pen.area([(0, 470), (700, 560), (1100, 500), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)]))
    plate.lines(everything, glowing(470, 400, 760, 70, 262), pitch=15, angle=24, wave=(3, 800))
    beam: list[Point] = [(556, 316), (1640, 318), (1640, 640), (560, 330)]
    plate.white(lambda pen: pen.area(beam))
    plate.lines(lambda pen: pen.area(beam), glowing(560, 320, 1150, 0, 78), pitch=16, angle=24)
    far: list[Point] = [(0, 640), *_swell(0, WIDTH, 592, 34, 520, 1.3), (WIDTH, HEIGHT), (0, HEIGHT)]
    plate.black(_trawler, rough=0.5)
    plate.white(lambda pen: pen.area([(1180, 520), (1206, 520), (1206, 538), (1180, 538)]))
    plate.white(lambda pen: pen.area(far))
    plate.lines(lambda pen: pen.area(far), falling(100, 190, 560, 820), pitch=14, wave=(15, 330))
    near: list[Point] = [
        (0, 470),
        (140, 486),
        (300, 480),
        (470, 500),
        (640, 590),
        (820, 720),
        (1010, 812),
        (1250, 850),
        (WIDTH, 818),
        (WIDTH, HEIGHT),
        (0, HEIGHT),
    ]
    plate.white(lambda pen: pen.area(near))
    plate.lines(lambda pen: pen.area(near), falling(110, 250, 480, 900), pitch=15, angle=-31, wave=(12, 420))
    plate.black(_lifeboat, rough=0.5)
    plate.white(lambda pen: pen.area([(318, 356), (368, 372), (364, 398), (312, 382)]), rough=0.4)
    plate.white(lambda pen: pen.area([(386, 378), (424, 390), (420, 412), (382, 402)]), rough=0.4)
    plate.white(lambda pen: pen.stroke([(150, 430), (330, 486), (560, 560)], 7), rough=0.6)
    plate.white(lambda pen: pen.disc(556, 322, 17))
    spray = [(plate.chance.uniform(430, 880), plate.chance.uniform(430, 700), 3 + step % 5) for step in range(60)]
    plate.white(lambda pen: dots(pen, [(x, y, r) for x, y, r in spray if y > 420 + (x - 480) * 0.62]), rough=0.4)
    crest = _swell(520, 1320, 0, 0, 1, 0)
    for step, (x, _) in enumerate(crest):
        y = 520 + (x - 480) * 0.86 - max(0, x - 760) * 0.5 - max(0, x - 1040) * 0.3
        plate.white(
            lambda pen, x=x, y=y, step=step: pen.stroke(
                [(x, y), (x + 26 + step % 3 * 9, y + 8 + step % 4 * 5)], 3 + step % 5 * 2
            )
        )
    drops = [(plate.chance.uniform(0, WIDTH), plate.chance.uniform(0, 520)) for _ in range(46)]
    plate.white(lambda pen: strokes(pen, [[(x, y), (x - 66, y + 30)] for x, y in drops], 3), rough=0.5)
    return plate


def _swell(start: float, end: float, level: float, high: float, long: float, phase: float) -> list[Point]:
    return [(x, level + high * math.sin(x / long * math.tau + phase)) for x in range(round(start), round(end) + 20, 20)]


def _lifeboat(pen: Pen) -> None:
    pen.area([(92, 396), (330, 462), (640, 512), (590, 590), (420, 600), (210, 548), (118, 486)])
    pen.area([(250, 450), (286, 330), (450, 374), (470, 428), (480, 500)])
    pen.stroke([(300, 340), (330, 180)], 9)
    pen.stroke([(318, 240), (372, 256)], 6)
    pen.stroke([(450, 384), (546, 330)], 10)
    for x, y in ((180, 404), (226, 416), (520, 470)):
        pen.disc(x, y - 30, 15)
        pen.area([(x - 20, y + 40), (x - 17, y - 16), (x + 17, y - 16), (x + 22, y + 40)])


def _trawler(pen: Pen) -> None:
    pen.area([(1010, 506), (1080, 560), (1330, 588), (1400, 520), (1420, 660), (1040, 660)])
    pen.area([(1150, 576), (1158, 488), (1250, 492), (1258, 584)])
    pen.stroke([(1204, 500), (1216, 330)], 9)
    pen.stroke([(1214, 360), (1360, 520)], 4)
    pen.stroke([(1214, 360), (1050, 530)], 4)
    pen.stroke([(1330, 590), (1318, 450)], 7)


def seals() -> Plate:
    """A cow and her pup on the shingle below the light."""
    plate = Plate(31)
    plate.second(lambda pen: pen.area([(0, 330), (WIDTH, 330), (WIDTH, 520), (0, 470)]))
    plate.lines(everything, falling(130, 8, 0, 330), pitch=13, wave=(4, 760))
    plate.white(lambda pen: pen.area([(0, 332), (WIDTH, 332), (WIDTH, 560), (0, 520)]))
    plate.lines(lambda pen: pen.area([(0, 336), (WIDTH, 336), (WIDTH, 560), (0, 520)]), 96, pitch=12, wave=(6, 150))
    ness: list[Point] = [
        (1010, 340),
        (1080, 300),
        (1180, 268),
        (1300, 262),
        (1440, 232),
        (WIDTH, 222),
        (WIDTH, 380),
        (1100, 372),
    ]
    plate.black(lambda pen: pen.area(ness))
    for cut in range(16):
        x = 1110 + cut * 32
        plate.white(
            lambda pen, x=x, cut=cut: pen.stroke([(x, 292 - cut * 2), (x - 22, 350 + cut % 4 * 4)], 3.5), rough=0.6
        )
    _light(plate)
    beach: list[Point] = [(0, 520), (420, 486), (900, 520), (WIDTH, 482), (WIDTH, HEIGHT), (0, HEIGHT)]
    plate.white(lambda pen: pen.area(beach))
    plate.no_second(lambda pen: pen.area(beach))
    _shingle(plate)
    plate.second(_cow)
    plate.black(_cow, rough=0.7)
    plate.lines(
        lambda pen: pen.area([(560, 470), (760, 396), (960, 404), (1180, 500), (1290, 590), (880, 560), (620, 540)]),
        falling(60, 255, 400, 600),
        pitch=11,
        angle=-14,
        wave=(6, 300),
    )
    plate.white(lambda pen: pen.stroke([(330, 350), (372, 344)], 4), rough=0.4)
    plate.white(lambda pen: pen.disc(318, 404, 7))
    for row in range(4):
        plate.white(lambda pen, row=row: pen.stroke([(262, 446 + row * 7), (190, 448 + row * 17)], 2), rough=0.3)
    spots = [(plate.chance.uniform(470, 1040), plate.chance.uniform(500, 640), 3 + spot % 6) for spot in range(44)]
    plate.white(lambda pen: dots(pen, [(x, y, size) for x, y, size in spots]), rough=0.5)
    _pup(plate)
    return plate


def _light(plate: Plate) -> None:
    plate.white(lambda pen: pen.area([(1386, 240), (1398, 70), (1438, 70), (1450, 240)]), rough=0.6)
    plate.black(lambda pen: pen.area([(1420, 240), (1420, 70), (1438, 70), (1450, 240)]), rough=0.6)
    plate.black(lambda pen: pen.area([(1391, 180), (1394, 132), (1442, 132), (1446, 180)]), rough=0.6)
    plate.black(lambda pen: pen.area([(1388, 72), (1448, 72), (1448, 62), (1388, 62)]), rough=0.5)
    plate.black(lambda pen: pen.area([(1398, 64), (1398, 34), (1418, 12), (1438, 34), (1438, 64)]), rough=0.5)
    plate.white(lambda pen: pen.area([(1404, 60), (1404, 38), (1432, 38), (1432, 60)]), rough=0.4)
    plate.black(lambda pen: pen.stroke([(1386, 240), (1398, 70)], 4), rough=0.5)


def _shingle(plate: Plate) -> None:
    stones: list[tuple[float, float, float, float]] = []
    arcs: list[list[Point]] = []
    for row in range(20):
        y = 530 + row * 19 + row * row * 0.25
        size = 7 + row * 1.1
        x = plate.chance.uniform(-20, 20)
        while x < WIDTH + 30:
            across, down = size * plate.chance.uniform(0.8, 1.5), size * plate.chance.uniform(0.5, 0.75)
            low = y + plate.chance.uniform(-3, 3)
            if plate.chance.random() < 0.2:
                stones.append((x, low, across, down))
            else:
                arcs.append(
                    [(x - across, low), (x - across / 2, low + down), (x + across / 2, low + down), (x + across, low)]
                )
            x += across * 2.3
    plate.black(lambda pen: _stones(pen, stones), rough=0.6)
    plate.black(lambda pen: strokes(pen, arcs, 2.6), rough=0.3)


def _cow(pen: Pen) -> None:
    pen.area(
        [
            (214, 430),
            (236, 392),
            (290, 346),
            (352, 322),
            (420, 330),
            (476, 366),
            (560, 420),
            (680, 396),
            (820, 386),
            (980, 408),
            (1140, 470),
            (1280, 560),
            (1370, 596),
            (1470, 566),
            (1500, 590),
            (1440, 640),
            (1500, 680),
            (1462, 700),
            (1350, 668),
            (1180, 672),
            (900, 690),
            (660, 690),
            (560, 680),
            (470, 700),
            (410, 726),
            (366, 716),
            (420, 650),
            (400, 590),
            (350, 520),
            (300, 486),
            (240, 474),
            (216, 454),
        ]
    )


_PUP: Final[list[Point]] = [
    (636, 724),
    (640, 680),
    (676, 640),
    (730, 628),
    (784, 648),
    (820, 690),
    (900, 672),
    (1010, 678),
    (1110, 716),
    (1190, 770),
    (1250, 772),
    (1262, 792),
    (1216, 812),
    (1252, 838),
    (1220, 850),
    (1130, 832),
    (960, 846),
    (800, 846),
    (730, 860),
    (690, 846),
    (720, 806),
    (690, 776),
    (652, 756),
]


def _pup(plate: Plate) -> None:
    inside = [(x + (8 if x < 900 else -8), y + (8 if y < 745 else -5)) for x, y in _PUP]
    plate.black(lambda pen: pen.disc(930, 848, 330, 26), rough=0.7)
    plate.black(lambda pen: pen.area(_PUP))
    plate.white(lambda pen: pen.area(inside), rough=0.8)
    plate.no_second(lambda pen: pen.area(_PUP))
    tufts = [(plate.chance.uniform(790, 1140), plate.chance.uniform(724, 826)) for _ in range(60)]
    plate.black(lambda pen: strokes(pen, [[(x, y), (x + 20, y + 7)] for x, y in tufts], 2.4), rough=0.4)
    plate.black(lambda pen: dots(pen, [(690, 690, 13), (752, 692, 13), (664, 726, 14)]), rough=0.4)
    plate.white(lambda pen: dots(pen, [(686, 685, 4), (748, 687, 4)]), rough=0)
    plate.black(lambda pen: pen.stroke([(664, 736), (680, 752), (712, 748)], 4), rough=0.4)
    plate.black(
        lambda pen: strokes(pen, [[(690, 728 + row * 8), (752, 722 + row * 14)] for row in range(3)], 2), rough=0.3
    )


def _stones(pen: Pen, stones: Sequence[tuple[float, float, float, float]]) -> None:
    for stone in stones:
        pen.disc(*stone)
