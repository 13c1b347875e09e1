"""The gate's side door opens to the secret, and to nothing else."""

from __future__ import annotations

import secrets
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client

from standfirst.newsroom.models import FrontPage, Story
from standfirst.vocabulary import GateHeader
from tests.cast import WITHHELD, Browser

pytestmark = pytest.mark.django_db

HOST = settings.STANDFIRST_ORIGIN.removeprefix("http://")


def ask(path: str, secret: str | None, **headers: str) -> object:
    given = {} if secret is None else {GateHeader.SECRET: secret}
    return Client(headers={"host": HOST, **given, **headers}).get(path)


@pytest.mark.parametrize(
    "path", ["/_gate/feed", "/_gate/ready", "/_gate/pass", "/_gate/", "/_gate/nowhere", "/_gate/feed?since=0"]
)
@pytest.mark.parametrize("secret", [None, "", "wrong", settings.STANDFIRST_GATE_SECRET + " x", "caf\u00e9"])
def test_without_the_secret_there_is_nothing_here(newspaper: FrontPage, path: str, secret: str | None) -> None:
    answer = ask(f"/_gate/{path}", secret)
    assert answer.status_code == 404
    assert b"rulebook" not in answer.content


def test_with_it_the_site_says_it_is_ready(db: None) -> None:
    assert ask("/_gate/ready", settings.STANDFIRST_GATE_SECRET).status_code == 200


def test_the_secret_is_compared_in_constant_time(db: None) -> None:
    with mock.patch("standfirst.feed.middleware.secrets.compare_digest", wraps=secrets.compare_digest) as compared:
        ask("/_gate/ready", "wrong")
    compared.assert_called_once_with(b"wrong", settings.STANDFIRST_GATE_SECRET.encode())


def test_a_story_is_whole_to_a_gate_taking_it_in(story: Story) -> None:
    answer = Browser().take_in("/news/the-ferry/")
    assert (answer.status_code, answer.headers["Standfirst-Tier"]) == (200, "registered")
    assert WITHHELD in answer.content.decode()


@pytest.mark.parametrize("secret", [None, "", "wrong"])
def test_without_the_secret_an_intake_is_nobodys(story: Story, secret: str | None) -> None:
    answer = ask("/news/the-ferry/", secret, **{GateHeader.INTAKE: "1"})
    assert answer.status_code == 403
    assert WITHHELD not in answer.content.decode()


@pytest.mark.parametrize("intake", ["0", "", "2", "true"])
def test_a_gate_that_takes_nothing_in_gets_no_gated_story(story: Story, intake: str) -> None:
    answer = ask("/news/the-ferry/", settings.STANDFIRST_GATE_SECRET, **{GateHeader.INTAKE: intake})
    assert answer.status_code == 403


def test_who_asks_is_believed_from_a_gate_alone(db: None) -> None:
    with mock.patch("standfirst.feed.views.ready", autospec=True):
        gate = ask("/account/join/", settings.STANDFIRST_GATE_SECRET, **{GateHeader.CLIENT: "198.51.100.7"})
        stranger = ask("/account/join/", "wrong", **{GateHeader.CLIENT: "198.51.100.7"})
    assert gate.wsgi_request.META["REMOTE_ADDR"] == "198.51.100.7"
    assert stranger.wsgi_request.META["REMOTE_ADDR"] != "198.51.100.7"


@pytest.mark.parametrize("since", ["", "x", "-1", "1.5", "9" * 5000, "\u0663", "1e3", " 1", "1 or 1=1", "9" * 19])
def test_a_position_that_is_none_begins_anew(newspaper: FrontPage, since: str) -> None:
    answer = Browser().get("/_gate/feed", {"since": since, "epoch": "x"})
    assert (answer.status_code, answer.json()["reset"]) == (200, True)


def test_the_feed_is_read_by_get_alone(newspaper: FrontPage) -> None:
    assert Browser().post("/_gate/feed").status_code == 405
