"""The same without JavaScript: plain forms, plain links, and the story going on at the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import pages
from tests.journeys.conftest import OpenWindow
from tests.journeys.newspaper import Newspaper

pytestmark = pytest.mark.journey


@pytest.fixture
def visitor(visitor_without_script: Page) -> Page:
    """Nobody in this module has JavaScript."""
    return visitor_without_script


def test_joining_leads_back_to_where_the_story_goes_on(visitor: Page, newspaper: Newspaper) -> None:
    pages.open_story(visitor)
    pages.join(visitor)
    expect(visitor).to_have_url(f"{newspaper.origin}{pages.STORY}#goes-on")
    pages.expect_whole(visitor)
    assert pages.is_in_view(visitor, pages.goes_on(visitor))
    expect(visitor.locator("nav.account").get_by_role("button", name="Sign out")).to_be_visible()


def test_buttons_that_need_a_script_are_not_there(visitor: Page) -> None:
    pages.open_story(visitor)
    expect(visitor.locator("[data-reveal]")).to_be_hidden()


def test_what_is_to_be_put_right_stands_below_the_lead_in(visitor: Page, newspaper: Newspaper) -> None:
    pages.open_story(visitor)
    lead_in = pages.lead_in(visitor).inner_text()
    pages.email(visitor).fill("not an address")
    pages.password(visitor).fill("short")
    pages.offers(visitor).check()
    pages.create_account(visitor).click()

    expect(pages.summary(visitor)).to_be_focused()
    expect(pages.summary(visitor).get_by_role("link")).to_have_count(3)
    expect(pages.lead_in(visitor)).to_have_text(lead_in)
    above, below = pages.lead_in(visitor).bounding_box(), pages.summary(visitor).bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    assert pages.is_in_view(visitor, pages.summary(visitor))
    expect(pages.email(visitor)).to_have_value("not an address")
    expect(pages.password(visitor)).to_have_value("")
    expect(pages.offers(visitor)).to_be_checked()
    expect(pages.age(visitor)).not_to_be_checked()

    pages.join(visitor)
    expect(visitor).to_have_url(f"{newspaper.origin}{pages.STORY}#goes-on")
    pages.expect_whole(visitor)


def test_a_line_of_the_summary_leads_to_its_field(visitor: Page) -> None:
    pages.open_story(visitor)
    pages.create_account(visitor).click()
    pages.summary(visitor).get_by_role("link").first.click()
    visitor.keyboard.type("typed@example.org")
    expect(pages.email(visitor)).to_have_value("typed@example.org")


def test_the_page_with_something_to_put_right_withholds_the_rest(visitor: Page, open_window: OpenWindow) -> None:
    reader = open_window()
    pages.joined(reader)
    pages.open_story(reader)
    pages.open_story(visitor)
    pages.create_account(visitor).click()
    expect(pages.summary(visitor)).to_be_visible()
    assert not pages.shows_any(visitor.content(), pages.withheld(reader))


def test_a_known_address_is_asked_for_its_password_below_the_lead_in(visitor: Page, open_window: OpenWindow) -> None:
    address = pages.joined(open_window())
    pages.open_story(visitor)
    lead_in = pages.lead_in(visitor).inner_text()
    pages.fill_in(visitor, address, secret="Another8")
    pages.create_account(visitor).click()
    expect(visitor.get_by_role("heading", name="You already have an account")).to_be_visible()
    expect(pages.lead_in(visitor)).to_have_text(lead_in)
    expect(visitor.locator("#sign-in-email")).to_have_value(address)
    visitor.locator("#sign-in-password").fill(pages.PASSWORD)
    visitor.locator("#sign-in").get_by_role("button", name="Sign in").click()
    pages.expect_whole(visitor)


def test_every_way_on_from_something_to_put_right_leads_back_to_the_story(
    visitor: Page, open_window: OpenWindow, newspaper: Newspaper
) -> None:
    address = pages.joined(open_window())
    pages.open_story(visitor)
    pages.create_account(visitor).click()
    expect(pages.summary(visitor)).to_be_visible()
    pages.wall(visitor).get_by_role("link", name="Sign in").click()
    pages.sign_in(visitor, address)
    expect(visitor).to_have_url(f"{newspaper.origin}{pages.STORY}#goes-on")


def test_not_my_address_leads_to_another_account_and_back_to_the_story(
    visitor: Page, open_window: OpenWindow, newspaper: Newspaper
) -> None:
    address = pages.joined(open_window())
    pages.open_story(visitor)
    pages.fill_in(visitor, address, secret="Another8")
    pages.create_account(visitor).click()
    visitor.get_by_role("link", name="Create an account with another one").click()
    pages.page_says(visitor, "Create your free account")
    pages.join(visitor)
    expect(visitor).to_have_url(f"{newspaper.origin}{pages.STORY}#goes-on")


def test_signing_in_leads_back_to_where_the_story_goes_on_and_signing_out_to_the_front_page(
    visitor: Page, open_window: OpenWindow, newspaper: Newspaper
) -> None:
    address = pages.joined(open_window())
    pages.open_story(visitor)
    pages.wall(visitor).get_by_role("link", name="Sign in").click()
    pages.page_says(visitor, "Sign in")
    pages.sign_in(visitor, address, "Wrong9word")
    expect(pages.summary(visitor)).to_be_focused()
    expect(visitor.locator("#sign-in-email")).to_have_value(address)
    pages.sign_in(visitor, address)
    expect(visitor).to_have_url(f"{newspaper.origin}{pages.STORY}#goes-on")
    pages.expect_whole(visitor)
    pages.sign_out(visitor)
    expect(visitor).to_have_url(f"{newspaper.origin}/")
    pages.open_story(visitor)
    pages.expect_walled(visitor)


def test_a_forgotten_password_is_replaced_by_mail(visitor: Page, open_window: OpenWindow, newspaper: Newspaper) -> None:
    address = pages.joined(open_window())
    visitor.goto("/account/sign-in/")
    visitor.get_by_role("link", name="Forgotten your password?").click()
    pages.email(visitor).fill(address)
    visitor.get_by_role("button", name="Send me a link").click()
    pages.page_says(visitor, "Look in your inbox")
    pages.open_mail(visitor, newspaper.mailbox, address, "password")
    visitor.goto(pages.link_in_mail(visitor, "/account/new-password/"))
    visitor.locator("#new-password1").fill("Quayside9")
    visitor.get_by_role("button", name="Keep this password").click()
    pages.page_says(visitor, "Your account")
    pages.open_story(visitor)
    pages.expect_whole(visitor)


def test_the_code_is_taken_on_the_account_page(visitor: Page, newspaper: Newspaper) -> None:
    address = pages.joined(visitor)
    pages.open_mail(visitor, newspaper.mailbox, address, "is your code for")
    code = pages.code_in_mail(visitor)
    visitor.goto("/account/")
    visitor.get_by_label("Code from our mail").fill("000000" if code != "000000" else "111111")
    visitor.get_by_role("button", name="Confirm").click()
    expect(pages.summary(visitor)).to_contain_text("Check the code")
    visitor.get_by_label("Code from our mail").fill(code)
    visitor.get_by_role("button", name="Confirm").click()
    expect(visitor.get_by_role("status")).to_have_text("Thank you. Your address is confirmed.")
