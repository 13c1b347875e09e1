"""Showing that an address is one's own: by the code, or by the link."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from standfirst.account.models import Confirmation
from standfirst.mail.models import OutboxMail
from standfirst.newsroom.models import FrontPage
from tests.account.nasty import account, code, confirmation_link
from tests.cast import PASSWORD, Browser

pytestmark = pytest.mark.django_db


def wrong() -> str:
    return f"{(int(code()) + 1) % 1_000_000:06d}"


def age(**difference: int) -> None:
    Confirmation.objects.update(sent_at=timezone.now() - datetime.timedelta(**difference))


def test_the_right_code_confirms(unconfirmed_reader: Browser) -> None:
    answer = unconfirmed_reader.post("/account/confirm/", {"code": code()})
    assert "Your address is confirmed." in answer.content.decode()
    assert account().is_confirmed


@pytest.mark.parametrize("shape", ["{0}{1}", "{0} {1}", " {0}-{1} ", "{0}\u00a0{1}"])
def test_a_code_may_be_typed_in_groups(unconfirmed_reader: Browser, shape: str) -> None:
    unconfirmed_reader.post("/account/confirm/", {"code": shape.format(code()[:3], code()[3:])})
    assert account().is_confirmed


def test_a_wrong_code_says_what_to_check(unconfirmed_reader: Browser) -> None:
    answer = unconfirmed_reader.post("/account/confirm/", {"code": wrong()})
    assert answer.status_code == 422
    assert "Check the code: it is the six digits in our latest mail" in answer.content.decode()
    assert not account().is_confirmed


def test_after_five_wrong_codes_the_right_one_is_over(unconfirmed_reader: Browser) -> None:
    for _ in range(5):
        unconfirmed_reader.post("/account/confirm/", {"code": wrong()})
    answer = unconfirmed_reader.post("/account/confirm/", {"code": code()})
    assert "This code no longer works. Send for a new one" in answer.content.decode()
    assert not account().is_confirmed


def test_a_code_is_over_after_a_day(unconfirmed_reader: Browser) -> None:
    age(hours=25)
    answer = unconfirmed_reader.post("/account/confirm/", {"code": code()})
    assert answer.status_code == 422
    assert not account().is_confirmed


def test_a_used_code_is_over_and_does_no_harm(unconfirmed_reader: Browser) -> None:
    unconfirmed_reader.post("/account/confirm/", {"code": code()})
    first = account().confirmed_at
    assert unconfirmed_reader.post("/account/confirm/", {"code": code()}).status_code in (200, 422)
    assert account().confirmed_at == first


def test_only_the_newest_code_counts(unconfirmed_reader: Browser) -> None:
    old = code()
    unconfirmed_reader.post("/account/confirm/again/")
    unconfirmed_reader.post("/account/confirm/", {"code": old})
    assert account().is_confirmed is (old == code())


def test_ones_code_confirms_nobody_else(unconfirmed_reader: Browser) -> None:
    mary = Browser()
    mary.join("mary@example.org")
    marys = code()
    answer = unconfirmed_reader.post("/account/confirm/", {"code": marys})
    assert not account("mary@example.org").is_confirmed
    assert answer.status_code == 422


def test_a_visitor_with_a_code_is_asked_to_sign_in(unconfirmed_reader: Browser) -> None:
    answer = Browser().post("/account/confirm/", {"code": code()})
    assert answer.headers["Location"].startswith("/account/sign-in/")
    assert not account().is_confirmed


def test_looking_at_the_link_changes_nothing(unconfirmed_reader: Browser) -> None:
    for ask in (Browser().get, Browser().head, unconfirmed_reader.get):
        assert ask(confirmation_link()).status_code == 200
    assert not account().is_confirmed
    assert Confirmation.objects.get().used_at is None


def test_the_button_behind_the_link_confirms_without_signing_in(unconfirmed_reader: Browser) -> None:
    somewhere_else = Browser()
    answer = somewhere_else.post(confirmation_link())
    assert "Your address is confirmed." in answer.content.decode()
    assert account().is_confirmed
    assert "standfirst_session" not in answer.cookies


def test_the_link_works_once(unconfirmed_reader: Browser) -> None:
    Browser().post(confirmation_link())
    assert Browser().post(confirmation_link()).status_code == 410
    assert Browser().get(confirmation_link()).status_code == 410


def test_the_link_is_over_after_a_day(unconfirmed_reader: Browser) -> None:
    age(hours=25)
    assert Browser().post(confirmation_link()).status_code == 410
    assert not account().is_confirmed


def test_an_earlier_link_goes_on_working_while_it_lives(unconfirmed_reader: Browser) -> None:
    first = confirmation_link()
    unconfirmed_reader.post("/account/confirm/again/")
    assert Browser().post(first).status_code == 200
    assert account().is_confirmed


@pytest.mark.parametrize("token", ["forged", "a" * 300, "%00", "%F0%9F%A6%AD", "<b>", "again"])
def test_a_forged_link_confirms_nobody(unconfirmed_reader: Browser, token: str) -> None:
    assert Browser().get(f"/account/confirm/{token}/").status_code in (404, 405, 410)
    assert not account().is_confirmed


def test_there_are_three_mails_a_day_and_no_fourth(unconfirmed_reader: Browser) -> None:
    for _ in range(5):
        answer = unconfirmed_reader.post("/account/confirm/again/")
    assert OutboxMail.objects.count() == 3
    assert "We have sent three mails today." in answer.content.decode()


def test_a_day_later_there_are_three_more(unconfirmed_reader: Browser) -> None:
    for _ in range(3):
        unconfirmed_reader.post("/account/confirm/again/")
    age(hours=25)
    unconfirmed_reader.post("/account/confirm/again/")
    assert OutboxMail.objects.count() == 4


def test_a_confirmed_reader_gets_no_more_codes(reader: Browser) -> None:
    reader.post("/account/confirm/again/")
    assert OutboxMail.objects.count() == 1


def test_codes_and_links_are_kept_as_digests_alone(unconfirmed_reader: Browser) -> None:
    row = Confirmation.objects.values().get()
    token = confirmation_link().removeprefix("/account/confirm/").rstrip("/")
    assert code() not in map(str, row.values())
    assert token not in map(str, row.values())


def test_the_bar_asks_while_the_address_is_unconfirmed(unconfirmed_reader: Browser) -> None:
    assert "una@example.org" in unconfirmed_reader.get("/account/bar/").content.decode()
    unconfirmed_reader.post("/account/confirm/", {"code": code()})
    assert unconfirmed_reader.get("/account/bar/").content.decode().strip() == ""


def test_the_bar_is_empty_for_a_visitor(newspaper: FrontPage) -> None:
    assert Browser().get("/account/bar/?joined=1").content.decode().strip() == ""


def test_a_reader_who_signs_in_elsewhere_is_asked_there_too(unconfirmed_reader: Browser) -> None:
    other = Browser()
    other.post("/account/sign-in/", {"email": "una@example.org", "password": PASSWORD})
    assert "una@example.org" in other.get("/account/bar/").content.decode()
