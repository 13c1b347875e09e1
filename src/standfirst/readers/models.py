"""One table of accounts: each a reader or staff, never both."""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from standfirst.feed import log
from standfirst.readers.addresses import canonical


class Kind(models.TextChoices):
    """What an account is for. It never changes."""

    READER = "reader", _("reader")
    STAFF = "staff", _("staff")


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the framework's name for what does."""

    def prepare_reader(self, address: str, password: str) -> Account:
        """A new reader, password hashed, not saved and not confirmed yet."""
        return self._prepare(Kind.READER, address, password)

    def create_superuser(self, email: str, password: str, **extra: Any) -> Account:
        """Somebody of the staff who may do everything in the desk."""
        account = self._prepare(Kind.STAFF, email, password, is_superuser=True, **extra)
        account.save(force_insert=True)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this address, however it is spelt."""
        return self.get(email=canonical(username or ""))

    def _prepare(self, kind: Kind, address: str, password: str, **fields: Any) -> Account:
        account = self.model(kind=kind, email=canonical(address), address=address.strip(), **fields)
        account.set_password(password)
        return account


_ENDING = frozenset({"is_active", "password"})
"""Fields whose change may end what a reader's passes open."""


class Account(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A person we know: a reader of the title, or its staff."""

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.STAFF, editable=False)
    email = models.EmailField(_("email address"), unique=True, help_text=_("In canonical form; we compare by it."))
    address = models.CharField(_("address as typed"), max_length=254, blank=True, editable=False)
    subject = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    passes_from: int = 0
    """No pass of a session begun with this object is dated before it (Unix time); 0 when nothing was revoked."""

    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.address or self.email

    @property
    def is_reader(self) -> bool:
        """Whether this account reads, rather than works at, the title."""
        return self.kind == Kind.READER

    @property
    def is_staff(self) -> bool:
        """Django's word for who may enter the desk."""
        return self.kind == Kind.STAFF

    @property
    def is_confirmed(self) -> bool:
        """Whether the reader has shown that the address is theirs."""
        return self.confirmed_at is not None

    def get_full_name(self) -> str:
        """The name the desk shows: first and last, or the address."""
        return f"{self.first_name} {self.last_name}".strip() or str(self)

    def get_short_name(self) -> str:
        """The first name, or the address."""
        return self.first_name or str(self)

    def clean(self) -> None:
        """Bring the address to its canonical form; the desk's forms end here."""
        super().clean()
        self.email = canonical(self.email)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address as typed; a reader who is shut out, or whose password changes, loses every pass with it."""
        self.address = self.address or self.email
        with transaction.atomic():
            ends_passes = self._ends_passes(kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            if ends_passes:
                self.revoke_passes()

    def revoke_passes(self) -> None:
        """Revoke every pass this reader has, in the caller's transaction.

        A revocation by subject counts in whole seconds, so it takes in the second that is running; a session begun with
        this very object in the same request gets passes dated behind it.
        """
        self.passes_from = int(time.time()) + 1
        log.revoke_subject(self.subject.hex, issued_before=self.passes_from)

    def _ends_passes(self, changed: Collection[str] | None) -> bool:
        if self._state.adding or not self.is_reader or (changed is not None and not _ENDING.intersection(changed)):
            return False
        before = Account.objects.filter(pk=self.pk).values_list("is_active", "password").first()
        return before is not None and ((before[0] and not self.is_active) or before[1] != self.password)

    def confirm(self, at: Any) -> Self:
        """The reader has shown that the address is theirs. The first time counts."""
        if self.confirmed_at is None:
            self.confirmed_at = at
            self.save(update_fields=["confirmed_at"])
        return self
