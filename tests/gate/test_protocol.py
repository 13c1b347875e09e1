"""HTTP on the wire: many requests on a connection, limits, and what slow or greedy clients get."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest

from standfirst.gate.protocol import GateProtocol

from .conftest import Running
from .newspaper import Newspaper, page, pass_cookie, story
from .visitor import Answer, Visitor, read_answer

PATH = "/news/bridge/"
GET = f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n".encode()


@pytest.fixture
async def held(newspaper: Newspaper, visitor: Visitor) -> Newspaper:
    """A newspaper with one story, which the gate holds."""
    newspaper.pages[PATH] = page(story())
    assert (await visitor.get(PATH)).status == 200
    return newspaper


@pytest.fixture
async def line(held: Newspaper, running: Running) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """An open connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    yield reader, writer
    writer.close()


async def closed(reader: asyncio.StreamReader, seconds: float = 2.0) -> bytes:
    """What is read until the gate closes the connection."""
    return await asyncio.wait_for(reader.read(), seconds)


async def test_one_connection_carries_many_requests_of_every_kind(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    reader, writer = line
    for _ in range(3):
        for method, target in (("GET", PATH), ("HEAD", PATH), ("GET", "/none/"), ("POST", PATH), ("GET", PATH)):
            writer.write(f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n".encode())
            answer = await read_answer(reader, method)
            assert answer.status == {"/none/": 404}.get(target, 405 if method == "POST" else 200)


async def test_requests_sent_at_once_are_answered_in_order(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    reader, writer = line
    other = GET.replace(PATH.encode(), b"/none/")
    writer.write(GET + other + GET + GET + other + GET)
    answers = [await read_answer(reader) for _ in range(6)]
    assert [answer.status for answer in answers] == [200, 404, 200, 200, 404, 200]


async def test_a_request_in_single_bytes_is_understood(line: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    reader, writer = line
    for byte in GET:
        writer.write(bytes([byte]))
        await asyncio.sleep(0)
    assert (await read_answer(reader)).status == 200


async def test_a_get_with_a_body_takes_the_ordinary_way_and_the_next_request_is_understood(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter],
) -> None:
    reader, writer = line
    body = b"GET /smuggled/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n"
    writer.write(GET[:-2] + b"Content-Length: %d\r\n\r\n" % len(body) + body + GET)
    assert [(await read_answer(reader)).status for _ in range(2)] == [200, 200]


async def test_a_client_that_says_close_is_closed_on(line: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    reader, writer = line
    writer.write(GET[:-2] + b"Connection: close\r\n\r\n")
    assert (await read_answer(reader)).header("connection") == "close"
    assert await closed(reader) == b""


async def test_http_1_0_is_answered_and_closed(line: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    reader, writer = line
    writer.write(GET.replace(b"1.1", b"1.0"))
    assert (await read_answer(reader)).status == 200
    assert await closed(reader) == b""


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nX: " + b"a" * 40_000,
        b"GET /" + b"a" * 40_000,
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(200)) + b"\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in range(40)) + b"\r\n",
    ],
)
async def test_headers_that_are_too_large_are_refused(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter], head: bytes
) -> None:
    reader, writer = line
    writer.write(head)
    assert (await closed(reader)).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET\r\n\r\n",
        b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nX: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : 127.0.0.1:8000\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_refused(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter], held: Newspaper, request_: bytes
) -> None:
    reader, writer = line
    writer.write(request_)
    assert (await closed(reader)).startswith(b"HTTP/1.1 400 ")
    assert len(held.asked) == 1


async def test_a_slow_head_is_refused_however_steadily_it_drips(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter], monkeypatch: pytest.MonkeyPatch, running: Running
) -> None:
    monkeypatch.setattr("standfirst.gate.protocol.HEAD_SECONDS", 0.3)
    monkeypatch.setattr("standfirst.gate.protocol._LOOK_SECONDS", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    writer.write(GET[:-2])
    ended = asyncio.create_task(closed(reader, 3))
    began = time.monotonic()
    while not ended.done():
        writer.write(b"X: 1\r\n")
        await asyncio.sleep(0.05)
    assert (await ended).startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 1.5
    writer.close()


@pytest.mark.parametrize("first", [b"", GET])
async def test_an_idle_connection_is_closed(
    held: Newspaper, running: Running, monkeypatch: pytest.MonkeyPatch, first: bytes
) -> None:
    for name in ("HEAD_SECONDS", "IDLE_SECONDS"):
        monkeypatch.setattr(f"standfirst.gate.protocol.{name}", 0.2)
    monkeypatch.setattr("standfirst.gate.protocol._LOOK_SECONDS", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    if first:
        writer.write(first)
        assert (await read_answer(reader)).status == 200
    await closed(reader, 2)
    writer.close()


async def test_a_body_that_stands_still_is_given_up(
    held: Newspaper, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standfirst.gate.protocol.BODY_SECONDS", 0.2)
    monkeypatch.setattr("standfirst.gate.protocol._LOOK_SECONDS", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    writer.write(b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nContent-Length: 10\r\n\r\nabc")
    with contextlib.suppress(ConnectionResetError):
        assert await closed(reader, 3) == b""
    writer.close()


@pytest.mark.parametrize("piece", [b"a: b\r\n" * 2000, b"a" * 12_000])
async def test_what_follows_a_body_without_end_is_refused(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter], held: Newspaper, piece: bytes
) -> None:
    reader, writer = line
    writer.write(
        b"POST /account/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: "
    )
    ended = asyncio.create_task(closed(reader))
    with contextlib.suppress(ConnectionError):
        for _ in range(5):
            await asyncio.sleep(0.05)
            writer.write(piece)
    with contextlib.suppress(ConnectionError):
        assert await ended == b""
    assert len(held.asked) == 1


async def test_a_client_that_asks_and_never_reads_is_not_buffered_for_without_bound(
    held: Newspaper, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections: list[GateProtocol] = []
    made = GateProtocol.connection_made
    monkeypatch.setattr(GateProtocol, "connection_made", lambda self, t: (connections.append(self), made(self, t)))
    held.pages["/long/"] = page(story("<p>" + "word " * 40_000 + "</p>"))
    request = b"GET /long/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nCookie: %s\r\n\r\n" % pass_cookie().encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", running.port)
    writer.write(request)
    assert len((await read_answer(reader)).body) > 200_000
    writer.write(request * 10)
    await asyncio.sleep(0.2)
    writer.write(request * 2000)
    await asyncio.sleep(0.3)
    (protocol,) = connections
    assert protocol.transport.get_write_buffer_size() < 2_000_000
    assert len(protocol.pipeline) <= 16
    writer.close()


async def test_a_stop_answers_what_was_asked_and_closes_what_is_idle(newspaper: Newspaper, running: Running) -> None:
    newspaper.pages[PATH] = served = page(story())
    served.wait = asyncio.Event()
    visitor = running.visitor()
    idle, writer = await asyncio.open_connection("127.0.0.1", running.port)
    asking: asyncio.Task[Answer] = asyncio.create_task(visitor.get(PATH))
    await asyncio.sleep(0.1)
    stopping = asyncio.ensure_future(running.stop())
    await asyncio.sleep(0.05)
    served.wait.set()
    assert (await asking).status == 200
    assert await closed(idle) == b""
    writer.close()
    await stopping
