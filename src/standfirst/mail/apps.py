"""Mail leaves through the outbox."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "standfirst.mail"
    label = "mail"
