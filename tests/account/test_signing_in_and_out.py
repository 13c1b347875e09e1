"""Signing in, and out again; readers and staff apart."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from standfirst.feed.models import Entry
from standfirst.newsroom.models import FrontPage, Story
from standfirst.readers.models import Account
from tests.cast import PASSWORD, Browser

pytestmark = pytest.mark.django_db

NO_FIT = "together they fit no account"
ENHANCED = {"X-Requested-With": "standfirst"}


def sign_in(browser: Browser, address: str = "una@example.org", password: str = PASSWORD, **extra: object) -> object:
    return browser.post("/account/sign-in/", {"email": address, "password": password}, **extra)


def test_signing_in_leads_back_to_the_story(unconfirmed_reader: Browser) -> None:
    form = {"email": "una@example.org", "password": PASSWORD, "next": "/news/the-ferry/"}
    answer = Browser().post("/account/sign-in/", form)
    assert answer.headers["Location"] == "/news/the-ferry/#goes-on"


def test_signing_in_gives_a_pass(unconfirmed_reader: Browser) -> None:
    assert {"standfirst_pass", "standfirst_session", "standfirst_reader"} <= set(sign_in(Browser()).cookies)


def test_a_script_gets_an_empty_answer_and_the_cookies(unconfirmed_reader: Browser) -> None:
    answer = sign_in(Browser(), headers=ENHANCED)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "standfirst_pass" in answer.cookies


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(unconfirmed_reader: Browser) -> None:
    wrong = sign_in(Browser(), password="Wrong-password-1")
    unknown = sign_in(Browser(), address="nobody@example.org")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.content.replace(b"una@", b"nobody@") == unknown.content
    assert NO_FIT in wrong.content.decode()


def test_the_address_is_kept_when_the_password_is_wrong(unconfirmed_reader: Browser) -> None:
    page = sign_in(Browser(), password="Wrong-password-1").content.decode()
    assert 'value="una@example.org"' in page
    assert "Wrong-password-1" not in page


def test_after_five_wrong_passwords_the_right_one_has_to_wait(unconfirmed_reader: Browser) -> None:
    for _ in range(5):
        sign_in(Browser(), password="Wrong-password-1")
    answer = sign_in(Browser())
    assert answer.status_code == 422
    assert "That was one try too many" in answer.content.decode()


def test_staff_cannot_sign_in_at_the_wall(newspaper: FrontPage) -> None:
    Account.objects.create_superuser("ed@example.org", PASSWORD)
    answer = sign_in(Browser(), address="ed@example.org")
    assert answer.status_code == 422
    assert NO_FIT in answer.content.decode()
    assert not Session.objects.exists()


def test_staff_cannot_sign_in_through_the_join_form(newspaper: FrontPage) -> None:
    Account.objects.create_superuser("ed@example.org", PASSWORD)
    answer = Browser().join("ed@example.org")
    assert "standfirst_session" not in answer.cookies
    assert "You already have an account" in answer.content.decode()


def test_readers_cannot_enter_the_desk(reader: Browser) -> None:
    assert reader.get("/desk/").headers["Location"].startswith("/desk/sign-in/")
    token = reader.get("/desk/sign-in/").cookies["standfirst_csrf"].value
    form = {"email": "una@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = reader.post("/desk/sign-in/", form)
    assert NO_FIT in answer.content.decode()
    assert "standfirst_desk" not in answer.cookies


def test_the_desk_says_the_same_to_a_reader_as_to_a_stranger(reader: Browser) -> None:
    token = reader.get("/desk/sign-in/").cookies["standfirst_csrf"].value
    form = {"email": "una@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token}
    known = reader.post("/desk/sign-in/", form).content.decode()
    unknown = reader.post("/desk/sign-in/", {**form, "email": "nobody@example.org"}).content.decode()
    assert NO_FIT in known
    assert NO_FIT in unknown


def test_signing_out_writes_a_revocation_of_this_session(reader: Browser) -> None:
    named = reader.session["pass_session"]
    reader.post("/account/sign-out/")
    entry = Entry.objects.filter(kind="revoked").get()
    assert (entry.payload["session"], entry.payload["subject"]) == (named, None)


@pytest.mark.parametrize("address", ["una@example.org", "ben@example.org"])
def test_a_sign_in_ends_the_passes_of_the_one_it_takes_the_place_of(reader: Browser, address: str) -> None:
    Browser().join("ben@example.org")
    before = reader.session["pass_session"]
    assert sign_in(reader, address).status_code == 303
    assert reader.session["pass_session"] != before
    assert [entry.payload["session"] for entry in Entry.objects.filter(kind="revoked")] == [before]


def test_signing_out_takes_the_cookies_away(reader: Browser) -> None:
    answer = reader.post("/account/sign-out/")
    for name in ("standfirst_session", "standfirst_pass", "standfirst_reader"):
        assert answer.cookies[name]["max-age"] == 0
    assert not Session.objects.exists()


def test_a_link_to_signing_out_signs_nobody_out(reader: Browser) -> None:
    assert reader.get("/account/sign-out/").status_code == 200
    assert reader.get("/account/").status_code == 200


def test_signing_out_twice_is_no_error(reader: Browser) -> None:
    reader.post("/account/sign-out/")
    assert reader.post("/account/sign-out/").status_code == 303
    assert Entry.objects.filter(kind="revoked").count() == 1


def test_signing_out_ends_this_browser_alone(reader: Browser) -> None:
    other = Browser()
    sign_in(other)
    reader.post("/account/sign-out/")
    assert other.get("/account/").status_code == 200


def test_signing_out_behind_a_script_is_an_empty_answer(reader: Browser) -> None:
    answer = reader.post("/account/sign-out/", headers=ENHANCED)
    assert (answer.status_code, answer.content) == (204, b"")


def test_somebody_signed_in_who_opens_the_form_goes_on_to_the_story(reader: Browser, story: Story) -> None:
    answer = reader.get("/account/sign-in/", {"next": "/news/the-ferry/"})
    assert answer.headers["Location"] == "/news/the-ferry/#goes-on"
