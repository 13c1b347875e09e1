"""Every address the site answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path, re_path
from wagtail import views as wagtail
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

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
    path("media/<path:path>", newsroom.media),
    path("sitemap.xml", newsroom.sitemap),
    # Of Wagtail's public addresses only the pages: its `_util/login/` would let people try passwords past our limits.
    re_path(serve_pattern, wagtail.serve, name="wagtail_serve"),
]

handler400 = "standfirst.newsroom.errors.unreadable"
handler403 = "standfirst.newsroom.errors.refused"
handler404 = "standfirst.newsroom.errors.not_found"
handler429 = "standfirst.newsroom.errors.too_many"
handler500 = "standfirst.newsroom.errors.failed"
