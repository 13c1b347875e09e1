"""Deliver what the outbox owes. Runs in the worker, perhaps twice for one mail, never not at all."""

from __future__ import annotations

import datetime
import logging

from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.tasks import task
from django.utils import timezone

from standfirst.mail.models import OutboxMail, State

_log = logging.getLogger(__name__)
_SWEEP_AFTER = datetime.timedelta(minutes=2)
_GIVE_UP_AFTER = 40
"""Attempts of one mail, by queue and sweep together: about an hour of trying."""


@task(queue_name="mail")
def deliver(pk: int) -> None:
    """Send one mail of the outbox, unless it is sent already.

    A worker that dies between sending and noting it leaves the mail to go out again under the same Message-ID, which
    mail systems take as the same mail. Errors of the transport are raised, so that the queue tries again later.
    """
    mail = OutboxMail.objects.filter(pk=pk, state=State.WAITING).first()
    if mail is None:
        return
    OutboxMail.objects.filter(pk=pk).update(attempts=models.F("attempts") + 1, tried_at=timezone.now())
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(mail.html, "text/html")
    message.send()
    OutboxMail.objects.filter(pk=pk).update(state=State.SENT, sent_at=timezone.now())


@task(queue_name="mail")
def sweep() -> None:
    """Queue again what has waited too long: its task may have used up its tries while the mail server was away."""
    overdue = OutboxMail.objects.filter(state=State.WAITING).filter(
        models.Q(tried_at__lt=timezone.now() - _SWEEP_AFTER)
        | models.Q(tried_at=None, queued_at__lt=timezone.now() - _SWEEP_AFTER)
    )
    given_up = overdue.filter(attempts__gte=_GIVE_UP_AFTER).update(state=State.FAILED)
    if given_up:
        _log.error("gave up on %d mails after %d attempts each", given_up, _GIVE_UP_AFTER)
    for pk in overdue.order_by("queued_at").values_list("pk", flat=True)[:500]:
        deliver.enqueue(pk)
