"""The built-in newsroom: stories, sections, the front page."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "standfirst.newsroom"
    label = "newsroom"
    verbose_name = _("newsroom")

    def ready(self) -> None:
        """Listen to what Wagtail does behind our pages' backs."""
        # Models can be imported only now; Django's documentation names this place for it.
        from standfirst.newsroom import watching  # noqa: PLC0415

        watching.watch()
