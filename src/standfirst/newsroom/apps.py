"""The built-in newsroom: stories, sections, the front page."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "standfirst.newsroom"
    label = "newsroom"
    verbose_name = _("newsroom")
