"""Whether a port is free to listen on."""

from __future__ import annotations

import errno
import socket

from standfirst.cli.faults import CannotStart
from standfirst.passes.addresses import Address

_NEARBY = 20
"""How many ports above a taken one are tried for the suggestion."""


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
