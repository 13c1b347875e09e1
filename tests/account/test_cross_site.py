"""Forms are taken from pages of ours alone, whatever another site makes a browser send."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from standfirst.newsroom.models import FrontPage
from standfirst.readers.models import Account
from standfirst.vocabulary import GateHeader
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

OWN = settings.STANDFIRST_ORIGIN
FETCH_SITES = {
    "absent": None,
    "same-origin": "same-origin",
    "same-site": "same-site",
    "cross-site": "cross-site",
    "none": "none",
}
ORIGINS = {
    "absent": None,
    "own": OWN,
    "null": "null",
    "another": "https://evil.example",
    "another port": "http://127.0.0.1:9999",
    "another scheme": OWN.replace("http:", "https:"),
    "a longer one": f"{OWN}.evil.example",
    "empty": "",
}
ACCEPTED = {("same-origin", "absent"), ("same-origin", "own"), ("absent", "own")}


def send(path: str, fetch_site: str | None, origin: str | None, form: dict[str, str] | None = None) -> int:
    headers = {"host": OWN.removeprefix("http://"), GateHeader.SECRET: settings.STANDFIRST_GATE_SECRET}
    headers |= {} if fetch_site is None else {"sec-fetch-site": fetch_site}
    headers |= {} if origin is None else {"origin": origin}
    return Client(enforce_csrf_checks=True, headers=headers).post(path, form or {}).status_code


@pytest.mark.parametrize("fetch_site", FETCH_SITES)
def test_only_a_page_of_ours_can_send_the_join_form(newspaper: FrontPage, fetch_site: str) -> None:
    for number, origin in enumerate(ORIGINS):
        address = f"mary{number}@example.org"
        form = {"email": address, "password": PASSWORD, "age_confirmed": "on"}
        status = send("/account/join/", FETCH_SITES[fetch_site], ORIGINS[origin], form)
        accepted = (fetch_site, origin) in ACCEPTED
        assert status == (303 if accepted else 403), origin
        assert Account.objects.filter(email=address).exists() is accepted, origin


@pytest.mark.parametrize(
    "path",
    [
        "/account/sign-in/",
        "/account/sign-out/",
        "/account/forgotten-password/",
        "/account/confirm/",
        "/account/confirm/again/",
        "/account/confirm/a-token/",
        "/account/new-password/1-a/",
        "/desk/sign-in/",
        "/desk/logout/",
        "/news/the-ferry/",
    ],
)
def test_every_other_form_refuses_another_site(newspaper: FrontPage, path: str) -> None:
    assert send(path, "cross-site", "https://evil.example") == 403
    assert send(path, None, None) == 403


def test_the_host_a_request_names_does_not_count(newspaper: FrontPage) -> None:
    headers = {"host": "127.0.0.1:9999", "origin": "http://127.0.0.1:9999", "sec-fetch-site": "same-site"}
    assert Client(headers=headers).post("/account/join/", {}).status_code == 403


def test_the_desk_asks_for_a_token_besides(newspaper: FrontPage) -> None:
    Account.objects.create_superuser("ed@example.org", PASSWORD)
    form = {"email": "ed@example.org", "password": PASSWORD}
    assert send("/desk/sign-in/", "same-origin", OWN, form) == 403


def test_a_refusal_says_what_to_do(newspaper: FrontPage) -> None:
    headers = {"host": OWN.removeprefix("http://"), "origin": "https://evil.example"}
    page = Client(headers=headers).post("/account/join/", {}).content.decode()
    assert "Open the page again and send it once more." in page
