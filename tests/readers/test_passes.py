"""What a pass says, and how it is renewed."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from standfirst.newsroom.models import FrontPage
from standfirst.readers.models import Account
from standfirst.vocabulary import PASS_SECONDS, GateHeader, PassClaims
from tests.cast import PASSWORD, Browser

pytestmark = pytest.mark.django_db


def claims_of(browser: Browser) -> PassClaims:
    claims = settings.STANDFIRST_PASS_KEYS.read(browser.cookies["standfirst_pass"].value)
    assert claims is not None
    return claims


def renew(cookies: str = "") -> object:
    """Ask as the gate does: no Origin, no Sec-Fetch-Site."""
    return Client(enforce_csrf_checks=True).post(
        "/_gate/pass",
        headers={
            "host": settings.STANDFIRST_ORIGIN.removeprefix("http://"),
            GateHeader.SECRET: settings.STANDFIRST_GATE_SECRET,
            "cookie": cookies,
        },
    )


def test_a_pass_names_a_pseudonym_and_no_address(unconfirmed_reader: Browser) -> None:
    account = Account.objects.get()
    claims = claims_of(unconfirmed_reader)
    assert claims.subject == account.subject.hex
    assert "una" not in repr(claims)
    assert str(account.pk) != claims.subject


def test_a_pass_lasts_a_quarter_of_an_hour(unconfirmed_reader: Browser) -> None:
    claims = claims_of(unconfirmed_reader)
    assert claims.expires_at - claims.issued_at == PASS_SECONDS == 900
    assert abs(claims.issued_at - time.time()) < 30


def test_a_pass_does_not_hold_the_key_of_its_session(unconfirmed_reader: Browser) -> None:
    assert claims_of(unconfirmed_reader).session != unconfirmed_reader.cookies["standfirst_session"].value


def test_two_sessions_of_one_reader_have_passes_of_their_own(unconfirmed_reader: Browser) -> None:
    other = Browser()
    other.post("/account/sign-in/", {"email": "una@example.org", "password": PASSWORD})
    assert claims_of(other).subject == claims_of(unconfirmed_reader).subject
    assert claims_of(other).session != claims_of(unconfirmed_reader).session


def test_a_session_is_given_a_new_pass_of_the_same_session(unconfirmed_reader: Browser) -> None:
    answer = renew(f"standfirst_session={unconfirmed_reader.cookies['standfirst_session'].value}")
    renewed = settings.STANDFIRST_PASS_KEYS.read(answer.json()["pass"])
    assert renewed.session == claims_of(unconfirmed_reader).session
    assert answer.cookies["standfirst_pass"].value == answer.json()["pass"]


@pytest.mark.parametrize(
    "cookies",
    [
        "",
        "standfirst_session=",
        f"standfirst_session={'a' * 32}",
        'standfirst_session="\\000aaaaaaaa"',
        "standfirst_desk=abc",
    ],
)
def test_without_a_session_there_is_no_pass_and_the_cookies_go(newspaper: FrontPage, cookies: str) -> None:
    answer = renew(cookies)
    assert (answer.status_code, answer.json()) == (200, {"pass": None})
    for name in ("standfirst_pass", "standfirst_session", "standfirst_reader"):
        assert answer.cookies[name]["max-age"] == 0


def test_a_session_that_was_signed_out_gets_none(unconfirmed_reader: Browser) -> None:
    session = unconfirmed_reader.cookies["standfirst_session"].value
    unconfirmed_reader.post("/account/sign-out/")
    assert renew(f"standfirst_session={session}").json() == {"pass": None}


def test_an_account_that_was_stopped_gets_none(unconfirmed_reader: Browser) -> None:
    session = unconfirmed_reader.cookies["standfirst_session"].value
    Account.objects.update(is_active=False)
    assert renew(f"standfirst_session={session}").json() == {"pass": None}


def test_a_session_that_ran_out_gets_none(unconfirmed_reader: Browser) -> None:
    session = unconfirmed_reader.cookies["standfirst_session"].value
    Session.objects.all().delete()
    assert renew(f"standfirst_session={session}").json() == {"pass": None}


def test_staff_get_no_pass(editor: Browser) -> None:
    session = editor.cookies["standfirst_desk"].value
    assert renew(f"standfirst_session={session}").json() == {"pass": None}


def test_nobody_but_a_gate_is_answered(unconfirmed_reader: Browser) -> None:
    for headers in ({}, {GateHeader.SECRET: "wrong"}, {GateHeader.SECRET: ""}):
        answer = Client().post("/_gate/pass", headers={"host": "127.0.0.1:8000", **headers})
        assert answer.status_code == 404


def test_it_is_asked_by_post_alone(unconfirmed_reader: Browser) -> None:
    assert unconfirmed_reader.get("/_gate/pass").status_code == 405
