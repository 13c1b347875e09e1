"""What the gate reads from its environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from standfirst.passes import environment
from standfirst.passes.addresses import Address, read_address, read_site
from standfirst.passes.environment import BadSetting
from standfirst.passes.tokens import KeyRing


@dataclass(frozen=True, slots=True)
class Settings:
    """The gate's settings, read once at start."""

    origin: str
    bind: Address
    site: Address | Path
    """A loopback address, or the path of a Unix socket."""
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
        bind = read_address("STANDFIRST_BIND", environment.required("STANDFIRST_BIND", environ=environ))
        return cls(
            origin=environment.origin("STANDFIRST_ORIGIN", environ=environ),
            bind=bind,
            site=read_site(environment.required("STANDFIRST_SITE", environ=environ)),
            secret=_secret(environment.required_secret("STANDFIRST_GATE_SECRET", environ=environ)),
            keys=_keys(environment.required_secret("STANDFIRST_PASS_KEYS", environ=environ)),
            spool=data / "gate",
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
