"""Every address the site answers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from standfirst.account import urls as account_urls
from standfirst.account.views import signing_in
from standfirst.feed import views as feed
from standfirst.mail import views as mail
from standfirst.newsroom import views as newsroom
from standfirst.readers import views as readers


def to_desk_sign_in(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """Wagtail's own ways in would pass by our limits."""
    return HttpResponseRedirect("/desk/sign-in/")


urlpatterns = [
    path("_gate/feed", feed.feed),
    path("_gate/ready", feed.ready),
    path("_gate/pass", readers.renew_pass),
    path("account/", include(account_urls)),
    path("desk/sign-in/", signing_in.DeskSignIn.as_view(), name="desk_sign_in"),
    path("desk/login/", to_desk_sign_in),
    re_path(r"^desk/password_reset/", to_desk_sign_in),
    path("desk/", include(wagtailadmin_urls)),
    path("mailbox/<str:token>/", mail.mailbox, name="mailbox"),
    path("mailbox/<str:token>/<int:pk>/", mail.message, name="mailbox_message"),
    path("mailbox/<str:token>/<int:pk>/html/", mail.message_html, name="mailbox_html"),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    path("sitemap.xml", newsroom.sitemap),
    path("", include(wagtail_urls)),
]

handler404 = "standfirst.newsroom.views.not_found"
handler500 = "standfirst.newsroom.views.failed"
