"""A real newspaper for the journeys: `standfirst up` with its gate, site and worker, on SQLite or on PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from standfirst.cli.secretfiles import secret_files

ROOT = Path(__file__).resolve().parents[2]
ON_WITHIN = 120
"""Seconds for a first start on a busy machine."""
_TROUBLE = re.compile(r"Traceback|\bERROR\b|\bCRITICAL\b| died \(|event=proof-failed")


class Newspaper:
    """A newspaper that is on: where it is, who may edit it, and what it has said."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, environ: dict[str, str], origin: str) -> None:
        self.origin = origin
        self._process = process
        self._log = log
        self._environ = environ
        self._heard = 0
        self._wait_until_on()
        said = log.read_text(encoding="utf-8", errors="replace")
        self.editor = _row(r"email +(\S+)", said)
        self.desk_password = _row(r"password +(\S+)", said)
        self.mailbox = _row(r"Mail +(http\S+)", said)

    def _wait_until_on(self) -> None:
        deadline = time.monotonic() + ON_WITHIN
        while "Ctrl-C stops it." not in self._log.read_text(encoding="utf-8", errors="replace"):
            assert self._process.poll() is None, f"the newspaper did not start:\n{self._log.read_text()}"
            assert time.monotonic() < deadline, f"the newspaper is not on yet:\n{self._log.read_text()}"
            time.sleep(0.1)

    def page_seen_by_a_visitor(self, path: str) -> str:
        """The bytes anybody is sent who asks for this path without a cookie."""
        with urllib.request.urlopen(self.origin + path, timeout=10) as answer:
            return str(answer.read().decode())

    def addresses(self) -> list[str]:
        """The path of every page that is out, as the sitemap says."""
        found = re.findall(r"<loc>([^<]+)</loc>", self.page_seen_by_a_visitor("/sitemap.xml"))
        return [urlsplit(address).path for address in found]

    def in_the_newsroom(self, code: str) -> None:
        """Run a line of Python beside the newspaper, with its settings and its database."""
        subprocess.run(
            [sys.executable, "-m", "django", "shell", "--no-imports", "--command", code],
            cwd=ROOT,
            env=self._environ | secret_files(Path(self._environ["STANDFIRST_DATA"])),
            check=True,
            timeout=60,
        )

    def forget_tries(self) -> None:
        """All journeys come from one address: what one has tried must not count against the next."""
        url = self._environ.get("DATABASE_URL")
        if url:
            with psycopg.connect(url, autocommit=True) as database:
                database.execute("DELETE FROM standfirst_cache")
            return
        file = Path(self._environ["STANDFIRST_DATA"]) / "standfirst.sqlite3"
        with contextlib.closing(sqlite3.connect(file, timeout=20)) as database, database:
            database.execute("DELETE FROM standfirst_cache")

    def new_trouble(self) -> list[str]:
        """Lines that tell of a fault, with a few behind each, among those said since it was last asked."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        new, self._heard = lines[self._heard :], len(lines)
        at = next((number for number, line in enumerate(new) if _TROUBLE.search(line)), None)
        return [] if at is None else new[at : at + 60]

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(30)


@contextlib.contextmanager
def open_newspaper(folder: Path) -> Iterator[Newspaper]:
    """Start a newspaper in this folder; on leaving it must stop cleanly, without having told of any fault."""
    port = _free_port()
    origin = f"http://127.0.0.1:{port}"
    with _database(os.environ.get("DATABASE_URL")) as database, (folder / "newspaper.log").open("wb") as log:
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("STANDFIRST_", "DATABASE_"))}
        environ = bare | database | {"DJANGO_SETTINGS_MODULE": "standfirst.config.settings"}
        data = folder / "data"
        process = subprocess.Popen(
            [sys.executable, "-m", "standfirst.cli", "up", "--port", str(port), "--data", str(data)],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            process_group=0,
        )
        own = {"STANDFIRST_DATA": str(data), "STANDFIRST_ORIGIN": origin, "STANDFIRST_BIND": f"127.0.0.1:{port}"}
        try:
            newspaper = Newspaper(process, folder / "newspaper.log", environ | own, origin)
            yield newspaper
            assert newspaper.stop() == 0, f"the newspaper did not stop cleanly:\n{_end_of(folder / 'newspaper.log')}"
            assert not (trouble := newspaper.new_trouble()), "\n".join(trouble)
        finally:
            if process.poll() is None:
                process.kill()  # its guardian ends what it started
                process.wait(30)


@contextlib.contextmanager
def _database(server: str | None) -> Iterator[dict[str, str]]:
    """A fresh database on the PostgreSQL server that `DATABASE_URL` names, as the setting; nothing for SQLite."""
    if not server:
        yield {}
        return
    name = f"standfirst_journeys_{os.getpid()}"
    quoted = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
        try:
            yield {"DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def _row(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, f"nothing like {pattern!r} in:\n{text}"
    return found[1]


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:])


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
