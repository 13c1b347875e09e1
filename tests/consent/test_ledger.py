"""What people agreed to, in the words they saw, never changed afterwards."""

from __future__ import annotations

import uuid

import pytest
from django.db import models
from selectolax.lexbor import LexborHTMLParser

from standfirst.consent import ledger
from standfirst.consent.models import Action, LedgerEntry, Notice, Purpose
from standfirst.feed.models import Entry
from standfirst.newsroom.models import FrontPage, Title
from standfirst.walls.publishing import publish_rulebook
from tests.cast import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(db: None) -> LedgerEntry:
    return ledger.record(uuid.uuid4(), Purpose.OFFERS, Action.AGREED, "Send me mail", "/news/")


def shown_on_the_wall() -> LexborHTMLParser:
    publish_rulebook()
    newest = Entry.objects.filter(kind="rulebook").order_by("-number").first()
    return LexborHTMLParser(newest.payload["offers"]["default"]["wall_html"])


def words(node: object) -> str:
    return " ".join(node.text().replace("*", "").split())


def kept() -> dict[str, str]:
    return {entry.purpose: entry.notice.wording for entry in LedgerEntry.objects.select_related("notice")}


def test_the_words_of_each_agreement_are_those_the_wall_shows(newspaper: FrontPage) -> None:
    wall = shown_on_the_wall()
    Browser().join(offers="on")
    assert kept() == {
        "offers": words(wall.css_first("label[for=join-offers]")),
        "age": words(wall.css_first("label[for=join-age-confirmed]")),
        "terms": words(wall.css_first(".agreement")),
    }


def test_a_row_names_who_where_and_when_and_no_address(newspaper: FrontPage) -> None:
    Browser().join("una@example.org", offers="on", next="/news/the-ferry/")
    for values in LedgerEntry.objects.values():
        assert "una" not in str(values)
        assert values["place"] == "/news/the-ferry/"
        assert values["at"]


def test_another_wording_is_another_notice_and_the_old_one_stays(newspaper: FrontPage) -> None:
    Browser().join("una@example.org", offers="on")
    title = Title.objects.get()
    title.name = "The Great Packet"
    title.save()
    Browser().join("mary@example.org", offers="on")
    wordings = Notice.objects.filter(purpose="offers").values_list("wording", flat=True)
    assert sorted(wordings) == [
        "Send me mail from The Great Packet about offers, events and updates",
        "Send me mail from The Small Packet about offers, events and updates",
    ]


def test_the_same_wording_is_one_notice(newspaper: FrontPage) -> None:
    Browser().join("una@example.org", offers="on")
    Browser().join("mary@example.org", offers="on")
    assert Notice.objects.count() == 3


@pytest.mark.parametrize("kind", [LedgerEntry, Notice])
def test_a_row_is_never_saved_again(row: LedgerEntry, kind: type[models.Model]) -> None:
    with pytest.raises(TypeError):
        kind.objects.get().save()


@pytest.mark.parametrize("kind", [LedgerEntry, Notice])
def test_a_row_is_never_deleted(row: LedgerEntry, kind: type[models.Model]) -> None:
    with pytest.raises(TypeError):
        kind.objects.get().delete()


@pytest.mark.parametrize("kind", [LedgerEntry, Notice])
def test_rows_are_never_changed_or_deleted_together(row: LedgerEntry, kind: type[models.Model]) -> None:
    with pytest.raises(TypeError):
        kind.objects.filter(purpose="offers").update(purpose="terms")
    with pytest.raises(TypeError):
        kind.objects.all().delete()
    with pytest.raises(TypeError):
        kind.objects.bulk_update(kind.objects.all(), ["purpose"])


def test_a_long_place_is_cut(db: None) -> None:
    entry = ledger.record(uuid.uuid4(), Purpose.TERMS, Action.AGREED, "As agreed", "/" + "x" * 400)
    assert len(entry.place) == 200


def test_a_registration_that_fails_leaves_no_row(newspaper: FrontPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(account: object) -> None:
        raise OSError("no mail today")

    monkeypatch.setattr("standfirst.account.confirmation.send", fail)
    with pytest.raises(OSError, match="no mail today"):
        Browser().join(offers="on")
    assert not LedgerEntry.objects.exists()
