"""The story, and its place in the running order."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from standfirst.newsroom import announcements, presentation
from standfirst.newsroom.blocks import BodyBlock
from standfirst.newsroom.models.pages import TIERS, FrontPage, NewsroomPage, Section, furniture, title
from standfirst.newsroom.models.pictures import Picture
from standfirst.vocabulary import Tier


class StoryTag(TaggedItemBase):
    """A tag on a story."""

    content_object = ParentalKey("newsroom.Story", on_delete=models.CASCADE, related_name="tagged_items")


class Story(NewsroomPage):
    """A story. Its headline is the page's title; its section is the page above it."""

    standfirst = models.TextField(_("standfirst"), blank=True, help_text=_("The paragraph everyone may read."))
    lead_picture = models.ForeignKey(
        Picture, verbose_name=_("lead picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lead_picture_alt = models.CharField(_("alternative text"), max_length=250, blank=True)
    lead_picture_caption = models.CharField(_("caption"), max_length=250, blank=True)
    lead_picture_credit = models.CharField(_("credit"), max_length=120, blank=True)
    tier = models.CharField(
        _("who may read it whole"),
        max_length=12,
        choices=TIERS,
        blank=True,
        help_text=_("Left empty, the section decides."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    tags = ClusterTaggableManager(through=StoryTag, blank=True)

    content_panels: ClassVar = [
        FieldPanel("title", heading=_("Headline"), classname="title"),
        FieldPanel("standfirst"),
        InlinePanel("bylines", label=_("byline")),
        MultiFieldPanel(
            [
                FieldPanel("lead_picture"),
                FieldPanel("lead_picture_alt"),
                FieldPanel("lead_picture_caption"),
                FieldPanel("lead_picture_credit"),
            ],
            heading=_("Lead picture"),
        ),
        FieldPanel("body"),
        FieldPanel("tier"),
        FieldPanel("tags"),
    ]
    # The desk alone searches what is withheld; readers' search is a room of its own.
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("standfirst")]
    template = "newsroom/story.html"
    subpage_types: ClassVar[list[str]] = []
    parent_page_types: ClassVar = ["newsroom.Section"]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def published_at(self) -> datetime.datetime:
        """When readers first saw it; for a draft, now."""
        return self.first_published_at or timezone.now()

    def context(self) -> dict[str, Any]:
        """The whole story, the cut marked in it."""
        shown = presentation.whole_story(self, origin=settings.STANDFIRST_ORIGIN, lead_in_words=title().lead_in_words)
        return {"story": shown, "section_url": shown.section_url}

    def public_context(self) -> dict[str, Any]:
        """The story's public projection in the same template: nothing behind the cut."""
        shown = presentation.lead_in_of(self, origin=settings.STANDFIRST_ORIGIN, lead_in_words=title().lead_in_words)
        return {
            **furniture("visitor"),
            "canonical_url": settings.STANDFIRST_ORIGIN + self.address(),
            "story": shown,
            "section_url": shown.section_url,
        }

    def section(self) -> Section:
        """The section the story stands in."""
        return Section.objects.get(pk=self.get_parent().pk)

    def effective_tier(self) -> Tier:
        """The story's own tier, or its section's."""
        return Tier(self.tier or self.section().default_tier)

    def own_tags(self) -> list[str]:
        """The story's page, and that it goes where its section goes."""
        return [announcements.story_tag(self.pk), announcements.inside_section_tag(self.get_parent().pk)]

    def lists(self) -> list[str]:
        """The tags of pages that show this story in a list."""
        return [announcements.FRONT, announcements.section_tag(self.get_parent().pk)]

    def tell_saved(self, before: NewsroomPage | None) -> None:
        """The story's page, and the lists it stands in."""
        if self.has_left(before):
            announcements.withdrawn([announcements.story_tag(self.pk), *self.lists()])
        else:
            announcements.changed([announcements.story_tag(self.pk), *self.lists()])

    def tell_gone(self) -> None:
        """No list shows a story that is no longer there."""
        announcements.withdrawn([announcements.story_tag(self.pk), *self.lists()])


class Byline(Orderable):
    """Who wrote it."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    name = models.CharField(_("name"), max_length=120)

    panels: ClassVar = [FieldPanel("name")]


class Weight(models.TextChoices):
    """How much room a story gets on the front page."""

    LEAD = "lead", _("lead")
    SECOND = "second", _("second")
    PICTURE = "picture", _("picture story")
    BRIEF = "brief", _("brief")


class RunningOrderItem(Orderable):
    """A story's place on the front page."""

    front_page = ParentalKey(FrontPage, on_delete=models.CASCADE, related_name="running_order")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", verbose_name=_("story"))
    weight = models.CharField(_("weight"), max_length=8, choices=Weight.choices, default=Weight.SECOND)

    panels: ClassVar = [PageChooserPanel("story"), FieldPanel("weight")]
