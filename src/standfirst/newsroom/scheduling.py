"""Keep the dates that the desk sets: publish what is due, take down what has run out."""

from __future__ import annotations

from django.core.management import call_command
from django.tasks import task


@task()
def publish_due() -> None:
    """Wagtail's own command, once a minute by the worker. Each page tells the gates as it changes."""
    call_command("publish_scheduled", verbosity=0)
