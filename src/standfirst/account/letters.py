"""The mails an account sends. Rendered here, queued in the caller's transaction."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from standfirst.mail import outbox
from standfirst.newsroom.models import furniture


def confirm_address(to: str, *, code: str, link: str) -> None:
    """The code and the link that show an address is the reader's own."""
    send("web/mail/confirm", to, {"code": code, "link": link, "valid_for": _("24 hours")})


def reset_password(to: str, *, link: str) -> None:
    """The link that lets a reader choose a new password."""
    send("web/mail/reset", to, {"link": link, "valid_for": _("an hour")})


def send(template: str, to: str, context: dict[str, Any]) -> None:
    """Render `<template>_subject.txt`, `.txt` and `.html`, and queue the mail.

    Templates are handed `context`, the address as `address`, the `title`, and the newspaper's `home_url`.
    """
    full = {**context, "address": to, "title": furniture()["title"], "home_url": settings.STANDFIRST_ORIGIN + "/"}
    subject = " ".join(render_to_string(f"{template}_subject.txt", full).split())
    text = render_to_string(f"{template}.txt", full)
    outbox.queue(to, subject, text, render_to_string(f"{template}.html", {**full, "subject": subject}))
