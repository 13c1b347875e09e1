"""What the wall says, and the rulebook by which gates know it."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db import transaction
from selectolax.lexbor import LexborHTMLParser

from standfirst.feed import log
from standfirst.feed.models import Entry
from standfirst.newsroom.models import FrontPage, Section
from standfirst.vocabulary import Tier
from standfirst.walls.models import Offer
from standfirst.walls.publishing import publish_rulebook, save_offer
from tests.cast import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(newspaper: FrontPage) -> Offer:
    return Offer.objects.create(headline="Read on", sentence="It is free.", benefits="One\n\n Two \n")


def rulebook() -> dict[str, object]:
    newest = log.read(None, None)["rulebook"]
    assert isinstance(newest, dict)
    return newest


def wall() -> LexborHTMLParser:
    return LexborHTMLParser(rulebook()["offers"]["default"]["wall_html"])


def edit(editor: Browser, offer: Offer, **fields: str) -> object:
    token = editor.cookies["standfirst_csrf"].value
    form = {"headline": offer.headline, "sentence": offer.sentence, "benefits": offer.benefits, **fields}
    return editor.post(f"/desk/offers/edit/{offer.pk}/", {**form, "csrfmiddlewaretoken": token})


def test_a_rulebook_keeps_to_the_protocol(offer: Offer) -> None:
    number = publish_rulebook()
    document = rulebook()
    assert set(document) == {"version", "passthrough", "tiers", "offers", "shell_html"}
    assert document["version"] == number
    assert document["passthrough"] == ["/account/", "/desk/", "/static/", "/media/", "/mailbox/"]
    assert set(document["tiers"]) == {Tier.METERED, Tier.REGISTERED}
    assert set(document["tiers"].values()) <= set(document["offers"])


def test_its_shell_is_a_page_of_the_title_with_a_place_for_the_wall(offer: Offer) -> None:
    publish_rulebook()
    shell = LexborHTMLParser(rulebook()["shell_html"])
    places = shell.css("[data-standfirst=shell]")
    assert len(places) == 1
    assert places[0].text().strip() == ""
    assert "The Small Packet" in shell.body.text()
    assert not shell.css("[data-standfirst=body], [data-standfirst=cut]")


def test_keeping_an_offer_in_the_desk_publishes_its_words(offer: Offer, editor: Browser) -> None:
    assert edit(editor, offer, headline="Go on for nothing").status_code == 302
    assert wall().css_first("#wall-headline").text() == "Go on for nothing"


def test_keeping_it_is_one_transaction(offer: Offer) -> None:
    offer.headline = "Never kept"
    with mock.patch("standfirst.walls.publishing.log.append", side_effect=OSError), pytest.raises(OSError):  # noqa: PT011
        save_offer(offer)
    assert Offer.objects.get().headline == "Read on"


def test_a_rolled_back_offer_publishes_nothing(offer: Offer) -> None:
    before = Entry.objects.count()
    with transaction.atomic():
        save_offer(offer)
        transaction.set_rollback(True)
    assert Entry.objects.count() == before


def test_an_offer_that_cannot_be_kept_publishes_nothing(offer: Offer, editor: Browser) -> None:
    before = Entry.objects.count()
    assert edit(editor, offer, headline="").status_code == 200
    assert edit(editor, offer, headline="x" * 81).status_code == 200
    assert Entry.objects.count() == before


def test_there_is_one_offer_and_it_stays(offer: Offer, editor: Browser) -> None:
    token = editor.cookies["standfirst_csrf"].value
    form = {"headline": "Another", "sentence": "b", "benefits": "c", "csrfmiddlewaretoken": token}
    assert editor.post("/desk/offers/new/", form).headers["Location"] == "/desk/"
    assert editor.post(f"/desk/offers/delete/{offer.pk}/", form).headers["Location"] == "/desk/"
    assert Offer.objects.get().headline == "Read on"


def test_the_first_offer_is_published_when_it_is_made(newspaper: FrontPage, editor: Browser) -> None:
    token = editor.cookies["standfirst_csrf"].value
    form = {"headline": "The first", "sentence": "b", "benefits": "c", "csrfmiddlewaretoken": token}
    assert editor.post("/desk/offers/new/", form).status_code == 302
    assert wall().css_first("#wall-headline").text() == "The first"


def test_a_visitor_and_a_reader_edit_no_offer(offer: Offer, reader: Browser) -> None:
    for browser in (Browser(), reader):
        assert browser.get(f"/desk/offers/edit/{offer.pk}/").headers["Location"].startswith("/desk/sign-in/")


def test_html_in_an_offer_is_words(offer: Offer) -> None:
    offer.headline, offer.sentence, offer.benefits = "<b>a", "<script>1", "<i>c"
    save_offer(offer)
    html = rulebook()["offers"]["default"]["wall_html"]
    assert "&lt;b&gt;a" in html
    assert "<script>" not in html


def test_empty_lines_are_no_benefits(offer: Offer) -> None:
    publish_rulebook()
    assert [item.text() for item in wall().css(".wall-brings li")] == ["One", "Two"]


def test_a_new_section_is_in_the_shells_navigation(newspaper: FrontPage) -> None:
    newspaper.add_child(instance=Section(title="Tides", slug="tides"))
    assert "/tides/" in rulebook()["shell_html"]


class TestTheWall:
    """What a visitor meets."""

    @pytest.fixture(autouse=True)
    def _publish(self, offer: Offer) -> None:
        publish_rulebook()

    def test_its_form_asks_for_four_things(self) -> None:
        names = [field.attributes["name"] for field in wall().css("form#join input")]
        assert names == ["next", "email", "password", "age_confirmed", "offers"]

    def test_what_is_required_is_marked_and_explained(self) -> None:
        page = wall()
        assert "asterisk (*)" in page.body.text()
        for field in page.css("input[required]"):
            label = page.css_first(f"label[for={field.attributes['id']}]")
            assert label.css_first(".needed") is not None, field.attributes["name"]
        required = {field.attributes["name"] for field in page.css("input[required]")}
        assert required == {"email", "password", "age_confirmed"}

    def test_every_field_has_its_label(self) -> None:
        page = wall()
        for field in page.css("form#join input:not([type=hidden])"):
            assert page.css_first(f"label[for={field.attributes['id']}]").text().strip()

    def test_no_box_is_ticked(self) -> None:
        boxes = wall().css("input[type=checkbox]")
        assert len(boxes) == 2
        assert not any("checked" in box.attributes for box in boxes)

    def test_offers_are_apart_from_the_terms_with_the_privacy_notice_beside_them(self) -> None:
        offers = wall().css_first(".field-apart")
        assert offers.css_first("input[name=offers]") is not None
        assert offers.css_first("a").attributes["href"] == "/about/privacy/"
        assert "terms" not in offers.text()

    def test_the_agreement_leads_to_the_three_pages(self) -> None:
        links = [link.attributes["href"] for link in wall().css(".agreement a")]
        assert links == ["/about/terms/", "/about/cookies/", "/about/privacy/"]

    def test_it_leaves_the_way_back_to_the_gate_and_carries_no_token(self) -> None:
        field = wall().css_first("input[name=next]")
        assert field.attributes["value"] == ""
        assert "data-standfirst-next" in field.attributes
        assert "csrf" not in rulebook()["offers"]["default"]["wall_html"]

    def test_it_takes_long_passwords_from_password_keepers(self) -> None:
        field = wall().css_first("input[name=password]")
        assert field.attributes["autocomplete"] == "new-password"
        assert "maxlength" not in field.attributes
        assert "onpaste" not in field.attributes

    def test_it_shows_the_way_to_sign_in(self) -> None:
        assert wall().css_first(".wall-sign-in a").attributes["href"] == "/account/sign-in/"
