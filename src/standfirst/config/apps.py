"""The app that joins the rooms: commands that touch many of them live here."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "standfirst.config"
    label = "standfirst_config"
    verbose_name = "Standfirst"
