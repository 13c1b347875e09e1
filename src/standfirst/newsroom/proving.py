"""Whether a story's lead-in may be shown where no gate stands between: by the gate's own cut and proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from standfirst.gate import cut
from standfirst.gate.faults import CutFault
from standfirst.gate.proof import prove
from standfirst.gate.words import Texts

if TYPE_CHECKING:
    from standfirst.newsroom.models import Story


def lead_in_is_proved(story: Story) -> bool:
    """Whether a gate shows visitors this lead-in, or falls back: a caption or a tag may quote what is withheld."""
    context = story.shown_context()
    furniture = Texts.of_document(render_to_string("web/shell.html", context))
    try:
        page = cut.lead_in(render_to_string(story.template, context), story.address())
        prove(Texts.of_document(page.html), page.withheld, [page.allowed, furniture])
    except CutFault:
        return False
    return True
