"""At the Ballast Ground."""

from __future__ import annotations

import math

from standfirst.newsroom.sample.engraving import HEIGHT, WIDTH, Pen, Plate, Point, everything, glowing, strokes


def football() -> Plate:
    """Fog, a net, a keeper, and a ball."""
    plate = Plate(57)
    plate.second(lambda pen: pen.area([(0, 610), (WIDTH, 560), (WIDTH, HEIGHT), (0, HEIGHT)]))
    plate.lines(everything, glowing(420, 420, 1350, 4, 150), pitch=13, wave=(9, 620))
    plate.lines(
        lambda pen: pen.area([(0, 612), (WIDTH, 562), (WIDTH, HEIGHT), (0, HEIGHT)]),
        glowing(300, 560, 1300, 0, 190),
        pitch=12,
        angle=2,
        wave=(5, 220),
    )
    _goal(plate)
    plate.white(lambda pen: pen.stroke([(0, 700), (WIDTH, 642)], 13))
    plate.no_second(lambda pen: pen.stroke([(0, 700), (WIDTH, 642)], 13))
    plate.black(_keeper, rough=0.6)
    for stripe in range(4):
        y = 418 + stripe * 34
        plate.white(lambda pen, y=y: pen.stroke([(1002, y), (1068, y)], 9), rough=0.5)
    plate.white(lambda pen: pen.disc(400, 380, 56))
    plate.no_second(lambda pen: pen.disc(400, 380, 56))
    plate.black(lambda pen: pen.disc(400, 380, 48), rough=0.6)
    plate.white(lambda pen: pen.disc(400, 380, 41), rough=0.6)
    for turn in range(5):
        a = math.radians(turn * 72 - 90)
        at_x, at_y = 400 + 43 * math.cos(a), 380 + 43 * math.sin(a)
        plate.black(lambda pen, x=at_x, y=at_y: pen.stroke([(400, 380), (x, y)], 4), rough=0.3)
        plate.black(
            lambda pen, a=a: pen.area(
                [(400 + 42 * math.cos(a + d), 380 + 42 * math.sin(a + d)) for d in (-0.3, 0.3)]
                + [(400 + 28 * math.cos(a), 380 + 28 * math.sin(a))]
            ),
            rough=0.3,
        )
    plate.black(
        lambda pen: pen.area(
            [
                (400 + 17 * math.cos(math.radians(d * 72 - 90)), 380 + 17 * math.sin(math.radians(d * 72 - 90)))
                for d in range(5)
            ]
        ),
        rough=0.3,
    )
    for trail in range(7):
        plate.black(
            lambda pen, trail=trail: pen.stroke(
                [(330 - trail * 6, 348 + trail * 11), (210 - (trail % 3) * 44, 322 + trail * 10)], 3
            ),
            rough=0.5,
        )
    return plate


def _goal(plate: Plate) -> None:
    down: list[list[Point]] = [[(810 + line * 36, 196 + line * 1.2), (762 + line * 39, 640)] for line in range(22)]
    along: list[list[Point]] = [
        [(776, 213 + line * 31), (1100, 221 + line * 31), (1600, 205 + line * 31)] for line in range(15)
    ]
    plate.black(lambda pen: strokes(pen, down + along, 2.4), rough=0.4)
    for a, b in (((748, 150), (748, 672)), ((748, 150), (1600, 92))):
        plate.black(lambda pen, a=a, b=b: pen.stroke([a, b], 30), rough=0.6)
        plate.white(lambda pen, a=a, b=b: pen.stroke([a, b], 19), rough=0.6)
        plate.no_second(lambda pen, a=a, b=b: pen.stroke([a, b], 19))


def _keeper(pen: Pen) -> None:
    """Half crouched, hands out, his face to the left where the sound is."""
    pen.disc(1026, 322, 29, 37)
    pen.area([(1000, 318), (990, 330), (1002, 338)])
    pen.area([(1016, 350), (1050, 348), (1054, 376), (1016, 378)])
    pen.area([(1000, 372), (1070, 370), (1100, 392), (1082, 470), (1080, 566), (990, 566), (986, 470), (972, 394)])
    pen.stroke([(986, 396), (944, 462), (878, 484)], 25)
    pen.stroke([(1086, 396), (1136, 458), (1186, 436)], 25)
    pen.area([(884, 470), (852, 462), (830, 478), (838, 502), (880, 500)])
    pen.area([(1176, 448), (1182, 412), (1206, 398), (1220, 424), (1204, 452)])
    pen.area([(988, 556), (1082, 556), (1100, 632), (1048, 642), (1034, 604), (1020, 642), (968, 632)])
    pen.stroke([(994, 620), (962, 684), (980, 766)], 27)
    pen.stroke([(1074, 620), (1112, 682), (1096, 766)], 27)
    pen.stroke([(984, 772), (948, 780)], 19)
    pen.stroke([(1094, 772), (1062, 780)], 19)
