"""What is withheld stands nowhere that a visitor can ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from standfirst.newsroom.models import FrontPage, Story
from standfirst.newsroom.models.stories import RunningOrderItem
from tests.cast import LEAD_IN, WITHHELD, Browser

pytestmark = pytest.mark.django_db

CANARY = "third drainpipe"
SAMPLES = {"int": "1", "str": "a", "slug": "a", "uuid": "00000000-0000-0000-0000-000000000000", "path": "a/b"}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """An address for every pattern of the URLconf, with something plausible where a pattern takes something."""
    for pattern in patterns:
        route = str(pattern.pattern)
        here = before + _filled(route, pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


def _filled(route: str, pattern: URLPattern | URLResolver) -> str:
    if not hasattr(pattern.pattern, "_route"):
        return route.lstrip("^").rstrip("$").split("(")[0].replace("\\", "")
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for spelled in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(spelled, SAMPLES.get(kind, "1"))
    return route


@pytest.fixture(autouse=True)
def _on_the_front_page(story: Story) -> None:
    front = FrontPage.objects.get()
    front.running_order = [RunningOrderItem(story=story, weight="lead")]
    front.save()


def test_a_visitor_who_walks_every_address_never_meets_it() -> None:
    visitor = Browser()
    walked = sorted(set(addresses(get_resolver().url_patterns)))
    assert len(walked) > 150
    for path in walked:
        for address in (path, f"{path}?page=1&q=drainpipe&id={Story.objects.get().pk}"):
            answer = visitor.get(address)
            assert answer.status_code in (200, 301, 302, 303, 400, 403, 404, 405, 410), address
            assert CANARY.encode() not in b"".join(answer), address


def test_a_reader_who_walks_the_desk_is_sent_to_its_door(reader: Browser) -> None:
    for path in sorted(set(addresses(get_resolver().url_patterns))):
        if path.startswith("/desk/"):
            answer = reader.get(path)
            assert answer.status_code != 500, path
            assert CANARY.encode() not in b"".join(answer), path


@pytest.mark.parametrize(
    "path",
    ["/", "/news/", "/sitemap.xml", "/nowhere/", "/news/the-ferry/nowhere/", "/account/join/?next=/news/the-ferry/"],
)
def test_it_is_not_on_the_pages_that_name_the_story(path: str) -> None:
    stranger = Client(headers={"host": "127.0.0.1:8000"})
    for answer in (Browser().get(path), Browser().take_in(path), stranger.get(path)):
        assert CANARY not in answer.content.decode()


def test_it_is_in_no_head_of_its_own_page() -> None:
    html = Browser().take_in("/news/the-ferry/").content.decode()
    assert CANARY not in html[: html.index("<body")]


def test_the_sitemap_holds_addresses_and_times_alone() -> None:
    xml = Browser().get("/sitemap.xml").content.decode()
    assert "http://127.0.0.1:8000/news/the-ferry/" in xml
    assert "ferry stays" not in xml


def test_the_sitemap_leaves_out_what_is_not_out(story: Story) -> None:
    story.unpublish()
    assert "the-ferry" not in Browser().get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("form", ["join", "known address"])
def test_a_form_shown_again_below_the_lead_in_holds_the_lead_in_alone(reader: Browser, form: str) -> None:
    address = "not an address" if form == "join" else "una@example.org"
    page = Browser().join(address, password="Another1", next="/news/the-ferry/").content.decode()
    assert LEAD_IN in page
    assert CANARY not in page


def test_wagtails_other_ways_in_are_closed() -> None:
    others = ["/_util/login/", "/_util/authenticate_with_password/1/1/", "/documents/1/a/", "/api/v2/pages/", "/admin/"]
    for path in others:
        assert Browser().get(path).status_code == 404, path
    for path in ("/desk/login/", "/desk/password_reset/", "/desk/password_reset/confirm/a/b/"):
        assert Browser().get(path).headers["Location"] == "/desk/sign-in/", path


def test_the_desks_search_finds_no_withheld_words(editor: Browser) -> None:
    assert CANARY not in editor.get("/desk/pages/search/?q=drainpipe").content.decode()


def test_a_preview_is_kept_by_nobody_and_bears_no_tier(editor: Browser, story: Story) -> None:
    answer = editor.get(f"/desk/pages/{story.pk}/view_draft/")
    assert WITHHELD in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Standfirst-Tier" not in answer.headers


def test_a_draft_answers_nobody_but_the_desk(editor: Browser, story: Story) -> None:
    story.unpublish()
    assert editor.get(f"/desk/pages/{story.pk}/view_draft/").status_code == 200
    assert Browser().take_in("/news/the-ferry/").status_code == 404
    assert Browser().get("/news/the-ferry/").status_code == 404
    assert Browser().get(f"/desk/pages/{story.pk}/view_draft/").status_code == 302


def test_the_page_for_an_error_of_ours_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OSError("the database is away")

    visitor = Browser(raise_request_exception=False)
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    answer = visitor.get("/account/join/")
    monkeypatch.undo()
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


def test_a_picture_s_name_that_no_file_can_have_is_not_found(newspaper: FrontPage) -> None:
    for name in ("a" * 1500, "images/" + "a" * 300, "images/", "images"):
        assert Browser().get(f"/media/{name}").status_code == 404, name
