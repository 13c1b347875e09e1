"""Signing in opens every tab of the title, signing out locks every one, and Back brings nothing back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.journeys import pages
from tests.journeys.conftest import OpenWindow, windows_of
from tests.journeys.newspaper import Newspaper

pytestmark = pytest.mark.journey


@pytest.fixture(scope="session")
def browser_that_keeps_pages(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """A browser with its back-forward cache, which Playwright switches off."""
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture
def reader_whose_browser_keeps_pages(browser_that_keeps_pages: Browser, newspaper: Newspaper) -> Iterator[Page]:
    """A reader, signed in, in such a browser."""
    windows = windows_of(browser_that_keeps_pages, newspaper)
    page = next(windows)()
    pages.joined(page)
    yield page
    with pytest.raises(StopIteration):
        next(windows)


def test_joining_in_one_tab_lets_the_story_go_on_in_the_other(visitor: Page) -> None:
    other = pages.another_tab(visitor)
    pages.open_story(other, pages.ANOTHER_STORY)
    pages.expect_walled(other)
    other.evaluate("window.stillHere = true")
    pages.open_story(visitor)
    pages.join(visitor)
    pages.expect_whole(visitor)
    pages.expect_whole(other)
    assert other.evaluate("window.stillHere")
    expect(other.locator("nav.account").get_by_role("button", name="Sign out")).to_be_visible()
    assert other.evaluate("document.activeElement === document.body"), "the focus moved where nobody had acted"


def test_signing_in_on_the_page_for_it_opens_the_other_tab(visitor: Page, open_window: OpenWindow) -> None:
    address = pages.joined(open_window())
    other = pages.another_tab(visitor)
    pages.open_story(other)
    visitor.goto("/account/sign-in/")
    pages.sign_in(visitor, address)
    pages.expect_whole(other)


def test_signing_out_in_one_tab_locks_both(visitor: Page) -> None:
    reader, other = visitor, pages.another_tab(visitor)
    pages.joined(reader)
    for tab, path in ((reader, pages.STORY), (other, pages.ANOTHER_STORY)):
        pages.open_story(tab, path)
        pages.expect_whole(tab)
    passages = pages.withheld(reader) + pages.withheld(other)
    pages.sign_out(reader)
    for tab in (reader, other):
        pages.expect_walled(tab)
        expect(tab.locator("nav.account").get_by_role("link", name="Sign in")).to_be_visible()
        assert not pages.shows_any(tab.content(), passages)
    expect(pages.announced(reader)).to_have_text("You are signed out.")
    expect(pages.bar(reader)).to_have_count(0)


def test_after_signing_out_in_place_the_wall_works_again(visitor: Page) -> None:
    pages.open_story(visitor)
    pages.join(visitor)
    pages.expect_whole(visitor)
    pages.sign_out(visitor)
    pages.expect_walled(visitor)
    visitor.get_by_role("button", name="Show password").click()
    pages.join(visitor)
    pages.expect_whole(visitor)
    expect(pages.bar(visitor)).to_contain_text("You’re in.")


def test_signing_out_on_the_account_page_leads_to_the_front_page(visitor: Page, newspaper: Newspaper) -> None:
    pages.joined(visitor)
    visitor.goto("/account/")
    pages.page_says(visitor, "Your account")
    pages.sign_out(visitor)
    expect(visitor).to_have_url(f"{newspaper.origin}/")
    visitor.goto("/account/")
    pages.page_says(visitor, "Sign in")


def test_back_after_signing_out_shows_the_wall(visitor: Page) -> None:
    pages.joined(visitor)
    leave_the_story_and_sign_out(visitor)
    visitor.go_back()
    pages.expect_walled(visitor)


def test_back_after_signing_out_shows_the_wall_without_javascript(visitor_without_script: Page) -> None:
    pages.joined(visitor_without_script)
    passages = leave_the_story_and_sign_out(visitor_without_script)
    for _ in range(2):  # past the front page seen signed in, to the story
        visitor_without_script.go_back()
        if visitor_without_script.url.endswith(pages.STORY):
            break
    assert visitor_without_script.url.endswith(pages.STORY)
    pages.expect_walled(visitor_without_script)
    assert not pages.shows_any(visitor_without_script.content(), passages)


def test_back_after_signing_out_shows_the_wall_from_a_page_the_browser_kept(
    reader_whose_browser_keeps_pages: Page,
) -> None:
    reader = reader_whose_browser_keeps_pages
    passages = leave_the_story_and_sign_out(reader)
    reader.go_back(wait_until="commit")
    pages.expect_walled(reader)
    assert not pages.shows_any(reader.content(), passages)


def test_a_page_the_browser_kept_locks_when_it_is_shown_again(
    reader_whose_browser_keeps_pages: Page, newspaper: Newspaper
) -> None:
    reader = reader_whose_browser_keeps_pages
    pages.open_story(reader)
    passages = pages.withheld(reader)
    # Signed out where no script ran to tell this tab; then the browser shows the page it kept.
    reader.context.clear_cookies()
    reader.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    pages.expect_walled(reader)
    assert not pages.shows_any(reader.content(), passages)


def leave_the_story_and_sign_out(page: Page) -> list[str]:
    """Read a story, go on to the front page, sign out there; what was withheld."""
    pages.open_story(page)
    passages = pages.withheld(page)
    page.get_by_role("link", name=pages.TITLE).first.click()
    expect(page.locator(".front")).to_be_visible()
    pages.sign_out(page)
    expect(page.locator("nav.account").get_by_role("link", name="Sign in")).to_be_visible()
    return passages
