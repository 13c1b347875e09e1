"""Use cases on top of many rooms: joining, signing in, confirming."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountConfig(AppConfig):
    name = "standfirst.account"
    label = "standfirst_account"
    verbose_name = _("account")
