"""What every page shares: base templates, CSS tokens, ES modules, and the rules of the browser's road."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "standfirst.web"
    label = "web"
