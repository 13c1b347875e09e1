"""The code and the link in the mail that show an address is the reader's own; and the mailbox that mail lands in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import pages
from tests.journeys.conftest import OpenWindow
from tests.journeys.newspaper import Newspaper

pytestmark = pytest.mark.journey

CODE_MAIL = "is your code for"
CONFIRMED = "Thank you. Your address is confirmed."


def test_the_code_typed_into_the_quiet_bar_confirms(visitor: Page, newspaper: Newspaper) -> None:
    code = code_for(visitor, newspaper, pages.joined(visitor))
    pages.open_story(visitor)
    pages.code_in_bar(visitor).fill(f" {code[:3]} {code[3:]} ")
    pages.bar(visitor).get_by_role("button", name="Confirm").click()
    expect(pages.bar(visitor)).to_have_text(CONFIRMED)
    pages.open_story(visitor, pages.ANOTHER_STORY)
    pages.expect_whole(visitor)
    visitor.wait_for_load_state("networkidle")
    expect(pages.bar(visitor)).to_have_count(0)
    expect_confirmed(visitor, confirmed=True)


def test_a_wrong_code_says_what_to_do_and_the_right_one_still_counts(visitor: Page, newspaper: Newspaper) -> None:
    code = code_for(visitor, newspaper, pages.joined(visitor))
    pages.open_story(visitor)
    pages.code_in_bar(visitor).fill("000000" if code != "000000" else "111111")
    pages.bar(visitor).get_by_role("button", name="Confirm").click()
    expect(pages.bar(visitor)).to_contain_text("Check the code: it is the six digits in our latest mail")
    expect(pages.code_in_bar(visitor)).to_be_focused()
    expect(pages.code_in_bar(visitor)).to_have_attribute("aria-invalid", "true")
    pages.code_in_bar(visitor).fill(code)
    pages.code_in_bar(visitor).press("Enter")
    expect(pages.bar(visitor)).to_have_text(CONFIRMED)


def test_after_five_wrong_codes_a_new_one_is_sent_for(visitor: Page, newspaper: Newspaper) -> None:
    address = pages.joined(visitor)
    code = code_for(visitor, newspaper, address)
    wrong = "000000" if code != "000000" else "111111"
    pages.open_story(visitor)
    for _ in range(5):
        pages.code_in_bar(visitor).fill(wrong)
        with visitor.expect_response("**/account/confirm/"):
            pages.bar(visitor).get_by_role("button", name="Confirm").click()
    expect(pages.bar(visitor)).to_contain_text("This code no longer works. Send for a new one")
    pages.bar(visitor).get_by_role("button", name="Send it again").click()
    expect(pages.bar(visitor)).to_contain_text(f"A new code is on its way to {address}.")
    pages.code_in_bar(visitor).fill(code_for(pages.another_tab(visitor), newspaper, address, copies=2))
    pages.bar(visitor).get_by_role("button", name="Confirm").click()
    expect(pages.bar(visitor)).to_have_text(CONFIRMED)


def test_without_a_network_the_code_stays_in_the_bar(visitor: Page) -> None:
    pages.joined(visitor)
    pages.open_story(visitor)
    pages.code_in_bar(visitor).fill("123456")
    visitor.context.set_offline(True)
    pages.bar(visitor).get_by_role("button", name="Confirm").click()
    expect(pages.bar(visitor).get_by_role("alert")).to_contain_text("We could not reach the newspaper just now")
    expect(pages.code_in_bar(visitor)).to_have_value("123456")
    pages.expect_whole(visitor)


def test_looking_at_the_link_changes_nothing_and_its_button_confirms(
    visitor: Page, open_window: OpenWindow, newspaper: Newspaper
) -> None:
    address = pages.joined(visitor)
    at_the_inbox = open_window()
    pages.open_mail(at_the_inbox, newspaper.mailbox, address, CODE_MAIL)
    at_the_inbox.frame_locator("iframe").get_by_role("link", name="Confirm").click()
    pages.page_says(at_the_inbox, "Confirm your address")
    at_the_inbox.reload()
    expect_confirmed(visitor, confirmed=False)
    at_the_inbox.get_by_role("button", name="Confirm my address").click()
    pages.page_says(at_the_inbox, CONFIRMED)
    expect_confirmed(visitor, confirmed=True)
    at_the_inbox.go_back()
    at_the_inbox.reload()
    pages.page_says(at_the_inbox, "This link no longer works")


def test_the_mailbox_opens_with_its_token_and_with_no_other(visitor: Page, newspaper: Newspaper) -> None:
    visitor.goto(newspaper.mailbox)
    pages.page_says(visitor, "Mailbox")
    wrong = newspaper.mailbox[:-3] + ("aa/" if not newspaper.mailbox.endswith("aa/") else "bb/")
    answer = visitor.goto(wrong)
    assert answer is not None
    assert answer.status == 404
    pages.page_says(visitor, "There is no page at this address")


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via"])
def test_the_mailbox_is_closed_to_whoever_comes_through_a_proxy(
    open_window: OpenWindow, newspaper: Newspaper, name: str
) -> None:
    page = open_window(extra_http_headers={name: "for=192.0.2.1" if name == "Forwarded" else "192.0.2.1"})
    answer = page.goto(newspaper.mailbox)
    assert answer is not None
    assert answer.status == 404


def code_for(page: Page, newspaper: Newspaper, address: str, copies: int = 1) -> str:
    """The code in the newest of so many mails to this address."""
    pages.open_mail(page, newspaper.mailbox, address, CODE_MAIL, copies)
    return pages.code_in_mail(page)


def expect_confirmed(reader: Page, *, confirmed: bool) -> None:
    """What the reader's account page says of the address."""
    reader.goto("/account/")
    said = "The address is confirmed." if confirmed else "The address is not confirmed yet."
    expect(reader.locator("main")).to_contain_text(said)
