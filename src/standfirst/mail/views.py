"""The mailbox page: what the local mailbox received. It shows reset links, so it opens to very few.

Only with the token `up` printed, and never when mail goes to SMTP, when the title is not at a loopback address, or
when the request came through somebody else's proxy.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from standfirst.mail.models import MailboxMessage
from standfirst.vocabulary import GateHeader

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


def is_open(request: HttpRequest, token: str) -> bool:
    """Whether this request may see the mailbox."""
    expected = settings.STANDFIRST_MAILBOX_TOKEN
    if not expected or urlsplit(settings.STANDFIRST_ORIGIN).hostname not in _LOOPBACK:
        return False
    if GateHeader.FORWARDED.value in request.headers or any(name in request.headers for name in _FORWARDED):
        return False
    if not request.from_gate:  # type: ignore[attr-defined]
        return False
    return secrets.compare_digest(token.encode(), expected.encode())


def _guarded[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    @require_GET
    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_open(request, token):
            raise Http404
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        # The token stands in the address and must not travel to the pages mails link to.
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return cast("Callable[Concatenate[HttpRequest, str, P], HttpResponse]", guarded)


@_guarded
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest two hundred mails."""
    return render(request, "mail/mailbox.html", {"messages_received": MailboxMessage.objects.all()[:200]})


@_guarded
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: as plain text, and as its HTML in a frame of its own."""
    return render(request, "mail/message.html", {"mail": get_object_or_404(MailboxMessage, pk=pk)})


@_guarded
def message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of one mail, without scripts, for the frame."""
    response = HttpResponse(get_object_or_404(MailboxMessage, pk=pk).html)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
        "sandbox allow-popups allow-top-navigation-by-user-activation"
    )
    return response
