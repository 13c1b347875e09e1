"""Accounts and their sessions."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadersConfig(AppConfig):
    name = "standfirst.readers"
    label = "readers"
    verbose_name = _("readers")
