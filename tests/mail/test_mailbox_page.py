"""The mailbox page shows reset links, and so opens to very few."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client

from standfirst.mail.models import MailboxMessage
from standfirst.vocabulary import GateHeader
from tests.cast import Browser

pytestmark = pytest.mark.django_db

TOKEN = site.STANDFIRST_MAILBOX_TOKEN


@pytest.fixture
def kept(db: None) -> MailboxMessage:
    return MailboxMessage.objects.create(
        message_id="<1@x>",
        to="una@example.org",
        subject="Reset <b>",
        text="http://127.0.0.1:8000/x",
        html="<script>1</script>",
    )


def paths(kept: MailboxMessage, token: str = TOKEN) -> list[str]:
    return [f"/mailbox/{token}/{rest}" for rest in ("", f"{kept.pk}/", f"{kept.pk}/html/")]


def statuses(kept: MailboxMessage, browser: Client, token: str = TOKEN, **headers: str) -> set[int]:
    return {browser.get(path, headers=headers).status_code for path in paths(kept, token)}


def test_with_the_token_it_opens(kept: MailboxMessage) -> None:
    assert statuses(kept, Browser()) == {200}


@pytest.mark.parametrize("token", ["wrong", TOKEN + "x", TOKEN[:-1], TOKEN.upper(), "caf\u00e9", "None", "%00"])
def test_with_another_token_it_does_not(kept: MailboxMessage, token: str) -> None:
    assert statuses(kept, Browser(), token) == {404}


@pytest.mark.parametrize("setting", [None, ""])
def test_while_mail_goes_elsewhere_it_does_not(kept: MailboxMessage, settings: Any, setting: object) -> None:
    settings.STANDFIRST_MAILBOX_TOKEN = setting
    for token in (TOKEN, "None", "x"):
        assert statuses(kept, Browser(), token) == {404}


@pytest.mark.parametrize(
    "origin", ["https://news.example", "http://192.168.0.7:8000", "https://127.0.0.1.evil.example"]
)
def test_away_from_this_machine_it_does_not(kept: MailboxMessage, settings: Any, origin: str) -> None:
    browser = Browser()
    settings.STANDFIRST_ORIGIN = origin
    assert statuses(kept, browser) == {404}


@pytest.mark.parametrize(
    "header",
    ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", GateHeader.FORWARDED],
)
@pytest.mark.parametrize("value", ["for=198.51.100.7", "1", ""])
def test_behind_somebodys_proxy_it_does_not(kept: MailboxMessage, header: str, value: str) -> None:
    assert statuses(kept, Browser(), **{header: value}) == {404}


def test_past_the_gate_it_does_not(kept: MailboxMessage) -> None:
    assert statuses(kept, Client(headers={"host": "127.0.0.1:8000"})) == {404}


def test_nobody_keeps_it_and_the_token_does_not_travel(kept: MailboxMessage) -> None:
    for path in paths(kept):
        answer = Browser().get(path)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_what_a_mail_says_is_escaped(kept: MailboxMessage) -> None:
    assert "Reset &lt;b&gt;" in Browser().get(paths(kept)[0]).content.decode()
    assert "<script>1</script>" not in Browser().get(paths(kept)[1]).content.decode()


def test_the_html_of_a_mail_runs_nothing(kept: MailboxMessage) -> None:
    policy = Browser().get(paths(kept)[2]).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


def test_a_mail_that_is_not_there_is_not_there(kept: MailboxMessage) -> None:
    for number in (kept.pk + 1, 10**30):
        assert Browser().get(f"/mailbox/{TOKEN}/{number}/").status_code == 404


def test_it_takes_nothing(kept: MailboxMessage) -> None:
    assert Browser().post(paths(kept)[0]).status_code == 405
