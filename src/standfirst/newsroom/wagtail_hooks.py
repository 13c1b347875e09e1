"""Wagtail looks here for what the desk is to show."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

_HIDDEN = {"documents", "reports"}


@hooks.register("construct_main_menu")
def leave_out(request: HttpRequest, items: list[MenuItem]) -> None:
    """Keep the desk to what this newspaper uses."""
    items[:] = [item for item in items if item.name not in _HIDDEN]
