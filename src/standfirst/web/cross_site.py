"""Refuse forms that another site sends in a reader's name, without a token in the form.

Held pages are the same bytes for everyone, so their forms can carry no token. Browsers say where a request comes from:
Sec-Fetch-Site (W3C Fetch Metadata) and Origin (RFC 6454) are compared with the configured public origin, never with
Host. The desk's pages are not held, and keep Django's token as well.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_log = logging.getLogger(__name__)


def is_own(request: HttpRequest) -> bool:
    """Whether this request was sent by a page of ours. Absent headers and a `null` origin say no."""
    fetch_site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if fetch_site is None and origin is None:
        return False
    if fetch_site not in (None, "same-origin"):
        return False
    return origin in (None, settings.STANDFIRST_ORIGIN)


class CrossSiteRequests(CsrfViewMiddleware):
    """The check above for every request that may change something; below `/desk/` Django's token besides."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Only the desk needs the token's cookie."""
        return super().process_response(request, response) if request.path.startswith("/desk/") else response

    def process_view(  # type: ignore[override]
        self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any
    ) -> HttpResponse | None:
        """Let the view run, or raise PermissionDenied."""
        if request.method in _SAFE or request.path.startswith("/_gate/"):
            return None
        if not is_own(request):
            _log.info("refused a request from another site")
            raise PermissionDenied
        if request.path.startswith("/desk/"):
            return super().process_view(request, callback, callback_args, callback_kwargs)
        return None
