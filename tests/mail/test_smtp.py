"""Mail over SMTP, really spoken."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from django.db import transaction

from standfirst.config import smtp
from standfirst.mail import delivery, outbox
from standfirst.mail.models import MailboxMessage, OutboxMail, State
from standfirst.newsroom.models import FrontPage
from tests.cast import Browser
from tests.mail.smtp_server import SmtpServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[SmtpServer]:
    """A mail server, and the site set up for it as `STANDFIRST_SMTP_URL` would."""
    with SmtpServer() as running:
        settings.MAILERS = {"default": smtp.mailer(running.url)}
        yield running


def deliver_all() -> None:
    for mail in OutboxMail.objects.filter(state=State.WAITING):
        delivery.deliver.call(mail.pk)


def message(server: SmtpServer) -> EmailMessage:
    parsed = email.message_from_bytes(server.mails[-1].data, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_the_confirmation_arrives(server: SmtpServer, newspaper: FrontPage) -> None:
    Browser().join("una@example.org")
    deliver_all()
    owed = OutboxMail.objects.get()
    received = message(server)
    assert server.mails[0].recipients == ["una@example.org"]
    assert received["Message-ID"] == owed.message_id
    assert received["Subject"] == owed.subject
    assert received["Auto-Submitted"] == "auto-generated"
    assert "/account/confirm/" in received.get_body(("plain",)).get_content()
    assert received.get_body(("html",)) is not None
    assert owed.state == State.SENT


def test_nothing_lands_in_the_local_mailbox(server: SmtpServer, newspaper: FrontPage) -> None:
    Browser().join("una@example.org")
    deliver_all()
    assert not MailboxMessage.objects.exists()


def test_a_domain_of_another_script_is_sent_to_in_its_ascii_form(server: SmtpServer, newspaper: FrontPage) -> None:
    Browser().join("una@bücher.example")
    deliver_all()
    assert server.mails[0].recipients == ["una@xn--bcher-kva.example"]


def test_emoji_and_quotes_in_the_titles_name_survive(server: SmtpServer, db: None) -> None:
    with transaction.atomic():
        outbox.queue("una@example.org", "Your code for “The 🦭 Packet”", "Grüße\n.\n..\nFrom here", "<p>Grüße</p>")
    deliver_all()
    assert message(server)["Subject"] == "Your code for “The 🦭 Packet”"
    assert message(server).get_body(("plain",)).get_content().splitlines() == ["Grüße", ".", "..", "From here"]


def test_a_header_cannot_be_smuggled_in(server: SmtpServer, db: None) -> None:
    with transaction.atomic():
        outbox.queue("una@example.org", "Good morning\r\nBcc: eve@example.org", "Text", "<p>Text</p>")
    deliver_all()
    assert server.mails[0].recipients == ["una@example.org"]
    assert message(server)["Bcc"] is None


def test_a_server_that_says_later_leaves_the_mail_waiting(server: SmtpServer, newspaper: FrontPage) -> None:
    server.answer_to_recipient = "451 later"
    Browser().join("una@example.org")
    deliver_all()
    assert OutboxMail.objects.get().state == State.WAITING
    server.answer_to_recipient = "250 ok"
    deliver_all()
    assert OutboxMail.objects.get().state == State.SENT
    assert len(server.mails) == 1
