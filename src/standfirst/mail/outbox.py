"""Put a mail into the outbox, in the caller's transaction: it is owed exactly when the change it tells of is kept."""

from __future__ import annotations

from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from standfirst.mail import delivery
from standfirst.mail.models import OutboxMail


def queue(to: str, subject: str, text: str, html: str) -> OutboxMail:
    """A mail to one address, for the worker to deliver.

    Raises RuntimeError outside a transaction: a mail must not go out about something that was rolled back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("mail is queued only inside the transaction it tells of")
    mail = OutboxMail.objects.create(
        message_id=make_msgid(domain=urlsplit(settings.STANDFIRST_ORIGIN).hostname),
        to=to,
        subject=" ".join(subject.split()),
        text=text,
        html=html,
    )
    delivery.deliver.enqueue(mail.pk)
    return mail
