"""Where the site keeps what it knows: SQLite in the data folder, or the PostgreSQL that `DATABASE_URL` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from standfirst.passes.environment import BadSetting

_SQLITE_START = (
    # FULL: what was acknowledged survives a power cut too, not only a killed process.
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;"
)

_SHAPE = "DATABASE_URL must look like postgres://name:password@host:5432/database."


def configuration(url: str | None, data: Path) -> dict[str, Any]:
    """Django's `DATABASES` entry for a URL such as `postgres://name:password@host:5432/database?sslmode=require`.

    Without a URL it is SQLite below `data`. Raises BadSetting for a URL of another kind.
    """
    if url is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "standfirst.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # Taking the write lock at BEGIN turns a deadlock between two readers-then-writers into a short wait.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": _SQLITE_START,
            },
        }
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadSetting(_SHAPE) from None
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadSetting("DATABASE_URL must begin with postgres://, or be left out for SQLite.")
    name = unquote(parts.path.lstrip("/"))
    if not name or "/" in name:
        raise BadSetting(_SHAPE)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
