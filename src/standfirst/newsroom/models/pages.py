"""What all pages have in common, and those that are not stories."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageQuerySet, Site
from wagtail.rich_text import expand_db_html

from standfirst.newsroom import announcements, presentation, serving, times
from standfirst.newsroom.models.title import Title
from standfirst.vocabulary import Tier

IN_A_SECTION = 40
"""Stories on a section's page."""

IN_A_SECTION_BLOCK = 3
"""Stories below a section's name on the front page."""

TIERS = [
    (Tier.FREE.value, _("free: everybody reads it whole")),
    (Tier.METERED.value, _("metered: some a month without an account")),
    (Tier.REGISTERED.value, _("registered: with a free account")),
]


class NewsroomPage(Page):
    """A page that tells gates, in the same transaction, whenever it changes.

    What each kind of page must tell is in `tell_saved` and `own_tags`. Wagtail moves, deletes and unpublishes some
    pages without asking their class; `watching` sees to those.
    """

    private_page_options: ClassVar[list[str]] = []
    """Tiers say who may read a page. Wagtail's own restrictions would be unknown to gates that hold it."""

    class Meta:
        abstract = True

    def context(self) -> dict[str, Any]:
        """What the page's own part of its template is handed, the furniture aside."""
        raise NotImplementedError

    def own_tags(self) -> list[str]:
        """The tags of this page's own address."""
        raise NotImplementedError

    def address(self) -> str:
        """The page's path on the public origin, such as `/news/the-pier/`."""
        parts = self.get_url_parts()
        return parts[2] if parts else "/"

    def effective_tier(self) -> Tier:
        """Who may read this page whole."""
        return Tier.FREE

    def tell_saved(self, before: NewsroomPage | None) -> None:
        """Write the feed after this page was saved; `before` is how it stood."""
        raise NotImplementedError

    def tell_gone(self) -> None:
        """Write the feed when this page leaves its address."""
        announcements.withdrawn(self.own_tags())

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and tell the gates in the same transaction."""
        with transaction.atomic():
            before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
            result = super().save(*args, **kwargs)
            if self.live or (before is not None and before.live):
                self.tell_saved(before)
        return result

    def has_left(self, before: NewsroomPage | None) -> bool:
        """Whether an old copy of this page would now show what it must not: unpublished, moved, or another tier."""
        if before is None or not before.live:
            return False
        return not self.live or before.url_path != self.url_path or before.effective_tier() != self.effective_tier()

    def shown_context(self) -> dict[str, Any]:
        """Everything the template is handed: the page's own part, its address, and the furniture."""
        return {
            **furniture(),
            "canonical_url": settings.STANDFIRST_ORIGIN + self.address(),
            **self.context(),
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The whole page, for a gate; see `serving`."""
        return serving.serve(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as it would look, for the desk alone."""
        return serving.preview(self, request)


def title() -> Title:
    """The title's settings; the defaults while there are none."""
    site = Site.objects.filter(is_default_site=True).first()
    return Title.for_site(site) if site is not None else Title()


def furniture(seen_as: str = "both") -> dict[str, Any]:
    """What `web/base.html` needs around every page.

    `seen_as` is "both" for pages that go through intake, where the gate takes one form out, and "visitor" or "reader"
    for pages answered to one person.
    """
    front = FrontPage.objects.live().first()
    return {
        "title": presentation.title(title(), Section.objects.live().order_by("path")),
        "edition": None if front is None else presentation.edition(front),
        "seen_as": seen_as,
    }


class FrontPage(NewsroomPage):
    """The front page, its running order, and the edition strip."""

    edition_name = models.CharField(_("edition"), max_length=40, default=_("City edition"))
    edition_at = models.DateTimeField(_("edition's time"), default=timezone.now)
    edition_is_late = models.BooleanField(_("late final"), default=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("edition_name"), FieldPanel("edition_at"), FieldPanel("edition_is_late")],
            heading=_("Edition strip"),
        ),
        InlinePanel("running_order", label=_("story"), heading=_("Running order")),
    ]
    template = "newsroom/front.html"
    subpage_types: ClassVar = ["newsroom.Section", "newsroom.LegalPage"]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("front page")

    def context(self) -> dict[str, Any]:
        """The running order by weight, then each section's newest that are not in it."""
        now = timezone.now()
        cards: dict[str, list[presentation.Card]] = {}
        placed = set()
        for item in self.running_order.filter(story__live=True).select_related("story"):
            cards.setdefault(item.weight, []).append(presentation.card(item.story, now))
            placed.add(item.story_id)
        blocks = []
        for section in Section.objects.live().order_by("path"):
            stories = section.stories().exclude(pk__in=placed)[:IN_A_SECTION_BLOCK]
            if stories:
                shown = [presentation.card(story, now) for story in stories]
                blocks.append({"name": section.title, "url": section.address(), "cards": shown})
        return {
            "lead": next(iter(cards.get("lead", [])), None),
            "seconds": [*cards.get("lead", [])[1:], *cards.get("second", [])],
            "briefs": cards.get("brief", []),
            "picture_story": next(iter(cards.get("picture", [])), None),
            "section_blocks": blocks,
        }

    def own_tags(self) -> list[str]:
        """The front page has one tag of its own."""
        return [announcements.FRONT]

    def tell_saved(self, before: NewsroomPage | None) -> None:
        """The edition strip is on every page."""
        strip = ("edition_name", "edition_at", "edition_is_late")
        if self.has_left(before):
            self.tell_gone()
        if before is None or any(getattr(before, name) != getattr(self, name) for name in strip):
            announcements.furniture_changed()
        else:
            announcements.changed([announcements.FRONT])


class Section(NewsroomPage):
    """A part of the paper: News, Sport, and so on."""

    introduction = models.CharField(_("introduction"), max_length=200, blank=True)
    default_tier = models.CharField(
        _("who may read its stories"), max_length=12, choices=TIERS, default=Tier.REGISTERED.value
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("default_tier")]
    template = "newsroom/section.html"
    subpage_types: ClassVar = ["newsroom.Story"]
    parent_page_types: ClassVar = ["newsroom.FrontPage"]

    class Meta:
        verbose_name = _("section")

    def stories(self) -> PageQuerySet:
        """The section's stories that are out, newest first."""
        return self.get_children().live().order_by("-first_published_at").specific()

    def context(self) -> dict[str, Any]:
        """The section's newest stories."""
        now = timezone.now()
        return {
            "section": {"name": self.title, "introduction": self.introduction},
            "section_url": self.address(),
            "cards": [presentation.card(story, now) for story in self.stories()[:IN_A_SECTION]],
        }

    def own_tags(self) -> list[str]:
        """The section's own page."""
        return [announcements.section_tag(self.pk)]

    def tell_saved(self, before: NewsroomPage | None) -> None:
        """Its stories live below its address and take its tier; its name is in every page's navigation."""
        tier_changed = isinstance(before, Section) and before.default_tier != self.default_tier
        if self.has_left(before) or tier_changed:
            announcements.withdrawn([*self.own_tags(), announcements.inside_section_tag(self.pk)])
        announcements.furniture_changed()

    def tell_gone(self) -> None:
        """Everything below the section goes with it."""
        announcements.withdrawn([*self.own_tags(), announcements.inside_section_tag(self.pk)])
        announcements.furniture_changed()


class LegalPage(NewsroomPage):
    """A plain page: terms of use, privacy policy, cookie policy."""

    body = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "link", "ul", "ol"])

    template = "newsroom/legal.html"
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("body")]
    subpage_types: ClassVar = ["newsroom.LegalPage"]
    parent_page_types: ClassVar = ["newsroom.FrontPage", "newsroom.LegalPage"]

    class Meta:
        verbose_name = _("plain page")

    def context(self) -> dict[str, Any]:
        """The text, and when it was last changed."""
        changed = self.last_published_at
        return {
            "page_title": self.title,
            "revised_in_words": times.day(changed) if changed else "",
            "body_html": mark_safe(expand_db_html(self.body)),  # noqa: S308  (Wagtail cleaned it when it was saved)
        }

    def own_tags(self) -> list[str]:
        """The page's own address, and that it goes where the plain pages above it go."""
        above = self.get_ancestors().type(LegalPage).values_list("pk", flat=True)
        return [announcements.legal_tag(self.pk), *(announcements.below_legal_tag(pk) for pk in above)]

    def tell_saved(self, before: NewsroomPage | None) -> None:
        """Withdraw it when it left, and what stands below its address; else have it fetched again."""
        if self.has_left(before):
            self.tell_gone()
        else:
            announcements.changed([announcements.legal_tag(self.pk)])

    def tell_gone(self) -> None:
        """The page, and those below it."""
        announcements.withdrawn([announcements.legal_tag(self.pk), announcements.below_legal_tag(self.pk)])
