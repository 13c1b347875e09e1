"""What people agreed to, when, and in which words."""

from __future__ import annotations

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "standfirst.consent"
    label = "consent"
