"""What the title says when something is not there, is not allowed, or broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from standfirst.newsroom.models import furniture
from standfirst.newsroom.presentation import ShownTitle


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page."""
    return render(request, "newsroom/404.html", furniture("neither"), status=404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A form that did not come from a page of ours (`web.cross_site`)."""
    return _say(
        request,
        403,
        _("We could not take that"),
        _("The form did not come from a page of ours, so nothing was changed."),
        _("Open the page again and send it once more."),
    )


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request we could not make sense of: too large, or damaged on its way."""
    return _say(
        request,
        400,
        _("We could not read that"),
        _("What was sent is larger than our forms take, or was damaged on its way. Nothing was changed."),
        _("Go back, and send it once more."),
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """A rate limit was reached; allauth looks for this by its name in the URLconf."""
    return _say(
        request,
        429,
        _("That was one try too many"),
        _("Wait a few minutes, then try again. Nothing you sent was changed or lost."),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Something of ours broke. Said without the database, which may be what broke."""
    context = {
        "heading": _("Something went wrong on our side"),
        "sentences": [_("Nothing that we told you was kept is lost. Please try again in a minute.")],
        "title": ShownTitle(name="", strapline="", sections=[]),
    }
    return _never_kept(render(request, "web/message.html", context, status=500))


def _say(request: HttpRequest, status: int, heading: str, *sentences: str) -> HttpResponse:
    context = {**furniture("neither"), "heading": heading, "sentences": sentences}
    return _never_kept(render(request, "web/message.html", context, status=status))


def _never_kept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
