"""Where processes listen: `STANDFIRST_BIND` and `STANDFIRST_SITE`, read alike by the gate and the command line."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from standfirst.passes.environment import BadSetting


@dataclass(frozen=True, slots=True)
class Address:
    """A TCP address to listen on."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_address(name: str, value: str) -> Address:
    """`127.0.0.1:8000` or `[::1]:8000`. Raises BadSetting naming the variable when it is neither."""
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or value.rpartition(":")[2] != str(port):
        raise BadSetting(f"{name} is {value!r}; write an address and a port, like 127.0.0.1:8000.")
    return Address(host, port)


def read_site(value: str) -> Address | Path:
    """`unix:/path/site.sock` or `http://127.0.0.1:8001`; raises BadSetting, also when others could reach it."""
    if value.startswith("unix:/"):
        return Path(value.removeprefix("unix:"))
    if value.startswith("http://"):
        address = read_address("STANDFIRST_SITE", value.removeprefix("http://").removesuffix("/"))
        if address.is_loopback:
            return address
    raise BadSetting(
        f"STANDFIRST_SITE is {value!r}; write unix:/path/site.sock or http://127.0.0.1:8001 (loopback only)."
    )
