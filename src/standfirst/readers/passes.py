"""Give readers their passes, and take them back."""

from __future__ import annotations

import secrets
import time
from enum import Enum, auto

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from standfirst.feed import log
from standfirst.readers.models import Account
from standfirst.vocabulary import PASS_SECONDS, PassClaims


class Wish(Enum):
    """What the answer to a request is to do with the pass cookies; use cases set `request.standfirst_pass` to it."""

    ISSUE = auto()
    CLEAR = auto()


_SESSION_KEY = "pass_session"
_FROM_KEY = "pass_from"


def begin(session: SessionBase, account: Account) -> None:
    """Name this session for passes. Call it when a reader has signed in."""
    session[_SESSION_KEY] = secrets.token_urlsafe(16)
    session[_FROM_KEY] = account.passes_from


def end(session: SessionBase) -> None:
    """Revoke every pass issued under this session, at every gate. Safe to call for a session that has none."""
    name = session.pop(_SESSION_KEY, None)
    if name:
        with transaction.atomic():
            log.revoke_session(name)


def issue(request: HttpRequest) -> str | None:
    """A fresh pass for the reader signed in to this request's session, or None."""
    account = request.user
    name = request.session.get(_SESSION_KEY)
    if not isinstance(account, Account) or not account.is_reader or not account.is_active or not name:
        return None
    issued_at = max(int(time.time()), request.session.get(_FROM_KEY, 0))
    claims = PassClaims(account.subject.hex, session=name, issued_at=issued_at, expires_at=issued_at + PASS_SECONDS)
    return settings.STANDFIRST_PASS_KEYS.sign(claims)


def set_cookies(response: HttpResponseBase, token: str) -> None:
    """Send the pass, and the marker that tells scripts somebody is signed in.

    The cookies outlive the pass in them, so that an expired one is there to be renewed.
    """
    for name, value, hidden in ((settings.STANDFIRST_COOKIES.pass_, token, True), (_marker(), "1", False)):
        response.set_cookie(
            name,
            value,
            max_age=settings.SESSION_COOKIE_AGE,
            path="/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=hidden,
            samesite="Lax",
        )


def clear_cookies(response: HttpResponseBase) -> None:
    """Take the pass and its marker out of the browser."""
    for name in (settings.STANDFIRST_COOKIES.pass_, _marker()):
        response.set_cookie(
            name, "", max_age=0, path="/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )


def _marker() -> str:
    return settings.STANDFIRST_COOKIES.marker
