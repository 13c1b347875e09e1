"""The people and things tests talk about: a visitor, a reader, an unconfirmed reader, an editor; a small newspaper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from standfirst.newsroom.models import FrontPage, Section, Story
from standfirst.vocabulary import GateHeader

PASSWORD = "Harbour7"
WITHHELD = "Nobody who has not joined may read that the ferryman keeps his savings in the third drainpipe."
LEAD_IN = "The ferry will not run on Sunday, the harbour office said."


class Browser(Client):
    """A browser behind the gate: it asks the site as the gate would, with forms sent by pages of ours."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            enforce_csrf_checks=True,
            headers={
                "host": settings.STANDFIRST_ORIGIN.removeprefix("http://"),
                GateHeader.SECRET: settings.STANDFIRST_GATE_SECRET,
                GateHeader.CLIENT: "198.51.100.7",
                "origin": settings.STANDFIRST_ORIGIN,
                "sec-fetch-site": "same-origin",
            },
            **kwargs,
        )

    def take_in(self, path: str) -> Any:
        """Ask for a page as the gate's intake does."""
        return Client().get(
            path,
            headers={
                "host": settings.STANDFIRST_ORIGIN.removeprefix("http://"),
                GateHeader.SECRET: settings.STANDFIRST_GATE_SECRET,
                GateHeader.INTAKE: "1",
            },
        )

    def join(self, address: str = "mary@example.org", **fields: Any) -> Any:
        """Fill in the join form and send it."""
        form = {"email": address, "password": PASSWORD, "age_confirmed": "on", **fields}
        return self.post("/account/join/", {name: value for name, value in form.items() if value is not None})


def paragraphs(*texts: str) -> list[tuple[str, str]]:
    """A body of plain paragraphs, for `make_story`."""
    return [("paragraph", f"<p>{text}</p>") for text in texts]


def make_story(section: Section, slug: str = "the-ferry", **fields: Any) -> Story:
    """A live story in this section, with a lead-in and a withheld paragraph, unless `fields` say otherwise."""
    body = fields.pop("body", [*paragraphs(LEAD_IN), ("cut", None), *paragraphs(WITHHELD)])
    story = Story(title="The ferry stays in harbour", slug=slug, standfirst="A Sunday without it.", **fields)
    story.body = body
    section.add_child(instance=story)
    return story


def front_page() -> FrontPage:
    """The front page of the small newspaper."""
    return FrontPage.objects.get()
