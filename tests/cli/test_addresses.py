"""Reading addresses, and finding a port taken."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from standfirst.cli.addresses import demand_free
from standfirst.cli.faults import CannotStart
from standfirst.passes.addresses import Address, read_address, read_site
from standfirst.passes.environment import BadSetting


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8000", Address("127.0.0.1", 8000)),
        ("[::1]:80", Address("::1", 80)),
        ("localhost:1", Address("localhost", 1)),
    ],
)
def test_an_address_is_read_and_written_alike(text: str, address: Address) -> None:
    assert read_address("STANDFIRST_BIND", text) == address
    assert str(address) == text


@pytest.mark.parametrize(
    "text", ["8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:99999", "a:b", ":8000", "h:1/x"]
)
def test_what_is_no_address_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadSetting, match="STANDFIRST_BIND"):
        read_address("STANDFIRST_BIND", text)


def test_the_site_listens_on_a_socket_or_on_loopback() -> None:
    assert read_site("unix:/run/site.sock") == Path("/run/site.sock")
    assert read_site("http://127.0.0.1:8001") == Address("127.0.0.1", 8001)


@pytest.mark.parametrize(
    "text", ["unix:site.sock", "http://0.0.0.0:8001", "http://news.example:80", "https://127.0.0.1:1", "x"]
)
def test_the_site_listens_nowhere_else(text: str) -> None:
    with pytest.raises(BadSetting, match="STANDFIRST_SITE"):
        read_site(text)


def test_a_taken_port_is_refused_with_one_that_is_free() -> None:
    with socket.socket() as other:
        # As the servers do: with SO_REUSEPORT a second one could join without a word.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {port} is taken by another program\. .*--port"):
            demand_free(Address("127.0.0.1", port))


def test_a_port_taken_on_every_address_is_taken_on_ours() -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        with pytest.raises(CannotStart, match="is taken"):
            demand_free(Address("127.0.0.1", other.getsockname()[1]))


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CannotStart, match=r"192\.0\.2\.1:8000 cannot be listened on"):
        demand_free(Address("192.0.2.1", 8000))
