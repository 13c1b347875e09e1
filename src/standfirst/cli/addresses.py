"""Where processes listen: reading `STANDFIRST_BIND` and `STANDFIRST_SITE`, and asking whether a port is free."""

from __future__ import annotations

import errno
import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from standfirst.cli.faults import CannotStart
from standfirst.passes.environment import BadSetting

_NEARBY = 20
"""How many ports above a taken one are tried for the suggestion."""


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


def demand_free(address: Address) -> None:
    """Raises CannotStart when something listens there already, or when we may not.

    It binds without SO_REUSEPORT: the servers bind with it, so a second start would
    succeed and share the port silently.
    """
    fault = _bind_fault(address)
    if fault is None:
        return
    if fault.errno == errno.EADDRINUSE:
        raise CannotStart(f"Port {address.port} is taken by another program.{_suggestion(address)}")
    if fault.errno == errno.EACCES:
        raise CannotStart(
            f"Port {address.port} is kept for root on this machine. "
            "Use one above 1023, like --port 8000, and put a proxy in front."
        )
    raise CannotStart(f"{address} cannot be listened on: {fault.strerror or fault}.")


def _bind_fault(address: Address) -> OSError | None:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        # REUSEADDR only forgives connections that are closing; a listener still counts as taken.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address.host, address.port))
            trial.listen(1)
        except OSError as error:
            return error
    return None


def _suggestion(address: Address) -> str:
    for port in range(address.port + 1, min(address.port + _NEARBY, 65536)):
        if _bind_fault(Address(address.host, port)) is None:
            return f" Port {port} is free: ./standfirst up --port {port}"
    return " Choose another with --port."
