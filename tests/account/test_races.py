"""Many people, or one impatient one, at the same moment."""

from __future__ import annotations

from collections import Counter

import pytest

from standfirst.account.models import Confirmation
from standfirst.consent.models import LedgerEntry
from standfirst.mail.models import OutboxMail
from standfirst.newsroom.models import FrontPage
from standfirst.readers.models import Account
from standfirst.vocabulary import GateHeader
from tests.account.nasty import code
from tests.at_once import at_once
from tests.cast import PASSWORD, Browser

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MANY = 20


def from_somewhere(index: int) -> Browser:
    """A browser at an address of its own, so that no limit for one address is met."""
    browser = Browser()
    browser.defaults["HTTP_" + GateHeader.CLIENT.upper().replace("-", "_")] = f"198.51.100.{index}"
    return browser


def test_twenty_joins_of_one_person_make_one_account(newspaper: FrontPage) -> None:
    answers = at_once(MANY, lambda index: from_somewhere(index).join(offers="on"))
    assert Account.objects.count() == 1
    assert OutboxMail.objects.count() == Confirmation.objects.count() == 1
    assert sorted(LedgerEntry.objects.values_list("purpose", flat=True)) == ["age", "offers", "terms"]
    assert {answer.status_code for answer in answers} <= {303, 422}
    for answer in answers:
        assert "standfirst_pass" in answer.cookies or "You already have an account" in answer.content.decode()


def test_twenty_people_with_one_address_make_one_account_and_nobody_gets_anothers(newspaper: FrontPage) -> None:
    answers = at_once(MANY, lambda index: from_somewhere(index).join(password=f"Harbour{index}x"))
    assert Account.objects.count() == 1
    assert Counter(answer.status_code for answer in answers) == {303: 1, 422: MANY - 1}


def test_twenty_people_join_at_once(newspaper: FrontPage) -> None:
    answers = at_once(MANY, lambda index: from_somewhere(index).join(f"reader{index}@example.org"))
    assert {answer.status_code for answer in answers} == {303}
    assert Account.objects.count() == OutboxMail.objects.count() == MANY
    assert LedgerEntry.objects.count() == 2 * MANY


def test_the_button_pressed_twice_at_one_place_makes_one_account(newspaper: FrontPage) -> None:
    browsers = [Browser(), Browser()]
    answers = at_once(2, lambda index: browsers[index].join())
    assert {answer.status_code for answer in answers} == {303}
    assert Account.objects.count() == 1


def test_ten_wrong_codes_at_once_count_as_ten(unconfirmed_reader: Browser) -> None:
    wrong = f"{(int(code()) + 1) % 1_000_000:06d}"
    session = unconfirmed_reader.cookies["standfirst_session"].value

    def guess(index: int) -> int:
        browser = from_somewhere(index)
        browser.cookies["standfirst_session"] = session
        return browser.post("/account/confirm/", {"code": wrong}).status_code

    assert set(at_once(10, guess)) == {422}
    assert Confirmation.objects.get().tries_left == 0


def test_sending_again_ten_times_at_once_sends_three_mails_a_day(unconfirmed_reader: Browser) -> None:
    session = unconfirmed_reader.cookies["standfirst_session"].value

    def again(index: int) -> int:
        browser = from_somewhere(index)
        browser.cookies["standfirst_session"] = session
        return browser.post("/account/confirm/again/").status_code

    assert set(at_once(10, again)) == {200}
    assert OutboxMail.objects.count() == 3


def test_signing_in_while_joining_is_no_error(newspaper: FrontPage) -> None:
    def do(index: int) -> int:
        if index % 2:
            return from_somewhere(index).join().status_code
        form = {"email": "mary@example.org", "password": PASSWORD}
        return from_somewhere(index).post("/account/sign-in/", form).status_code

    assert set(at_once(10, do)) <= {303, 422}
