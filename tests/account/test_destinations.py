"""After a form people go to a page of this title, or to its front page, and never anywhere else."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponseRedirect
from hypothesis import given
from hypothesis import strategies as st

from standfirst.account.destinations import back_to_story, safe_path
from standfirst.newsroom.models import FrontPage
from tests.cast import Browser

NASTY = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https://evil.example/",
    "HTTPS:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "/\\/evil.example",
    "//evil.example\\@127.0.0.1:8000/",
    "http://127.0.0.1:8000@evil.example/",
    "/%0d%0aLocation:%20https://evil.example",
    "/\r\nSet-Cookie: a=b",
    "data:text/html,hello",
    "evil.example",
    "//127.0.0.1:8000/news/",
    "/\u2028/evil.example",
    "/\u00a0/evil.example",
    "/" + "x" * 501,
    "",
]
pieces = st.sampled_from(
    [
        "/",
        "//",
        "\\",
        "\t",
        "\n",
        "\r",
        "@",
        ":",
        "?",
        "#",
        "%2f",
        "%5c",
        ".",
        "..",
        "evil.example",
        "https:",
        "javascript:",
        "news",
        " ",
        "\0",
        "\u202e",
        "127.0.0.1:8000",
        "[",
        "]",
        "\u2100",
    ]
)
paths = st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(lambda parts: "/" + "".join(parts)))


def where_a_browser_goes(location: str) -> str:
    """The origin a browser ends at (WHATWG URL: tabs and line ends are dropped, backslashes are slashes)."""
    cleaned = "".join(character for character in location.strip() if character not in "\t\r\n").replace("\\", "/")
    parts = urlsplit(urljoin(f"{settings.STANDFIRST_ORIGIN}/account/join/", cleaned))
    return f"{parts.scheme}://{parts.netloc}"


@given(paths)
def test_whatever_is_asked_for_people_stay_on_this_origin(wanted: str) -> None:
    location = HttpResponseRedirect(back_to_story(wanted)).headers["Location"]
    assert where_a_browser_goes(location) == settings.STANDFIRST_ORIGIN


@given(paths)
def test_a_path_that_is_accepted_is_one_line_and_absolute(wanted: str) -> None:
    path = safe_path(wanted)
    if path is not None:
        assert path == wanted
        assert path.startswith("/")
        assert path.isprintable()


@pytest.mark.parametrize("wanted", NASTY)
def test_nasty_destinations_become_the_front_page(wanted: str) -> None:
    assert where_a_browser_goes(back_to_story(wanted)) == settings.STANDFIRST_ORIGIN


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", NASTY)
def test_no_form_repeats_a_nasty_destination(newspaper: FrontPage, wanted: str) -> None:
    for path in ("/account/join/", "/account/sign-in/"):
        page = Browser().get(path, {"next": wanted}).content.decode()
        assert f'name="next" value="{safe_path(wanted) or "/"}"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["//evil.example", "/\\evil.example", "https://evil.example/"])
def test_the_desk_leads_to_the_desk(newspaper: FrontPage, editor: Browser, wanted: str) -> None:
    token = editor.cookies["standfirst_csrf"].value
    answer = editor.get("/desk/sign-in/", {"next": wanted})
    assert answer.headers.get("Location", "/desk/") == "/desk/"
    form = {"email": "ed@example.org", "password": "Harbour7", "next": wanted, "csrfmiddlewaretoken": token}
    del editor.cookies["standfirst_desk"]
    assert editor.post("/desk/sign-in/", form).headers["Location"] == "/desk/"


@pytest.mark.django_db
def test_a_form_leads_back_with_the_page_number_and_the_place(newspaper: FrontPage) -> None:
    assert Browser().join(next="/news/?page=2").headers["Location"] == "/news/?page=2#goes-on"
