"""Signing in and out, a forgotten password, and the mails these need, read at the mailbox page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import pages
from tests.journeys.conftest import OpenWindow
from tests.journeys.newspaper import Newspaper

pytestmark = pytest.mark.journey

RESET_MAIL = "password"


def test_signing_in_from_the_wall_leads_back_to_where_the_story_goes_on(
    visitor: Page, open_window: OpenWindow, newspaper: Newspaper
) -> None:
    address = pages.joined(open_window())
    pages.open_story(visitor)
    pages.wall(visitor).get_by_role("link", name="Sign in").click()
    pages.page_says(visitor, "Sign in")
    pages.sign_in(visitor, address.upper())
    expect(visitor).to_have_url(f"{newspaper.origin}{pages.STORY}#goes-on")
    pages.expect_whole(visitor)
    assert pages.is_in_view(visitor, pages.goes_on(visitor))


def test_a_wrong_password_is_answered_in_words_that_do_not_say_which_was_wrong(
    visitor: Page, open_window: OpenWindow
) -> None:
    known = pages.joined(open_window())
    visitor.goto("/account/sign-in/")
    for address in (known, pages.new_address()):
        pages.sign_in(visitor, address, "Wrong9word")
        expect(pages.summary(visitor)).to_be_focused()
        expect(pages.summary(visitor)).to_contain_text("together they fit no account")
        expect(visitor.locator("#sign-in-email")).to_have_value(address)


def test_a_reader_who_signs_out_in_the_story_meets_the_wall_there(visitor: Page) -> None:
    pages.joined(visitor)
    pages.open_story(visitor)
    pages.expect_whole(visitor)
    pages.sign_out(visitor)
    pages.expect_walled(visitor)
    pages.open_story(visitor)
    pages.expect_walled(visitor)


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    visitor: Page, open_window: OpenWindow, newspaper: Newspaper
) -> None:
    elsewhere = open_window()
    address = pages.joined(elsewhere)
    pages.open_story(elsewhere)
    pages.expect_whole(elsewhere)

    link = ask_for_a_new_password(visitor, newspaper, address)
    visitor.goto(link)
    pages.page_says(visitor, "Choose a new password")
    visitor.locator("#new-password1").fill("Quayside9")
    expect(visitor.locator(".rules [data-met]")).to_have_count(4)
    visitor.get_by_role("button", name="Keep this password").click()
    expect(visitor.get_by_role("status")).to_have_text("Your new password counts from now on.")
    expect(visitor.locator("main")).to_contain_text("The address is confirmed.")

    visitor.goto(link)
    pages.page_says(visitor, "This link no longer works")
    assert pages.soon(elsewhere, lambda: reads_the_wall(elsewhere)), "the other session still opens stories"

    other = open_window()
    other.goto("/account/sign-in/")
    pages.sign_in(other, address, pages.PASSWORD)
    expect(pages.summary(other)).to_contain_text("together they fit no account")
    pages.sign_in(other, address, "Quayside9")
    expect(other.locator("nav.account").get_by_role("button", name="Sign out")).to_be_visible()
    pages.open_story(other)
    pages.expect_whole(other)


def test_a_new_password_must_keep_the_rules_too(visitor: Page, open_window: OpenWindow, newspaper: Newspaper) -> None:
    address = pages.joined(open_window())
    visitor.goto(ask_for_a_new_password(visitor, newspaper, address))
    visitor.locator("#new-password1").fill("quay")
    visitor.get_by_role("button", name="Keep this password").click()
    expect(pages.summary(visitor)).to_be_focused()
    pages.summary(visitor).get_by_role("link").click()
    expect(visitor.locator("#new-password1")).to_be_focused()


def test_a_forgotten_password_is_answered_alike_for_an_address_nobody_has(visitor: Page, newspaper: Newspaper) -> None:
    address = pages.new_address()
    visitor.goto("/account/forgotten-password/")
    pages.email(visitor).fill(address)
    visitor.get_by_role("button", name="Send me a link").click()
    pages.page_says(visitor, "Look in your inbox")
    visitor.goto(newspaper.mailbox)
    expect(pages.mails(visitor, address, RESET_MAIL)).to_have_count(0)


def ask_for_a_new_password(page: Page, newspaper: Newspaper, address: str) -> str:
    """Ask, and find the link in the mailbox."""
    page.goto("/account/forgotten-password/")
    pages.email(page).fill(address)
    page.get_by_role("button", name="Send me a link").click()
    pages.page_says(page, "Look in your inbox")
    pages.open_mail(page, newspaper.mailbox, address, RESET_MAIL)
    return pages.link_in_mail(page, "/account/new-password/")


def reads_the_wall(page: Page) -> bool:
    """Whether this window's next look at the story ends at the wall."""
    pages.open_story(page)
    return pages.wall(page).count() == 1
