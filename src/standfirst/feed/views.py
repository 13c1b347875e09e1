"""The gate's side door: the feed, and whether the site is up. The middleware lets only gates in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from standfirst.feed import log


@require_GET
def feed(request: HttpRequest) -> JsonResponse:
    """What changed since the position the gate has read up to."""
    since = request.GET.get("since", "")
    # Nineteen digits hold every position a database counts to.
    is_position = since.isascii() and since.isdigit() and len(since) < 20
    answer = log.read(int(since) if is_position else None, request.GET.get("epoch"))
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """200 once the site answers at all; the supervisor waits for it."""
    return HttpResponse("ready", content_type="text/plain", headers={"Cache-Control": "no-store"})
