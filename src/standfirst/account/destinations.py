"""Where people go after a form: back to the story, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.http import url_has_allowed_host_and_scheme

from standfirst.vocabulary import GOES_ON_ID

MAX_LENGTH = 500


def safe_path(wanted: str | None) -> str | None:
    """`wanted` when it is a path on our own origin, such as `/news/the-pier/?page=2`; else None.

    Absolute addresses are refused even when they are ours, as is what browsers read as another host (`//`, `/\\`).
    """
    if not wanted or len(wanted) > MAX_LENGTH or not wanted.isprintable() or not wanted.startswith("/"):
        return None
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return None
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or "\\" in wanted:
        return None
    return wanted


def back_to_story(wanted: str | None) -> str:
    """Where a form without JavaScript leads: the page it stood on, at the place where the story goes on."""
    path = safe_path(wanted)
    if path is None:
        return "/"
    return path if path == "/" or "#" in path else f"{path}#{GOES_ON_ID}"
