"""`prepare` makes a new database into a newspaper, and leaves an old one as it is."""

from __future__ import annotations

import gc
import io
import json

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command

from standfirst.feed import log
from standfirst.newsroom.models import FrontPage, Story, Title
from standfirst.readers.models import Account, Kind
from standfirst.walls.models import Offer
from tests.cast import Browser

pytestmark = pytest.mark.django_db


def prepare() -> dict[str, str | None]:
    said = io.StringIO()
    call_command("prepare", stdout=said)
    return json.loads(said.getvalue())


@pytest.fixture
def prepared(db: None) -> dict[str, str | None]:
    return prepare()


def test_a_new_database_gets_a_newspaper_an_editor_and_an_offer(prepared: dict[str, str | None]) -> None:
    assert FrontPage.objects.count() == Title.objects.count() == Offer.objects.count() == 1
    assert Story.objects.live().count() >= 10
    editor = Account.objects.get()
    assert (editor.kind, editor.email) == (Kind.STAFF, prepared["desk_email"])
    assert check_password(prepared["desk_password"], editor.password)


def test_the_rulebook_is_published(prepared: dict[str, str | None]) -> None:
    assert Offer.objects.get().headline in log.read(None, None)["rulebook"]["offers"]["default"]["wall_html"]


def test_a_second_run_keeps_everything_and_makes_no_other_password(prepared: dict[str, str | None]) -> None:
    story = Story.objects.first()
    story.title = "Changed by the editor"
    story.save()
    Offer.objects.update(headline="Changed in the desk")
    before = Account.objects.get().password, Story.objects.count()
    assert prepare() == {"desk_email": prepared["desk_email"], "desk_password": None}
    assert (Account.objects.get().password, Story.objects.count()) == before
    assert Story.objects.filter(title="Changed by the editor").exists()
    assert Offer.objects.get().headline == "Changed in the desk"


def test_a_second_run_publishes_the_frame_of_this_version(prepared: dict[str, str | None]) -> None:
    first = log.read(None, None)["rulebook"]["version"]
    prepare()
    assert log.read(None, None)["rulebook"]["version"] > first


def test_an_editor_who_has_another_address_is_editor_enough(db: None) -> None:
    Account.objects.create_superuser("ed@example.org", "Harbour7")
    assert prepare()["desk_password"] is None


# Wagtail leaves the spooled file of a new rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <function SpooledTemporaryFile")
def test_every_page_of_the_sample_newspaper_can_be_taken_in(prepared: dict[str, str | None]) -> None:
    for page in [*Story.objects.all(), FrontPage.objects.get()]:
        answer = Browser().take_in(page.address())
        assert answer.status_code == 200, page.address()
        assert answer.headers["Standfirst-Tier"] in ("free", "metered", "registered")
    gc.collect()
