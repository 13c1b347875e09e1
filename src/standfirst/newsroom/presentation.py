"""What templates are handed: exactly what is shown, already in words."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from standfirst.newsroom import cutting, times
from standfirst.vocabulary import Tier

if TYPE_CHECKING:
    from standfirst.newsroom.models import FrontPage, Picture, Section, Story, Title

LEAD_WIDTHS = (640, 960, 1280)
CARD_WIDTHS = (320, 640, 960)


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture with its sizes. Addresses are paths below `/media/`."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class ShownTitle:
    """The title as templates show it. `sections` are names with their paths, in the navigation's order."""

    name: str
    strapline: str
    sections: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EditionStrip:
    """The line on top of every page."""

    name: str
    date_in_words: str
    time_in_words: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list: nothing but its public projection."""

    url: str
    headline: str
    standfirst: str
    kicker: str
    time_in_words: str
    picture: ShownPicture | None


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A story on its own page. `body_html` is the whole body with the cut's mark, or the lead-in alone."""

    url: str
    kicker: str
    section_url: str
    headline: str
    standfirst: str
    bylines: str
    published_in_words: str
    published_iso: str
    updated_in_words: str
    updated_iso: str
    picture: ShownPicture | None
    tags: Sequence[str]
    body_html: SafeString
    structured_data: SafeString
    social_picture: str
    """The whole address of the lead picture for social cards; empty without one."""


def title(settings: Title, sections: Iterable[Section]) -> ShownTitle:
    """The title's name, and its sections for the navigation."""
    named = [(section.title, section.address()) for section in sections]
    return ShownTitle(settings.name, settings.strapline, named)


def edition(front: FrontPage) -> EditionStrip:
    """The edition strip as the front page sets it."""
    return EditionStrip(
        name=front.edition_name,
        date_in_words=times.day(front.edition_at),
        time_in_words=times.clock(front.edition_at),
        is_late=front.edition_is_late,
    )


def picture(
    image: Picture | None, *, alt: str, widths: Sequence[int], shape: str = "", caption: str = "", credit: str = ""
) -> ShownPicture | None:
    """A picture in these widths, as WebP; None without one.

    `shape` crops to a ratio, like `16x9`. No width beyond the picture's own is made.
    """
    if image is None:
        return None
    usable = [width for width in widths if width <= image.width] or [min(widths[0], image.width)]
    made = image.get_renditions(*(_specification(width, shape) for width in usable))
    sizes = sorted(made.values(), key=lambda rendition: rendition.width)
    middle = sizes[len(sizes) // 2]
    return ShownPicture(
        src=middle.url,
        srcset=", ".join(f"{size.url} {size.width}w" for size in sizes),
        width=middle.width,
        height=middle.height,
        alt=alt,
        caption=caption,
        credit=credit or image.credit,
    )


def card(story: Story, now: datetime.datetime) -> Card:
    """A story for a list."""
    section = story.section()
    return Card(
        url=story.address(),
        headline=story.title,
        standfirst=story.standfirst,
        kicker=section.title,
        time_in_words=times.in_a_list(story.published_at(), now),
        picture=picture(story.lead_picture, alt=story.lead_picture_alt, widths=CARD_WIDTHS, shape="16x9"),
    )


def whole_story(story: Story, *, origin: str, lead_in_words: int) -> ShownStory:
    """The story with its whole body, the cut marked in it: for gates and the desk's preview only."""
    return _shown(story, cutting.with_cut(_body_html(story), lead_in_words), origin)


def lead_in_of(story: Story, *, origin: str, lead_in_words: int) -> ShownStory:
    """The story's public projection: headline, standfirst, lead-in. The rest of the body is not in it."""
    body = cutting.with_cut(_body_html(story), lead_in_words)
    return _shown(story, cutting.lead_in(body), origin)


def names_in_words(names: Sequence[str]) -> str:
    """`By Ada Marsh and Tom Pell`; empty without names."""
    if not names:
        return ""
    if len(names) == 1:
        return _("By %(name)s") % {"name": names[0]}
    return _("By %(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _body_html(story: Story) -> str:
    # Block after block, without the wrapper Wagtail puts around each: the cut looks at paragraphs.
    return "".join(str(block.render()) for block in story.body)


def _specification(width: int, shape: str) -> str:
    if not shape:
        return f"width-{width}|format-webp|webpquality-72"
    across, down = (int(side) for side in shape.split("x"))
    return f"fill-{width}x{width * down // across}|format-webp|webpquality-72"


def _shown(story: Story, body_html: str, origin: str) -> ShownStory:
    section = story.section()
    published = story.published_at()
    lead_picture = picture(
        story.lead_picture,
        alt=story.lead_picture_alt,
        widths=LEAD_WIDTHS,
        caption=story.lead_picture_caption,
        credit=story.lead_picture_credit,
    )
    updated_in_words = times.updated(published, story.last_published_at)
    return ShownStory(
        url=story.address(),
        kicker=section.title,
        section_url=section.address(),
        headline=story.title,
        standfirst=story.standfirst,
        bylines=names_in_words([byline.name for byline in story.bylines.all()]),
        published_in_words=times.day_and_clock(published),
        published_iso=published.isoformat(timespec="minutes"),
        updated_in_words=updated_in_words,
        updated_iso=story.last_published_at.isoformat(timespec="minutes") if updated_in_words else "",
        picture=lead_picture,
        tags=sorted(tag.name for tag in story.tags.all()),
        # Rendered by Wagtail's blocks, which escape; the cut only takes away from it.
        body_html=mark_safe(body_html),  # noqa: S308
        structured_data=_structured_data(story, origin),
        social_picture=origin + lead_picture.src if lead_picture is not None else "",
    )


def _structured_data(story: Story, origin: str) -> SafeString:
    """schema.org NewsArticle, saying to search engines that part of the page is for readers with an account.

    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    free = story.effective_tier() == Tier.FREE
    document: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.standfirst,
        "url": origin + story.address(),
        "datePublished": story.published_at().isoformat(timespec="minutes"),
        "isAccessibleForFree": free,
    }
    if not free:
        document["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": ".story-body",
        }
    text = json.dumps(document, ensure_ascii=False)
    # Inside a script element only these can end it or begin a comment (HTML, section 4.12.1.3).
    for character, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(character, escape)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
