"""Dates and times as a British newspaper prints them."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.formats import date_format


def clock(at: datetime.datetime) -> str:
    """`4.12 pm`, in the title's own time zone; `4 pm` on the hour, `noon` and `midnight` by name."""
    local = timezone.localtime(at)
    if local.minute == 0 and local.hour in (0, 12):
        return "noon" if local.hour else "midnight"
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{hour} {half}" if local.minute == 0 else f"{hour}.{local.minute:02d} {half}"


def day(at: datetime.datetime) -> str:
    """`Tuesday 28 October 2014`."""
    return date_format(timezone.localtime(at), "l j F Y")


def day_and_clock(at: datetime.datetime) -> str:
    """`Tuesday 28 October 2014, 4.12 pm`."""
    return f"{day(at)}, {clock(at)}"


def updated(published: datetime.datetime, at: datetime.datetime | None) -> str:
    """When a story was last changed, as it stands behind when it was published.

    `6.05 pm` on the same day, the whole date on another, nothing for a change within five minutes of publishing.
    """
    if at is None or at - published < datetime.timedelta(minutes=5):
        return ""
    same_day = timezone.localtime(at).date() == timezone.localtime(published).date()
    return clock(at) if same_day else day_and_clock(at)


def in_a_list(at: datetime.datetime, now: datetime.datetime) -> str:
    """The time for a story of the last eighteen hours (last night's is still news at breakfast), else the day."""
    if now - at < datetime.timedelta(hours=18):
        return clock(at)
    local = timezone.localtime(at)
    return date_format(local, "j F" if local.year == timezone.localtime(now).year else "j F Y")
