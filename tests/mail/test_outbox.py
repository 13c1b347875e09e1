"""A mail is owed exactly when what it tells of is kept, and goes out under one Message-ID."""

from __future__ import annotations

import datetime
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone
from django_ox.models import OxTask

from standfirst.account.registration import Registration, register
from standfirst.config import smtp
from standfirst.mail import delivery, outbox
from standfirst.mail.mailbox import MailboxBackend
from standfirst.mail.models import MailboxMessage, OutboxMail, State
from standfirst.newsroom.models import FrontPage
from standfirst.readers.models import Account
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mailbox(settings: Any) -> None:
    """The test runner puts a mailbox of its own in the place of ours."""
    settings.MAILERS = {"default": smtp.mailer(None)}


@pytest.fixture
def owed(db: None) -> OutboxMail:
    with transaction.atomic():
        return outbox.queue("una@example.org", "Good morning", "Plain words.", "<p>Words.</p>")


def deliver(mail: OutboxMail) -> None:
    delivery.deliver.call(mail.pk)


def state(mail: OutboxMail) -> str:
    return OutboxMail.objects.get(pk=mail.pk).state


def overdue(mail: OutboxMail, **fields: object) -> None:
    past = timezone.now() - datetime.timedelta(minutes=1)
    OutboxMail.objects.filter(pk=mail.pk).update(next_try_at=past, **fields)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_mail_is_queued_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        outbox.queue("una@example.org", "Good morning", "", "")
    assert not OutboxMail.objects.exists()


def test_a_registration_that_is_rolled_back_owes_no_mail_and_no_task(newspaper: FrontPage) -> None:
    with transaction.atomic():
        register(Registration("una@example.org", "Harbour7", offers=True, place="/"))
        assert OutboxMail.objects.exists()
        transaction.set_rollback(True)
    assert not OutboxMail.objects.exists()
    assert not OxTask.objects.filter(task_path__contains="deliver").exists()
    assert not Account.objects.exists()


def test_a_mail_is_delivered_to_the_mailbox(owed: OutboxMail) -> None:
    deliver(owed)
    kept = MailboxMessage.objects.get()
    assert (kept.to, kept.subject, kept.message_id) == ("una@example.org", "Good morning", owed.message_id)
    assert kept.text.strip() == "Plain words."
    assert kept.html.strip() == "<p>Words.</p>"
    assert state(owed) == State.SENT


def test_delivering_twice_sends_once(owed: OutboxMail) -> None:
    with mock.patch.object(MailboxBackend, "send_messages", autospec=True, return_value=1) as sent:
        deliver(owed)
        deliver(owed)
    assert sent.call_count == 1


def test_a_worker_killed_behind_the_sending_sends_again_under_the_same_message_id(owed: OutboxMail) -> None:
    send = MailboxBackend.send_messages

    def send_and_die(self: MailboxBackend, messages: list[object]) -> int:
        send(self, messages)
        raise KeyboardInterrupt

    with mock.patch.object(MailboxBackend, "send_messages", send_and_die), pytest.raises(KeyboardInterrupt):
        deliver(owed)
    assert state(owed) == State.WAITING
    deliver(owed)
    assert MailboxMessage.objects.count() == 1
    assert OutboxMail.objects.get().attempts == 2


def test_a_mail_server_that_is_away_leaves_the_mail_waiting(owed: OutboxMail) -> None:
    with mock.patch.object(MailboxBackend, "send_messages", side_effect=ConnectionRefusedError):
        deliver(owed)
    assert state(owed) == State.WAITING
    assert OutboxMail.objects.get().next_try_at > timezone.now()


def test_what_is_due_again_is_queued_again(owed: OutboxMail) -> None:
    before = OxTask.objects.count()
    delivery.sweep.call()
    assert OxTask.objects.count() == before
    overdue(owed)
    delivery.sweep.call()
    assert OxTask.objects.count() == before + 1


def test_what_was_sent_is_not_queued_again(owed: OutboxMail) -> None:
    deliver(owed)
    overdue(owed)
    before = OxTask.objects.count()
    delivery.sweep.call()
    assert OxTask.objects.count() == before


def test_a_mail_nobody_could_be_found_for_is_given_up_after_days(owed: OutboxMail) -> None:
    overdue(owed, queued_at=timezone.now() - delivery.GIVE_UP_AFTER - datetime.timedelta(hours=1))
    delivery.sweep.call()
    assert state(owed) == State.FAILED


def test_pauses_grow_from_minutes_to_an_hour() -> None:
    pauses = [delivery.pause(attempts) for attempts in range(100)]
    assert pauses == sorted(pauses)
    assert pauses[0] <= datetime.timedelta(minutes=2)
    assert pauses[-1] == datetime.timedelta(hours=1)


def test_a_subject_is_one_line(db: None) -> None:
    with transaction.atomic():
        mail = outbox.queue("una@example.org", "Good\r\nBcc: eve@example.org\n morning", "", "")
    assert mail.subject == "Good Bcc: eve@example.org morning"
    deliver(mail)
    assert MailboxMessage.objects.get().to == "una@example.org"


@pytest.mark.parametrize("to", ["una@example.org\r\nBcc: eve@example.org", "una@example.org\nX: y"])
def test_an_address_with_a_line_end_is_never_sent_to(db: None, to: str) -> None:
    with transaction.atomic():
        mail = outbox.queue(to, "Good morning", "", "")
    with pytest.raises(ValueError, match=r"[Hh]eader"):
        deliver(mail)
    assert not MailboxMessage.objects.exists()


def test_every_mail_has_a_message_id_of_its_own_at_our_host(db: None) -> None:
    with transaction.atomic():
        mails = [outbox.queue("una@example.org", "", "", "") for _ in range(20)]
    assert len({mail.message_id for mail in mails}) == 20
    assert all(mail.message_id.endswith("@127.0.0.1>") for mail in mails)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_with_one_mail_leave_one_in_the_mailbox() -> None:
    with transaction.atomic():
        mail = outbox.queue("una@example.org", "Good morning", "", "")
    at_once(4, lambda index: deliver(mail))
    assert MailboxMessage.objects.count() == 1
    assert state(mail) == State.SENT
