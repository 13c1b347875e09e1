"""What an editor does in the desk is what readers see a second later."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import desk, pages, special_stories
from tests.journeys.conftest import OpenWindow
from tests.journeys.newspaper import Newspaper

pytestmark = pytest.mark.journey

AT_MOST_SECONDS = 3.0
"""The promise is one second; a busy machine is given more."""


@pytest.fixture
def editor(open_window: OpenWindow, newspaper: Newspaper) -> Page:
    """Somebody of the staff, signed in to the desk."""
    page = open_window(viewport={"width": 1440, "height": 1000})
    desk.sign_in_to(page, newspaper)
    return page


@pytest.fixture
def live_soon(visitor: Page, record_property: Any, capsys: pytest.CaptureFixture[str]) -> Callable[..., None]:
    """Wait until a condition on the answer to a visitor is true, and say how long that took."""

    def wait(what: str, path: str, condition: Callable[[int, str], bool]) -> None:
        since = time.monotonic()
        while True:
            answer = visitor.request.get(path)
            seconds = time.monotonic() - since
            if condition(answer.status, answer.text()):
                break
            assert seconds <= AT_MOST_SECONDS, f"{what}: not live after {seconds:.1f} s, {path} answers {answer.status}"
            visitor.wait_for_timeout(50)
        record_property(what, seconds)
        with capsys.disabled():
            sys.stdout.write(f"\n    {what} was live {seconds:.2f} s after the desk said so\n")

    return wait


def test_a_story_unpublished_while_it_is_read_is_gone_for_everyone_and_publishing_brings_it_back(
    editor: Page, visitor: Page, open_window: OpenWindow, live_soon: Callable[..., None]
) -> None:
    path = "/news/under-the-third-arch/"
    reader = open_window()
    pages.joined(reader)
    pages.open_story(reader, path)
    assert pages.withheld(reader) == [special_stories.WITHDRAWN]
    pages.open_story(visitor, path)

    desk.open_in_editor(editor, "Under the third arch")
    desk.unpublish(editor)
    live_soon("the unpublishing", path, lambda status, _: status == 404)
    for window in (reader, visitor):
        answer = window.goto(path)
        assert answer is not None
        assert answer.status == 404
        pages.page_says(window, "There is no page at this address")
        assert special_stories.WITHDRAWN not in window.content()
    live_soon("the list without it", "/news/", lambda _, text: path not in text)

    desk.open_in_editor(editor, "Under the third arch")
    desk.publish(editor)
    live_soon("the story that came back", path, lambda status, _: status == 200)
    pages.open_story(visitor, path)
    pages.expect_walled(visitor)
    pages.open_story(reader, path)
    assert pages.withheld(reader) == [special_stories.WITHDRAWN]


def test_joining_at_a_story_that_was_unpublished_meanwhile_says_so_and_still_joins(
    editor: Page, visitor: Page, live_soon: Callable[..., None]
) -> None:
    path = "/news/a-tide-table/"
    pages.open_story(visitor, path)
    desk.open_in_editor(editor, "A tide table")
    desk.unpublish(editor)
    live_soon("the unpublishing", path, lambda status, _: status == 404)
    pages.join(visitor)
    pages.page_says(visitor, "There is no page at this address")
    pages.open_story(visitor)
    pages.expect_whole(visitor)


def test_an_edited_headline_is_live_within_a_second(
    editor: Page, visitor: Page, live_soon: Callable[..., None]
) -> None:
    path = "/news/a-short-rest/"
    for old, new in (("A short rest", "Rain stops play again"), ("Rain stops play again", "A short rest")):
        desk.open_in_editor(editor, old)
        desk.change_headline(editor, new)
        desk.publish(editor)
        live_soon("the headline", path, lambda _, text, new=new: f">{new}</h1>" in text)
        pages.open_story(visitor, path)
        pages.page_says(visitor, new)


def test_an_edited_offer_changes_the_wall_within_a_second(
    editor: Page, visitor: Page, live_soon: Callable[..., None]
) -> None:
    words = {"headline": "Read to the end, for nothing", "benefits": "The crossword\nThe tide tables"}
    before = desk.change_offer(editor, **words)
    live_soon("the offer", pages.STORY, lambda _, text: words["headline"] in text)
    pages.open_story(visitor)
    expect(pages.wall(visitor).get_by_role("heading", level=2)).to_have_text(words["headline"])
    expect(pages.wall(visitor).locator(".wall-brings li")).to_have_text(["The crossword", "The tide tables"])
    desk.change_offer(editor, **before)
    live_soon("the old offer", pages.STORY, lambda _, text: before["headline"] in text)


def test_the_desk_and_the_newspaper_keep_their_sessions_apart(editor: Page, open_window: OpenWindow) -> None:
    pages.open_story(editor)
    pages.expect_walled(editor)
    editor.goto("/account/")
    pages.page_says(editor, "Sign in")
    pages.joined(editor)
    pages.open_story(editor)
    pages.expect_whole(editor)
    pages.sign_out(editor)
    pages.expect_walled(editor)
    editor.goto("/desk/")
    expect(editor).to_have_url(f"{editor.url.split('/desk/')[0]}/desk/")
    reader = open_window()
    pages.joined(reader)
    reader.goto("/desk/")
    expect(reader.get_by_role("heading", name="Sign in to the desk")).to_be_visible()
