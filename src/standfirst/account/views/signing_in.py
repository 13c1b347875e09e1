"""Signing in and out. allauth does it; these views give its answers our shape."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from standfirst.account import destinations, wall
from standfirst.account.forms import DeskSignInForm, SignInForm
from standfirst.account.views import answers


def shown_sign_in(form: SignInForm) -> wall.ShownForm:
    """allauth calls the address `login`; our templates call it `email`."""
    shown = wall.shown_form(form, "sign-in")
    summary = [
        wall.ShownError(line.field_id.replace("sign-in-login", "sign-in-email"), line.message)
        for line in shown.error_summary
    ]
    return wall.ShownForm({"email": shown["login"], "password": shown["password"]}, summary)


class SignIn(LoginView):
    """Sign a reader in, on a page of its own or in the wall's place."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with the form."""
        empty = wall.ShownForm({"email": wall.ShownField(), "password": wall.ShownField()})
        next_path = destinations.safe_path(request.GET.get("next"))
        if request.user.is_authenticated:
            return answers.redirect(destinations.back_to_story(next_path))
        return self._page(empty, next_path, 200)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign in and go on, or say what to put right."""
        next_path = destinations.safe_path(request.POST.get("next"))
        form = self.get_form()
        if form.is_valid():
            self.form_valid(form)
            return answers.done(request, next_path)
        shown = shown_sign_in(form)
        if answers.is_enhanced(request):
            context = {"form": shown, "next": next_path or "/"}
            return answers.fragment(request, "web/sign_in_form.html", context, answers.TO_PUT_RIGHT)
        return self._page(shown, next_path, answers.TO_PUT_RIGHT)

    def get_success_url(self) -> str:
        """allauth asks; the answer is ours to give in `post`."""
        return "/"

    def _page(self, form: wall.ShownForm, next_path: str | None, status: int) -> HttpResponse:
        context = {"form": form, "next": next_path or "/", "heading": _("Sign in")}
        return answers.page(self.request, "account/sign_in.html", context, status)


class SignOut(LogoutView):
    """Sign a reader out. A link leads to a button; only the button does it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with the button."""
        return answers.page(request, "account/sign_out.html", {"heading": _("Sign out")})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out; every pass of this session is revoked at every gate."""
        self.logout()
        if answers.is_enhanced(request):
            return HttpResponse(status=204, headers={"Cache-Control": "private, no-store"})
        return answers.redirect("/")


class DeskSignIn(LoginView):
    """The staff's own sign-in page."""

    template_name = "account/desk_sign_in.html"
    form_class = DeskSignInForm

    def get_form_class(self) -> type[DeskSignInForm]:
        """Not the reader's form that the settings name."""
        return DeskSignInForm

    def get_success_url(self) -> str:
        """The page of the desk they came from, or its first."""
        wanted = destinations.safe_path(self.request.POST.get("next") or self.request.GET.get("next"))
        return wanted if wanted and wanted.startswith("/desk/") else "/desk/"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form as our templates show it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context["form"]
        shown = shown_sign_in(form)
        return {**context, "shown": shown, "next": self.get_success_url()}
