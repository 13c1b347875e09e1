"""Show that an address is the reader's own: by the code in the mail, or by the link in it."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
from enum import Enum

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from standfirst.account import letters
from standfirst.account.models import Confirmation
from standfirst.readers.models import Account

CODE_DIGITS = 6
LIFE = datetime.timedelta(days=1)
MAILS_A_DAY = 3
"""To an address nobody has confirmed: it may belong to someone who never asked for mail."""


class Outcome(Enum):
    """What came of a code."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    OVER = "over"
    """Too old, used up, or tried too often: only a new code helps."""


def send(account: Account) -> bool:
    """Make a code and a link and queue the mail, in the caller's transaction. False when the day's mails are used up.

    Only the newest code counts; links of earlier mails go on working while they live.
    """
    Account.objects.select_for_update().get(pk=account.pk)
    day_ago = timezone.now() - datetime.timedelta(days=1)
    if account.confirmations.filter(sent_at__gt=day_ago).count() >= MAILS_A_DAY:
        return False
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    token = secrets.token_urlsafe(24)
    Confirmation.objects.create(
        account=account, code_digest=_digest(f"{account.pk}:{code}"), token_digest=_digest(token)
    )
    link = settings.STANDFIRST_ORIGIN + reverse("confirm_by_link", args=[token])
    letters.confirm_address(account.address, code=code, link=link)
    return True


def confirm_by_code(account: Account, typed: str) -> Outcome:
    """Try a code. Five wrong ones and it is over; the count is kept whatever else fails."""
    digits = "".join(character for character in typed if character.isdigit())
    with transaction.atomic():
        newest = account.confirmations.select_for_update().filter(used_at=None).order_by("-sent_at", "-pk").first()
        if newest is None or newest.tries_left < 1 or timezone.now() - newest.sent_at > LIFE:
            return Outcome.OVER
        if not hmac.compare_digest(newest.code_digest, _digest(f"{account.pk}:{digits}")):
            Confirmation.objects.filter(pk=newest.pk).update(tries_left=models.F("tries_left") - 1)
            return Outcome.WRONG if newest.tries_left > 1 else Outcome.OVER
        _use(newest)
        return Outcome.CONFIRMED


def find_by_link(token: str) -> Confirmation | None:
    """The confirmation a link stands for while it lives and is unused; looking changes nothing."""
    return (
        Confirmation.objects.select_related("account")
        .filter(token_digest=_digest(token), used_at=None, sent_at__gt=timezone.now() - LIFE)
        .first()
    )


def confirm_by_link(token: str) -> Account | None:
    """Use a link; the account it confirmed, or None when it is too old or used."""
    with transaction.atomic():
        found = find_by_link(token)
        if found is None:
            return None
        _use(found)
        return found.account


def _use(confirmation: Confirmation) -> None:
    now = timezone.now()
    confirmation.account.confirmations.filter(used_at=None).update(used_at=now)
    confirmation.account.confirm(now)


def _digest(text: str) -> str:
    # Keyed, so that six digits cannot be found again from a stolen table by trying them all.
    return hmac.new(settings.SECRET_KEY.encode(), f"confirmation:{text}".encode(), hashlib.sha256).hexdigest()
