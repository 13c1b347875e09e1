"""The words people agree to at the wall. The wall shows them from here, and the ledger keeps them from here."""

from __future__ import annotations

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def offers(title: str) -> str:
    """The box for mail about offers; it starts unticked."""
    return _("Send me mail from %(title)s about offers, events and updates") % {"title": title}


def age(minimum: int) -> str:
    """The confirmation of age."""
    return _("I am %(minimum)d or over") % {"minimum": minimum}


def terms_html(*, terms_url: str, cookies_url: str, privacy_url: str) -> SafeString:
    """What creating an account says, with links to the three pages."""
    return format_html(
        _(
            "By creating an account you confirm that what you entered is right, that you agree to our "
            '<a href="{terms}">terms of use</a>, and that you were shown our <a href="{cookies}">cookie</a> and '
            '<a href="{privacy}">privacy</a> policies.'
        ),
        terms=terms_url,
        cookies=cookies_url,
        privacy=privacy_url,
    )


def terms(**urls: str) -> str:
    """The same without its links: the words alone."""
    return strip_tags(terms_html(**urls))
