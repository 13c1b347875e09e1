"""A reader and an editor in one browser: two sessions, and neither opens the other."""

from __future__ import annotations

import pytest
from django.conf import settings

from standfirst.newsroom.models import FrontPage
from standfirst.readers.models import Account
from tests.cast import PASSWORD, Browser

pytestmark = pytest.mark.django_db


def morsels(answer: object) -> dict[str, dict[str, object]]:
    kept = ("path", "secure", "httponly", "samesite", "domain")
    return {name: {part: morsel[part] for part in kept} for name, morsel in answer.cookies.items()}


def into_the_desk(browser: Browser) -> object:
    Account.objects.create_superuser("ed@example.org", PASSWORD)
    token = browser.get("/desk/sign-in/").cookies["standfirst_csrf"].value
    form = {"email": "ed@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token}
    return browser.post("/desk/sign-in/", form)


def test_the_readers_cookies_are_for_every_path(newspaper: FrontPage) -> None:
    cookies = morsels(Browser().join())
    common = {"path": "/", "secure": "", "samesite": "Lax", "domain": ""}
    assert cookies == {
        "standfirst_pass": {**common, "httponly": True},
        "standfirst_session": {**common, "httponly": True},
        "standfirst_reader": {**common, "httponly": ""},
    }


def test_the_desks_cookie_is_for_the_desk_alone(newspaper: FrontPage) -> None:
    cookies = morsels(into_the_desk(Browser()))
    assert set(cookies) == {"standfirst_desk", "standfirst_csrf"}
    expected = {"path": "/desk/", "secure": "", "samesite": "Lax", "domain": "", "httponly": True}
    assert cookies["standfirst_desk"] == expected
    assert cookies["standfirst_csrf"]["path"] == "/desk/"


def test_one_browser_can_be_both(reader: Browser) -> None:
    into_the_desk(reader)
    assert "una@example.org" in reader.get("/account/").content.decode()
    assert reader.get("/desk/").status_code == 200


def test_leaving_the_desk_leaves_the_reader_signed_in(reader: Browser) -> None:
    into_the_desk(reader)
    token = reader.cookies["standfirst_csrf"].value
    reader.post("/desk/logout/", {"csrfmiddlewaretoken": token})
    assert reader.get("/desk/").status_code == 302
    assert reader.get("/account/").status_code == 200


def test_signing_out_as_a_reader_leaves_the_editor_in_the_desk(reader: Browser) -> None:
    into_the_desk(reader)
    reader.post("/account/sign-out/")
    assert reader.get("/account/").status_code == 303
    assert reader.get("/desk/").status_code == 200


def test_a_readers_session_under_the_desks_name_opens_no_desk(reader: Browser) -> None:
    reader.cookies["standfirst_desk"] = reader.cookies["standfirst_session"].value
    assert reader.get("/desk/").headers["Location"].startswith("/desk/sign-in/")


def test_an_editors_session_under_the_readers_name_opens_no_account(editor: Browser) -> None:
    editor.cookies["standfirst_session"] = editor.cookies["standfirst_desk"].value
    assert editor.get("/account/").headers["Location"].startswith("/account/sign-in/")
    assert editor.get("/account/bar/").content.decode().strip() == ""


def test_below_the_desk_the_readers_cookie_is_not_even_looked_at(reader: Browser) -> None:
    answer = reader.get("/desk/sign-in/")
    assert answer.status_code == 200
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
