"""Stories that go out and come down at a time set in the desk."""

from __future__ import annotations

import datetime

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from standfirst.feed.models import Entry
from standfirst.newsroom.models import Story
from standfirst.newsroom.scheduling import publish_due

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.timedelta(minutes=1)


def test_a_story_comes_down_when_its_time_is_over_and_gates_stop_serving_it(story: Story) -> None:
    story.expire_at = timezone.now() - LONG_AGO
    story.save_revision().publish()
    Story.objects.filter(pk=story.pk).update(live=True, expired=False, expire_at=story.expire_at)
    Entry.objects.all().delete()
    publish_due.call()
    assert not Story.objects.get(pk=story.pk).live
    assert any(f"story:{story.pk}" in entry.payload["tags"] for entry in Entry.objects.filter(kind="withdrawn"))


def test_a_change_set_for_a_time_is_out_when_the_time_has_come(story: Story) -> None:
    story.standfirst = "As it reads from noon."
    story.go_live_at = timezone.now() + LONG_AGO
    revision = story.save_revision(approved_go_live_at=story.go_live_at)
    publish_due.call()
    assert Story.objects.get(pk=story.pk).standfirst != "As it reads from noon."
    revision.approved_go_live_at = timezone.now() - LONG_AGO
    revision.save()
    publish_due.call()
    assert Story.objects.get(pk=story.pk).standfirst == "As it reads from noon."


def test_the_worker_s_schedule_names_tasks_that_there_are() -> None:
    schedules = settings.TASKS["default"]["OPTIONS"]["SCHEDULES"].values()
    assert publish_due in [import_string(schedule["task"]) for schedule in schedules]
