"""On a phone, with the keyboard alone, enlarged, without motion, with a screen reader: the same newspaper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys import pages
from tests.journeys.conftest import OpenWindow
from tests.journeys.newspaper import Newspaper

pytestmark = pytest.mark.journey


FOCUSED = """(selector) => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [at.matches(selector), at.outerHTML.slice(0, 200), outlined || at.matches(".skip, body")];
}"""


# What there is to see -----------------------------------------------------------------------------------------------

Look = Callable[[Page, Newspaper], None]


def front_page(page: Page, newspaper: Newspaper) -> None:
    page.goto("/")


def section(page: Page, newspaper: Newspaper) -> None:
    page.goto("/town-hall/")


def free_story(page: Page, newspaper: Newspaper) -> None:
    pages.open_story(page, pages.FREE_STORY)


def wall(page: Page, newspaper: Newspaper) -> None:
    pages.open_story(page, "/news/nine-hours-and-one-rope/")
    pages.expect_walled(page)


def wall_with_something_to_put_right(page: Page, newspaper: Newspaper) -> None:
    pages.open_story(page)
    pages.password(page).fill("harbour")
    pages.create_account(page).click()
    expect(pages.summary(page)).to_be_focused()


def wall_without_a_network(page: Page, newspaper: Newspaper) -> None:
    pages.open_story(page)
    page.route("**/account/join/", lambda route: route.abort())
    pages.create_account(page).click()
    expect(pages.trouble(page)).to_be_focused()


def known_address(page: Page, newspaper: Newspaper) -> None:
    pages.joined(page, address := pages.new_address())
    page.context.clear_cookies()
    pages.open_story(page)
    pages.fill_in(page, address, secret="Another8")
    pages.create_account(page).click()
    expect(page.get_by_role("heading", name="You already have an account")).to_be_focused()


def story_unlocked(page: Page, newspaper: Newspaper) -> None:
    pages.open_story(page)
    pages.join(page)
    expect(pages.bar(page)).to_contain_text("You’re in.")


def bar_with_a_wrong_code(page: Page, newspaper: Newspaper) -> None:
    pages.joined(page)
    pages.open_story(page)
    pages.code_in_bar(page).fill("12")
    pages.code_in_bar(page).press("Enter")
    expect(pages.bar(page)).to_contain_text("Check the code")


def sign_in_page(page: Page, newspaper: Newspaper) -> None:
    page.goto("/account/sign-in/")


def join_page(page: Page, newspaper: Newspaper) -> None:
    page.goto("/account/join/")


def forgotten_password_page(page: Page, newspaper: Newspaper) -> None:
    page.goto("/account/forgotten-password/")


def account_page(page: Page, newspaper: Newspaper) -> None:
    pages.joined(page)
    page.goto("/account/")


def confirm_page(page: Page, newspaper: Newspaper) -> None:
    pages.open_mail(page, newspaper.mailbox, pages.joined(page), "is your code for")
    page.goto(pages.link_in_mail(page, "/account/confirm/"))
    pages.page_says(page, "Confirm your address")


def missing_page(page: Page, newspaper: Newspaper) -> None:
    page.goto("/news/no-such-story/")


def terms_of_use(page: Page, newspaper: Newspaper) -> None:
    page.goto("/about/terms/")


def mailbox(page: Page, newspaper: Newspaper) -> None:
    page.goto(newspaper.mailbox)


def mail(page: Page, newspaper: Newspaper) -> None:
    pages.open_mail(page, newspaper.mailbox, pages.joined(page), "is your code for")


LOOKS: list[Look] = [
    front_page,
    section,
    free_story,
    wall,
    wall_with_something_to_put_right,
    wall_without_a_network,
    known_address,
    story_unlocked,
    bar_with_a_wrong_code,
    sign_in_page,
    join_page,
    forgotten_password_page,
    account_page,
    confirm_page,
    missing_page,
    terms_of_use,
    mailbox,
    mail,
]


def wider_than_the_screen(page: Page) -> list[str]:
    """What sticks out at the right, so that the page would scroll sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
        .map((e) => e.outerHTML.slice(0, 120))"""
    )
    return found


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.__name__)
def test_axe_finds_nothing_by_day_or_by_night_and_nothing_sticks_out_of_a_phone(
    open_window: OpenWindow, newspaper: Newspaper, look: Look
) -> None:
    page = open_window(reduced_motion="reduce", color_scheme="light")
    look(page, newspaper)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.emulate_media(color_scheme="dark")  # by night only the colours differ
    results = Axe().run(page, options={"runOnly": ["color-contrast", "link-in-text-block"]})
    assert results.violations_count == 0, f"by night: {results.generate_report()}"
    for width, height in ((390, 844), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        assert not wider_than_the_screen(page), f"at {width} px"


@pytest.mark.parametrize("look", [front_page, wall, story_unlocked, sign_in_page], ids=lambda look: look.__name__)
def test_axe_finds_nothing_on_a_phone(visitor_on_a_phone: Page, newspaper: Newspaper, look: Look) -> None:
    look(visitor_on_a_phone, newspaper)
    results = Axe().run(visitor_on_a_phone)
    assert results.violations_count == 0, results.generate_report()
    assert visitor_on_a_phone.evaluate("visualViewport.scale") == 1
    assert not wider_than_the_screen(visitor_on_a_phone)


def test_a_phone_of_320_pixels_joins_at_the_wall(open_window: OpenWindow) -> None:
    page = open_window(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    pages.open_story(page)
    pages.email(page).fill(pages.new_address())
    pages.password(page).fill(pages.PASSWORD)
    pages.age(page).tap()
    pages.create_account(page).tap()
    pages.expect_whole(page)
    assert not wider_than_the_screen(page)


def test_fields_and_buttons_at_the_wall_are_large_enough_to_touch(visitor_on_a_phone: Page) -> None:
    pages.open_story(visitor_on_a_phone)
    places = (pages.email, pages.password, pages.create_account)
    boxes = [place(visitor_on_a_phone).bounding_box() for place in places]
    assert [round(box["height"]) for box in boxes if box] == [48, 48, 48]


def test_enlarged_to_200_per_cent_the_wall_works_and_nothing_sticks_out(open_window: OpenWindow) -> None:
    page = open_window(viewport={"width": 720, "height": 450}, device_scale_factor=2)
    for path in ("/", pages.STORY):
        page.goto(path)
        assert not wider_than_the_screen(page)
    pages.join(page)
    pages.expect_whole(page)
    expect(pages.bar(page)).to_contain_text("You’re in.")
    assert not wider_than_the_screen(page)


def test_the_keyboard_alone_joins_and_reads_on(visitor: Page) -> None:
    pages.open_story(visitor)
    tab_to(visitor, "#join-email")
    visitor.keyboard.type(pages.new_address())
    tab_to(visitor, "#join-password")
    visitor.keyboard.type(pages.PASSWORD)
    tab_to(visitor, "[data-reveal]")
    visitor.keyboard.press("Space")
    expect(pages.password(visitor)).to_have_attribute("type", "text")
    tab_to(visitor, "#join-age-confirmed")
    visitor.keyboard.press("Space")
    expect(pages.age(visitor)).to_be_checked()
    tab_to(visitor, "#join-offers")
    visitor.keyboard.press("Space")
    expect(pages.offers(visitor)).to_be_checked()
    visitor.keyboard.press("Space")
    expect(pages.offers(visitor)).not_to_be_checked()
    tab_to(visitor, "#join button[type=submit]")
    visitor.keyboard.press("Enter")
    pages.expect_whole(visitor)
    expect(visitor.locator("[data-standfirst=body] :focus")).to_have_count(1)


def test_the_keyboard_alone_signs_out_and_skips_to_the_story(visitor: Page) -> None:
    pages.joined(visitor)
    pages.open_story(visitor)
    visitor.keyboard.press("Tab")
    expect(visitor.locator(":focus")).to_have_text("Skip to the story")
    assert pages.is_in_view(visitor, visitor.locator(":focus"))
    visitor.keyboard.press("Enter")
    expect(visitor.locator("main")).to_be_focused()
    pages.open_story(visitor, pages.ANOTHER_STORY)
    tab_to(visitor, "[data-sign-out] button")
    visitor.keyboard.press("Enter")
    pages.expect_walled(visitor)


def test_enter_in_a_field_sends_the_form(visitor: Page) -> None:
    pages.open_story(visitor)
    pages.fill_in(visitor, pages.new_address())
    pages.email(visitor).press("Enter")
    pages.expect_whole(visitor)


def test_the_story_goes_on_without_motion_for_those_who_ask(open_window: OpenWindow) -> None:
    moving = "getComputedStyle(document.querySelector('#goes-on + *')).animationName"
    for wish, expected in (("reduce", "none"), ("no-preference", "goes-on")):
        page = open_window(reduced_motion=wish)
        pages.open_story(page)
        pages.join(page)
        pages.expect_whole(page)
        assert page.evaluate(moving) == expected


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus; whatever has it on the way must show that it has."""
    for _ in range(40):
        page.keyboard.press("Tab")
        found, focused, shown = page.evaluate(FOCUSED, selector)
        assert shown, f"nothing shows the focus on {focused}"
        if found:
            return
    raise AssertionError(f"Tab never came to {selector}")
