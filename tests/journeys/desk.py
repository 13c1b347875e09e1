"""What an editor does in the desk, in the desk's words."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.newspaper import Newspaper


def sign_in_to(page: Page, newspaper: Newspaper) -> None:
    """Sign in with the password that was printed when the newspaper started."""
    page.goto("/desk/")
    page.get_by_label("Email address").fill(newspaper.editor)
    page.get_by_label("Password").fill(newspaper.desk_password)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{newspaper.origin}/desk/")


def open_in_editor(page: Page, headline: str) -> None:
    """Find a story by its headline and open it."""
    page.goto(f"/desk/pages/search/?q={headline}")
    page.get_by_role("main").get_by_role("link", name=headline, exact=True).first.click()
    expect(page.get_by_role("textbox", name="Headline")).to_have_value(headline)


def change_headline(page: Page, headline: str) -> None:
    """Type another headline into the story that is open."""
    page.get_by_role("textbox", name="Headline").fill(headline)


def publish(page: Page) -> None:
    """Publish the story that is open."""
    _choose(page, "Publish")
    expect(page.locator(".messages .success")).to_contain_text("published")


def unpublish(page: Page) -> None:
    """Unpublish the story that is open."""
    _choose(page, "Unpublish")
    page.get_by_role("button", name="Yes, unpublish").click()
    expect(page.locator(".messages .success")).to_contain_text("unpublished")


def change_offer(page: Page, **fields: str) -> dict[str, str]:
    """Give the wall's offer other words; what they were."""
    page.goto("/desk/offers/")
    page.get_by_role("main").locator("a[href^='/desk/offers/edit/']").first.click()
    before = {}
    for name, words in fields.items():
        field = page.locator(f"[name={name}]")
        before[name] = field.input_value()
        field.fill(words)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages .success")).to_be_visible()
    return before


def _choose(page: Page, action: str) -> None:
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=action, exact=True).or_(page.get_by_role("link", name=action, exact=True)).click()
