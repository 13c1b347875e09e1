"""What a password must be, and how it is kept."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_LENGTH: Final = 128
RULES: Final = ("length", "upper", "lower", "digit")


def broken_rules(password: str) -> list[str]:
    """Which of `RULES` this password breaks, in their order."""
    kept = {
        "length": len(password) >= 6,
        "upper": any(character.isupper() for character in password),
        "lower": any(character.islower() for character in password),
        "digit": any(character.isdigit() for character in password),
    }
    return [rule for rule in RULES if not kept[rule]]


class PasswordRules:
    """Django's validator for the rules the wall shows."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError, in words for the reader, when a rule is broken."""
        if len(password) > MAX_LENGTH:
            raise ValidationError(_("Choose a password of up to 128 characters"), code="long")
        if broken_rules(password):
            raise ValidationError(self.get_help_text(), code="rules")

    def get_help_text(self) -> str:
        """The rules in one sentence."""
        return _(
            "Choose a password of at least 6 characters with an upper-case letter, a lower-case letter and a number"
        )


class Argon2id(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters (Password Storage Cheat Sheet): 19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
