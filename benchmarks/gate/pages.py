"""The page that is measured: about 60 KB with marks, the withheld part some 700 words, always the same bytes."""

from __future__ import annotations

import random

_WORDS = [
    "council",
    "budget",
    "river",
    "mayor",
    "harbour",
    "school",
    "market",
    "railway",
    "storm",
    "library",
    "bridge",
    "union",
    "election",
    "report",
    "inquiry",
    "factory",
    "village",
    "hospital",
    "museum",
    "theatre",
    "league",
    "stadium",
    "court",
    "appeal",
    "minister",
    "forest",
    "farmer",
    "energy",
    "housing",
    "planning",
    "transport",
    "the",
    "a",
    "of",
    "in",
    "on",
    "for",
    "with",
    "after",
    "before",
    "over",
    "under",
    "against",
    "and",
    "but",
    "while",
    "because",
    "as",
    "by",
    "from",
    "to",
    "is",
    "was",
    "has",
]

WALL = (
    '<section class="wall" aria-labelledby="w"><h2 id="w">Register to keep reading</h2><form method="post" '
    'action="/account/join/"><input name="next" data-standfirst-next><label>Email <input type="email" name="email" '
    "required></label><button>Create account</button></form></section>"
)
SHELL = (
    '<!doctype html><html lang="en"><head><title>The Harbour Post</title></head><body>'
    '<main data-standfirst="shell"></main></body></html>'
)
RULEBOOK = {
    "version": 1,
    "passthrough": ["/account/", "/desk/"],
    "tiers": {"metered": "default", "registered": "default"},
    "offers": {"default": {"wall_html": WALL}},
    "shell_html": SHELL,
}


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(_WORDS) for _ in range(chance.randint(9, 22))]
    return " ".join(words).capitalize() + "."


def _paragraphs(chance: random.Random, words: int) -> list[str]:
    paragraphs: list[str] = []
    count = 0
    while count < words:
        text = " ".join(_sentence(chance) for _ in range(chance.randint(2, 4)))
        count += len(text.split())
        paragraphs.append(f"<p>{text}</p>")
    return paragraphs


def _card(chance: random.Random, number: int) -> str:
    name = f"{chance.getrandbits(64):016x}"
    return (
        f'<article class="card card-{number}"><a href="/news/{name}/"><img src="/media/{name}.jpg" width="320" '
        f'height="180" loading="lazy" alt=""><h3>{_sentence(chance)}</h3></a><p>{_sentence(chance)}</p></article>'
    )


def story(size: int = 60_000) -> str:
    """The page."""
    chance = random.Random(20)
    body = _paragraphs(chance, 800)
    style = "".join(
        f".c{n}{{margin:{chance.randint(1, 99)}px;color:#{chance.getrandbits(24):06x}}}" for n in range(250)
    )
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge closes</title><style>{style}</style>'
        '</head><body><h1 data-standfirst="headline">Bridge closes</h1>'
        '<p data-standfirst="standfirst">Until the spring.</p>'
        '<div data-standfirst="body">',
        *body[:2],
        '<div data-standfirst="cut"></div>',
        *body[2:],
        '</div><div data-standfirst="wall"></div><aside>',
    ]
    number = 0
    while sum(map(len, parts)) < size:
        parts.append(_card(chance, number))
        number += 1
    return "".join([*parts, "</aside></body></html>"])
