"""What people and machines put into forms, and the forms of an account to put it into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from standfirst.mail.models import OutboxMail
from standfirst.readers.models import Account
from tests.cast import PASSWORD, Browser

STORY = "/news/the-ferry/"

VALUES = {
    "nothing": "",
    "spaces": "   ",
    "a NUL": "ma\0ry@example.org",
    "control characters": "ma\x07\x1b[31m\x7fry\r\n@example.org",
    "emoji": "🦭🏴‍☠️🦭",
    "right-to-left": "\u202eמרים@example.org\u202c",
    "HTML": "\"'><script>alert(1)</script><b>",
    "a broken encoding": "\udcff\udcfe",
    "a long line": "x" * 100_000,
    "template tags": "{{ request.user }}{% debug %}",
    "combining marks": "a" + "\u0301" * 500 + "@example.org",
}

Form = tuple[Browser, str, dict[str, Any]]


def join_form() -> Form:
    fields = {"email": "mary@example.org", "password": PASSWORD, "age_confirmed": "on", "offers": "on", "next": STORY}
    return Browser(), "/account/join/", fields


def sign_in_form() -> Form:
    return Browser(), "/account/sign-in/", {"email": "una@example.org", "password": PASSWORD, "next": STORY}


def forgotten_password_form() -> Form:
    return Browser(), "/account/forgotten-password/", {"email": "una@example.org"}


def new_password_form() -> Form:
    """The form behind the link in the mail that una@example.org gets."""
    browser = Browser()
    browser.post("/account/forgotten-password/", {"email": "una@example.org"})
    return browser, browser.get(reset_link()).headers["Location"], {"password1": "Lighthouse8"}


def code_form() -> Form:
    browser = Browser()
    browser.post("/account/sign-in/", {"email": "una@example.org", "password": PASSWORD})
    return browser, "/account/confirm/", {"code": "123456"}


def desk_form() -> Form:
    browser = Browser()
    token = browser.get("/desk/sign-in/").cookies["standfirst_csrf"].value
    fields = {"email": "ed@example.org", "password": PASSWORD, "next": "/desk/", "csrfmiddlewaretoken": token}
    return browser, "/desk/sign-in/", fields


FORMS: dict[str, Callable[[], Form]] = {
    "join": join_form,
    "sign in": sign_in_form,
    "forgotten password": forgotten_password_form,
    "new password": new_password_form,
    "code": code_form,
    "desk": desk_form,
}

FIELDS = [
    ("join", "email"),
    ("join", "password"),
    ("join", "age_confirmed"),
    ("join", "offers"),
    ("join", "next"),
    ("sign in", "email"),
    ("sign in", "password"),
    ("sign in", "next"),
    ("forgotten password", "email"),
    ("new password", "password1"),
    ("code", "code"),
    ("desk", "email"),
    ("desk", "password"),
    ("desk", "next"),
]


def reset_link() -> str:
    """The path of the newest link to a new password."""
    return _link("/account/new-password/")


def confirmation_link() -> str:
    """The path of the newest link that confirms an address."""
    return _link("/account/confirm/")


def code() -> str:
    """The newest code."""
    return OutboxMail.objects.order_by("pk").last().subject.split()[0]


def account(address: str = "una@example.org") -> Account:
    """The account with this address."""
    return Account.objects.get(email=address)


def _link(prefix: str) -> str:
    mails = OutboxMail.objects.filter(text__contains=prefix).order_by("pk")
    line = next(line for line in mails.last().text.splitlines() if prefix in line)
    return line[line.index(prefix) :].strip()
