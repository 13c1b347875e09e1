"""Write the ledger."""

from __future__ import annotations

import hashlib
import uuid

from django.utils.translation import get_language

from standfirst.consent.models import Action, LedgerEntry, Notice, Purpose

MAX_PLACE = 200


def record(subject: uuid.UUID, purpose: Purpose, action: Action, wording: str, place: str) -> LedgerEntry:
    """Add what a person did, in the caller's transaction.

    `wording` is the text exactly as they saw it, `place` the path of the page it stood on (cut at 200 characters).
    """
    notice = _notice(purpose, wording)
    return LedgerEntry.objects.create(
        subject=subject, purpose=purpose, action=action, notice=notice, place=place[:MAX_PLACE]
    )


def _notice(purpose: Purpose, wording: str) -> Notice:
    language = get_language() or ""
    digest = hashlib.sha256(f"{purpose}\n{language}\n{wording}".encode()).hexdigest()
    Notice.objects.bulk_create(
        [Notice(digest=digest, purpose=purpose, language=language, wording=wording)], ignore_conflicts=True
    )
    return Notice.objects.get(digest=digest)
