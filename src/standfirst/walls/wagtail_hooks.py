"""Wagtail looks here for what the desk is to show."""

from __future__ import annotations

from wagtail import hooks

from standfirst.walls.desk import OfferViewSet


@hooks.register("register_admin_viewset")
def register_offers() -> OfferViewSet:
    """The offer's screens."""
    return OfferViewSet("offers", url_prefix="offers")
