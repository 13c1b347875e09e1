"""`standfirst up`: the whole newspaper on one machine."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from standfirst.cli import VERSION
from standfirst.cli.addresses import demand_free
from standfirst.cli.datafolder import DataFolder, open_folder
from standfirst.cli.faults import CannotStart
from standfirst.cli.guardian import Guardian, post_guardian
from standfirst.cli.preparation import Preparation
from standfirst.cli.processes import SETTINGS, processes
from standfirst.cli.secretfiles import secret_files
from standfirst.cli.supervisor import Supervisor
from standfirst.passes import environment
from standfirst.passes.addresses import Address, read_address

_LONGEST_SOCKET = 90
"""A Unix socket's path may have 103 bytes on the strictest system; a little room is left."""


def up(*, port: int | None, data: str | None) -> int:
    """Start the newspaper and stay until it is stopped. Raises CannotStart or BadSetting when it cannot be started."""
    bind = _bind(port)
    origin = _origin(bind)
    path = Path(data or environment.text("STANDFIRST_DATA", "data")).absolute()
    # Whatever any of the processes writes is for its owner alone, also in a folder that was there before.
    os.umask(0o077)
    with _interruptible():
        demand_free(bind)
        folder = open_folder(path, version=VERSION, say=say)
        say(f"Standfirst {VERSION}. {'New data folder' if folder.is_new else 'Data folder'}: {path}")
        with _guarded() as (guardian, run_folder):
            return _start(folder, guardian, _environ(folder, bind, origin, run_folder))


def say(text: str) -> None:
    """A line for the person at the terminal. A terminal that has gone is no reason to stop the newspaper."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def _start(folder: DataFolder, guardian: Guardian, environ: Mapping[str, str]) -> int:
    preparation = Preparation(folder.path, environ, guardian, say)
    preparation.run_if_needed()
    say("Starting the gate, the site and the worker.")

    def announce() -> None:
        with contextlib.suppress(OSError):
            print(announcement(environ, preparation.first_password()), flush=True)
            preparation.password_was_shown()

    code = Supervisor(processes(environ), guardian=guardian, emit=say, announce=announce).run()
    say("The newspaper has stopped." if code == 0 else "The newspaper was ended.")
    return code


def announcement(environ: Mapping[str, str], first_password: tuple[str, str] | None) -> str:
    """What the person needs to know once everything runs."""
    origin = environ["STANDFIRST_ORIGIN"]
    rows = [("Newspaper", f"{origin}/"), ("Desk", f"{origin}/desk/")]
    if first_password:
        email, password = first_password
        rows += [("", f"email     {email}"), ("", f"password  {password}"), ("", "(shown this once: keep it)")]
    rows += [("Mail", _mail(environ, origin)), ("Data", environ["STANDFIRST_DATA"])]
    lines = [f"  {label:<10} {text}" for label, text in rows]
    return "\n".join(["", "The newspaper is on.", "", *lines, "", "Ctrl-C stops it.", ""])


def _mail(environ: Mapping[str, str], origin: str) -> str:
    token = environment.secret("STANDFIRST_MAILBOX_TOKEN", environ=environ)
    if token:
        return f"{origin}/mailbox/{token}/"
    smtp = environment.secret("STANDFIRST_SMTP_URL", environ=environ)
    if smtp:
        return f"goes out through {urlsplit(smtp).hostname}"
    return "stays in the outbox: no STANDFIRST_SMTP_URL is set, and the mailbox page is for this machine alone"


def _bind(port: int | None) -> Address:
    bind = read_address("STANDFIRST_BIND", environment.text("STANDFIRST_BIND", "127.0.0.1:8000"))
    return bind if port is None else replace(bind, port=port)


def _origin(bind: Address) -> str:
    if environment.text("STANDFIRST_ORIGIN"):
        return environment.origin("STANDFIRST_ORIGIN")
    if not bind.is_loopback:
        raise CannotStart(
            f"STANDFIRST_BIND is {bind}, which other machines can reach. "
            "Say under which address readers come: STANDFIRST_ORIGIN=https://news.example"
        )
    return f"http://{bind}"


def _environ(folder: DataFolder, bind: Address, origin: str, run_folder: Path) -> dict[str, str]:
    """What the three processes read. Secrets that the operator gives win over those in the data folder."""
    environment.integer("STANDFIRST_MINIMUM_AGE", 18, choices=(13, 16, 18))
    environ = dict(os.environ) | {
        "STANDFIRST_DATA": str(folder.path),
        "STANDFIRST_ORIGIN": origin,
        "STANDFIRST_BIND": str(bind),
        "STANDFIRST_SITE": f"unix:{run_folder / 'site.sock'}",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONUNBUFFERED": "1",
    }
    for name, file in secret_files(folder.path).items():
        if environment.secret(name.removesuffix("_FILE")) is None:
            environ[name] = file
    if environment.secret("STANDFIRST_SMTP_URL") or not bind.is_loopback:
        for name in ("STANDFIRST_MAILBOX_TOKEN", "STANDFIRST_MAILBOX_TOKEN_FILE"):
            environ.pop(name, None)
    return environ


@contextlib.contextmanager
def _guarded() -> Iterator[tuple[Guardian, Path]]:
    """A guardian, and a short-lived folder for the site's socket that only we can enter; both gone afterwards."""
    run_folder = Path(tempfile.mkdtemp(prefix="standfirst-"))
    if len(str(run_folder).encode()) > _LONGEST_SOCKET:
        run_folder.rmdir()
        run_folder = Path(tempfile.mkdtemp(prefix="standfirst-", dir="/tmp"))
    guardian = post_guardian(run_folder)
    try:
        yield guardian, run_folder
    finally:
        guardian.dismiss()
        shutil.rmtree(run_folder, ignore_errors=True)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Until the supervisor takes the signals over, being asked to stop is the same as Ctrl-C."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    old: list[tuple[int, Callable[..., object] | int | None]] = [
        (number, signal.signal(number, interrupt)) for number in (signal.SIGTERM, signal.SIGHUP)
    ]
    try:
        yield
    finally:
        for number, handler in old:
            signal.signal(number, handler)
