"""The append-only log gates follow, and the counter that numbers it in commit order."""

from __future__ import annotations

from django.db import models

from standfirst.vocabulary import FeedKind


class Head(models.Model):
    """One row: the last number given out, and the name of this log.

    Whoever appends updates this row first and so holds its lock until commit; the next one waits, and numbers come out
    in the order of commits, without gaps. `docs/decisions/0004-feed-numbering.md` says what that costs.
    """

    last = models.BigIntegerField(default=0)
    epoch = models.CharField(max_length=32)


class Entry(models.Model):
    """One thing gates must know. Never changed and never deleted by anything but retention."""

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in FeedKind])
    payload = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "-number"], name="feed_newest_of_kind")]
