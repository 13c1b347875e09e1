"""The small cast, for every test that wants one of them."""

from __future__ import annotations

import os

import hypothesis
import pytest
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page, Site

from standfirst.newsroom.models import FrontPage, LegalPage, Section, Story, Title
from standfirst.readers.models import Account
from tests.cast import PASSWORD, Browser, make_story

# A noisy machine is no fault of ours: an example may take as long as it takes.
hypothesis.settings.register_profile("standfirst", deadline=None)
hypothesis.settings.load_profile("standfirst")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys last: a fault in a rule should not have to wait for a browser."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):  # type: ignore[no-untyped-def]
    """Where everything is there, nothing may be skipped."""
    report = yield
    if report.skipped and os.environ.get("STANDFIRST_CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


@pytest.fixture(autouse=True)
def _no_limits_left_over(request: pytest.FixtureRequest) -> None:
    """Rate limits are counted in the cache; each test begins without any."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        cache.clear()


@pytest.fixture
def newspaper(db: None) -> FrontPage:
    """A small newspaper: a front page, one section whose stories are for readers, the three legal pages.

    While it is made no rulebook is published: ten of them, which nobody reads, would take most of the time.
    """
    with override_settings(STANDFIRST_FURNITURE_LISTENERS=[]):
        return _make_newspaper()


def _make_newspaper() -> FrontPage:
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    front = FrontPage(title="The Small Packet", slug="front")
    Page.objects.get(depth=1).specific.add_child(instance=front)
    site = Site.objects.create(hostname="127.0.0.1", port=8000, root_page=front, is_default_site=True)
    Title.objects.create(site=site, name="The Small Packet", strapline="For the small town", lead_in_words=30)
    front.add_child(instance=Section(title="News", slug="news"))
    about = front.add_child(instance=LegalPage(title="About", slug="about", body="<p>Us.</p>"))
    for slug in ("terms", "privacy", "cookies"):
        about.add_child(instance=LegalPage(title=slug.capitalize(), slug=slug, body="<p>As agreed.</p>"))
    return front


@pytest.fixture
def section(newspaper: FrontPage) -> Section:
    """The one section."""
    return Section.objects.get(slug="news")


@pytest.fixture
def story(section: Section) -> Story:
    """A story for readers, with a lead-in and a paragraph that is withheld."""
    return make_story(section)


@pytest.fixture
def visitor(db: None) -> Browser:
    """Somebody we do not know."""
    return Browser()


@pytest.fixture
def unconfirmed_reader(newspaper: FrontPage) -> Browser:
    """Somebody who has just joined, as una@example.org."""
    browser = Browser()
    browser.join("una@example.org")
    return browser


@pytest.fixture
def reader(unconfirmed_reader: Browser) -> Browser:
    """Somebody whose address is confirmed: una@example.org."""
    Account.objects.get(email="una@example.org").confirm(timezone.now())
    return unconfirmed_reader


@pytest.fixture
def editor(db: None) -> Browser:
    """Somebody of the staff, signed in to the desk."""
    Account.objects.create_superuser("ed@example.org", PASSWORD)
    browser = Browser()
    token = browser.get("/desk/sign-in/").cookies["standfirst_csrf"].value
    browser.post("/desk/sign-in/", {"email": "ed@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token})
    return browser
