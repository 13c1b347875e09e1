"""What a story's body is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

_TEXT = ["bold", "italic", "link"]

CUT_MARK = '<span data-standfirst="cut"></span>'
"""What the gate takes for the place where the lead-in ends (`docs/reference/protocol.md`)."""


class QuoteBlock(blocks.StructBlock):
    """Something somebody said, set apart."""

    text = blocks.TextBlock(label=_("What was said"))
    attribution = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "newsroom/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    """A picture in the run of the text."""

    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(label=_("Alternative text"), help_text=_("What you would say to someone on the phone"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(label=_("Credit"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "newsroom/blocks/picture.html"


class FactBoxBlock(blocks.StructBlock):
    """Facts beside the story, under a heading of their own."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.RichTextBlock(label=_("Text"), features=[*_TEXT, "ul", "ol"])

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        template = "newsroom/blocks/fact_box.html"


class CutBlock(blocks.StaticBlock):
    """Where the lead-in ends and the wall stands, when the editor says so."""

    class Meta:
        icon = "cut"
        label = _("The wall goes here")
        admin_text = _("Readers without an account read up to here.")
        template = "newsroom/blocks/cut.html"


class BodyBlock(blocks.StreamBlock):
    """A story's body."""

    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"), features=_TEXT, icon="pilcrow", template="newsroom/blocks/paragraph.html"
    )
    subheading = blocks.CharBlock(label=_("Subheading"), icon="title", template="newsroom/blocks/subheading.html")
    quote = QuoteBlock()
    picture = PictureBlock()
    fact_box = FactBoxBlock()
    cut = CutBlock()

    class Meta:
        required = False
        block_counts = {"cut": {"max_num": 1}}
