"""Joining at the wall."""

from __future__ import annotations

import pytest

from standfirst.consent.models import LedgerEntry
from standfirst.mail.models import OutboxMail
from standfirst.newsroom.models import Story
from standfirst.readers.models import Account
from tests.cast import LEAD_IN, WITHHELD, Browser

pytestmark = pytest.mark.django_db


def test_joining_leads_back_to_the_place_where_the_story_goes_on(visitor: Browser, story: Story) -> None:
    answer = visitor.join(next="/news/the-ferry/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/news/the-ferry/#goes-on")


def test_joining_gives_a_pass_and_a_session(visitor: Browser, story: Story) -> None:
    answer = visitor.join(next="/news/the-ferry/")
    assert {"standfirst_pass", "standfirst_session", "standfirst_reader"} <= set(answer.cookies)


def test_it_keeps_the_wording_of_every_agreement(visitor: Browser, story: Story) -> None:
    visitor.join(next="/news/the-ferry/", offers="on")
    kept = {entry.purpose: (entry.notice.wording, entry.place) for entry in LedgerEntry.objects.all()}
    assert kept["offers"] == (
        "Send me mail from The Small Packet about offers, events and updates",
        "/news/the-ferry/",
    )


def test_an_unticked_box_for_offers_leaves_no_agreement(visitor: Browser, story: Story) -> None:
    visitor.join(next="/news/the-ferry/")
    assert not LedgerEntry.objects.filter(purpose="offers").exists()


def test_it_owes_a_mail_with_a_code_and_a_link(visitor: Browser, story: Story) -> None:
    visitor.join("Mary@Example.org")
    mail = OutboxMail.objects.get()
    assert mail.to == "Mary@Example.org"
    assert "http://127.0.0.1:8000/account/confirm/" in mail.text


def test_errors_stand_below_the_lead_in_with_the_values_kept(visitor: Browser, story: Story) -> None:
    answer = visitor.join("mary at example", next="/news/the-ferry/")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert LEAD_IN in page
    assert "mary at example" in page
    assert "Enter your email address, like name@example.org" in page


def test_a_page_with_errors_holds_nothing_that_is_withheld(visitor: Browser, story: Story) -> None:
    answer = visitor.join("mary at example", next="/news/the-ferry/")
    assert WITHHELD not in answer.content.decode()


def test_a_story_that_quotes_itself_outside_its_body_stands_above_no_form(visitor: Browser, story: Story) -> None:
    story.tags.add(" ".join(WITHHELD.split()[:8]))
    story.save()
    page = visitor.join("not an address", next=story.address()).content.decode()
    assert 'id="join-email-error"' in page
    assert LEAD_IN not in page
    assert " ".join(WITHHELD.split()[:6]) not in page


def test_a_known_address_gets_a_prefilled_sign_in(reader: Browser, story: Story) -> None:
    answer = Browser().join("UNA@example.org", password="Another1", next="/news/the-ferry/")
    page = answer.content.decode()
    assert "You already have an account" in page
    assert 'value="UNA@example.org"' in page


def test_sending_the_form_twice_makes_one_account_and_signs_in_both_times(visitor: Browser, story: Story) -> None:
    first, second = visitor.join(), Browser().join()
    assert (first.status_code, second.status_code) == (303, 303)
    assert Account.objects.filter(email="mary@example.org").count() == 1


def test_the_links_above_a_form_shown_again_lead_back_to_the_story_too(visitor: Browser, story: Story) -> None:
    page = visitor.join("mary at example", next="/news/the-ferry/").content.decode()
    assert '<a href="/account/sign-in/?next=/news/the-ferry/"' in page.partition("<main")[0]
