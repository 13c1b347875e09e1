"""Asks a process whether it is ready, with one small HTTP request."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping
from pathlib import Path

from standfirst.passes.addresses import Address

_TIMEOUT = 1.0


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=_TIMEOUT)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def status_of(place: Address | Path, path: str, headers: Mapping[str, str]) -> int | None:
    """The status of `GET path` there, or None when nothing answers."""
    if isinstance(place, Path):
        connection: http.client.HTTPConnection = _UnixConnection(place)
    else:
        connection = http.client.HTTPConnection(place.host, place.port, timeout=_TIMEOUT)
    try:
        connection.request("GET", path, headers=dict(headers))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def gate_is_ready(bind: Address, host: str) -> bool:
    """Whether a reader would get a page: the gate listens, has read the feed, and reaches the site.

    The sitemap is asked for, since it is never held and costs the site little.
    """
    # Bound to every address, it answers on loopback too.
    place = Address({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind.host, bind.host), bind.port)  # noqa: S104
    status = status_of(place, "/sitemap.xml", {"Host": host})
    return status is not None and status < 500


def site_is_ready(site: Address | Path, gate_secret: str, host: str) -> bool:
    """The site says 200 to whoever has the gate's secret, once it is loaded and has its database."""
    return status_of(site, "/_gate/ready", {"Standfirst-Gate": gate_secret, "Host": host}) == 200
