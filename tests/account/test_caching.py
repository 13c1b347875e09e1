"""Nothing an account answers may be kept by a cache between the reader and the site."""

from __future__ import annotations

import pytest

from standfirst.newsroom.models import Story
from tests.account.nasty import FORMS, confirmation_link
from tests.cast import Browser

pytestmark = pytest.mark.django_db

PATHS = [
    "/account/",
    "/account/join/",
    "/account/sign-in/",
    "/account/sign-out/",
    "/account/forgotten-password/",
    "/account/forgotten-password/sent/",
    "/account/new-password/1-forged/",
    "/account/bar/",
    "/account/bar/?joined=1",
    "/account/confirm/",
    "/account/confirm/again/",
    "/account/confirm/forged/",
    "/account/nowhere/",
    "/account/join",
    "/desk/",
    "/desk/sign-in/",
    "/mailbox/forged/",
    "/_gate/feed",
    "/_gate/nowhere",
]


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options", "patch"])
def test_no_answer_is_kept(unconfirmed_reader: Browser, method: str) -> None:
    for path in PATHS:
        for browser in (Browser(), unconfirmed_reader):
            answer = getattr(browser, method)(path)
            assert answer.status_code < 500, path
            assert "no-store" in answer.headers["Cache-Control"], path


@pytest.mark.parametrize("form", [form for form in FORMS if form != "desk"])
def test_no_answer_to_a_form_is_kept(unconfirmed_reader: Browser, story: Story, form: str) -> None:
    for headers in ({}, {"X-Requested-With": "standfirst"}, {"Origin": "https://evil.example"}):
        browser, path, fields = FORMS[form]()
        for sent in ({}, fields):
            assert "no-store" in browser.post(path, sent, headers=headers).headers["Cache-Control"]


def test_a_refusal_for_too_many_tries_is_not_kept(unconfirmed_reader: Browser) -> None:
    answers = [Browser().post("/account/forgotten-password/", {"email": "una@example.org"}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "no-store" in answers[-1].headers["Cache-Control"]


def test_what_is_too_large_is_not_kept(unconfirmed_reader: Browser) -> None:
    answer = Browser().post(
        "/account/join/", "email=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (400, 413)
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_behind_the_link_in_the_mail_is_not_kept(unconfirmed_reader: Browser) -> None:
    assert "no-store" in Browser().get(confirmation_link()).headers["Cache-Control"]
    assert "no-store" in Browser().post(confirmation_link()).headers["Cache-Control"]
