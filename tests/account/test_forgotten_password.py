"""A forgotten password: a link by mail, once."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.http import int_to_base36

from standfirst.feed.models import Entry
from standfirst.mail.models import OutboxMail
from standfirst.newsroom.models import FrontPage
from standfirst.readers.models import Account
from tests.account.nasty import account, new_password_form, reset_link
from tests.cast import PASSWORD, Browser

pytestmark = pytest.mark.django_db

NEW = "Lighthouse8"


def choose(password: str = NEW) -> tuple[Browser, object]:
    browser, path, _ = new_password_form()
    return browser, browser.post(path, {"password1": password})


def test_it_answers_alike_for_a_known_and_an_unknown_address(unconfirmed_reader: Browser) -> None:
    known = Browser().post("/account/forgotten-password/", {"email": "una@example.org"})
    unknown = Browser().post("/account/forgotten-password/", {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert known.content == unknown.content
    assert sorted(known.headers) == sorted(unknown.headers)


def test_it_mails_to_a_known_address_alone(unconfirmed_reader: Browser) -> None:
    before = OutboxMail.objects.count()
    Browser().post("/account/forgotten-password/", {"email": "nobody@example.org"})
    assert OutboxMail.objects.count() == before
    Browser().post("/account/forgotten-password/", {"email": "UNA@example.org "})
    assert OutboxMail.objects.count() == before + 1


def test_staff_passwords_are_not_changed_by_mail(newspaper: FrontPage) -> None:
    Account.objects.create_superuser("ed@example.org", PASSWORD)
    answer = Browser().post("/account/forgotten-password/", {"email": "ed@example.org"})
    assert answer.status_code == 303
    assert not OutboxMail.objects.exists()


def test_the_link_leads_to_the_configured_origin_whatever_host_is_named(unconfirmed_reader: Browser) -> None:
    Browser().post("/account/forgotten-password/", {"email": "una@example.org"}, headers={"host": "127.0.0.1:9999"})
    assert ":9999" not in OutboxMail.objects.last().text
    assert f"{settings.STANDFIRST_ORIGIN}{reset_link()}" in OutboxMail.objects.last().text


def test_the_key_does_not_stay_in_the_address(unconfirmed_reader: Browser) -> None:
    browser, path, _ = new_password_form()
    assert path.endswith("-set-password/")
    assert browser.get(path).status_code == 200


def test_a_new_password_signs_in_and_the_old_one_no_more(unconfirmed_reader: Browser) -> None:
    choose()
    assert Browser().post("/account/sign-in/", {"email": "una@example.org", "password": NEW}).status_code == 303
    assert Browser().post("/account/sign-in/", {"email": "una@example.org", "password": PASSWORD}).status_code == 422


def test_choosing_one_signs_in_and_says_so(unconfirmed_reader: Browser) -> None:
    browser, answer = choose()
    assert answer.headers["Location"] == "/account/?password=changed"
    assert "Your new password counts from now on." in browser.get(answer.headers["Location"]).content.decode()


def test_choosing_one_confirms_the_address(unconfirmed_reader: Browser) -> None:
    choose()
    assert account().is_confirmed


def test_the_link_dies_with_its_use(unconfirmed_reader: Browser) -> None:
    choose()
    answer = Browser().get(reset_link())
    assert answer.status_code == 410
    assert "This link no longer works" in answer.content.decode()


def test_the_form_dies_with_its_use(unconfirmed_reader: Browser) -> None:
    browser, path, _ = new_password_form()
    assert browser.post(path, {"password1": NEW}).status_code == 303
    assert browser.post(path, {"password1": "Another-one-9"}).status_code == 410
    assert account().check_password(NEW)


def test_the_link_dies_after_an_hour(unconfirmed_reader: Browser) -> None:
    Browser().post("/account/forgotten-password/", {"email": "una@example.org"})
    later = timezone.make_naive(timezone.now() + datetime.timedelta(minutes=61))
    with mock.patch("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", return_value=later):
        assert Browser().get(reset_link()).status_code == 410


def test_an_unused_link_dies_when_another_was_used(unconfirmed_reader: Browser) -> None:
    Browser().post("/account/forgotten-password/", {"email": "una@example.org"})
    first = reset_link()
    choose()
    assert Browser().get(first).status_code == 410


@pytest.mark.parametrize(
    "path", ["1-abc", "zzzzzzzzzzzzz-abc", "zzzzzzzzzzzzzzzzzzzz-abc", "0-x-y", "1-%00", "a-set-password"]
)
def test_a_forged_link_works_no_more_than_an_old_one(newspaper: FrontPage, path: str) -> None:
    assert Browser().get(f"/account/new-password/{path}/").status_code == 410


def test_a_link_to_ones_own_account_does_not_open_anothers(unconfirmed_reader: Browser) -> None:
    Browser().join("mary@example.org")
    Browser().post("/account/forgotten-password/", {"email": "una@example.org"})
    key = reset_link().removeprefix("/account/new-password/").partition("-")[2]
    marys = int_to_base36(account("mary@example.org").pk)
    assert Browser().get(f"/account/new-password/{marys}-{key}").status_code == 410


def test_other_sessions_end(unconfirmed_reader: Browser) -> None:
    choose()
    assert unconfirmed_reader.get("/account/").headers["Location"].startswith("/account/sign-in/")


def test_every_pass_made_before_is_revoked_in_the_feed(unconfirmed_reader: Browser) -> None:
    old = settings.STANDFIRST_PASS_KEYS.read(unconfirmed_reader.cookies["standfirst_pass"].value)
    choose()
    revoked = Entry.objects.filter(kind="revoked").get().payload
    assert revoked["subject"] == old.subject == account().subject.hex
    assert old.issued_at < revoked["issued_before"]


def test_the_pass_that_comes_with_the_new_password_is_not_revoked(unconfirmed_reader: Browser) -> None:
    browser, _ = choose()
    new = settings.STANDFIRST_PASS_KEYS.read(browser.cookies["standfirst_pass"].value)
    assert new.issued_at >= Entry.objects.filter(kind="revoked").get().payload["issued_before"]


def test_a_password_that_breaks_a_rule_changes_nothing(unconfirmed_reader: Browser) -> None:
    _, answer = choose("short")
    assert answer.status_code == 422
    assert account().check_password(PASSWORD)
    assert not Entry.objects.filter(kind="revoked").exists()


def test_the_sixth_mail_in_a_minute_has_to_wait_whoever_is_asked_for(unconfirmed_reader: Browser) -> None:
    for address in ("una@example.org", "nobody@example.org"):
        for _ in range(5):
            assert Browser().post("/account/forgotten-password/", {"email": address}).status_code == 303
        assert Browser().post("/account/forgotten-password/", {"email": address}).status_code == 429
