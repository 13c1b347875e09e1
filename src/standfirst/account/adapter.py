"""Where allauth meets our rooms: sessions carry passes, mail goes through the outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _

from standfirst.account import destinations, letters
from standfirst.mail import outbox
from standfirst.readers import passes
from standfirst.readers.models import Account


class Adapter(DefaultAccountAdapter):
    """allauth's account adapter for this site."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Check the address and the password: together they fit no account."),
        "too_many_login_attempts": _("That was one try too many. Wait a few minutes, then try again."),
    }

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in; a reader's session is named for passes and the answer carries the first one.

        Passes of a sign-in that this one takes the place of end here: no sign-out could name them any more.
        """
        passes.end(request.session)
        super().login(request, user)
        if isinstance(user, Account) and user.is_reader:
            passes.begin(request.session, user)
            request.user = user
            request.standfirst_pass = passes.Wish.ISSUE  # type: ignore[attr-defined]

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and revoke the session's passes at every gate."""
        passes.end(request.session)
        super().logout(request)
        request.standfirst_pass = passes.Wish.CLEAR  # type: ignore[attr-defined]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in that mail, on the configured origin: what a request says in Host is not to be mailed out."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.STANDFIRST_ORIGIN + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """The mail with the link, to the address as the reader typed it when joining."""
        with transaction.atomic():
            letters.reset_password(user.address, link=context["password_reset_url"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Any other mail of allauth's, in its own words, through the outbox like ours."""
        message = self.render_mail(template_prefix, email, {**context, "email": email})
        with transaction.atomic():
            outbox.queue(email, message.subject, message.body, linebreaks(message.body, autoescape=True))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Held pages show no messages, so none are kept."""

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: our forms answer scripts in their own way, and allauth's JSON would tell more than our pages do."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only paths of our own are followed."""
        return destinations.safe_path(url) is not None
