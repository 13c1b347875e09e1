"""The data folder: is it ours, can it be written, is anyone else using it."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from standfirst.cli.faults import CannotStart

FORMAT = 1
"""The arrangement of files in the folder; goes up when an older program could no longer read it."""

DATABASE = "standfirst.sqlite3"
_DESCRIPTION = "standfirst.json"
_LOCK = "up.lock"
_OURS = ("standfirst.", "secrets", "media", "gate", _LOCK, "prepared.json", "lost+found", ".")
_PATIENCE = 12.0
"""Seconds to wait for the processes of a run that was killed; they are given less than that to stop."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A folder that was checked, and is locked for this run as long as `lock` (a file descriptor) is open."""

    path: Path
    is_new: bool
    lock: int


def open_folder(path: Path, *, version: str, say: Callable[[str], None]) -> DataFolder:
    """Create, check and lock the folder. Raises CannotStart when it cannot be used, and says why."""
    _create(path)
    is_new = _check_description(path, version)
    lock = _lock(path, say)
    try:
        if is_new:
            write_description(path, version)
    except OSError as error:
        os.close(lock)
        raise _unwritable(path, error) from None
    return DataFolder(path, is_new, lock)


def write_description(path: Path, version: str) -> None:
    """Say in `standfirst.json` which program the folder belongs to now."""
    write_atomically(path / _DESCRIPTION, json.dumps({"format": FORMAT, "version": version}) + "\n", mode=0o644)


def write_atomically(path: Path, text: str, *, mode: int) -> None:
    """Write a file so that it is there whole, on the disk, with its mode, or not at all. Raises OSError."""
    # mkstemp makes it 0600: a secret is never readable by others, not even while it is being written.
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _create(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise CannotStart(f"{path} is a file, and the data needs a folder. Give another one with --data.")
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> CannotStart:
    reason = error.strerror or str(error)
    return CannotStart(
        f"The data folder {path} cannot be written ({reason}). "
        "Give one of your own with --data, or mend its permissions."
    )


def _check_description(path: Path, version: str) -> bool:
    """Whether the folder is a new one. Raises CannotStart when it is not for this program."""
    description = path / _DESCRIPTION
    try:
        text = description.read_text(encoding="utf-8")
    except FileNotFoundError:
        strangers = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith(_OURS))
        if strangers:
            raise CannotStart(
                f"{path} is not empty ({strangers[0]}) and not a data folder of Standfirst. "
                "Give an empty one with --data."
            ) from None
        return True
    except (OSError, UnicodeError) as error:
        raise _damaged(description, str(error)) from None
    _check_versions(description, text, version)
    return False


def _check_versions(description: Path, text: str, version: str) -> None:
    try:
        document = json.loads(text)
        written_format, written_by = document["format"], document["version"]
        newer = _order(written_by) > _order(version)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(description, f"{type(error).__name__}: {error}") from None
    if type(written_format) is not int or written_format < 1:
        raise _damaged(description, f"format is {written_format!r}")
    if written_format > FORMAT or newer:
        raise CannotStart(
            f"The data folder {description.parent} was last used by a newer Standfirst "
            f"({written_by}, format {written_format}); this one is {version} and reads up to format {FORMAT}. "
            "Update the program (git pull), or give another folder with --data."
        )


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _damaged(description: Path, reason: str) -> CannotStart:
    return CannotStart(
        f"{description} is damaged ({reason}). Restore it from a backup; "
        f'in a folder written by this version it says {{"format": {FORMAT}, "version": "…"}}.'
    )


def _lock(path: Path, say: Callable[[str], None]) -> int:
    """Lock the folder for this run. Waits for the processes of a run that was killed, not for one that is alive."""
    file = path / _LOCK
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + _PATIENCE
    told = False
    while not _try_lock(descriptor):
        owner = file.read_text(encoding="ascii", errors="replace").strip()
        if _is_alive(owner) or time.monotonic() > deadline:
            os.close(descriptor)
            raise CannotStart(
                f"Another `standfirst up` (process {owner or 'unknown'}) is running on the data folder {path}. "
                f"Stop that one first, or give another folder with --data."
            )
        if not told:
            say("The run before this one was killed; waiting for its processes to stop.")
            told = True
        time.sleep(0.1)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(owner: str) -> bool:
    if not owner.isdigit():
        return True
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
