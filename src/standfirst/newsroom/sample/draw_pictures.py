"""Cuts the sample newspaper's pictures and prints them.

`python -m standfirst.newsroom.sample.draw_pictures [key …]`
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from standfirst.newsroom.sample.engraving import Plate
from standfirst.newsroom.sample.scenes_bridge import bridge, rollers
from standfirst.newsroom.sample.scenes_sea import lifeboat, seals
from standfirst.newsroom.sample.scenes_sport import football
from standfirst.newsroom.sample.scenes_town import bakery, cinema

FOLDER: Final = Path(__file__).parent / "pictures"

PICTURES: Final[dict[str, Callable[[], Plate]]] = {
    "bridge": bridge,
    "rollers": rollers,
    "lifeboat": lifeboat,
    "bakery": bakery,
    "seals": seals,
    "cinema": cinema,
    "football": football,
}


def main(keys: list[str]) -> None:
    """Print the named pictures, or all."""
    FOLDER.mkdir(exist_ok=True)
    for key in keys or list(PICTURES):
        PICTURES[key]().printed().save(FOLDER / f"{key}.webp", quality=56, method=6)


if __name__ == "__main__":
    main(sys.argv[1:])
