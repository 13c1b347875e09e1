"""In the town: a bakery and a cinema."""

from __future__ import annotations

import math

from standfirst.newsroom.sample.engraving import WIDTH, Pen, Plate, Point, dots, everything, glowing, strokes


def bakery() -> Plate:
    """The oven man draws the second batch."""
    plate = Plate(21)
    plate.second(everything)
    glow = glowing(1060, 500, 820, 40, 262)
    plate.no_second(lambda pen: pen.disc(1060, 520, 470, 430), rough=3)
    plate.lines(everything, glow, pitch=14, wave=(3, 600))
    courses: list[list[Point]] = [[(620, 20 + row * 62), (1600, 20 + row * 62)] for row in range(13)]
    joints: list[list[Point]] = [
        [(640 + column * 92 + row % 2 * 46, 20 + row * 62 + end) for end in (0, 62)]
        for row in range(13)
        for column in range(12)
    ]
    plate.black(lambda pen: strokes(pen, courses + joints, 4), rough=0.7)
    _oven(plate)
    plate.lines(
        lambda pen: pen.area([(0, 790), (WIDTH, 770), (WIDTH, 900), (0, 900)]),
        glowing(1000, 800, 900, 90, 250),
        pitch=11,
        angle=-3,
    )
    plate.black(lambda pen: pen.area([(820, 676), (1330, 676), (1350, 712), (800, 712)]), rough=0.6)
    plate.black(lambda pen: pen.stroke([(300, 560), (1130, 640)], 17), rough=0.5)
    plate.black(lambda pen: pen.area([(1000, 618), (1180, 634), (1176, 664), (996, 646)]), rough=0.5)
    for loaf in range(3):
        x, y = 1030 + loaf * 56, 604 + loaf * 5
        plate.black(lambda pen, x=x, y=y: pen.disc(x, y, 31, 27), rough=0.5)
        plate.white(lambda pen, x=x, y=y: pen.disc(x + 2, y - 3, 23, 19), rough=0.5)
        plate.black(lambda pen, x=x, y=y: pen.stroke([(x - 11, y - 2), (x + 13, y - 6)], 4), rough=0.4)
    plate.black(_baker, rough=0.6)
    _rim_light(plate)
    return plate


def _oven(plate: Plate) -> None:
    def arch(grow: float) -> list[Point]:
        rim = [
            (1075 + (255 + grow) * math.cos(math.radians(a)), 560 - (215 + grow) * math.sin(math.radians(a)))
            for a in range(0, 181, 6)
        ]
        return [(1330 + grow, 690), *rim, (820 - grow, 690)]

    plate.white(lambda pen: pen.area(arch(74)))
    for stone in range(19):
        turn = math.radians(stone * 10)
        plate.black(
            lambda pen, turn=turn: pen.stroke(
                [
                    (1075 + 262 * math.cos(turn), 560 - 222 * math.sin(turn)),
                    (1075 + 326 * math.cos(turn), 560 - 286 * math.sin(turn)),
                ],
                6,
            ),
            rough=0.6,
        )
    plate.black(lambda pen: pen.area(arch(12)))
    plate.white(lambda pen: pen.area(arch(0)))
    plate.lines(lambda pen: pen.area(arch(0)), glowing(1075, 600, 300, 0, 165), pitch=13, wave=(5, 260))
    for loaf in range(7):
        x = 880 + loaf * 66
        plate.black(
            lambda pen, x=x: pen.area([(x - 25, 660), (x - 27, 622), (x, 606), (x + 27, 622), (x + 25, 660)]), rough=0.6
        )


def _baker(pen: Pen) -> None:
    pen.disc(392, 262, 66, 76)
    pen.area([(322, 244), (330, 170), (360, 142), (430, 140), (462, 172), (464, 240)])
    pen.area(
        [
            (358, 320),
            (430, 318),
            (520, 372),
            (560, 470),
            (548, 640),
            (560, 930),
            (230, 930),
            (246, 640),
            (222, 480),
            (262, 380),
        ]
    )
    pen.stroke([(520, 410), (610, 520), (700, 592)], 54)
    pen.stroke([(262, 420), (236, 560), (370, 574)], 56)
    pen.disc(708, 598, 34)
    pen.disc(384, 572, 34)


def _rim_light(plate: Plate) -> None:
    edge: list[Point] = [(462, 250), (456, 300), (436, 326), (520, 382), (602, 490), (690, 570)]
    plate.white(lambda pen: pen.stroke(edge, 8), rough=0.6)
    plate.white(lambda pen: pen.stroke([(548, 520), (536, 640), (546, 880)], 9), rough=0.6)
    for fold in range(5):
        x = 500 - fold * 34
        plate.white(
            lambda pen, x=x, fold=fold: pen.stroke([(x + 20, 470 + fold * 30), (x, 640 + fold * 40)], 4 - fold * 0.5),
            rough=0.5,
        )
    plate.white(lambda pen: pen.stroke([(276, 640), (400, 654), (540, 642)], 7), rough=0.6)
    plate.white(lambda pen: pen.stroke([(350, 214), (400, 206), (462, 214)], 4), rough=0.5)


def cinema() -> Plate:
    """The back rows of the Regal, and the beam over them."""
    plate = Plate(43)
    plate.second(lambda pen: pen.area([(250, 170), (880, 170), (880, 540), (250, 540)]))
    plate.lines(everything, glowing(560, 350, 1200, 150, 262), pitch=13, wave=(2, 900))
    for side in (-1, 1):
        for fold in range(6):
            x = (160 if side < 0 else 960) + fold * 16 * side
            plate.black(lambda pen, x=x: pen.stroke([(x, 90), (x + 4, 560)], 7), rough=0.8)
    plate.black(lambda pen: pen.area([(228, 148), (902, 148), (902, 562), (228, 562)]), rough=0.6)
    screen: list[Point] = [(250, 170), (880, 170), (880, 540), (250, 540)]
    plate.white(lambda pen: pen.area(screen), rough=0.6)
    _film(plate)
    beam: list[Point] = [(1452, 92), (1456, 122), (884, 548), (884, 168)]
    plate.white(lambda pen: pen.area(beam))
    plate.lines(lambda pen: pen.area(beam), glowing(1450, 104, 700, 0, 105), pitch=15, angle=20, wave=(1, 900))
    motes = [(part, plate.chance.uniform(70, 400)) for part in (plate.chance.random() for _ in range(50))]
    plate.black(lambda pen: dots(pen, [(1440 - part * 540, 108 + part * low, 2.5) for part, low in motes]), rough=0.2)
    plate.black(_projector, rough=0.5)
    plate.white(lambda pen: pen.disc(1452, 106, 15), rough=0.4)
    for row, (level, size, gap) in enumerate(((600, 34, 96), (690, 52, 148), (820, 82, 232))):
        _audience(plate, level, size, gap, row)
    return plate


def _film(plate: Plate) -> None:
    plate.lines(lambda pen: pen.area([(250, 430), (880, 430), (880, 540), (250, 540)]), 130, pitch=11, wave=(5, 120))
    plate.no_second(lambda pen: pen.disc(700, 270, 52))
    plate.black(lambda pen: pen.area([(250, 440), (330, 380), (420, 402), (470, 440)]), rough=0.6)
    plate.black(
        lambda pen: pen.area([(520, 440), (526, 356), (548, 330), (560, 342), (576, 352), (590, 440)]), rough=0.6
    )
    plate.black(lambda pen: pen.disc(545, 318, 21, 25), rough=0.5)
    plate.black(lambda pen: pen.area([(586, 440), (596, 372), (622, 346), (650, 372), (662, 440)]), rough=0.6)
    plate.black(lambda pen: pen.disc(618, 330, 19, 23), rough=0.5)
    plate.black(lambda pen: pen.disc(842, 200, 11), rough=0.3)


def _projector(pen: Pen) -> None:
    pen.area([(1470, 60), (1600, 40), (1600, 230), (1480, 190)])
    pen.area([(1440, 84), (1480, 80), (1480, 132), (1440, 128)])
    pen.disc(1560, 20, 84)
    pen.area([(1500, 190), (1600, 200), (1600, 330), (1540, 330)])


def _audience(plate: Plate, level: float, size: float, gap: float, row: int) -> None:
    x = -20.0 + row * 40
    while x < WIDTH + size:
        lean = plate.chance.uniform(-0.18, 0.18) * size
        tall = plate.chance.uniform(0.9, 1.12)

        def seat(pen: Pen, x: float = x) -> None:
            pen.area(
                [
                    (x - gap * 0.44, level + size * 4),
                    (x - gap * 0.42, level + size * 1.1),
                    (x - gap * 0.3, level + size * 0.82),
                    (x + gap * 0.3, level + size * 0.82),
                    (x + gap * 0.42, level + size * 1.1),
                    (x + gap * 0.44, level + size * 4),
                ]
            )

        def head(pen: Pen, x: float = x, lean: float = lean, tall: float = tall) -> None:
            pen.disc(x + lean, level - size * 0.1, size * 0.72, size * 0.9 * tall)
            pen.area(
                [
                    (x - size * 1.15, level + size * 1.6),
                    (x - size * 0.9, level + size * 0.95),
                    (x - size * 0.34, level + size * 0.5),
                    (x + size * 0.34, level + size * 0.5),
                    (x + size * 0.9, level + size * 0.95),
                    (x + size * 1.15, level + size * 1.6),
                ]
            )

        empty = plate.chance.random() < 0.1
        if not empty:
            plate.black(head, rough=0.6)
        plate.black(seat, rough=0.6)
        plate.white(
            lambda pen, x=x: pen.stroke(
                [(x - gap * 0.32, level + size * 0.95), (x + gap * 0.32, level + size * 0.95)], size * 0.07
            ),
            rough=0.5,
        )
        plate.second(seat)
        plate.lines(
            lambda pen, x=x: pen.area(
                [
                    (x - gap * 0.38, level + size * 4),
                    (x - gap * 0.36, level + size * 1.15),
                    (x + gap * 0.36, level + size * 1.15),
                    (x + gap * 0.38, level + size * 4),
                ]
            ),
            205,
            pitch=10,
            angle=90,
        )
        x += gap
