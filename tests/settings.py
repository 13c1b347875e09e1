"""The site's own settings, for a newspaper that exists only while the tests run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_DATA = Path(tempfile.mkdtemp(prefix="standfirst-tests-"))
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)

os.environ.update(
    STANDFIRST_DATA=str(_DATA),
    STANDFIRST_ORIGIN="http://127.0.0.1:8000",
    STANDFIRST_SECRET_KEY="a secret key for tests, long enough for Django's taste, and kept nowhere",
    STANDFIRST_GATE_SECRET="the gate's secret in tests",
    STANDFIRST_PASS_KEYS='{"current": "k1", "keys": {"k1": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}',
    STANDFIRST_MAILBOX_TOKEN="the-mailbox-token-in-tests",
    # Playwright's event loop runs in the thread of the test, where Django would refuse to touch the database.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)

from standfirst.config.settings import *  # noqa: E402, F403
from standfirst.config.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: several connections must see one database.
    DATABASES["default"]["TEST"] = {"NAME": _DATA / "test.sqlite3"}
