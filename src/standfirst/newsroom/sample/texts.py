"""Reads the sample newspaper from the files beside this one.

A story's file begins with lines of `name: value`, then an empty line, then the body in pieces, each parted from the
next by an empty line:

    plain text             a paragraph (b, i and a are HTML)
    ## text                a subheading
    > text / > — who       a quote
    !picture key | alt | caption | credit
    [box] heading / | text a fact box, each line a paragraph
    [cut]                  where the lead-in ends
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from standfirst.newsroom.sample.shapes import (
    Block,
    LegalText,
    SampleNewspaper,
    SampleOffer,
    SamplePicture,
    SampleSection,
    SampleStory,
)
from standfirst.vocabulary import Tier

_FOLDER: Final = Path(__file__).parent
_LEGAL: Final = ("terms", "privacy", "cookies")


def load_sample() -> SampleNewspaper:
    """The whole sample title, stories newest first."""
    settings = tomllib.loads((_FOLDER / "newspaper.toml").read_text(encoding="utf-8"))
    stories = [_story(path) for path in (_FOLDER / "stories").glob("*.txt")]
    front = settings["front_page"]
    return SampleNewspaper(
        name=settings["name"],
        strapline=settings["strapline"],
        edition=settings["edition"],
        edition_is_late=settings["edition_is_late"],
        edition_hours_ago=settings["edition_hours_ago"],
        offer=_offer(settings["offer"]),
        sections=tuple(_section(entry) for entry in settings["sections"]),
        stories=tuple(sorted(stories, key=lambda story: story.published_hours_ago)),
        lead=front["lead"],
        seconds=tuple(front["seconds"]),
        picture_story=front["picture_story"],
        briefs=tuple(front["briefs"]),
        legal=tuple(_legal(slug) for slug in _LEGAL),
        pictures={path.stem: path for path in sorted((_FOLDER / "pictures").glob("*.webp"))},
    )


def _offer(entry: dict[str, Any]) -> SampleOffer:
    return SampleOffer(entry["headline"], entry["sentence"], tuple(entry["benefits"]), entry["button"])


def _section(entry: dict[str, Any]) -> SampleSection:
    return SampleSection(entry["slug"], entry["name"], entry["introduction"], Tier(entry["tier"]))


def _story(path: Path) -> SampleStory:
    facts, pieces = _read(path)
    picture = None
    if "picture" in facts:
        picture = SamplePicture(facts["picture"], facts["alt"], facts["caption"], facts["credit"])
    return SampleStory(
        slug=path.stem,
        section=facts["section"],
        headline=facts["headline"],
        standfirst=facts["standfirst"],
        bylines=_list(facts["bylines"]),
        tags=_list(facts["tags"]),
        tier=Tier(facts["tier"]) if "tier" in facts else None,
        published_hours_ago=float(facts["published"]),
        updated_hours_ago=float(facts["updated"]) if "updated" in facts else None,
        picture=picture,
        body=tuple(_block(piece) for piece in pieces),
    )


def _legal(slug: str) -> LegalText:
    facts, pieces = _read(_FOLDER / "legal" / f"{slug}.txt")
    html = []
    for piece in pieces:
        heading, _, rest = piece.removeprefix("## ").partition("\n") if piece.startswith("## ") else ("", "", piece)
        html.extend([f"<h2>{heading}</h2>"] if heading else [])
        html.extend([f"<p>{rest}</p>"] if rest else [])
    return LegalText(slug, facts["title"], "".join(html))


def _read(path: Path) -> tuple[dict[str, str], list[str]]:
    """A file's facts, and its pieces."""
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    return facts, [piece.strip() for piece in text.split("\n\n") if piece.strip()]


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(","))


def _block(piece: str) -> Block:
    if piece == "[cut]":
        return Block("cut", {})
    if piece.startswith("## "):
        return Block("subheading", {"text": piece.removeprefix("## ")})
    if piece.startswith("> "):
        said, _, who = piece.partition("\n> — ")
        return Block("quote", {"text": said.removeprefix("> "), "attribution": who})
    if piece.startswith("!picture "):
        key, alt, caption, credit = (part.strip() for part in piece.removeprefix("!picture ").split("|"))
        return Block("picture", {"picture": key, "alt": alt, "caption": caption, "credit": credit})
    if piece.startswith("[box] "):
        heading, *lines = piece.removeprefix("[box] ").splitlines()
        return Block("fact_box", {"heading": heading, "text": "".join(f"<p>{line[2:]}</p>" for line in lines)})
    return Block("paragraph", {"text": f"<p>{piece}</p>"})
