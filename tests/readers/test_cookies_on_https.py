"""On https the cookies are pinned to the origin by their names (RFC 6265bis, section 4.1.3)."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from standfirst.vocabulary import CookieNames

ASK = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory
from standfirst.readers import passes
from standfirst.readers.sessions import TwoSessions

# No database: what is asked is how cookies are sent, not what is kept.
SessionStore.load = lambda self: {}
SessionStore.save = lambda self: None
SessionStore.session_key = property(lambda self: "k" * 32)

def remember(request):
    request.session["a"] = 1
    return HttpResponse()

passing = HttpResponse()
passes.set_cookies(passing, "sf1.a.b.c")
cookies = {}
for answer in (passing, *(TwoSessions(remember)(RequestFactory().get(path)) for path in ("/account/", "/desk/"))):
    for name, morsel in answer.cookies.items():
        flags = [bool(morsel["secure"]), bool(morsel["httponly"])]
        cookies[name] = [morsel["path"], *flags, morsel["samesite"], morsel["domain"]]
csrf = [settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE, settings.CSRF_COOKIE_PATH]
said = {"cookies": cookies, "csrf": csrf, "hsts": settings.SECURE_HSTS_SECONDS, "hosts": settings.ALLOWED_HOSTS}
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def on_https() -> dict[str, object]:
    """What the site sets when its origin is https, asked in a process of its own."""
    environ = os.environ | {
        "STANDFIRST_ORIGIN": "https://news.example",
        "DJANGO_SETTINGS_MODULE": "standfirst.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", ASK], env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_readers_cookies_bear_the_host_prefix(on_https: dict[str, object]) -> None:
    assert on_https["cookies"]["__Host-standfirst_pass"] == ["/", True, True, "Lax", ""]
    assert on_https["cookies"]["__Host-standfirst_session"] == ["/", True, True, "Lax", ""]
    assert on_https["cookies"]["__Host-standfirst_reader"] == ["/", True, False, "Lax", ""]


def test_the_desks_cookie_is_secure_and_below_the_desk(on_https: dict[str, object]) -> None:
    assert on_https["cookies"]["__Secure-standfirst_desk"] == ["/desk/", True, True, "Lax", ""]
    assert on_https["csrf"] == ["__Secure-standfirst_csrf", True, "/desk/"]


def test_there_are_no_others(on_https: dict[str, object]) -> None:
    assert len(on_https["cookies"]) == 4


def test_browsers_are_told_to_stay_on_https(on_https: dict[str, object]) -> None:
    assert on_https["hsts"] >= 31_536_000
    assert on_https["hosts"] == ["news.example"]


def test_on_plain_http_the_names_have_no_prefix() -> None:
    names = CookieNames.for_origin("http://127.0.0.1:8000")
    assert [names.pass_, names.session, names.marker, names.desk] == [
        "standfirst_pass",
        "standfirst_session",
        "standfirst_reader",
        "standfirst_desk",
    ]
