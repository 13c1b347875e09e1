"""What is asked for to show that an address is the reader's own."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Confirmation(models.Model):
    """One mail with a code and a link. Both are kept as digests: whoever reads the table cannot confirm with it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="confirmations")
    code_digest = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    tries_left = models.PositiveSmallIntegerField(default=5)
    sent_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-sent_at"], name="confirmation_newest")]
