"""A forgotten password: allauth's views with our templates."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordResetFromKeyView, PasswordResetView
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from standfirst.account import wall
from standfirst.account.forms import ForgottenPasswordForm, NewPasswordForm
from standfirst.account.views import answers


class ForgottenPassword(PasswordResetView):
    """Ask for the mail. The answer is the same whether the address has an account or not."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with one field."""
        return self._page(wall.ShownForm({"email": wall.ShownField()}), 200)

    def form_valid(self, form: ForgottenPasswordForm) -> HttpResponse:
        """Send it, if there is anyone to send it to, and say so either way."""
        answer = super().form_valid(form)
        return answer if answer.status_code == 429 else answers.redirect("sent/")

    def form_invalid(self, form: ForgottenPasswordForm) -> HttpResponse:
        """Show it again."""
        return self._page(wall.shown_form(form, "forgotten"), answers.TO_PUT_RIGHT)

    def get_success_url(self) -> str:
        """allauth asks; the answer is ours to give in `form_valid`."""
        return "sent/"

    def _page(self, form: wall.ShownForm, status: int) -> HttpResponse:
        context = {
            "form": form,
            "heading": _("Forgotten your password?"),
            "sentences": [_("Tell us your email address, and we will send you a link to choose a new one.")],
        }
        return answers.page(self.request, "account/forgotten_password.html", context, status)


def mail_sent(request: HttpRequest) -> HttpResponse:
    """What happens next."""
    return answers.page(
        request,
        "web/message.html",
        {
            "heading": _("Look in your inbox"),
            "sentences": [
                _("If that address has an account with us, a mail with a link is on its way. It works for an hour."),
                _("Nothing there after a few minutes? Look among the junk mail, or try another address."),
            ],
        },
    )


class NewPassword(PasswordResetFromKeyView):
    """Choose a new password by the link in the mail. Signed in afterwards, and the address is confirmed by it."""

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Set it. Every session and pass made before it ends."""
        super().form_valid(form)
        self.reset_user.confirm(timezone.now())
        return answers.redirect("/account/?password=changed")

    def form_invalid(self, form: NewPasswordForm) -> HttpResponse:
        """Show it again."""
        return self._page(wall.shown_form(form, "new", frozenset({"password1"})), answers.TO_PUT_RIGHT)

    def get_success_url(self) -> str:
        """allauth asks; the answer is ours to give in `form_valid`."""
        return "/account/"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """allauth comes here with a fresh form, or with a link that no longer works."""
        if context.get("token_fail"):
            return answers.page(
                self.request,
                "web/message.html",
                {
                    "heading": _("This link no longer works"),
                    "sentences": [_("It was used already, or it is more than an hour old.")],
                    "link_url": "/account/forgotten-password/",
                    "link_text": _("Ask for a new one"),
                },
                410,
            )
        return self._page(wall.ShownForm({"password1": wall.ShownField()}), 200)

    def _page(self, form: wall.ShownForm, status: int) -> HttpResponse:
        context = {"form": form, "heading": _("Choose a new password")}
        return answers.page(self.request, "account/new_password.html", context, status)
