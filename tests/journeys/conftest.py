"""The people of the journeys, each at a window of a real browser, and the newspaper they read."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, ConsoleMessage, Page, WebError

from tests.journeys.newspaper import Newspaper, open_newspaper

OpenWindow = Callable[..., Page]

_QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A form answered 422, a page that is gone, and a network that a test has cut are not faults of the page.
_EXPECTED = re.compile(r"Failed to load resource: (the server responded with a status of 4\d\d|net::ERR_)")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type: BrowserType) -> dict[str, Any]:
    """Chromium from the system, or Playwright's own."""
    given = os.environ.get("STANDFIRST_CHROMIUM") or shutil.which("chromium", path="/usr/bin")
    if not given and not Path(browser_type.executable_path).exists():
        pytest.skip("no browser: install Chromium, or say in STANDFIRST_CHROMIUM where it is")
    return {"args": list(_QUIET), **({"executable_path": given} if given else {})}


@pytest.fixture(scope="session")
def newspaper(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    """The newspaper, on for the whole session; it must stop cleanly at the end."""
    with open_newspaper(tmp_path_factory.mktemp("newspaper")) as newspaper:
        newspaper.in_the_newsroom("from tests.journeys.special_stories import write_them; write_them()")
        yield newspaper


@pytest.fixture(autouse=True)
def _nothing_breaks(newspaper: Newspaper) -> Iterator[None]:
    """No journey may make the newspaper log a fault, whatever the reader sees of it."""
    newspaper.forget_tries()
    newspaper.new_trouble()
    yield
    assert not (trouble := newspaper.new_trouble()), "\n".join(trouble)


@pytest.fixture
def open_window(browser: Browser, newspaper: Newspaper) -> Iterator[OpenWindow]:
    """Open a window of somebody's own, with no cookies of anyone else's. No script in it may fail."""
    yield from windows_of(browser, newspaper)


def windows_of(browser: Browser, newspaper: Newspaper) -> Iterator[OpenWindow]:
    """Windows of a browser; they are closed, and what their consoles said is looked at, in the end."""
    contexts = []
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.match(message.text):
            faults.append(message.text)

    def note(error: WebError) -> None:
        faults.append(str(error.error))

    def open_one(**options: Any) -> Page:
        context = browser.new_context(base_url=newspaper.origin, **options)
        context.set_default_timeout(10_000)
        context.on("console", hear)
        context.on("weberror", note)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def visitor(open_window: OpenWindow) -> Page:
    """Somebody we do not know, at a desktop."""
    return open_window()


@pytest.fixture
def visitor_without_script(open_window: OpenWindow) -> Page:
    """Somebody whose browser runs no JavaScript."""
    return open_window(java_script_enabled=False)


@pytest.fixture
def visitor_on_a_phone(open_window: OpenWindow) -> Page:
    """Somebody on a phone."""
    return open_window(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
