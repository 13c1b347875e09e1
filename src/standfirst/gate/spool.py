"""The spool: what a gate needs to start warm while the site is down. An SQLite file, mode 0600, in the data folder's
`gate/`.

Every write is a transaction, so that a crash in the middle of one leaves the state before it. Writes happen in order
in one thread: a page is dropped before the position that told of its change is written, never after, so that a page
in the spool is no older than the position beside it. If a write fails (a full disk), the whole spool is given up,
because this order could not be kept.

A gate that starts warm serves what is in the spool until it has read the feed from the spooled position on. While the
site is away, that is: what was changed or withdrawn since is not known, and the old copy is served; known revocations
hold.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import msgspec

from standfirst.gate.log import notable
from standfirst.gate.revocations import Revocation

_FORMAT: Final = 1
_SCHEMA = """
    CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), document BLOB NOT NULL);
    CREATE TABLE page (path TEXT PRIMARY KEY, packed BLOB NOT NULL) WITHOUT ROWID;
"""


class State(msgspec.Struct, frozen=True):
    """How far the feed was read, and what of it is to be remembered."""

    epoch: str
    position: int
    rulebook: dict[str, Any]
    revocations: list[Revocation]


class Spool:
    """The spool in one folder. `load` is called once, before anything is written."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "spool.sqlite3"
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="spool")
        self._connection: sqlite3.Connection | None = None

    def load(self) -> tuple[State, list[bytes]] | None:
        """What was spooled: the state, and the packed pages. None when there is nothing, or nothing that can be read;
        the spool is then empty.
        """
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.parent.chmod(0o700)
            self._open()
            return self._read()
        except (sqlite3.Error, msgspec.DecodeError, _WrongFormat) as error:
            notable("spool-unreadable", level=logging.WARNING, reason=type(error).__name__, start="cold")
            self._discard()
            try:
                self._open()
            except sqlite3.Error as failed:
                self._give_up(failed)
        except OSError as error:
            self._give_up(error)
        return None

    def keep(self, path: str, packed: bytes) -> None:
        """Write one page."""
        self._later(lambda connection: connection.execute("REPLACE INTO page VALUES (?, ?)", (path, packed)))

    def drop(self, paths: Iterable[str]) -> None:
        """Take pages out."""
        rows = [(path,) for path in paths]
        if rows:
            self._later(lambda connection: connection.executemany("DELETE FROM page WHERE path = ?", rows))

    def advance(self, state: State) -> None:
        """Write how far the feed was read. What it told to drop was dropped before."""
        document = msgspec.json.encode(state)
        self._later(lambda connection: connection.execute("REPLACE INTO state VALUES (1, ?)", (document,)))

    async def flush(self) -> None:
        """Wait for what was begun."""
        await asyncio.get_running_loop().run_in_executor(self._writer, lambda: None)

    async def close(self) -> None:
        """Write what was begun, and close the file."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._shut)
        self._writer.shutdown()

    def _later(self, statement: Callable[[sqlite3.Connection], object]) -> None:
        self._writer.submit(self._write, statement)

    def _write(self, statement: Callable[[sqlite3.Connection], object]) -> None:
        if self._connection is None:
            return
        try:
            with self._connection:
                statement(self._connection)
        except sqlite3.Error as error:
            self._give_up(error)

    def _open(self) -> None:
        self._file.touch(mode=0o600)
        self._file.chmod(0o600)
        # The journal and its index take the mode of the file. Opened here, used in the writer's thread from then on.
        connection = sqlite3.connect(self._file, check_same_thread=False)
        self._connection = connection
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            with connection:
                connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")
        elif version != _FORMAT:
            raise _WrongFormat

    def _read(self) -> tuple[State, list[bytes]] | None:
        connection = self._connection
        assert connection is not None
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        row = connection.execute("SELECT document FROM state").fetchone()
        if row is None:
            # Pages without a position: which changes they have seen is not known.
            with connection:
                connection.execute("DELETE FROM page")
            return None
        pages = [packed for (packed,) in connection.execute("SELECT packed FROM page ORDER BY path")]
        return msgspec.json.decode(row[0], type=State), pages

    def _discard(self) -> None:
        self._shut()
        for suffix in ("", "-wal", "-shm", "-journal"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)

    def _give_up(self, error: Exception) -> None:
        notable("spool-given-up", level=logging.ERROR, reason=type(error).__name__)
        try:
            self._discard()
        except OSError as failed:
            notable("spool-not-removed", level=logging.ERROR, reason=type(failed).__name__)

    def _shut(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _WrongFormat(Exception):
    """Another version of the gate wrote the spool."""
