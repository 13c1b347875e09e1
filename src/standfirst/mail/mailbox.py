"""The local mailbox: where mail lands while no SMTP server is set."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage as PlainMessage
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from standfirst.mail.models import MailboxMessage


class MailboxBackend(BaseEmailBackend):
    """A transport that keeps mails in the database for the mailbox page. The same Message-ID is kept once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message; how many there were."""
        for email in email_messages:
            message = email.message()
            MailboxMessage.objects.get_or_create(
                message_id=str(message["Message-ID"]),
                defaults={
                    "to": ", ".join(email.to),
                    "subject": str(message["Subject"]),
                    "text": _part(message, "plain"),
                    "html": _part(message, "html"),
                },
            )
        return len(email_messages)


def _part(message: PlainMessage, subtype: str) -> str:
    part: Any = message.get_body((subtype,))
    return part.get_content() if part is not None else ""
