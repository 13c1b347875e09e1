"""One person types one address in many ways."""

from __future__ import annotations

import pytest

from standfirst.mail.models import OutboxMail
from standfirst.newsroom.models import FrontPage
from standfirst.readers.models import Account
from tests.cast import PASSWORD, Browser

pytestmark = pytest.mark.django_db

SPELLINGS = [
    ("mary+news@example.org", "mary+news@example.org", "MARY+news@Example.org"),
    ("MARY@EXAMPLE.ORG", "mary@example.org", "Mary@example.org"),
    ("  mary@example.org\t", "mary@example.org", "mary@example.org "),
    ("mary@bücher.example", "mary@bücher.example", "mary@xn--bcher-kva.example"),
    ("info@例子.广告", "info@例子.广告", "INFO@例子.广告"),
    ("o'hara_99@mail.example.org", "o'hara_99@mail.example.org", "O'Hara_99@mail.example.org"),
]


@pytest.mark.parametrize(("typed", "kept", "again"), SPELLINGS, ids=[spelling[0].strip() for spelling in SPELLINGS])
def test_an_address_is_compared_in_one_form(newspaper: FrontPage, typed: str, kept: str, again: str) -> None:
    assert Browser().join(typed).status_code == 303
    assert Account.objects.get().email == kept
    signed_in = Browser().post("/account/sign-in/", {"email": again, "password": PASSWORD})
    assert signed_in.status_code == 303


@pytest.mark.parametrize(("typed", "kept", "again"), SPELLINGS, ids=[spelling[0].strip() for spelling in SPELLINGS])
def test_another_spelling_is_the_same_account(newspaper: FrontPage, typed: str, kept: str, again: str) -> None:
    Browser().join(typed)
    answer = Browser().join(again, password="Another1")
    assert "You already have an account" in answer.content.decode()
    assert Account.objects.count() == 1


def test_mail_goes_to_the_address_as_it_was_typed(newspaper: FrontPage) -> None:
    Browser().join(" Mary+News@Example.org ")
    assert OutboxMail.objects.get().to == "Mary+News@Example.org"


def test_an_address_that_grows_when_it_is_lowered_or_decomposed_is_refused_or_kept_whole(newspaper: FrontPage) -> None:
    local = "e\u0301" * 64
    answer = Browser().join(f"{local}@{'a' * 60}.{'b' * 60}.{'c' * 55}.org")
    assert answer.status_code in (303, 422)


def test_a_plus_makes_another_account(newspaper: FrontPage) -> None:
    Browser().join("mary@example.org")
    Browser().join("mary+b@example.org")
    assert Account.objects.count() == 2


@pytest.mark.parametrize("typed", ["jörg@example.org", "用户@例子.广告", "маша@example.org"])
def test_an_address_no_mail_server_would_take_is_refused_in_plain_words(newspaper: FrontPage, typed: str) -> None:
    answer = Browser().join(typed)
    assert answer.status_code == 422
    assert "Enter your email address, like name@example.org" in answer.content.decode()
    assert not Account.objects.exists()
