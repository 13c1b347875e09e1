"""Publish the rulebook: the only thing a gate knows about walls."""

from __future__ import annotations

from django.db import transaction
from django.template.loader import render_to_string

from standfirst.account import wall
from standfirst.feed import log
from standfirst.newsroom.models import furniture
from standfirst.vocabulary import FeedKind, Tier
from standfirst.walls.models import Offer

PASSTHROUGH = ("/account/", "/desk/", "/static/", "/media/", "/mailbox/")
"""Paths that are never pages: the gate passes their requests on as they are."""

DEFAULT = "default"


def publish_rulebook() -> int:
    """Publish what the desk holds now as a new version, in one transaction; its number in the feed.

    Gates build every page they hold anew, so the wall's new words are live within a second.
    """
    with transaction.atomic():
        document = {
            "passthrough": list(PASSTHROUGH),
            "tiers": {Tier.METERED.value: DEFAULT, Tier.REGISTERED.value: DEFAULT},
            "offers": {DEFAULT: {"wall_html": wall.render_wall(current_offer())}},
            "shell_html": render_to_string("web/shell.html", furniture()),
        }
        return log.append(FeedKind.RULEBOOK, document)


def save_offer(offer: Offer) -> None:
    """Keep an offer and publish it."""
    with transaction.atomic():
        offer.save()
        publish_rulebook()


def current_offer() -> wall.ShownOffer:
    """The offer as the wall shows it; our own words until the desk has others."""
    offer = Offer.objects.filter(name=DEFAULT).first() or Offer(name=DEFAULT)
    return wall.ShownOffer(headline=offer.headline, sentence=offer.sentence, benefits=offer.benefit_lines())
