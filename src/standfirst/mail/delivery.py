"""Deliver what the outbox owes. Runs in the worker, perhaps twice for one mail, never not at all."""

from __future__ import annotations

import datetime
import logging

from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.tasks import task
from django.utils import timezone

from standfirst.mail.models import OutboxMail, State

_log = logging.getLogger(__name__)

FIRST_PAUSE = datetime.timedelta(minutes=2)
LONGEST_PAUSE = datetime.timedelta(hours=1)
GIVE_UP_AFTER = datetime.timedelta(days=4)
"""How long a mail is tried (RFC 5321, section 4.5.4.1): a server away over a long weekend loses nobody's mail."""

_AT_ONCE = 500


def pause(attempts: int) -> datetime.timedelta:
    """How long to wait after so many attempts: two minutes, doubling, up to an hour."""
    return min(FIRST_PAUSE * 2 ** min(attempts, 10), LONGEST_PAUSE)


@task(queue_name="mail")
def deliver(pk: int) -> None:
    """Send one mail of the outbox, unless it is sent already.

    When it is to be tried next is written before it is sent: a worker that dies between sending and noting it leaves
    the mail to `sweep`, and it goes out again under the same Message-ID, which mail systems take as the same mail.
    """
    mail = OutboxMail.objects.filter(pk=pk, state=State.WAITING).first()
    if mail is None:
        return
    next_try = timezone.now() + pause(mail.attempts)
    OutboxMail.objects.filter(pk=pk).update(attempts=F("attempts") + 1, next_try_at=next_try)
    try:
        _send(mail)
    except OSError as error:  # what smtplib raises is an OSError, and so is a refused connection
        _log.warning("mail %d waits: %s", pk, type(error).__name__)
        return
    OutboxMail.objects.filter(pk=pk).update(state=State.SENT, sent_at=timezone.now())


@task(queue_name="mail")
def sweep() -> None:
    """Queue what is due again: the mail server was away, or a worker died with a mail in its hands."""
    now = timezone.now()
    due = OutboxMail.objects.filter(state=State.WAITING, next_try_at__lte=now)
    given_up = due.filter(queued_at__lt=now - GIVE_UP_AFTER).update(state=State.FAILED)
    if given_up:
        _log.error("gave up on %d mails after %d days", given_up, GIVE_UP_AFTER.days)
    for pk in due.order_by("next_try_at").values_list("pk", flat=True)[:_AT_ONCE]:
        deliver.enqueue(pk)


def _send(mail: OutboxMail) -> None:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(mail.html, "text/html")
    message.send()
