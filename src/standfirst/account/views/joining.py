"""Joining: at the wall, or on a page of its own."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from standfirst.account import destinations, wall
from standfirst.account.forms import JoinForm
from standfirst.account.registration import AddressTaken, Registration, register
from standfirst.account.views import answers
from standfirst.readers.addresses import canonical
from standfirst.readers.models import Account


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="signup")
def join(request: HttpRequest) -> HttpResponse:
    """The join form, and what it leads to: the story going on, signed in; or what is to be put right."""
    if request.method != "POST":
        return _page(request, wall.empty_form(), destinations.safe_path(request.GET.get("next")))
    next_path = destinations.safe_path(request.POST.get("next"))
    if request.user.is_authenticated:
        return answers.done(request, next_path)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _put_right(request, form, next_path)
    registration = Registration(
        address=form.cleaned_data["email"],
        password=form.cleaned_data["password"],
        offers=form.cleaned_data["offers"],
        place=next_path or request.path,
    )
    try:
        reader = register(registration)
    except AddressTaken:
        return _known_address(request, registration, next_path)
    perform_login(request, reader, signup=True)
    return answers.done(request, next_path)


def _page(request: HttpRequest, form: wall.ShownForm, next_path: str | None) -> HttpResponse:
    context = {"offer": wall.current_offer(), **wall.form_context(form, next_path or "/")}
    return answers.page(request, "account/join.html", context)


def _put_right(request: HttpRequest, form: JoinForm, next_path: str | None) -> HttpResponse:
    context = wall.form_context(wall.shown_form(form, "join"), next_path or "/")
    if answers.is_enhanced(request):
        return answers.fragment(request, "web/join_form.html", context, answers.TO_PUT_RIGHT)
    return answers.in_the_wall(request, "web/wall.html", "account/join.html", context, next_path)


def _known_address(request: HttpRequest, registration: Registration, next_path: str | None) -> HttpResponse:
    """The address has an account. With its password it was a second press of the button; else ask them to sign in."""
    try:
        reader = get_adapter(request).authenticate(
            request, email=canonical(registration.address), password=registration.password
        )
    except ValidationError:  # too many tries; the sign-in form says so when they try there
        reader = None
    if isinstance(reader, Account) and reader.is_reader and reader.is_active:
        perform_login(request, reader)
        return answers.done(request, next_path)
    context: dict[str, Any] = {
        "form": wall.ShownForm({"email": wall.ShownField(value=registration.address), "password": wall.ShownField()}),
        "next": next_path or "/",
        "heading": _("You already have an account"),
    }
    if answers.is_enhanced(request):
        return answers.fragment(request, "web/known_address.html", context, answers.TO_PUT_RIGHT)
    return answers.in_the_wall(request, "web/known_address.html", "account/known_address.html", context, next_path)
