"""The wall and its form as HTML: for the rulebook, and shown again with what is to be put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from standfirst.consent import wordings
from standfirst.newsroom.models import furniture

LEGAL_PATHS = {"terms_url": "/about/terms/", "privacy_url": "/about/privacy/", "cookies_url": "/about/cookies/"}


@dataclass(frozen=True, slots=True)
class ShownOffer:
    """What the wall says above and below its form."""

    headline: str
    sentence: str
    benefits: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a form: what was typed, and what to put right."""

    value: Any = ""
    errors: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ShownError:
    """A line of the summary, leading to its field."""

    field_id: str
    message: str


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form as templates show it. Fields are reached by name; a password's value is never shown again."""

    fields: Mapping[str, ShownField]
    error_summary: Sequence[ShownError] = field(default=())

    def __getitem__(self, name: str) -> ShownField:
        return self.fields[name]


def shown_form(form: BaseForm, prefix: str, secret: frozenset[str] = frozenset({"password"})) -> ShownForm:
    """A Django form for our templates; `prefix` begins the ids of its fields (`join` gives `join-email`)."""
    fields = {
        name: ShownField(
            value="" if name in secret else form[name].value(),
            errors=[str(error) for error in form.errors.get(name, [])] if form.is_bound else [],
        )
        for name in form.fields
    }
    summary = [
        ShownError(field_id=f"{prefix}-{name.replace('_', '-')}", message=message)
        for name, shown in fields.items()
        for message in shown.errors
    ]
    whole = [ShownError(field_id="", message=str(error)) for error in form.non_field_errors()] if form.is_bound else []
    return ShownForm(fields, [*whole, *summary])


def empty_form() -> ShownForm:
    """The join form as a visitor first sees it."""
    return ShownForm({name: ShownField() for name in ("email", "password", "age_confirmed", "offers")})


def form_context(form: ShownForm, next_path: str) -> dict[str, Any]:
    """What `web/join_form.html` is handed, the wording that goes to the ledger included."""
    title = furniture()["title"]
    return {
        "title": title,
        "form": form,
        "next": next_path,
        "minimum_age": settings.STANDFIRST_MINIMUM_AGE,
        "age_wording": wordings.age(settings.STANDFIRST_MINIMUM_AGE),
        "offers_wording": wordings.offers(title.name),
        "terms_wording": wordings.terms_html(**LEGAL_PATHS),
        **LEGAL_PATHS,
    }


def render_wall(offer: ShownOffer, form: ShownForm | None = None, next_path: str = "") -> str:
    """The whole wall. Without `next_path` the gate fills it in when it takes a page in."""
    return render_to_string("web/wall.html", {"offer": offer, **form_context(form or empty_form(), next_path)})


def current_offer() -> ShownOffer:
    """What the wall offers at present; `config` says where that is kept."""
    offer: ShownOffer = import_string(settings.STANDFIRST_OFFER)()
    return offer
