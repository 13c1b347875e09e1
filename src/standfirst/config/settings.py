"""The site's settings: one typed file. What an operator may set is in `docs/reference/settings.md`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from standfirst.config import database, smtp
from standfirst.passes import environment
from standfirst.passes.tokens import KeyRing
from standfirst.vocabulary import CookieNames
from standfirst.web import assets

DATA = Path(environment.required("STANDFIRST_DATA"))
STANDFIRST_ORIGIN = environment.origin("STANDFIRST_ORIGIN")
STANDFIRST_GATE_SECRET = environment.required_secret("STANDFIRST_GATE_SECRET")
try:
    STANDFIRST_PASS_KEYS = KeyRing.from_json(environment.required_secret("STANDFIRST_PASS_KEYS"))
except ValueError as error:
    raise environment.BadSetting(f"STANDFIRST_PASS_KEYS cannot be used: {error}.") from None
STANDFIRST_MINIMUM_AGE = environment.integer("STANDFIRST_MINIMUM_AGE", 18, choices=(13, 16, 18))
STANDFIRST_COOKIES = CookieNames.for_origin(STANDFIRST_ORIGIN)

# Rooms that stand above the newsroom and must know when the title's furniture (name, sections, edition) changes.
STANDFIRST_FURNITURE_LISTENERS = ["standfirst.walls.publishing.publish_rulebook"]
# What the wall offers, for the join form when it is shown again with something to put right.
STANDFIRST_OFFER = "standfirst.walls.publishing.current_offer"

_https = STANDFIRST_ORIGIN.startswith("https://")
_smtp_url = environment.secret("STANDFIRST_SMTP_URL")

SECRET_KEY = environment.required_secret("STANDFIRST_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = [urlsplit(STANDFIRST_ORIGIN).hostname or ""]
ROOT_URLCONF = "standfirst.config.urls"
WSGI_APPLICATION = "standfirst.config.wsgi.application"

INSTALLED_APPS = [
    "standfirst.config",
    "standfirst.walls",
    "standfirst.account",
    "standfirst.newsroom",
    "standfirst.mail",
    "standfirst.consent",
    "standfirst.readers",
    "standfirst.feed",
    "standfirst.web",
    "allauth",
    "allauth.account",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_ox",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "standfirst.web.policies.KeptByNobody",
    "standfirst.feed.middleware.GateRequests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "standfirst.web.policies.ContentSecurityPolicy",
    "standfirst.readers.sessions.TwoSessions",
    "django.middleware.common.CommonMiddleware",
    "standfirst.web.cross_site.CrossSiteRequests",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "standfirst.readers.sessions.ReadersAndStaffApart",
    "standfirst.readers.sessions.PassCookies",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": database.configuration(environment.text("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "standfirst_cache"},
    # Renditions are found again in this process only; losing them costs a query.
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}

TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        "QUEUES": ["default", "mail"],
        "OPTIONS": {
            "MAX_ATTEMPTS": 8,
            "LOCK_TIMEOUT": 30,
            "BACKOFF_INITIAL": 5,
            "SCHEDULES": {
                "sweep-outbox": {"task": "standfirst.mail.delivery.sweep", "every": 60, "queue_name": "mail"},
                "publish-due": {"task": "standfirst.newsroom.scheduling.publish_due", "every": 60},
            },
        },
    }
}

# People -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "readers.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "standfirst.readers.passwords.PasswordRules"}]
# OWASP's parameters (Password Storage Cheat Sheet: m=19 MiB, t=2, p=1), a third of the cost of Django's own.
PASSWORD_HASHERS = ["standfirst.readers.passwords.Argon2id"]

SESSION_COOKIE_NAME = STANDFIRST_COOKIES.session
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 180 * 24 * 3600
CSRF_COOKIE_NAME = "__Secure-standfirst_csrf" if _https else "standfirst_csrf"
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_PATH = "/desk/"
CSRF_TRUSTED_ORIGINS = [STANDFIRST_ORIGIN]
PASSWORD_RESET_TIMEOUT = 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "standfirst.account.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# We confirm by a code and a link in one mail, which allauth has as either or (account/confirmation.py).
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_FORMS = {
    "login": "standfirst.account.forms.SignInForm",
    "reset_password": "standfirst.account.forms.ForgottenPasswordForm",
    "reset_password_from_key": "standfirst.account.forms.NewPasswordForm",
}
# The gate says who asks, in a header taken only with its secret; the middleware makes it REMOTE_ADDR.
ALLAUTH_TRUSTED_PROXY_COUNT = 0

# Mail -------------------------------------------------------------------------------------------------------------

STANDFIRST_MAILBOX_TOKEN = None if _smtp_url else environment.secret("STANDFIRST_MAILBOX_TOKEN")
MAILERS = {"default": smtp.mailer(_smtp_url)}
DEFAULT_FROM_EMAIL = environment.text("STANDFIRST_MAIL_FROM", "newsdesk@localhost")

# Newsroom ---------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Standfirst"
WAGTAILADMIN_BASE_URL = STANDFIRST_ORIGIN
WAGTAILADMIN_LOGIN_URL = "desk_sign_in"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# The editor asks for the documents app; we link none, and hide it from the menu (newsroom/wagtail_hooks.py).
WAGTAILDOCS_SERVE_METHOD = "direct"
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Picture"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Words, time, files -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("British English"))]
TIME_ZONE = environment.text("STANDFIRST_TIME_ZONE", "Europe/London")
if TIME_ZONE not in available_timezones():
    raise environment.BadSetting(f"STANDFIRST_TIME_ZONE is {TIME_ZONE!r}; write a name like Europe/London.")
USE_TZ = True
STATIC_URL = f"/static/{assets.fingerprint()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = assets.is_immutable
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
X_FRAME_OPTIONS = "SAMEORIGIN"
APPEND_SLASH = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "standfirst": {"level": "INFO"},
        # A line for each task that went well would bury the one that did not.
        "django_ox": {"level": "WARNING"},
        "django.tasks": {"level": "WARNING"},
        # Addresses in requests are personal data; a refused or missing page is no news.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
