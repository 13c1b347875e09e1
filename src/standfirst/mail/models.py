"""The outbox, and the local mailbox that takes its place in the world while no SMTP server is set."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import models
from django.utils import timezone

MESSAGE_ID_LENGTH: Final = 340
"""Room for a host name of 253 characters (RFC 1035, section 2.3.4) behind what makes it unique."""


class State(models.TextChoices):
    """Where a mail stands. The queue may run a delivery twice; the row says whether there is anything left to do."""

    WAITING = "waiting", "waiting"
    SENT = "sent", "sent"
    FAILED = "failed", "failed"


def first_try_overdue() -> datetime.datetime:
    """When a new mail that no task has taken up yet is to be swept up."""
    return timezone.now() + datetime.timedelta(minutes=1)


class OutboxMail(models.Model):
    """A mail somebody is owed, written in the transaction of what it tells of."""

    message_id = models.CharField(max_length=MESSAGE_ID_LENGTH, unique=True)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(default=first_try_overdue)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="waiting"), name="mail_waiting_next_first")
        ]


class MailboxMessage(models.Model):
    """A mail as the local mailbox received it. The same Message-ID twice is the same mail."""

    message_id = models.CharField(max_length=MESSAGE_ID_LENGTH, unique=True)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
