"""The forms of an account. Errors say what to do."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from standfirst.readers import addresses
from standfirst.readers.models import Account
from standfirst.readers.passwords import MAX_LENGTH

EMAIL_NEEDED = _("Enter your email address, like name@example.org")
PASSWORD_NEEDED = _("Enter a password")


class AddressField(forms.CharField):
    """An email address as people type it: spaces around it, capitals, other scripts. Comes back as typed, trimmed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": EMAIL_NEEDED, "null_characters_not_allowed": EMAIL_NEEDED})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Raises ValidationError when no mail could be sent to it."""
        typed: str = super().clean(value)
        try:
            addresses.canonical(typed)
        except addresses.BadAddress:
            raise ValidationError(EMAIL_NEEDED, code="invalid") from None
        return typed


class PasswordField(forms.CharField):
    """A password, taken exactly as typed: spaces are part of it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages",
            {
                "required": PASSWORD_NEEDED,
                "max_length": _("Choose a password of up to 128 characters"),
                "null_characters_not_allowed": _("Leave out characters that cannot be typed"),
            },
        )
        super().__init__(strip=False, max_length=MAX_LENGTH, **kwargs)


class JoinForm(forms.Form):
    """Email, password, age, and the box for offers."""

    email = AddressField()
    password = PasswordField()
    age_confirmed = forms.BooleanField(required=True)
    offers = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["age_confirmed"].error_messages["required"] = _(
            "Tick the box to say that you are %(age)d or over"
        ) % {"age": settings.STANDFIRST_MINIMUM_AGE}

    def clean_password(self) -> str:
        """Raises ValidationError when a rule is broken."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class SignInForm(LoginForm):
    """allauth's sign-in, with our words, our field name, and readers and staff kept apart."""

    wanted_kind = "reader"
    user: Account | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.fields["password"] = PasswordField(error_messages={"required": PASSWORD_NEEDED})
        self.order_fields(["login", "password"])

    def add_prefix(self, field_name: str) -> str:
        """The page calls it `email`, as the wall does, so that browsers fill in the same address."""
        return super().add_prefix("email" if field_name == "login" else field_name)

    def clean_login(self) -> str:
        """The address in its canonical form, by which accounts are found."""
        return addresses.canonical(self.cleaned_data["login"])

    def clean(self) -> dict[str, Any]:
        """Refuse staff here, and readers in the desk, with the words for a wrong password."""
        cleaned: dict[str, Any] = super().clean()
        if self.user is not None and self.user.kind != self.wanted_kind:
            self.user = None
            raise ValidationError(_("Check the address and the password: together they fit no account."))
        return cleaned


class DeskSignInForm(SignInForm):
    """The same for the desk."""

    wanted_kind = "staff"


class ForgottenPasswordForm(ResetPasswordForm):
    """allauth's, with our words. It answers alike whether there is an account or not."""

    users: list[Account]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def clean_email(self) -> str:
        """Look for a reader by the canonical form; staff passwords are not changed by mail."""
        self.cleaned_data["email"] = addresses.canonical(self.cleaned_data["email"])
        email: str = super().clean_email()
        self.users = [account for account in self.users if account.is_reader]
        return email


class NewPasswordForm(ResetPasswordKeyForm):
    """allauth's, with one field instead of two: a password that can be shown needs no typing twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"] = PasswordField()
        del self.fields["password2"]

    def clean_password1(self) -> str:
        """Raises ValidationError when a rule is broken."""
        password: str = self.cleaned_data["password1"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """There is no second field to compare."""
        return self.cleaned_data
