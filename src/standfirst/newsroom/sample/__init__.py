"""The sample newspaper: a title, a town and a dozen stories, all invented.

No Django here: `prepare` puts it into the newsroom.
"""

from __future__ import annotations

from standfirst.newsroom.sample.shapes import (
    Block,
    LegalText,
    SampleNewspaper,
    SampleOffer,
    SamplePicture,
    SampleSection,
    SampleStory,
)
from standfirst.newsroom.sample.texts import load_sample

__all__ = [
    "Block",
    "LegalText",
    "SampleNewspaper",
    "SampleOffer",
    "SamplePicture",
    "SampleSection",
    "SampleStory",
    "load_sample",
]
