"""Offers: what the wall says and asks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def _headline() -> str:
    return _("Go on reading with a free account")


def _sentence() -> str:
    return _("It takes a few seconds and costs nothing, and by registering you support the reporting on these pages.")


def _benefits() -> str:
    return "\n".join(
        [
            _("Comments, under your own name"),
            _("Newsletters, when you ask for them"),
            _("Competitions for readers"),
            _("The app, with the same account"),
        ]
    )


class Offer(models.Model):
    """What a visitor at the wall is offered for joining."""

    name = models.SlugField(gettext_lazy("name"), unique=True, default="default", editable=False)
    headline = models.CharField(gettext_lazy("headline"), max_length=80, default=_headline)
    sentence = models.CharField(
        gettext_lazy("why it is worth it"),
        max_length=240,
        default=_sentence,
        help_text=gettext_lazy("One sentence. Say that it is free."),
    )
    benefits = models.TextField(
        gettext_lazy("what else it brings"), default=_benefits, help_text=gettext_lazy("Four short lines.")
    )

    class Meta:
        verbose_name = gettext_lazy("offer")
        verbose_name_plural = gettext_lazy("offers")

    def __str__(self) -> str:
        return self.headline

    def benefit_lines(self) -> list[str]:
        """The benefits, a line each, empty lines left out."""
        return [line.strip() for line in self.benefits.splitlines() if line.strip()]
