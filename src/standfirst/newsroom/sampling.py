"""Put the sample newspaper into an empty newsroom."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from standfirst.newsroom.models import FrontPage, LegalPage, Picture, Section, Story, Title
from standfirst.newsroom.models.stories import Byline, RunningOrderItem, Weight
from standfirst.newsroom.sample import Block, SampleNewspaper, SampleStory

ABOUT = "about"


@transaction.atomic
def put_in(sample: SampleNewspaper, hostname: str, port: int) -> FrontPage:
    """Make the title, its sections, stories, pictures, legal pages and running order; the front page.

    What Wagtail makes by itself on a new database (a page that welcomes to Wagtail, and its site) goes.
    """
    now = timezone.now()
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    front = FrontPage(
        title=sample.name,
        slug="front",
        edition_name=sample.edition,
        edition_is_late=sample.edition_is_late,
        edition_at=now - datetime.timedelta(hours=sample.edition_hours_ago),
    )
    Page.objects.get(depth=1).specific.add_child(instance=front)
    site = Site.objects.create(
        hostname=hostname, port=port, root_page=front, is_default_site=True, site_name=sample.name
    )
    Title.objects.create(site=site, name=sample.name, strapline=sample.strapline)
    sections = {}
    for section in sample.sections:
        page = Section(
            title=section.name,
            slug=section.slug,
            introduction=section.introduction,
            default_tier=section.default_tier.value,
        )
        sections[section.slug] = front.add_child(instance=page)
    pictures = {key: _picture(key, path) for key, path in sample.pictures.items()}
    stories = {story.slug: _story(story, sections[story.section], pictures, now) for story in sample.stories}
    _running_order(front, sample, stories)
    _legal_pages(front, sample, now)
    return front


def _picture(key: str, path: Path) -> Picture:
    with path.open("rb") as file:
        return Picture.objects.create(title=key.replace("-", " ").capitalize(), file=ImageFile(file, name=path.name))


def _story(sample: SampleStory, section: Section, pictures: dict[str, Picture], now: datetime.datetime) -> Story:
    published = now - datetime.timedelta(hours=sample.published_hours_ago)
    updated = sample.updated_hours_ago
    lead = sample.picture
    story = Story(
        title=sample.headline,
        slug=sample.slug,
        standfirst=sample.standfirst,
        tier=sample.tier.value if sample.tier else "",
        lead_picture=pictures[lead.key] if lead else None,
        lead_picture_alt=lead.alt if lead else "",
        lead_picture_caption=lead.caption if lead else "",
        lead_picture_credit=lead.credit if lead else "",
        first_published_at=published,
        last_published_at=published if updated is None else now - datetime.timedelta(hours=updated),
    )
    story.body = story.body.stream_block.to_python([_block(block, pictures) for block in sample.body])
    story.bylines = [Byline(name=name) for name in sample.bylines]
    section.add_child(instance=story)
    story.tags.set(sample.tags)
    story.save()
    return story


def _block(block: Block, pictures: dict[str, Picture]) -> dict[str, object]:
    value = block.value
    if block.kind in ("paragraph", "subheading"):
        return {"type": block.kind, "value": value["text"]}
    if block.kind == "picture":
        shown = {name: value.get(name, "") for name in ("alt", "caption", "credit")}
        return {"type": "picture", "value": {"picture": pictures[value["picture"]].pk, **shown}}
    if block.kind == "cut":
        return {"type": "cut", "value": None}
    return {"type": block.kind, "value": dict(value)}


def _running_order(front: FrontPage, sample: SampleNewspaper, stories: dict[str, Story]) -> None:
    placed = [
        (sample.lead, Weight.LEAD),
        *((slug, Weight.SECOND) for slug in sample.seconds),
        (sample.picture_story, Weight.PICTURE),
        *((slug, Weight.BRIEF) for slug in sample.briefs),
    ]
    front.running_order = [
        RunningOrderItem(story=stories[slug], weight=weight, sort_order=order)
        for order, (slug, weight) in enumerate(placed)
    ]
    front.save()


def _legal_pages(front: FrontPage, sample: SampleNewspaper, now: datetime.datetime) -> None:
    about = front.add_child(
        instance=LegalPage(title=sample.name, slug=ABOUT, body=f"<p>{sample.strapline}</p>", last_published_at=now)
    )
    for text in sample.legal:
        about.add_child(instance=LegalPage(title=text.title, slug=text.slug, body=text.html, last_published_at=now))
