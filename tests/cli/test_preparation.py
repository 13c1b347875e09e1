"""Preparing the database, with a stand-in for `python -m django` found before the real one."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from standfirst.cli.faults import CannotStart
from standfirst.cli.guardian import post_guardian
from standfirst.cli.preparation import Preparation

DJANGO = """
import json, os, pathlib, sqlite3, sys
data = pathlib.Path(os.environ["STANDFIRST_DATA"])
with open(data / "secrets" / "calls", "a") as calls:
    calls.write(sys.argv[1] + "\\n")
if sys.argv[1] == os.environ.get("BREAKS"):
    sys.exit("it broke")
with sqlite3.connect(data / "standfirst.sqlite3") as database:
    if sys.argv[1] == "migrate":
        database.execute("CREATE TABLE IF NOT EXISTS django_migrations (app, name)")
        database.execute("INSERT INTO django_migrations VALUES ('readers', '0001')")
    else:
        is_new = database.execute("SELECT count(*) FROM django_migrations").fetchone()[0] == 1
        print(json.dumps({"desk_email": "ed@example.org", "desk_password": "first" if is_new else None}))
"""


class Folder:
    """A data folder whose Django is a stand-in."""

    def __init__(self, root: Path) -> None:
        self.data = root / "data"
        (self.data / "secrets").mkdir(parents=True)
        package = root / "stand-in" / "django"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("")
        (package / "__main__.py").write_text(DJANGO)
        self.environ = dict(os.environ) | {"STANDFIRST_DATA": str(self.data), "PYTHONPATH": str(package.parent)}
        self.environ.pop("DATABASE_URL", None)
        self.said: list[str] = []
        self.guardian = post_guardian(root / "run")

    def prepare(self, **environ: str) -> Preparation:
        preparation = Preparation(self.data, self.environ | environ, self.guardian, self.said.append)
        preparation.run_if_needed()
        return preparation

    @property
    def calls(self) -> list[str]:
        return (self.data / "secrets" / "calls").read_text().split()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(tmp_path)
    yield folder
    folder.guardian.dismiss()


def test_a_first_start_builds_the_database_and_has_a_password_to_show(folder: Folder) -> None:
    preparation = folder.prepare()
    assert folder.calls == ["migrate", "prepare"]
    assert preparation.first_password() == ("ed@example.org", "first")


def test_a_later_start_does_not_wake_django(folder: Folder) -> None:
    folder.prepare()
    folder.prepare()
    assert folder.calls == ["migrate", "prepare"]


def test_the_password_is_kept_for_its_owner_alone_until_it_was_shown(folder: Folder) -> None:
    preparation = folder.prepare()
    kept = folder.data / "secrets" / "desk-password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    # The next start goes on where one that failed in between left off.
    assert folder.prepare().first_password() == ("ed@example.org", "first")
    preparation.password_was_shown()
    assert folder.prepare().first_password() is None
    assert not kept.exists()


def test_a_database_that_was_put_back_from_a_backup_is_brought_up_to_date(folder: Folder) -> None:
    folder.prepare()
    with sqlite3.connect(folder.data / "standfirst.sqlite3") as database:
        database.execute("DELETE FROM django_migrations")
    database.close()
    folder.prepare()
    assert folder.calls == ["migrate", "prepare"] * 2


def test_a_database_that_is_gone_is_built_again(folder: Folder) -> None:
    folder.prepare()
    (folder.data / "standfirst.sqlite3").unlink()
    folder.prepare()
    assert folder.calls == ["migrate", "prepare"] * 2


def test_another_public_address_has_the_pages_made_anew(folder: Folder) -> None:
    folder.prepare(STANDFIRST_ORIGIN="http://127.0.0.1:8000")
    folder.prepare(STANDFIRST_ORIGIN="http://127.0.0.1:8001")
    assert folder.calls == ["migrate", "prepare"] * 2


def test_a_database_elsewhere_is_looked_at_every_time(folder: Folder) -> None:
    folder.prepare(DATABASE_URL="postgres://db.example/news")
    folder.prepare(DATABASE_URL="postgres://db.example/news")
    assert folder.calls == ["migrate", "prepare"] * 2


@pytest.mark.parametrize("command", ["migrate", "prepare"])
def test_a_failure_shows_what_django_said_and_is_tried_again(folder: Folder, command: str) -> None:
    with pytest.raises(CannotStart, match=f"`django {command}` failed"):
        folder.prepare(BREAKS=command)
    assert "it broke" in folder.said
    assert folder.prepare()
    assert folder.calls[-1] == "prepare"
