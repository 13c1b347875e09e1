"""`prepare`: make a new database into a newspaper, and bring an old one up to this version's pages."""

from __future__ import annotations

import json
import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Site

from standfirst.newsroom import announcements, sampling
from standfirst.newsroom.models import FrontPage
from standfirst.newsroom.sample import load_sample
from standfirst.readers.models import Account, Kind
from standfirst.walls.models import Offer
from standfirst.walls.publishing import DEFAULT

EDITOR = "editor@standfirst.example"


def _public_address() -> tuple[str, int]:
    origin = urlsplit(settings.STANDFIRST_ORIGIN)
    return origin.hostname or "", origin.port or (443 if origin.scheme == "https" else 80)


class Command(BaseCommand):
    """Prints one line of JSON: the editor's address, and the first password when one was made just now."""

    help = "Put the sample newspaper and a first editor into a new database; publish the pages' frame anew."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to run again: what is there stays as it is."""
        call_command("createcachetable", verbosity=0)
        with transaction.atomic():
            password = self._first_editor()
            if not FrontPage.objects.exists():
                self._sample()
            self._move_to_the_public_origin()
            announcements.furniture_changed()
        self.stdout.write(json.dumps({"desk_email": EDITOR, "desk_password": password}))

    def _first_editor(self) -> str | None:
        if Account.objects.filter(kind=Kind.STAFF).exists():
            return None
        password = secrets.token_urlsafe(9)
        Account.objects.create_superuser(EDITOR, password, first_name="First", last_name="Editor")
        return password

    def _move_to_the_public_origin(self) -> None:
        """Wagtail keeps the address in a row of its own; the settings say where the newspaper is now."""
        hostname, port = _public_address()
        Site.objects.filter(is_default_site=True).update(hostname=hostname, port=port)
        Site.clear_site_root_paths_cache()

    def _sample(self) -> None:
        sample = load_sample()
        sampling.put_in(sample, *_public_address())
        Offer.objects.get_or_create(
            name=DEFAULT,
            defaults={
                "headline": sample.offer.headline,
                "sentence": sample.offer.sentence,
                "benefits": "\n".join(sample.offer.benefits),
            },
        )
