"""Who is asking: a gate with the secret, or somebody who found the socket."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotFound

from standfirst.vocabulary import GateHeader

UNKNOWN_ADDRESS = "192.0.2.0"
"""Stands for a client we know no address of (RFC 5737: never a real one); rate limits lump those together."""


def header(request: HttpRequest, name: GateHeader) -> str | None:
    """A header of the gate protocol, or None. Believe it only when `request.from_gate` is true."""
    return request.headers.get(name.value)


class GateRequests:
    """Marks each request `from_gate` and `is_intake`, takes the reader's address from the gate, and hides `/_gate/`.

    Headers of the protocol count only with the gate's secret, compared in constant time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = header(request, GateHeader.SECRET) or ""
        from_gate = secrets.compare_digest(given.encode(), settings.STANDFIRST_GATE_SECRET.encode())
        request.from_gate = from_gate  # type: ignore[attr-defined]
        request.is_intake = from_gate and header(request, GateHeader.INTAKE) == "1"  # type: ignore[attr-defined]
        # The last stretch is a socket on one machine; what the reader's browser sees is the public origin.
        request.META["wsgi.url_scheme"] = settings.STANDFIRST_ORIGIN.partition(":")[0]
        client = header(request, GateHeader.CLIENT) if from_gate else None
        request.META["REMOTE_ADDR"] = client or request.META.get("REMOTE_ADDR") or UNKNOWN_ADDRESS
        if not from_gate and request.path.startswith("/_gate/"):
            return HttpResponseNotFound()
        return self.get_response(request)
