"""Showing that an address is the reader's own, and the account page."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from standfirst.account import confirmation, wall
from standfirst.account.confirmation import Outcome
from standfirst.account.views import answers
from standfirst.newsroom.models import title
from standfirst.readers.models import Account

SIGN_IN = "/account/sign-in/?next=/account/"
_NO_ERRORS = wall.ShownForm({"code": wall.ShownField()})


@require_GET
def bar(request: HttpRequest) -> HttpResponse:
    """The quiet bar for the reader who asks: thanks after joining, and the code while the address is unconfirmed.

    Empty for a visitor, and for a confirmed reader who has not just joined.
    """
    return _bar(request, just_joined=request.GET.get("joined") == "1")


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The account page."""
    reader = _reader(request)
    if reader is None:
        return answers.redirect(SIGN_IN)
    notice = _("Your new password counts from now on.") if request.GET.get("password") == "changed" else ""
    return _account_page(request, reader, _NO_ERRORS, notice)


@require_POST
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    """Try the code that was typed. A code bears five tries, an account three codes a day: no other limit is needed."""
    reader = _reader(request)
    if reader is None:
        return answers.redirect(SIGN_IN)
    outcome = confirmation.confirm_by_code(reader, request.POST.get("code", "")[:64])
    if outcome is Outcome.CONFIRMED:
        reader.refresh_from_db()
        if answers.is_enhanced(request):
            return _bar(request, notice=_("Thank you. Your address is confirmed."))
        return _account_page(request, reader, _NO_ERRORS, _("Thank you. Your address is confirmed."))
    message = (
        _("Check the code: it is the six digits in our latest mail")
        if outcome is Outcome.WRONG
        else _("This code no longer works. Send for a new one")
    )
    form = wall.ShownForm({"code": wall.ShownField(errors=[message])}, [wall.ShownError("code", message)])
    if answers.is_enhanced(request):
        return _bar(request, form=form, status=answers.TO_PUT_RIGHT)
    return _account_page(request, reader, form, "", answers.TO_PUT_RIGHT)


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Send another mail with a new code."""
    reader = _reader(request)
    if reader is None:
        return answers.redirect(SIGN_IN)
    with transaction.atomic():
        sent = not reader.is_confirmed and confirmation.send(reader)
    notice = (
        _("A new code is on its way to %(address)s.") % {"address": reader.address}
        if sent
        else _("We have sent three mails today. Look among the junk mail, or try again tomorrow.")
    )
    if answers.is_enhanced(request):
        return _bar(request, notice=notice)
    return _account_page(request, reader, _NO_ERRORS, notice)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail. Looking changes nothing, for scanners look too; the button does."""
    if request.method == "POST":
        reader = confirmation.confirm_by_link(token)
        if reader is not None:
            return answers.page(
                request,
                "web/message.html",
                {
                    "heading": _("Thank you. Your address is confirmed."),
                    "sentences": [_("Everything in your account is open to you now.")],
                },
            )
    found = confirmation.find_by_link(token)
    if found is None:
        return answers.page(
            request,
            "web/message.html",
            {
                "heading": _("This link no longer works"),
                "sentences": [
                    _("It was used already, or it is more than a day old. Your account page sends a new one."),
                ],
                "link_url": "/account/",
                "link_text": _("Go to your account"),
            },
            410,
        )
    context = {"heading": _("Confirm your address"), "address": found.account.address}
    return answers.page(request, "account/confirm_by_link.html", context)


def _reader(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def _bar(
    request: HttpRequest,
    *,
    form: wall.ShownForm = _NO_ERRORS,
    just_joined: bool = False,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    reader = _reader(request)
    context: dict[str, Any] = {
        "form": form,
        "title": title(),
        "just_joined": just_joined and reader is not None,
        "notice": notice,
        "address": reader.address if reader is not None and not reader.is_confirmed else "",
        "confirm_url": "/account/confirm/",
        "resend_url": "/account/confirm/again/",
    }
    return answers.fragment(request, "web/bar.html", context, status)


def _account_page(
    request: HttpRequest, reader: Account, form: wall.ShownForm, notice: str, status: int = 200
) -> HttpResponse:
    context = {
        "heading": _("Your account"),
        "form": form,
        "notice": notice,
        "address": reader.address,
        "is_confirmed": reader.is_confirmed,
    }
    return answers.page(request, "account/account.html", context, status)
