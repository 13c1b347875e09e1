"""What the gate reads from its environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from standfirst.passes import environment
from standfirst.passes.environment import BadSetting
from standfirst.passes.tokens import KeyRing

_BIND = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<host>[^\s:\[\]/]+)):(?P<port>\d{1,5})")
_LOOPBACK = re.compile(r"http://(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):\d{1,5}")
_UNIX = "unix:"


@dataclass(frozen=True, slots=True)
class Settings:
    """The gate's settings, read once at start."""

    origin: str
    host: str
    port: int
    site: str
    """`unix:/path` or `http://127.0.0.1:8001`."""
    secret: str = field(repr=False)
    keys: KeyRing = field(repr=False)
    spool: Path
    """The folder of the spool."""

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read them all. Raises BadSetting with one plain sentence for the first that cannot be used."""
        data = Path(environment.required("STANDFIRST_DATA", environ=environ))
        if not data.is_absolute():
            raise BadSetting(f"STANDFIRST_DATA is {str(data)!r}; write an absolute path.")
        host, port = _bind(environment.required("STANDFIRST_BIND", environ=environ))
        return cls(
            origin=environment.origin("STANDFIRST_ORIGIN", environ=environ),
            host=host,
            port=port,
            site=_site(environment.required("STANDFIRST_SITE", environ=environ)),
            secret=_secret(environment.required_secret("STANDFIRST_GATE_SECRET", environ=environ)),
            keys=_keys(environment.required_secret("STANDFIRST_PASS_KEYS", environ=environ)),
            spool=data / "gate",
        )


def _bind(value: str) -> tuple[str, int]:
    match = _BIND.fullmatch(value)
    if match is None or int(match["port"]) > 65535:
        raise BadSetting(f"STANDFIRST_BIND is {value!r}; write an address and a port, like 127.0.0.1:8000.")
    return match["six"] or match["host"], int(match["port"])


def _site(value: str) -> str:
    if value.startswith(_UNIX) and Path(value.removeprefix(_UNIX)).is_absolute():
        return value
    if _LOOPBACK.fullmatch(value):
        return value
    raise BadSetting(
        f"STANDFIRST_SITE is {value!r}; write unix:/path/to/site.sock or http://127.0.0.1:8001, on this machine."
    )


def _secret(value: str) -> str:
    if not (value.isascii() and value.isprintable()) or len(value) < 32:
        raise BadSetting("STANDFIRST_GATE_SECRET must be at least 32 plain characters.")
    return value


def _keys(value: str) -> KeyRing:
    try:
        return KeyRing.from_json(value)
    except ValueError:
        # The reason may quote the key itself, so it is not repeated.
        raise BadSetting("STANDFIRST_PASS_KEYS is not a set of pass keys.") from None
