"""Brings the database up to date before the newspaper starts, and knows when there is nothing to do.

Starting Django to find out costs seconds. So the names of all migrations that the installed packages bring are compared
with what the last preparation saw, and with what the database itself says was applied: it may have been restored since.
The pages' frame (templates, stylesheets, the public origin) is compared too: gates hold copies of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import standfirst
from standfirst.cli import VERSION
from standfirst.cli.datafolder import DATABASE, write_atomically, write_description
from standfirst.cli.faults import CannotStart
from standfirst.cli.guardian import Guardian

_RECORD = "prepared.json"
_PASSWORD = "secrets/desk-password"  # noqa: S105 the file's name, not what is in it
_NEWS_EVERY = 4.0
"""Seconds between two lines of progress."""


class Preparation:
    """The database of one data folder; `environ` holds the settings Django needs."""

    def __init__(self, data: Path, environ: Mapping[str, str], guardian: Guardian, say: Callable[[str], None]) -> None:
        self._data = data
        self._environ = environ
        self._guardian = guardian
        self._say = say

    def run_if_needed(self) -> None:
        """Migrate and prepare unless nothing has changed. Raises CannotStart when Django says no."""
        # Another machine may have changed a database that is not in our folder; Django looks for itself.
        if not self._environ.get("DATABASE_URL") and self._is_recorded():
            return
        begun = time.monotonic()
        is_new = not (self._data / DATABASE).exists() and not self._environ.get("DATABASE_URL")
        self._say(
            "Building the database: about half a minute, this once." if is_new else "Bringing the database up to date."
        )
        self._migrate()
        self._prepare()
        write_description(self._data, VERSION)
        write_atomically(self._data / _RECORD, json.dumps(self._state()) + "\n", mode=0o600)
        self._say(f"The database is ready ({time.monotonic() - begun:.0f} s).")

    def first_password(self) -> tuple[str, str] | None:
        """The desk's first editor and password, until `password_was_shown`."""
        try:
            document = json.loads((self._data / _PASSWORD).read_text(encoding="utf-8"))
            return document["desk_email"], document["desk_password"]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def password_was_shown(self) -> None:
        """Forget the first password: from here on only its hash in the database remains."""
        (self._data / _PASSWORD).unlink(missing_ok=True)

    def _is_recorded(self) -> bool:
        with contextlib.suppress(OSError, ValueError, sqlite3.Error):
            return bool(json.loads((self._data / _RECORD).read_text(encoding="utf-8")) == self._state())
        return False

    def _state(self) -> dict[str, str]:
        return {
            "known": _known_migrations(),
            "applied": "" if self._environ.get("DATABASE_URL") else self._applied(),
            "frame": _frame(),
            "origin": self._environ.get("STANDFIRST_ORIGIN", ""),
        }

    def _applied(self) -> str:
        with contextlib.closing(sqlite3.connect(f"{(self._data / DATABASE).as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        return _digest(f"{app}.{name}" for app, name in rows)

    def _migrate(self) -> None:
        done, told = 0, time.monotonic()
        with self._django("migrate", "--no-input") as lines:
            for line in lines:
                done += line.rstrip().endswith(" OK")
                if done and time.monotonic() - told > _NEWS_EVERY:
                    told = time.monotonic()
                    self._say(f"  … {done} steps done")

    def _prepare(self) -> None:
        with self._django("prepare") as lines:
            answer = "".join(lines)
        try:
            document = json.loads(answer)
            password = document["desk_password"]
        except (ValueError, KeyError, TypeError):
            raise CannotStart(
                f"`django prepare` answered with something else than JSON: {answer[:200]!r}", exit_code=1
            ) from None
        if password:
            # Kept until it is on the screen: a start that fails in between must not lose it.
            write_atomically(self._data / _PASSWORD, json.dumps(document) + "\n", mode=0o600)

    @contextlib.contextmanager
    def _django(self, *arguments: str) -> Iterator[Iterator[str]]:
        """Run a Django command; yields its output's lines as they come. Its errors are kept, and shown if it fails."""
        errors = self._data / f".{arguments[0]}.errors"
        with errors.open("w+", encoding="utf-8") as stderr:
            errors.unlink()
            process = subprocess.Popen(
                [sys.executable, "-m", "django", *arguments],
                env=dict(self._environ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                process_group=0,
            )
            self._guardian.watch(process.pid)
            # Leaving the Popen closes its pipe.
            with process:
                try:
                    yield iter(process.stdout or ())
                    code = process.wait()
                except BaseException:
                    _end(process)
                    raise
                finally:
                    self._guardian.forget(process.pid)
            if code:
                stderr.seek(0)
                self._say(stderr.read().rstrip())
                raise CannotStart(f"`django {arguments[0]}` failed; its lines above say why.", exit_code=1)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _known_migrations() -> str:
    """A digest of the names of every migration file: those the installed packages list, and our own."""
    names = []
    for record in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info/RECORD")):
        for line in record.read_text(encoding="utf-8").splitlines():
            name = line.partition(",")[0]
            if "/migrations/" in name and name.endswith(".py"):
                names.append(name)
    rooms = Path(standfirst.__file__).parent
    names += sorted(str(file.relative_to(rooms)) for file in rooms.glob("*/migrations/*.py"))
    return _digest([VERSION, *names])


def _frame() -> str:
    """A digest of our templates and static files, which stand in every page that gates hold."""
    rooms = Path(standfirst.__file__).parent
    files = sorted(file for kind in ("templates", "static") for file in rooms.glob(f"*/{kind}/**/*") if file.is_file())
    return _digest(f"{file.relative_to(rooms)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files)


def _digest(lines: Iterator[str] | list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
