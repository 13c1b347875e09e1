"""Answer for a page: whole to a gate, which cuts it; as a preview to the desk; to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from standfirst.newsroom.announcements import EVERY_PAGE
from standfirst.vocabulary import GateHeader, Tier

if TYPE_CHECKING:
    from standfirst.newsroom.models import NewsroomPage


def serve(page: NewsroomPage, request: HttpRequest) -> HttpResponse:
    """The whole page, with what it is in its headers (`docs/reference/protocol.md`).

    A gated page is 403 to anyone but a gate taking it in.
    """
    tier = page.effective_tier()
    if tier is not Tier.FREE and not getattr(request, "is_intake", False):
        return HttpResponse(_("This page is answered by the gate."), status=403, content_type="text/plain")
    response = render(request, page.template, page.shown_context())
    response.headers[GateHeader.TIER.value] = tier.value
    response.headers[GateHeader.TAGS.value] = " ".join([*page.own_tags(), EVERY_PAGE])
    return response


def preview(page: NewsroomPage, request: HttpRequest) -> HttpResponse:
    """The page as its readers would see it, for the desk alone. Never held, never cached."""
    context = {**page.shown_context(), "seen_as": "reader"}
    response = render(request, page.template, context)
    response.headers["Cache-Control"] = "private, no-store"
    return response
