"""Public answers of the newsroom that are not pages of the tree."""

from __future__ import annotations

from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.static import serve
from wagtail.models import Page

from standfirst.newsroom.models import FrontPage, Story

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


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture. Its name changes with its content and its size, so browsers may keep it for a week."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError:  # a name no file can have
        raise Http404 from None
    response.headers["Cache-Control"] = "public, max-age=604800"
    # Should something with a script in it ever be uploaded, it runs nothing.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def story_at(path: str) -> Story | None:
    """The live story with this path, such as `/news/the-pier/`; None for anything else."""
    front = FrontPage.objects.live().first()
    if front is None or not path.startswith("/") or len(path) > 500 or "\0" in path:
        return None
    return Story.objects.live().public().filter(url_path=front.url_path.rstrip("/") + path).first()
