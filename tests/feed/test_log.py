"""The feed: what gates must know, numbered in the order of commits."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from standfirst.feed import log
from standfirst.feed.models import Entry, Head
from standfirst.vocabulary import FeedKind
from tests.at_once import at_once


def append(*tags: str) -> int:
    with transaction.atomic():
        return log.append(FeedKind.CHANGED, {"tags": list(tags)})


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps() -> None:
    assert [append("a"), append("b"), append("c")] == [1, 2, 3]


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_leaves_no_gap() -> None:
    append("a")
    with transaction.atomic():
        log.tell_changed(["b"])
        transaction.set_rollback(True)
    assert append("c") == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nothing_is_appended_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        log.append(FeedKind.CHANGED, {"tags": []})
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_who_has_read_up_to_a_position_gets_what_came_after_it() -> None:
    append("a")
    first = log.read(None, None)
    append("b")
    answer = log.read(first["position"], first["epoch"])
    assert answer == {
        "epoch": first["epoch"],
        "position": 2,
        "reset": False,
        "rulebook": None,
        "entries": [{"n": 2, "kind": "changed", "tags": ["b"]}],
    }


@pytest.mark.django_db
def test_who_has_read_everything_gets_nothing() -> None:
    append("a")
    known = log.read(None, None)
    assert log.read(known["position"], known["epoch"])["entries"] == []
    assert log.read(known["position"], known["epoch"])["reset"] is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "epoch"), [(None, None), (None, "own"), (0, None), (0, "another"), (1, ""), (99, "own"), (-1, "own")]
)
def test_who_comes_from_elsewhere_begins_anew(since: int | None, epoch: str | None) -> None:
    append("a")
    own = Head.objects.get().epoch
    assert log.read(since, own if epoch == "own" else epoch)["reset"] is True


@pytest.mark.django_db
def test_who_begins_anew_is_told_of_no_pages() -> None:
    append("a")
    answer = log.read(None, None)
    assert (answer["entries"], answer["position"]) == ([], 1)


@pytest.mark.django_db
def test_an_empty_log_says_so() -> None:
    expected = {"epoch": "", "position": 0, "reset": True, "rulebook": None, "entries": []}
    assert log.read(None, None) == log.read(5, "x") == expected


@pytest.mark.django_db
def test_who_begins_anew_gets_the_revocations_in_force_and_none_that_ran_out() -> None:
    with transaction.atomic():
        log.revoke_session("in-force")
        log.revoke_session("ran-out")
        log.revoke_subject("a-reader", issued_before=int(time.time()))
    over = Entry.objects.get(number=2)
    over.payload["until"] = int(time.time()) - 1
    over.save()
    told = [(entry["session"], entry["subject"]) for entry in log.read(None, None)["entries"]]
    assert told == [("in-force", None), (None, "a-reader")]


@pytest.mark.django_db
def test_a_revocation_lasts_longer_than_any_pass_it_means() -> None:
    with transaction.atomic():
        log.revoke_session("a")
    assert Entry.objects.get().payload["until"] >= time.time() + (15 + 60) * 60


@pytest.mark.django_db
def test_the_rulebook_comes_only_when_it_is_told_of() -> None:
    with transaction.atomic():
        log.append(FeedKind.RULEBOOK, {"passthrough": []})
    known = log.read(None, None)
    assert known["rulebook"] == {"version": 1, "passthrough": []}
    append("a")
    assert log.read(1, known["epoch"])["rulebook"] is None
    with transaction.atomic():
        log.append(FeedKind.RULEBOOK, {"passthrough": ["/x/"]})
    later = log.read(1, known["epoch"])
    assert later["rulebook"] == {"version": 3, "passthrough": ["/x/"]}
    assert later["entries"][-1] == {"n": 3, "kind": "rulebook"}


@pytest.mark.django_db
def test_a_gate_far_behind_reads_in_pieces_and_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_AT_ONCE", 3)
    append("0")
    epoch, position, seen = log.read(None, None)["epoch"], 0, []
    for number in range(1, 10):
        append(str(number))
    while (answer := log.read(position, epoch))["entries"]:
        position = answer["position"]
        seen += [entry["n"] for entry in answer["entries"]]
    assert seen == list(range(1, 11))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_overlapping_changes_the_one_that_commits_first_has_the_lower_number() -> None:
    append("first of all")
    has_begun, may_end, ended = threading.Event(), threading.Event(), []

    def slow_then_quick(index: int) -> None:
        if index == 0:
            with transaction.atomic():
                log.tell_changed(["slow"])
                has_begun.set()
                may_end.wait(0.5)
            ended.append("slow")
        else:
            has_begun.wait(10)
            # On SQLite the second waits for the write lock, on PostgreSQL for the counter's row.
            append("quick")
            ended.append("quick")

    at_once(2, slow_then_quick)
    numbered = [entry.payload["tags"][0] for entry in Entry.objects.order_by("number")]
    assert numbered == ["first of all", *ended]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_gate_that_reads_while_others_write_misses_nothing() -> None:
    append("first of all")
    epoch = Head.objects.get().epoch
    writers, each = 4, 8
    seen: list[int] = []

    def write_or_read(index: int) -> None:
        if index < writers:
            for number in range(each):
                with transaction.atomic():
                    log.tell_changed([f"{index}.{number}"])
                    time.sleep(0.002)
            return
        position = 1
        deadline = time.monotonic() + 30
        while len(seen) < writers * each and time.monotonic() < deadline:
            answer = log.read(position, epoch)
            seen.extend(entry["n"] for entry in answer["entries"])
            position = answer["position"]

    at_once(writers + 1, write_or_read)
    assert seen == list(range(2, 2 + writers * each))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_first_entries_of_a_new_log_may_race() -> None:
    assert sorted(at_once(6, lambda index: append(str(index)))) == [1, 2, 3, 4, 5, 6]
    assert Head.objects.count() == 1


@pytest.mark.django_db
def test_telling_takes_few_queries(django_assert_max_num_queries: object) -> None:
    append("a")
    with django_assert_max_num_queries(5):
        append("b")
    assert connection.vendor in ("sqlite", "postgresql")
