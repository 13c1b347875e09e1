"""Changes that Wagtail makes to pages without asking their class: moves, deletions, unpublishing in bulk.

Its actions work on plain `Page` rows and call `save` and `delete` past ours, so that only signals tell of them. They
are the one exception to our plain calls downwards; each runs inside the transaction of its change.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.models import Page
from wagtail.signals import post_page_move

from standfirst.newsroom import announcements
from standfirst.newsroom.models import FrontPage, LegalPage, NewsroomPage, Section, Story

_SHOWN = frozenset({"live", "title", "slug", "url_path", "path"})
"""Fields of a plain page that readers can see; saving only others is the desk's book-keeping."""


def watch() -> None:
    """Connect once, when the room is ready."""
    pre_save.connect(_remember, sender=Page, dispatch_uid="newsroom.remember")
    post_save.connect(_tell_saved, sender=Page, dispatch_uid="newsroom.tell_saved")
    for kind in (FrontPage, LegalPage, Section, Story):
        pre_delete.connect(_tell_deleted, sender=kind, dispatch_uid=f"newsroom.tell_deleted.{kind.__name__}")
    post_page_move.connect(_tell_lists, dispatch_uid="newsroom.tell_lists")


def _remember(instance: Page, raw: bool, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """How the page stood, before a plain `Page` row is saved over it. What is restored (`raw`) was never there."""
    stood = None
    if not raw and instance.pk and (update_fields is None or _SHOWN & set(update_fields)):
        stood = Page.objects.filter(pk=instance.pk).first()
    instance.standfirst_before = stood.specific if stood is not None else None


def _tell_saved(instance: Page, **kwargs: Any) -> None:
    before = instance.standfirst_before
    if not isinstance(before, NewsroomPage):
        return
    after = type(before).objects.get(pk=instance.pk)
    if before.live or after.live:
        after.tell_saved(before)


def _tell_deleted(instance: NewsroomPage, **kwargs: Any) -> None:
    """Sent for every page that goes, those below the deleted one included."""
    instance.tell_gone()


def _tell_lists(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """The address was withdrawn when the moved page was saved; the lists of both sections read differently now."""
    if issubclass(instance.specific_class, Story):
        with transaction.atomic():
            sections = (parent_page_before, parent_page_after)
            announcements.changed([announcements.FRONT, *{announcements.section_tag(page.pk) for page in sections}])
    elif issubclass(instance.specific_class, Section):
        with transaction.atomic():
            announcements.furniture_changed()
