"""Settings that cannot be used stop the start with one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from standfirst.config import database, smtp
from standfirst.passes.environment import BadSetting

DATA = Path("/somewhere")


def test_without_a_url_it_is_sqlite_in_the_data_folder() -> None:
    entry = database.configuration(None, DATA)
    assert entry["ENGINE"].endswith("sqlite3")
    assert entry["NAME"] == DATA / "standfirst.sqlite3"
    assert "synchronous=FULL" in entry["OPTIONS"]["init_command"]
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_url_names_every_part(scheme: str) -> None:
    entry = database.configuration(f"{scheme}://una:p%40ss%2Fword@db.example:6432/the%20packet?sslmode=require", DATA)
    named = [entry[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")]
    assert named == ["the packet", "una", "p@ss/word", "db.example", "6432", {"sslmode": "require"}]


def test_what_a_url_leaves_out_is_left_to_postgresql() -> None:
    entry = database.configuration("postgres:///packet", DATA)
    assert [entry[name] for name in ("USER", "PASSWORD", "HOST", "PORT")] == ["", "", "", ""]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://una@db.example/packet",
        "sqlite:///packet",
        "packet",
        "postgres://db.example",
        "postgres://db.example/",
        "postgres://db.example:port/packet",
        "postgres://[db.example/packet",
        "postgres://db.example/packet/more",
        "postgres://db.example:99999/packet",
    ],
)
def test_another_database_url_is_a_bad_setting(url: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL"):
        database.configuration(url, DATA)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", {"port": 587, "use_tls": True}),
        ("smtp://mail.example?tls=tls", {"port": 465, "use_ssl": True}),
        ("smtp://mail.example:25?tls=none", {"port": 25}),
        ("smtp://una:p%40ss@mail.example:2525", {"port": 2525, "use_tls": True, "username": "una", "password": "p@ss"}),
    ],
)
def test_an_smtp_url_names_every_part(url: str, expected: dict[str, object]) -> None:
    options = smtp.mailer(url)["OPTIONS"]
    assert options == {"host": "mail.example", "username": "", "password": "", "timeout": 20, **expected}


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example",
        "smtp://",
        "mail.example",
        "smtp://mail.example?tls=maybe",
        "smtp://mail.example:x",
        "smtp://[",
    ],
)
def test_another_smtp_url_is_a_bad_setting(url: str) -> None:
    with pytest.raises(BadSetting, match="STANDFIRST_SMTP_URL"):
        smtp.mailer(url)


def start(**environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from standfirst.config import settings; print(settings.STANDFIRST_MAILBOX_TOKEN)",
        ],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STANDFIRST_ORIGIN", "http://news.example"),
        ("STANDFIRST_ORIGIN", "https://news.example/paper"),
        ("STANDFIRST_PASS_KEYS", "{}"),
        ("STANDFIRST_PASS_KEYS", "not JSON"),
        ("STANDFIRST_PASS_KEYS", '{"current": "k1", "keys": {"k1": "dG9vIHNob3J0"}}'),
        ("STANDFIRST_MINIMUM_AGE", "17"),
        ("STANDFIRST_MINIMUM_AGE", "eighteen"),
        ("STANDFIRST_TIME_ZONE", "Europe/Atlantis"),
        ("STANDFIRST_SECRET_KEY", ""),
        ("STANDFIRST_GATE_SECRET", ""),
        ("DATABASE_URL", "mysql://a/b"),
        ("STANDFIRST_SMTP_URL", "http://mail.example"),
        ("STANDFIRST_GATE_SECRET_FILE", "/nowhere/at/all"),
    ],
)
def test_a_bad_setting_stops_the_start_and_is_named(name: str, value: str) -> None:
    done = start(**{name: value})
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert "BadSetting" in last
    assert name.removesuffix("_FILE") in last


def test_a_secret_is_not_repeated_in_the_complaint() -> None:
    assert "dG9vIHNob3J0" not in start(STANDFIRST_PASS_KEYS='{"current": "k1", "keys": {"k1": "dG9vIHNob3J0"}}').stderr


def test_where_mail_goes_to_smtp_the_mailbox_is_off() -> None:
    assert start(STANDFIRST_SMTP_URL="smtp://mail.example").stdout.strip() == "None"
