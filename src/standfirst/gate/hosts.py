"""Which Host a request may name: the public origin's, and nobody else's."""

from __future__ import annotations

from enum import Enum, auto
from urllib.parse import urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_DEFAULT_PORT = {"http": "80", "https": "443"}


class HostKind(Enum):
    """What a Host header is to this gate."""

    OURS = auto()
    ALIAS = auto()
    """Another name of this machine, on the same port: the browser is sent to the public origin."""
    FOREIGN = auto()


class Hosts:
    """The Host headers that mean the public origin."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        name = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        default = _DEFAULT_PORT[parts.scheme]
        port = str(parts.port or default)
        self.origin = origin.encode("ascii")
        self.ours = frozenset(_spellings(name, port, default))
        aliases = _LOOPBACK if name in _LOOPBACK else ()
        self._aliases = frozenset(host for alias in aliases for host in _spellings(alias, port, default)) - self.ours

    def kind(self, host: bytes) -> HostKind:
        """What this Host header is."""
        if host in self.ours:
            return HostKind.OURS
        lowered = host.lower()
        if lowered in self.ours:
            return HostKind.OURS
        return HostKind.ALIAS if lowered in self._aliases else HostKind.FOREIGN


def _spellings(name: str, port: str, default: str) -> list[bytes]:
    spelled = [f"{name}:{port}".encode()]
    return [*spelled, name.encode()] if port == default else spelled
