"""Times in words, as a British newspaper prints them."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from standfirst.newsroom import times

LONDON = ZoneInfo("Europe/London")


def at(hour: int, minute: int = 0, day: int = 28, month: int = 10, year: int = 2014) -> datetime.datetime:
    return datetime.datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (16, 12, "4.12 pm"),
        (16, 0, "4 pm"),
        (12, 0, "noon"),
        (0, 0, "midnight"),
        (12, 1, "12.01 pm"),
        (0, 1, "12.01 am"),
        (9, 5, "9.05 am"),
        (23, 59, "11.59 pm"),
    ],
)
def test_the_clock(hour: int, minute: int, words: str) -> None:
    assert times.clock(at(hour, minute)) == words


def test_the_clock_is_the_titles_own() -> None:
    summer = datetime.datetime(2014, 7, 1, 11, 0, tzinfo=datetime.UTC)
    assert times.clock(summer) == "noon"


def test_the_day_and_the_clock() -> None:
    assert times.day_and_clock(at(16, 12)) == "Tuesday 28 October 2014, 4.12 pm"


@pytest.mark.parametrize(
    ("published", "changed", "words"),
    [
        (at(9), None, ""),
        (at(9), at(9, 4), ""),
        (at(9), at(9, 5), "9.05 am"),
        (at(9), at(18, 5), "6.05 pm"),
        (at(9), at(12), "noon"),
        (at(23, 50), at(0, 10, day=29), "Wednesday 29 October 2014, 12.10 am"),
        (at(9), at(8), ""),
    ],
)
def test_an_update_names_the_day_only_when_it_is_another(
    published: datetime.datetime, changed: datetime.datetime | None, words: str
) -> None:
    assert times.updated(published, changed) == words


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (at(8, 30), "8.30 am"),
        (at(23, 30, day=27), "27 October"),
        (at(8, 30, month=1), "28 January"),
        (at(8, 30, year=2013), "28 October 2013"),
    ],
)
def test_in_a_list(published: datetime.datetime, words: str) -> None:
    assert times.in_a_list(published, at(20)) == words
