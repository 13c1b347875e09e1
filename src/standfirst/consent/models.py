"""Notices as they were worded, and the ledger of what was agreed to. Rows are added, never changed."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Purpose(models.TextChoices):
    """What an agreement is about. Each has its heading in `docs/reference/consent.md`."""

    TERMS = "terms", "terms"
    AGE = "age", "age"
    OFFERS = "offers", "offers"


class Action(models.TextChoices):
    """What the person did."""

    AGREED = "agreed", "agreed"
    WITHDREW = "withdrew", "withdrew"


class AppendOnlyRows(models.QuerySet[Any]):
    """Rows that can be added and read."""

    def update(self, **fields: Any) -> NoReturn:
        """Raises TypeError, always."""
        raise TypeError(f"{self.model.__name__} rows are never changed")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises TypeError, always."""
        raise TypeError(f"{self.model.__name__} rows are never changed")

    def delete(self) -> NoReturn:
        """Raises TypeError, always."""
        raise TypeError(f"{self.model.__name__} rows are never deleted")


class AppendOnly(models.Model):
    """A row that is written once. What comes later is another row."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError for a row that is there already."""
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are never changed")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises TypeError, always."""
        raise TypeError(f"{type(self).__name__} rows are never deleted")


class Notice(AppendOnly):
    """The exact words somebody was shown, once per wording."""

    digest = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    language = models.CharField(max_length=16)
    wording = models.TextField()
    first_used_at = models.DateTimeField(auto_now_add=True)


class LedgerEntry(AppendOnly):
    """One thing one person did about one purpose. The subject is the account's pseudonym."""

    subject = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    action = models.CharField(max_length=16, choices=Action.choices)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
