"""Every change in the desk is told to the gates, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from wagtail.models import Page

from standfirst.feed.models import Entry
from standfirst.newsroom.models import FrontPage, LegalPage, Section, Story, Title
from tests.cast import Browser, make_story, paragraphs

pytestmark = pytest.mark.django_db


class Told:
    """What the feed was told since this began."""

    def __init__(self) -> None:
        self._since = Entry.objects.count()

    def __iter__(self) -> Iterator[tuple[str, set[str]]]:
        entries = Entry.objects.order_by("number")[self._since :]
        return iter([(entry.kind, set(entry.payload.get("tags", []))) for entry in entries])

    def withdrawn(self) -> set[str]:
        return {tag for kind, tags in self for tag in tags if kind == "withdrawn"}

    def changed(self) -> set[str]:
        return {tag for kind, tags in self for tag in tags if kind == "changed"}


@pytest.fixture
def sport(newspaper: FrontPage) -> Section:
    return newspaper.add_child(instance=Section(title="Sport", slug="sport"))


@pytest.fixture
def press(editor: Browser) -> object:
    """Press a button in the desk."""

    def pressed(path: str, **form: object) -> object:
        token = editor.cookies["standfirst_csrf"].value
        answer = editor.post(f"/desk/{path}", {"csrfmiddlewaretoken": token, **form})
        assert answer.status_code == 302, answer.content[:500]
        return answer

    return pressed


def test_a_new_story_changes_its_section_and_the_front_page(section: Section) -> None:
    told = Told()
    story = make_story(section)
    assert told.changed() >= {f"story:{story.pk}", f"section:{section.pk}", "front"}


def test_a_draft_is_told_to_nobody(section: Section) -> None:
    told = Told()
    story = make_story(section, live=False)
    story.title = "Another headline"
    story.save_revision()
    assert list(told) == []


def test_publishing_a_revision_changes_the_story(story: Story) -> None:
    story.title = "Another headline"
    revision = story.save_revision()
    told = Told()
    revision.publish()
    assert f"story:{story.pk}" in told.changed()
    assert not told.withdrawn()


def test_unpublishing_withdraws(story: Story) -> None:
    told = Told()
    story.unpublish()
    assert told.withdrawn() >= {f"story:{story.pk}", f"section:{story.section().pk}", "front"}


def test_unpublishing_in_the_desk_withdraws(story: Story, press: object) -> None:
    told = Told()
    press(f"pages/{story.pk}/unpublish/")
    assert f"story:{story.pk}" in told.withdrawn()


def test_unpublishing_many_in_the_desk_withdraws_each(section: Section, press: object) -> None:
    first, second = make_story(section, "one"), make_story(section, "two")
    told = Told()
    press(f"bulk/wagtailcore/page/unpublish/?id={first.pk}&id={second.pk}")
    assert told.withdrawn() >= {f"story:{first.pk}", f"story:{second.pk}"}


def test_unpublishing_a_plain_row_withdraws(story: Story) -> None:
    told = Told()
    Page.objects.get(pk=story.pk).unpublish()
    assert f"story:{story.pk}" in told.withdrawn()


@pytest.mark.parametrize("way", ["program", "desk", "many in the desk"])
def test_moving_withdraws_the_story_and_changes_both_sections(
    story: Story, sport: Section, press: object, way: str
) -> None:
    old = story.section()
    told = Told()
    if way == "program":
        story.move(sport, pos="last-child")
    elif way == "desk":
        press(f"pages/{story.pk}/move/{sport.pk}/confirm/")
    else:
        press(f"bulk/wagtailcore/page/move/?id={story.pk}", chooser=sport.pk, move_applicable="")
    assert Story.objects.get().url_path == "/front/sport/the-ferry/"
    assert f"story:{story.pk}" in told.withdrawn()
    assert told.withdrawn() | told.changed() >= {f"section:{old.pk}", f"section:{sport.pk}", "front"}


@pytest.mark.parametrize("way", ["program", "plain row", "query", "desk", "many in the desk"])
def test_deleting_withdraws(story: Story, press: object, way: str) -> None:
    told = Told()
    if way == "program":
        story.delete()
    elif way == "plain row":
        Page.objects.get(pk=story.pk).delete()
    elif way == "query":
        Story.objects.all().delete()
    elif way == "desk":
        press(f"pages/{story.pk}/delete/")
    else:
        press(f"bulk/wagtailcore/page/delete/?id={story.pk}")
    assert not Story.objects.exists()
    assert told.withdrawn() >= {f"story:{story.pk}", "front"}


def test_deleting_a_section_withdraws_every_story_in_it(story: Story, press: object) -> None:
    section = story.section()
    told = Told()
    press(f"pages/{section.pk}/delete/", confirm_site_name="")
    assert not Story.objects.exists()
    assert told.withdrawn() >= {f"story:{story.pk}", f"section:{section.pk}", f"in-section:{section.pk}"}


def test_another_slug_withdraws_the_old_address(story: Story) -> None:
    told = Told()
    story.slug = "another"
    story.save()
    assert f"story:{story.pk}" in told.withdrawn()


def test_another_slug_of_a_section_withdraws_its_stories(story: Story) -> None:
    section = story.section()
    told = Told()
    section.slug = "another"
    section.save()
    assert told.withdrawn() >= {f"section:{section.pk}", f"in-section:{section.pk}"}
    assert f"in-section:{section.pk}" in Story.objects.get().own_tags()


@pytest.mark.parametrize("tier", ["free", "metered"])
def test_another_tier_withdraws(story: Story, tier: str) -> None:
    told = Told()
    story.tier = tier
    story.save()
    assert f"story:{story.pk}" in told.withdrawn()


def test_a_tier_that_says_what_the_section_says_changes_only(story: Story) -> None:
    told = Told()
    story.tier = "registered"
    story.save()
    assert not told.withdrawn()


def test_another_tier_of_a_section_withdraws_its_stories(story: Story) -> None:
    section = story.section()
    told = Told()
    section.default_tier = "free"
    section.save()
    assert f"in-section:{section.pk}" in told.withdrawn()


def test_another_name_of_the_title_changes_every_page_and_the_rulebook(newspaper: FrontPage) -> None:
    title = Title.objects.get()
    told = Told()
    title.name = "The Great Packet"
    title.save()
    assert "title" in told.changed()
    assert [kind for kind, _ in told][-1] == "rulebook"


def test_another_edition_changes_every_page(newspaper: FrontPage) -> None:
    told = Told()
    newspaper.edition_is_late = True
    newspaper.save()
    assert "title" in told.changed()


def test_a_front_page_that_is_taken_off_is_withdrawn(newspaper: FrontPage) -> None:
    told = Told()
    newspaper.unpublish()
    assert "front" in told.withdrawn()


def test_a_plain_page_that_moves_takes_those_below_it_along(newspaper: FrontPage) -> None:
    about = LegalPage.objects.get(slug="about")
    terms = LegalPage.objects.get(slug="terms")
    told = Told()
    about.slug = "us"
    about.save()
    assert f"legal:{about.pk}" in told.withdrawn()
    assert told.withdrawn() & set(terms.own_tags())


def test_deleting_a_plain_page_withdraws_those_below_it(newspaper: FrontPage) -> None:
    about, terms = LegalPage.objects.get(slug="about"), LegalPage.objects.get(slug="terms")
    told = Told()
    about.delete()
    assert told.withdrawn() >= {f"legal:{about.pk}", f"legal:{terms.pk}"}


def test_other_words_in_a_story_change_it_and_withdraw_nothing(story: Story) -> None:
    told = Told()
    story.body = paragraphs("Another text.", "And more.")
    story.save()
    assert f"story:{story.pk}" in told.changed()
    assert not told.withdrawn()


def test_a_change_that_is_rolled_back_is_told_to_nobody(story: Story, sport: Section) -> None:
    told = Told()
    for change in (story.unpublish, story.delete, lambda: story.move(sport, pos="last-child"), sport.delete):
        with transaction.atomic():
            change()
            assert list(told)
            transaction.set_rollback(True)
    assert list(told) == []


def test_a_page_says_by_its_tags_what_it_hears_of(story: Story) -> None:
    tags = Browser().take_in("/news/the-ferry/").headers["Standfirst-Tags"].split()
    assert set(tags) == {f"story:{story.pk}", f"in-section:{story.section().pk}", "title"}
