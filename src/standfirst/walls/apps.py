"""What the wall says, and the rulebook gates go by."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WallsConfig(AppConfig):
    name = "standfirst.walls"
    label = "walls"
    verbose_name = _("walls")
