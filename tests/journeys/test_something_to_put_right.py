"""At the wall, when something is missing, the network is away, or the address is known: nothing typed is lost."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys import pages
from tests.journeys.conftest import OpenWindow
from tests.journeys.newspaper import Newspaper

pytestmark = pytest.mark.journey

CODE_MAIL = "is your code for"


def test_the_summary_is_focused_below_the_lead_in_and_keeps_what_was_typed(visitor: Page) -> None:
    pages.open_story(visitor)
    lead_in = pages.lead_in(visitor).inner_text()
    visitor.evaluate("window.stillHere = true")
    pages.email(visitor).fill("mary at example.org")
    pages.password(visitor).fill("harbour")
    pages.offers(visitor).check()
    pages.create_account(visitor).click()

    expect(pages.summary(visitor)).to_be_focused()
    assert pages.is_in_view(visitor, pages.summary(visitor))
    expect(pages.summary(visitor).get_by_role("link")).to_have_text(
        [
            "Enter your email address, like name@example.org",
            "Choose a password of at least 6 characters with an upper-case letter, a lower-case letter and a number",
            "Tick the box to say that you are 18 or over",
        ]
    )
    expect(pages.lead_in(visitor)).to_have_text(lead_in)
    expect(pages.email(visitor)).to_have_value("mary at example.org")
    expect(pages.password(visitor)).to_have_value("harbour")
    expect(pages.offers(visitor)).to_be_checked()
    expect(visitor.locator(".rules [data-met]")).to_have_count(2)
    assert visitor.evaluate("window.stillHere")


def test_each_line_of_the_summary_leads_to_its_field(visitor: Page) -> None:
    pages.open_story(visitor)
    pages.create_account(visitor).click()
    for number, field in enumerate((pages.email(visitor), pages.password(visitor), pages.age(visitor))):
        pages.summary(visitor).get_by_role("link").nth(number).click()
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(visitor.locator(f"#{field.get_attribute('id')}-error")).to_be_visible()
    pages.join(visitor)
    pages.expect_whole(visitor)


def test_without_a_network_what_was_typed_stays_and_a_second_press_joins(visitor: Page) -> None:
    pages.open_story(visitor)
    address = pages.new_address()
    pages.fill_in(visitor, address)
    visitor.context.set_offline(True)
    pages.create_account(visitor).click()
    expect(pages.trouble(visitor)).to_be_focused()
    expect(pages.trouble(visitor)).to_contain_text("What you typed is still here")
    expect(pages.email(visitor)).to_have_value(address)
    expect(pages.password(visitor)).to_have_value(pages.PASSWORD)
    expect(pages.age(visitor)).to_be_checked()
    visitor.context.set_offline(False)
    pages.create_account(visitor).click()
    pages.expect_whole(visitor)


def test_when_the_answer_was_lost_a_second_press_makes_no_second_account(visitor: Page, newspaper: Newspaper) -> None:
    pages.open_story(visitor)
    address = pages.new_address()
    pages.fill_in(visitor, address)

    def lose_the_answer(route: Route) -> None:
        asked = route.request
        headers = {"Origin": newspaper.origin, "Sec-Fetch-Site": "same-origin", "X-Requested-With": "standfirst"}
        sent = urllib.request.Request(asked.url, asked.post_data_buffer, headers, method="POST")
        with urllib.request.urlopen(sent, timeout=10) as answer:
            assert answer.status == 204
        route.abort("connectionreset")

    visitor.route("**/account/join/", lose_the_answer, times=1)
    pages.create_account(visitor).click()
    expect(pages.trouble(visitor)).to_be_visible()
    pages.create_account(visitor).click()
    pages.expect_whole(visitor)
    pages.open_mail(visitor, newspaper.mailbox, address, CODE_MAIL, copies=1)


def test_two_presses_in_a_row_make_one_account(visitor: Page, newspaper: Newspaper) -> None:
    pages.open_story(visitor)
    address = pages.new_address()
    pages.fill_in(visitor, address)
    pages.create_account(visitor).dblclick()
    pages.expect_whole(visitor)
    pages.open_mail(visitor, newspaper.mailbox, address, CODE_MAIL, copies=1)


def test_an_answer_that_is_no_answer_keeps_what_was_typed(visitor: Page) -> None:
    pages.open_story(visitor)
    pages.fill_in(visitor, "mary@example.org")
    visitor.route("**/account/join/", lambda route: route.fulfill(status=429, body="slower"), times=1)
    pages.create_account(visitor).click()
    expect(pages.trouble(visitor)).to_contain_text("Wait a few minutes, then try again.")
    expect(pages.password(visitor)).to_have_value(pages.PASSWORD)


def test_a_known_address_is_asked_for_its_password_right_there(visitor: Page, open_window: OpenWindow) -> None:
    address = pages.joined(open_window())
    pages.open_story(visitor)
    visitor.evaluate("window.stillHere = true")
    pages.fill_in(visitor, address, secret="Another8")
    pages.create_account(visitor).click()

    expect(visitor.get_by_role("heading", name="You already have an account")).to_be_focused()
    expect(visitor.locator("#sign-in-email")).to_have_value(address)
    expect(visitor.locator("#sign-in-password")).to_have_value("")
    visitor.locator("#sign-in-password").fill("Wrong9word")
    visitor.locator("#sign-in").get_by_role("button", name="Sign in").click()
    expect(pages.summary(visitor)).to_be_focused()
    expect(visitor.locator("#sign-in-email")).to_have_value(address)

    visitor.locator("#sign-in-password").fill(pages.PASSWORD)
    visitor.get_by_role("button", name="Show password").click()
    visitor.locator("#sign-in-password").press("Enter")
    pages.expect_whole(visitor)
    assert " ".join(visitor.locator(":focus").inner_text().split()) == pages.withheld(visitor)[0]
    assert visitor.evaluate("window.stillHere")


def test_an_address_is_known_however_it_is_typed(visitor: Page, open_window: OpenWindow) -> None:
    address = pages.joined(open_window())
    pages.open_story(visitor)
    pages.fill_in(visitor, f"  {address.upper()} ")
    pages.create_account(visitor).click()
    pages.expect_whole(visitor)  # the right password with it is as good as signing in
