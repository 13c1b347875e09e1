"""Whatever is put into a form's field, the answer is a page, and nothing is lost or broken by it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.core.cache import cache

from standfirst.newsroom.models import Story
from standfirst.readers.models import Account
from tests.account.nasty import FIELDS, FORMS, STORY, VALUES
from tests.cast import LEAD_IN, PASSWORD, WITHHELD, Browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people(unconfirmed_reader: Browser, story: Story) -> None:
    Account.objects.create_superuser("ed@example.org", PASSWORD)


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=[" ".join(pair) for pair in FIELDS])
def test_no_field_breaks_the_site(form: str, field: str) -> None:
    for name, value in VALUES.items():
        cache.clear()
        browser, path, fields = FORMS[form]()
        # What is not UTF-8 goes as the bytes it stands for.
        body = urlencode({**fields, field: value}, errors="surrogateescape")
        answer = browser.post(path, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 302, 303, 422), name
        assert "<script>alert" not in answer.content.decode(), name
        assert WITHHELD not in answer.content.decode(), name


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=[" ".join(pair) for pair in FIELDS])
def test_ten_megabytes_are_refused_and_the_site_goes_on(form: str, field: str) -> None:
    browser, path, fields = FORMS[form]()
    body = urlencode({**fields, field: "x" * 10_000_000})
    answer = browser.post(path, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (400, 413)
    assert browser.get(path if form != "code" else "/account/").status_code in (200, 302, 303)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_any_field_is_shown_again(form: str) -> None:
    browser, path, fields = FORMS[form]()
    answer = browser.post(path, {name: value for name, value in fields.items() if name == "csrfmiddlewaretoken"})
    assert answer.status_code in (200, 422)


@pytest.mark.parametrize("value", ["a NUL", "control characters", "HTML", "nothing", "spaces", "a long line"])
def test_it_says_in_plain_words_what_an_address_looks_like(value: str) -> None:
    answer = FORMS["join"]()[0].join(VALUES[value], next=STORY)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter your email address, like name@example.org" in page
    assert LEAD_IN in page


def test_html_in_an_address_is_escaped_when_it_is_shown_again() -> None:
    page = Browser().join("<b>mary</b>@example.org").content.decode()
    assert 'value="&lt;b&gt;mary&lt;/b&gt;@example.org"' in page


def test_the_ticks_and_the_address_are_kept_when_the_password_is_refused() -> None:
    page = Browser().join(password="short", offers="on").content.decode()
    assert 'value="mary@example.org"' in page
    assert page.count('value="on" checked') == 2


def test_a_password_is_never_shown_again() -> None:
    page = Browser().join("not an address", password="Correct-horse-9").content.decode()
    assert "Correct-horse-9" not in page


def test_a_refused_form_makes_no_account() -> None:
    Browser().join("not an address")
    Browser().join(password="short")
    Browser().join(age_confirmed=None)
    assert [account.email for account in Account.objects.filter(kind="reader")] == ["una@example.org"]


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("Ab1", "Choose a password of at least 6 characters"),
        ("lighthouse8", "Choose a password of at least 6 characters"),
        ("A1" + "b" * 127, "Choose a password of up to 128 characters"),
        ("", "Enter a password"),
        ("Light\0house8", "Leave out characters that cannot be typed"),
    ],
)
def test_it_says_what_to_do_about_a_password(password: str, says: str) -> None:
    assert says in Browser().join(password=password).content.decode()


def test_spaces_around_a_password_are_part_of_it() -> None:
    Browser().join(password="  Harbour 7  ")
    fields = {"email": "mary@example.org", "password": "Harbour 7"}
    assert Browser().post("/account/sign-in/", fields).status_code == 422
    assert Browser().post("/account/sign-in/", {**fields, "password": "  Harbour 7  "}).status_code == 303


def test_a_form_whose_story_was_unpublished_meanwhile_is_shown_on_a_page_of_its_own(story: Story) -> None:
    story.unpublish()
    answer = Browser().join("not an address", next=STORY)
    assert answer.status_code == 422
    assert LEAD_IN not in answer.content.decode()


def test_joining_on_a_story_that_was_unpublished_meanwhile_still_makes_the_account(story: Story) -> None:
    story.unpublish()
    assert Browser().join(next=STORY).status_code == 303
    assert Account.objects.filter(email="mary@example.org").exists()
