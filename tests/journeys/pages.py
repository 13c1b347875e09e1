"""What people see and do on the newspaper's pages, in the newspaper's words."""

from __future__ import annotations

import html
import itertools
import re
import secrets
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Response, expect

PASSWORD = "Harbour7"
STORY = "/town-hall/library-saved-by-one-vote/"
ANOTHER_STORY = "/news/nine-hours-and-one-rope/"
FREE_STORY = "/harbour/seal-count-at-214/"
TITLE = "The Thurlness Packet"

_numbers = itertools.count(1)
_run = secrets.token_hex(3)


def new_address() -> str:
    """An address that nobody has used."""
    return f"reader-{next(_numbers)}-{_run}@example.org"


# A story ------------------------------------------------------------------------------------------------------------


def open_story(page: Page, path: str = STORY) -> Response:
    """Open a story and wait until its script, if there is one, has run; its pictures may still be on their way."""
    answer = page.goto(path, wait_until="domcontentloaded")
    assert answer is not None
    assert answer.ok, f"{path} answered {answer.status}"
    return answer


def body(page: Page) -> Locator:
    """The story's text, as much of it as is there."""
    return page.locator("[data-standfirst=body]")


def lead_in(page: Page) -> Locator:
    """The first paragraph, which everyone may read."""
    return body(page).locator("p").first


def wall(page: Page) -> Locator:
    """The wall."""
    return page.locator("section.wall")


def goes_on(page: Page) -> Locator:
    """The place where the story goes on behind what everyone may read; only there in a whole story."""
    return body(page).locator("#goes-on")


def withheld(page: Page) -> list[str]:
    """The paragraphs behind the cut of a whole story, as this window shows them."""
    expect(goes_on(page)).to_be_attached()
    texts: list[str] = goes_on(page).evaluate(
        "cut => { const texts = []; for (let at = cut; at.dataset.standfirst !== 'body'; at = at.parentElement)"
        " for (let node = at.nextSibling; node; node = node.nextSibling) texts.push(node.textContent); return texts }"
    )
    found = [" ".join(text.split()) for text in texts if text.strip()]
    assert found, "nothing stands behind the cut"
    return found


def shows_any(text: str, passages: list[str]) -> list[str]:
    """Which of the passages begin anywhere in this text; eight words of a passage are enough."""
    plain = " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())
    return [passage for passage in passages if " ".join(passage.split()[:8]) in plain]


def expect_whole(page: Page) -> None:
    """The story is there to its end, without a wall."""
    expect(goes_on(page)).to_be_attached()
    expect(wall(page)).to_have_count(0)


def expect_walled(page: Page) -> None:
    """The story ends at the wall."""
    expect(wall(page)).to_be_visible()
    expect(goes_on(page)).to_have_count(0)


def announced(page: Page) -> Locator:
    """What screen readers are told."""
    return page.locator("#announcer")


# Joining at the wall ------------------------------------------------------------------------------------------------


def email(page: Page) -> Locator:
    """Where the wall asks for the address."""
    return page.get_by_label("Email address")


def password(page: Page) -> Locator:
    """Where the wall asks for a password."""
    return page.get_by_label("Choose a password")


def age(page: Page) -> Locator:
    """The box that says one is old enough."""
    return page.get_by_label("I am 18 or over")


def offers(page: Page) -> Locator:
    """The box for mail about offers."""
    return page.get_by_label("Send me mail from")


def create_account(page: Page) -> Locator:
    """The wall's one primary button."""
    return page.get_by_role("button", name="Create account")


def fill_in(page: Page, address: str, *, secret: str = PASSWORD) -> None:
    """Fill in the wall, or the page for joining, and tick what must be ticked."""
    email(page).fill(address)
    password(page).fill(secret)
    age(page).check()


def join(page: Page, address: str | None = None) -> str:
    """Fill in the form that is there and send it; the address."""
    address = address or new_address()
    fill_in(page, address)
    create_account(page).click()
    return address


def joined(page: Page, address: str | None = None) -> str:
    """Make this window a reader's without looking at any page; the address."""
    address = address or new_address()
    send(page, "/account/join/", {"email": address, "password": PASSWORD, "age_confirmed": "on"})
    return address


def send(page: Page, path: str, form: dict[str, Any]) -> None:
    """Send a form as a page of the newspaper in this window would, and leave the window as it is."""
    origin = re.match(r"http://[^/]+", page.request.get("/sitemap.xml").url)
    assert origin
    headers = {"Origin": origin[0], "Sec-Fetch-Site": "same-origin"}
    answer = page.request.post(path, form=form, headers=headers, max_redirects=0)
    assert answer.status == 303, f"{path} answered {answer.status}"


# Something to put right ---------------------------------------------------------------------------------------------


def summary(page: Page) -> Locator:
    """The box that says what is to be put right."""
    return page.locator("[data-error-summary]")


def trouble(page: Page) -> Locator:
    """The line that says the newspaper could not be reached."""
    return page.locator("[data-trouble]")


# The account --------------------------------------------------------------------------------------------------------


def sign_in(page: Page, address: str, secret: str = PASSWORD) -> None:
    """Fill in the sign-in form that is there and send it."""
    form = page.locator("#sign-in")
    form.get_by_label("Email address").fill(address)
    form.get_by_label("Password", exact=True).or_(form.locator("#sign-in-password")).first.fill(secret)
    form.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    """Sign out by the button on top of every page."""
    page.locator("nav.account").get_by_role("button", name="Sign out").click()


def bar(page: Page) -> Locator:
    """The quiet bar at the foot."""
    return page.locator("aside.bar")


def code_in_bar(page: Page) -> Locator:
    """Where the bar takes the code."""
    return bar(page).get_by_label("We’ve sent a code to")


def page_says(page: Page, heading: str) -> None:
    """Wait for a page with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


# Mail ---------------------------------------------------------------------------------------------------------------


def open_mail(page: Page, mailbox: str, to: str, subject: str | re.Pattern[str], copies: int = 1) -> None:
    """Open the newest mail to this address at the mailbox page, once `copies` of it have arrived."""
    page.goto(mailbox)
    found = mails(page, to, subject)
    for _ in range(40):
        if found.count() >= copies:
            break
        page.wait_for_timeout(250)  # the page does not reload by itself
        page.reload()
    expect(found).to_have_count(copies)
    found.first.get_by_role("link").click()
    page.wait_for_selector(".mailbox-text")


def mails(page: Page, to: str, subject: str | re.Pattern[str]) -> Locator:
    """The mails to this address in the list that is open."""
    return page.get_by_role("listitem").filter(has_text=to).filter(has_text=subject)


def code_in_mail(page: Page) -> str:
    """The code in the mail that is open."""
    found = re.search(r"\b\d{6}\b", page.locator(".mailbox-text").inner_text())
    assert found
    return found[0]


def link_in_mail(page: Page, path: str) -> str:
    """The address in the mail that is open which begins with this path."""
    return str(page.locator(f".mailbox-text a[href*='{path}']").get_attribute("href"))


# Windows ------------------------------------------------------------------------------------------------------------


def another_tab(page: Page) -> Page:
    """A new tab in the same window."""
    return page.context.new_page()


def scroll_of(page: Page) -> float:
    """How far the page is scrolled down, in pixels."""
    return float(page.evaluate("scrollY"))


def is_in_view(page: Page, place: Locator) -> bool:
    """Whether the place's top edge is on the screen."""
    box = place.bounding_box()
    height = page.evaluate("innerHeight")
    return box is not None and -1 <= box["y"] < height


def soon(page: Page, condition: Callable[[], bool], milliseconds: int = 10_000) -> bool:
    """Whether the condition comes true in time, asked ten times a second."""
    for _ in range(milliseconds // 100):
        if condition():
            return True
        page.wait_for_timeout(100)
    return False
