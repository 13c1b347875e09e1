"""Tell gates, and the rooms above, what changed. Every function runs in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string

from standfirst.feed import log

EVERY_PAGE = "title"
"""The tag of all pages: they carry the name, the sections and the edition."""

FRONT = "front"


def story_tag(pk: int) -> str:
    """The tag of the page of one story."""
    return f"story:{pk}"


def section_tag(pk: int) -> str:
    """The tag of a section's own page, which lists its stories."""
    return f"section:{pk}"


def inside_section_tag(pk: int) -> str:
    """The tag of every story in a section: a section that moves or changes its tier takes them along."""
    return f"in-section:{pk}"


def legal_tag(pk: int) -> str:
    """The tag of one of the plain pages."""
    return f"legal:{pk}"


def below_legal_tag(pk: int) -> str:
    """The tag of every plain page below one of them: it moves with the one above."""
    return f"below-legal:{pk}"


def changed(tags: Iterable[str]) -> None:
    """Pages with these tags read differently now."""
    log.tell_changed(tags)


def withdrawn(tags: Iterable[str]) -> None:
    """Pages with these tags must not be served from an old copy."""
    log.tell_withdrawn(tags)


def furniture_changed() -> None:
    """The name, the sections or the edition changed: all pages, and whoever keeps a copy of the page's frame."""
    log.tell_changed([EVERY_PAGE])
    for path in settings.STANDFIRST_FURNITURE_LISTENERS:
        import_string(path)()
