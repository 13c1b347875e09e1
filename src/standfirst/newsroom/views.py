"""Public answers of the newsroom that are not pages of the tree."""

from __future__ import annotations

from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from wagtail.models import Page

from standfirst.newsroom.models import FrontPage, Story, furniture
from standfirst.newsroom.presentation import ShownTitle

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that is out, with when it was last published: addresses and times only."""
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    front = FrontPage.objects.live().first()
    pages = Page.objects.live().public().descendant_of(front, inclusive=True) if front else Page.objects.none()
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": _SITEMAP}))
    for page in pages.order_by("path").specific().iterator():
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", settings.STANDFIRST_ORIGIN + page.address())
        if page.last_published_at:
            xml.addQuickElement("lastmod", page.last_published_at.isoformat(timespec="seconds"))
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page."""
    return render(request, "newsroom/404.html", furniture("neither"), status=404)


def story_at(path: str) -> Story | None:
    """The live story with this path, such as `/news/the-pier/`; None for anything else."""
    front = FrontPage.objects.live().first()
    if front is None or not path.startswith("/") or len(path) > 500 or "\0" in path:
        return None
    return Story.objects.live().filter(url_path=front.url_path.rstrip("/") + path).first()


def failed(request: HttpRequest) -> HttpResponse:
    """Something of ours broke. Said without the database, which may be what broke."""
    return render(
        request,
        "web/message.html",
        {
            "heading": _("Something went wrong on our side"),
            "sentences": [_("Nothing you sent was lost that we told you was kept. Please try again in a minute.")],
            "seen_as": "neither",
            "title": ShownTitle(name="", strapline="", sections=[]),
        },
        status=500,
    )
