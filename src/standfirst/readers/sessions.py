"""Two sessions in one browser: the reader's for the newspaper, the staff's below `/desk/`, never mixed."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from standfirst.readers import passes
from standfirst.readers.models import Account

DESK = "/desk/"


def in_desk(request: HttpRequest) -> bool:
    """Whether the request is for the staff's side of the house."""
    return request.path.startswith(DESK)


class TwoSessions(SessionMiddleware):
    """Django's sessions, with the desk's cookie standing in for the reader's below `/desk/`."""

    def process_request(self, request: HttpRequest) -> None:
        """Hand Django the cookie that belongs to this side of the house, and hide the other."""
        if in_desk(request):
            name = settings.SESSION_COOKIE_NAME
            request.COOKIES.pop(name, None)
            if settings.STANDFIRST_COOKIES.desk in request.COOKIES:
                request.COOKIES[name] = request.COOKIES[settings.STANDFIRST_COOKIES.desk]
        # Keys of ours are letters and digits. A quoted cookie can hold anything, and PostgreSQL looks for no NUL.
        given = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (given.isascii() and given.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Send what Django set under the name and path of this side."""
        response = super().process_response(request, response)
        morsel = response.cookies.pop(settings.SESSION_COOKIE_NAME, None) if in_desk(request) else None
        if morsel is not None:
            name = settings.STANDFIRST_COOKIES.desk
            response.cookies[name] = morsel.value
            response.cookies[name].update({**morsel, "path": DESK})
        return response


class ReadersAndStaffApart:
    """Outside the desk only readers are signed in, inside it only staff, whatever a session says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = request.user
        wanted = not in_desk(request)

        def of_this_side() -> Account | AnonymousUser:
            belongs = isinstance(account, Account) and account.is_reader is wanted
            return account if belongs else AnonymousUser()

        request.user = SimpleLazyObject(of_this_side)  # type: ignore[assignment]
        return self.get_response(request)


class PassCookies:
    """After a sign-in the answer carries the pass; after a sign-out it takes it away.

    The use cases say which by `request.standfirst_pass`, a `passes.Wish`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        wish = getattr(request, "standfirst_pass", None)
        if wish is passes.Wish.ISSUE and (token := passes.issue(request)):
            passes.set_cookies(response, token)
        elif wish is passes.Wish.CLEAR:
            passes.clear_cookies(response)
        return response
