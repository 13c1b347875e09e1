"""What the sample newspaper is made of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from standfirst.vocabulary import Tier

BlockKind = Literal["paragraph", "subheading", "quote", "picture", "fact_box", "cut"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body, under the name it has in the newsroom's StreamField.

    `paragraph` and `subheading` have `text`; `quote` has `text` and `attribution`; `picture` has
    `picture` (a key), `alt`, `caption` and `credit`; `fact_box` has `heading` and `text`; `cut` has nothing. Text of
    paragraphs and fact boxes is HTML with p, a, b and i.
    """

    kind: BlockKind
    value: dict[str, str]


@dataclass(frozen=True, slots=True)
class SamplePicture:
    """A story's lead picture. `key` names a file in `SampleNewspaper.pictures`."""

    key: str
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class SampleSection:
    """A section, and who may read its stories whole unless a story says otherwise."""

    slug: str
    name: str
    introduction: str
    default_tier: Tier


@dataclass(frozen=True, slots=True)
class SampleStory:
    """A story. `tier` is None where the section decides; `updated_hours_ago` is None when it was not changed."""

    slug: str
    section: str
    headline: str
    standfirst: str
    bylines: tuple[str, ...]
    tags: tuple[str, ...]
    tier: Tier | None
    published_hours_ago: float
    updated_hours_ago: float | None
    picture: SamplePicture | None
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class LegalText:
    """A page of small print, as HTML."""

    slug: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class SampleOffer:
    """What the wall says."""

    headline: str
    sentence: str
    benefits: tuple[str, ...]
    button: str


@dataclass(frozen=True, slots=True)
class SampleNewspaper:
    """A whole title. `lead`, `seconds`, `picture_story` and `briefs` name stories by slug, in the running order."""

    name: str
    strapline: str
    edition: str
    edition_is_late: bool
    edition_hours_ago: float
    offer: SampleOffer
    sections: tuple[SampleSection, ...]
    stories: tuple[SampleStory, ...]
    lead: str
    seconds: tuple[str, ...]
    picture_story: str
    briefs: tuple[str, ...]
    legal: tuple[LegalText, ...]
    pictures: dict[str, Path]
