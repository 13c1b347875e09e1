"""How the account's forms answer: a piece of a page to our script, a whole page to a browser without it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from standfirst.account import destinations, wall
from standfirst.newsroom.models import furniture
from standfirst.newsroom.proving import lead_in_is_proved
from standfirst.newsroom.views import story_at
from standfirst.vocabulary import Tier

TO_PUT_RIGHT = 422
"""The status of a form that is shown again (RFC 9110, section 15.5.21)."""


def is_enhanced(request: HttpRequest) -> bool:
    """Whether our script sent the form and will put the answer into the page itself."""
    return request.headers.get("X-Requested-With") == "standfirst"


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A whole page for one person, kept by nobody."""
    seen_as = "reader" if request.user.is_authenticated else "visitor"
    response = render(request, template, {**furniture(seen_as), **context}, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def fragment(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A piece of a page, for our script."""
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def done(request: HttpRequest, next_path: str | None) -> HttpResponse:
    """The form went through: nothing more for our script, back to the story for a browser without it."""
    if is_enhanced(request):
        return HttpResponse(status=204, headers={"Cache-Control": "private, no-store"})
    return redirect(destinations.back_to_story(next_path))


def redirect(path: str) -> HttpResponse:
    """On to a page by GET (RFC 9110, section 15.4.4); the answer is kept by nobody."""
    return HttpResponseRedirect(path, status=303, headers={"Cache-Control": "private, no-store"})


def in_the_wall(
    request: HttpRequest, section: str, fallback: str, context: dict[str, Any], next_path: str | None
) -> HttpResponse:
    """A form shown again where it stood: below the story's lead-in, when it came from a gated story.

    `section` is the template for the wall's place, `fallback` that of a page of its own. The story is its public
    projection: whatever is withheld is not rendered at all. Where a gate would fall back, no part of it is shown.
    """
    story = story_at(next_path or "")
    if story is None or story.effective_tier() is Tier.FREE or not lead_in_is_proved(story):
        return page(request, fallback, context, TO_PUT_RIGHT)
    shown = {**story.public_context(), **context, "offer": wall.current_offer(), "wall_template": section}
    response = render(request, "account/story_with_form.html", shown, status=TO_PUT_RIGHT)
    response.headers["Cache-Control"] = "private, no-store"
    return response
