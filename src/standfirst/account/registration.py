"""The one way in: every form of joining ends in `register`."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction

from standfirst.account import confirmation
from standfirst.account.wall import LEGAL_PATHS
from standfirst.consent import ledger, wordings
from standfirst.consent.models import Action, Purpose
from standfirst.newsroom.models import title
from standfirst.readers.addresses import canonical
from standfirst.readers.models import Account


class AddressTaken(Exception):
    """There is an account with this address already."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody entered, checked. The wordings that were shown are looked up, not passed."""

    address: str
    password: str
    offers: bool
    place: str
    """The path of the page they joined on."""


def register(registration: Registration) -> Account:
    """Make the reader, write down what they agreed to, and queue the confirmation, all in one transaction.

    Raises AddressTaken, with nothing written, when the address has an account: also when two posts race.
    """
    if Account.objects.filter(email=canonical(registration.address)).exists():
        raise AddressTaken
    # The hash takes its tens of milliseconds before the transaction begins, so that no one waits for its lock.
    reader = Account.objects.prepare_reader(registration.address, registration.password)
    try:
        with transaction.atomic():
            reader.save(force_insert=True)
            EmailAddress.objects.create(user=reader, email=reader.email, primary=True, verified=False)
            _record_agreements(reader, registration)
            confirmation.send(reader)
    except IntegrityError as error:
        if Account.objects.filter(email=reader.email).exists():
            raise AddressTaken from error
        raise
    return reader


def _record_agreements(reader: Account, registration: Registration) -> None:
    shown = {
        Purpose.TERMS: wordings.terms(**LEGAL_PATHS),
        Purpose.AGE: wordings.age(settings.STANDFIRST_MINIMUM_AGE),
    }
    if registration.offers:
        shown[Purpose.OFFERS] = wordings.offers(title().name)
    for purpose, wording in shown.items():
        ledger.record(reader.subject, purpose, Action.AGREED, wording, registration.place)
