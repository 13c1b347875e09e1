"""Which transport mail takes: the local mailbox, or the SMTP server that `STANDFIRST_SMTP_URL` names."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from standfirst.passes.environment import BadSetting

_TLS = {"starttls": {"use_tls": True}, "tls": {"use_ssl": True}, "none": {}}
_SHAPE = "STANDFIRST_SMTP_URL must look like smtp://name:password@host:587?tls=starttls."


def mailer(url: str | None) -> dict[str, Any]:
    """Django's `MAILERS` entry for a URL such as `smtp://name:password@host:587?tls=starttls`.

    `tls` is `starttls` (the default), `tls` (from the first byte, port 465) or `none`. Without a URL mail goes to
    the local mailbox. Raises BadSetting for a URL of another kind.
    """
    if url is None:
        return {"BACKEND": "standfirst.mail.mailbox.MailboxBackend"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadSetting(_SHAPE) from None
    tls = parse_qs(parts.query).get("tls", ["starttls"])[0]
    if parts.scheme != "smtp" or not parts.hostname or tls not in _TLS:
        raise BadSetting(_SHAPE)
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": port or (465 if tls == "tls" else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "timeout": 20,
            **_TLS[tls],
        },
    }
