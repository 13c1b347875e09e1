"""The log by which gates learn what changed."""

from __future__ import annotations

from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "standfirst.feed"
    label = "feed"
