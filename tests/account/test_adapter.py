"""What allauth asks of us."""

from __future__ import annotations

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.test import RequestFactory

from standfirst.mail.models import OutboxMail
from standfirst.newsroom.models import FrontPage

pytestmark = pytest.mark.django_db


def test_a_mail_of_allauths_own_goes_through_the_outbox(newspaper: FrontPage) -> None:
    request = RequestFactory().get("/")
    with context.request_context(request):
        get_adapter(request).send_mail("account/email/unknown_account", "una@example.org", {"signup_url": "/join/"})
    assert OutboxMail.objects.get().to == "una@example.org"
