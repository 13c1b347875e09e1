"""Readers whose passes must end: the desk shut them out, or their password changed."""

from __future__ import annotations

import pytest

from standfirst.feed.models import Entry
from standfirst.readers.models import Account
from standfirst.vocabulary import FeedKind
from tests.cast import Browser

pytestmark = pytest.mark.django_db


def revoked_subjects() -> list[str]:
    return [entry.payload["subject"] for entry in Entry.objects.filter(kind=FeedKind.REVOKED)]


@pytest.fixture
def account(reader: Browser) -> Account:
    """The reader's row, with nothing revoked so far."""
    Entry.objects.filter(kind=FeedKind.REVOKED).delete()
    return Account.objects.get(email="una@example.org")


def test_a_reader_shut_out_in_the_desk_loses_every_pass(account: Account) -> None:
    account.is_active = False
    account.save()
    assert revoked_subjects() == [account.subject.hex]


def test_a_password_changed_in_the_desk_ends_every_pass(account: Account) -> None:
    account.set_password("Another1")
    account.save()
    assert revoked_subjects() == [account.subject.hex]


def test_a_reader_who_is_let_in_again_loses_nothing(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)
    account.save()
    assert revoked_subjects() == []


def test_a_change_of_name_ends_no_pass(account: Account) -> None:
    account.first_name = "Una"
    account.save()
    assert revoked_subjects() == []


def test_signing_in_again_ends_no_pass_of_another_browser(account: Account) -> None:
    Browser().post("/account/sign-in/", {"email": "una@example.org", "password": "Harbour7"})
    assert revoked_subjects() == []
