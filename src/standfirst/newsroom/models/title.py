"""The newspaper itself: its name and how it presents itself."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from standfirst.newsroom import announcements


@register_setting(icon="doc-full", order=10)
class Title(BaseSiteSetting):
    """The title's name and habits, edited under Settings in the desk."""

    name = models.CharField(_("name"), max_length=80, default="Standfirst")
    strapline = models.CharField(_("strapline"), max_length=160, blank=True)
    lead_in_words = models.PositiveSmallIntegerField(
        _("words before the wall"),
        default=30,
        validators=[MinValueValidator(0), MaxValueValidator(1000)],
        help_text=_("Where an editor has not put the wall, it comes after the paragraph that reaches so many words."),
    )

    panels = [FieldPanel("name"), FieldPanel("strapline"), FieldPanel("lead_in_words")]

    class Meta:
        verbose_name = _("title")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every page carries the title, so every page is fetched again."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            announcements.furniture_changed()
