"""Email addresses as we compare them. They are kept and written to as they were typed."""

from __future__ import annotations

import unicodedata

from email_validator import EmailNotValidError, validate_email

MAX_LENGTH = 254
"""Characters of an address (RFC 5321, section 4.5.3.1.3, less the angle brackets)."""


class BadAddress(ValueError):
    """Not an address mail could be sent to."""


def canonical(address: str) -> str:
    """The form all spellings of one address share: NFC, trimmed, no capitals, the domain in IDNA's U-form.

    A part after a plus is kept: it is the reader's own way of sorting mail, and `a+b@` and `a@` may be two people.
    Raises BadAddress when it is not an address, and for letters beyond ASCII before the at sign: hardly any mail server
    takes them (SMTPUTF8, RFC 6531), so that such an address could never be confirmed. Domains of any script are fine.
    """
    typed = unicodedata.normalize("NFC", address.strip())
    if len(typed) > MAX_LENGTH or not typed.isprintable():
        raise BadAddress("not an address")
    try:
        # Strict: 64 characters before the at sign (RFC 5321, section 4.5.3.1.1).
        parts = validate_email(
            typed, check_deliverability=False, allow_smtputf8=False, strict=True, test_environment=True
        )
    except EmailNotValidError as error:
        raise BadAddress("not an address") from error
    return parts.normalized.lower()
