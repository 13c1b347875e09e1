"""The account's addresses. The names beginning with `account_` are those allauth looks up."""

from __future__ import annotations

from django.urls import path, re_path

from standfirst.account.views import confirming, joining, passwords, signing_in

urlpatterns = [
    path("", confirming.account, name="account"),
    path("join/", joining.join, name="account_signup"),
    path("sign-in/", signing_in.SignIn.as_view(), name="account_login"),
    path("sign-out/", signing_in.SignOut.as_view(), name="account_logout"),
    path("forgotten-password/", passwords.ForgottenPassword.as_view(), name="account_reset_password"),
    path("forgotten-password/sent/", passwords.mail_sent, name="account_reset_password_done"),
    re_path(
        r"^new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        passwords.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("bar/", confirming.bar, name="bar"),
    path("confirm/", confirming.confirm_by_code, name="confirm_by_code"),
    path("confirm/again/", confirming.send_again, name="send_again"),
    path("confirm/<str:token>/", confirming.confirm_by_link, name="confirm_by_link"),
]
