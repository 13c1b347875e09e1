"""Append to the feed, and read it. Everything here runs in the caller's transaction."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from standfirst.feed.models import Entry, Head
from standfirst.vocabulary import GRACE_SECONDS, PASS_SECONDS, FeedKind

MOST_AT_ONCE = 1000
"""Entries in one answer; a gate that is further behind asks again."""


def append(kind: FeedKind, payload: dict[str, Any]) -> int:
    """Add an entry in the transaction of the change it tells of; its number.

    Raises RuntimeError outside a transaction: an entry that commits without its change would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the feed is written only inside the transaction of the change")
    head = _locked_head()
    Entry.objects.create(number=head.last, kind=kind, payload=payload)
    return head.last


def tell_changed(tags: Iterable[str]) -> None:
    """Pages with any of these tags changed: gates fetch them again."""
    append(FeedKind.CHANGED, {"tags": sorted(tags)})


def tell_withdrawn(tags: Iterable[str]) -> None:
    """Pages with any of these tags must not be served again from an old copy."""
    append(FeedKind.WITHDRAWN, {"tags": sorted(tags)})


def revoke_session(session: str) -> None:
    """Passes issued under this session open nothing from now on."""
    append(FeedKind.REVOKED, _revocation(session=session, subject=None, issued_before=None))


def revoke_subject(subject: str, issued_before: int) -> None:
    """Passes of this reader issued before that second (Unix time) open nothing, whatever their session."""
    append(FeedKind.REVOKED, _revocation(session=None, subject=subject, issued_before=issued_before))


def read(since: int | None, epoch: str | None) -> dict[str, Any]:
    """The feed's answer as `docs/reference/protocol.md` lays it down."""
    head = Head.objects.first()
    if head is None:
        return {"epoch": "", "position": 0, "reset": True, "rulebook": None, "entries": []}
    if since is None or epoch != head.epoch or not 0 <= since <= head.last:
        revocations = Entry.objects.filter(
            kind=FeedKind.REVOKED, payload__until__gt=int(time.time()), number__lte=head.last
        ).order_by("number")
        return _answer(head, head.last, revocations, reset=True, rulebook=_newest_rulebook(head.last))
    entries = list(Entry.objects.filter(number__gt=since, number__lte=head.last).order_by("number")[:MOST_AT_ONCE])
    position = entries[-1].number if entries else since
    told = any(entry.kind == FeedKind.RULEBOOK for entry in entries)
    return _answer(head, position, entries, reset=False, rulebook=_newest_rulebook(position) if told else None)


def _locked_head() -> Head:
    if not Head.objects.filter(pk=1).update(last=models.F("last") + 1):
        Head.objects.bulk_create([Head(pk=1, last=0, epoch=secrets.token_hex(16))], ignore_conflicts=True)
        Head.objects.filter(pk=1).update(last=models.F("last") + 1)
    return Head.objects.get(pk=1)


def _newest_rulebook(position: int) -> dict[str, Any] | None:
    newest = Entry.objects.filter(kind=FeedKind.RULEBOOK, number__lte=position).order_by("-number").first()
    return None if newest is None else {"version": newest.number, **newest.payload}


def _answer(
    head: Head, position: int, entries: Iterable[Entry], *, reset: bool, rulebook: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "epoch": head.epoch,
        "position": position,
        "reset": reset,
        "rulebook": rulebook,
        "entries": [
            {"n": entry.number, "kind": entry.kind, **({} if entry.kind == FeedKind.RULEBOOK else entry.payload)}
            for entry in entries
        ],
    }


def _revocation(**names: Any) -> dict[str, Any]:
    # A pass signed this second may be honoured to its end and then through the grace period.
    return {**names, "until": int(time.time()) + PASS_SECONDS + GRACE_SECONDS + 60}
