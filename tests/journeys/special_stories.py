"""Stories that the sample newspaper does not have. They are written beside the running newspaper, through its feed."""

from __future__ import annotations

from standfirst.newsroom.models import Section, Story
from tests.cast import paragraphs

LEAD_IN = "It rained on the cricket for the ninth Saturday, and nobody at the ground was surprised."
REST = "Then the rain stopped, and the umpires walked out to look at the square."
LONG_PARAGRAPH = (
    "The clock on the Custom House has been four minutes slow since the spring, and nobody who lives in sight of it "
    "would have it any other way, because the ferry keeps by it and the school keeps by the ferry. Mr Tallis winds it "
    "on Fridays with a crank from a mangle, and he is the last person in the town who knows how it is done."
)
WITHDRAWN = "What the surveyor found under the third arch was a bicycle, a safe and a sack of somebody's letters."


def write_them() -> None:
    """Put the special stories into the section News."""
    _write("a-short-rest", [*paragraphs(LEAD_IN), ("cut", None), *paragraphs(REST)])
    _write("one-long-paragraph", paragraphs(LONG_PARAGRAPH))
    for slug in ("under-the-third-arch", "a-tide-table"):
        lead_in = paragraphs("The surveyor went down on Monday with a lamp, at low water.")
        _write(slug, [*lead_in, ("cut", None), *paragraphs(WITHDRAWN)])


def _write(slug: str, body: list[tuple[str, str | None]]) -> None:
    headline = slug.replace("-", " ").capitalize()
    story = Story(title=headline, slug=slug, standfirst="A special story.", body=body)
    Section.objects.get(slug="news").add_child(instance=story)
