"""Forwarding: what is the site's own to answer goes there and comes back in a stream, with nothing of the gate
protocol on either side.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from contextlib import AsyncExitStack
from tempfile import SpooledTemporaryFile
from typing import Any, Final

import aiohttp

from standfirst.gate.log import notable
from standfirst.gate.origin import Origin
from standfirst.gate.plain import BAD_ORIGIN, TOO_LARGE, PlainPage
from standfirst.vocabulary import GateHeader

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type RawHeaders = Iterable[tuple[bytes, bytes]]

MEGABYTE: Final = 1024 * 1024
BODY_LIMIT: Final = MEGABYTE
DESK_BODY_LIMIT: Final = 50 * MEGABYTE
_FORMS_AT_ONCE: Final = 2
"""So many forms the site has in hand at a time, from this gate; the others wait here, where waiting costs nothing.
Hashing a password takes one of its four threads and a whole core: in a rush to register, feed, passes and pages find
one free.
"""
_READS_AT_ONCE: Final = 8
"""The same for what only reads: no flood of it makes the feed wait its turn for long."""
_IN_MEMORY: Final = 64 * 1024
"""Bytes of a body kept in memory until the site is asked; more waits in a file without a name."""
_DRAIN_LIMIT: Final = 16 * MEGABYTE
"""A body that is refused is read to its end up to here, so that the browser is ready to hear the answer."""
_DRAIN_SECONDS: Final = 10.0

_HOP_BY_HOP = frozenset({
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection", b"te", b"trailer",
    b"transfer-encoding", b"upgrade",
})  # fmt: skip
# A body's length is ours to say, since we have read it: what the client wrote may be read in several ways.
_NOT_SENT_ON = _HOP_BY_HOP | {b"content-length", b"host", b"expect", b"forwarded", b"via", b"x-real-ip"}
_PRIVATE = b"standfirst-"
_FORWARDED = b"x-forwarded-"


class TooLarge(Exception):
    """The request's body is over its limit."""


def body_limit(path: str) -> int:
    """How many bytes may be sent to this path: pictures to the desk, forms elsewhere."""
    return DESK_BODY_LIMIT if path.startswith("/desk/") else BODY_LIMIT


def onward_headers(headers: RawHeaders, client: str) -> list[tuple[str, str]]:
    """The headers the site gets of the public's: none that ends here, none that speaks for a proxy, none that plays
    the gate.

    A name with an underscore is dropped: WSGI cannot tell `Standfirst_Gate` from `Standfirst-Gate`.
    """
    headers = list(headers)
    named = _named_by_connection(headers)
    forwarded = False
    out: list[tuple[str, str]] = []
    for name, value in headers:
        name = name.lower()
        if name in (b"forwarded", b"via", b"x-real-ip") or name.startswith(_FORWARDED):
            forwarded = True
        elif name not in _NOT_SENT_ON and name not in named and not name.startswith(_PRIVATE) and b"_" not in name:
            out.append((name.decode("latin-1"), value.decode("latin-1")))
    out.append((GateHeader.CLIENT.value, client))
    if forwarded:
        out.append((GateHeader.FORWARDED.value, "1"))
    return out


def homeward_headers(headers: RawHeaders) -> list[tuple[bytes, bytes]]:
    """The headers the public gets of the site's."""
    headers = list(headers)
    named = _named_by_connection(headers)
    return [
        (name.lower(), value)
        for name, value in headers
        if name.lower() not in _HOP_BY_HOP
        and name.lower() not in named
        and name.lower() not in (b"date", b"server")
        and not name.lower().startswith(_PRIVATE)
    ]


async def send_plain(send: Send, page: PlainPage) -> None:
    """Send one of the gate's own pages."""
    await send({"type": "http.response.start", "status": page.status, "headers": list(page.headers)})
    await send({"type": "http.response.body", "body": page.body})


class Forwarding:
    """Sends requests on to the site."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._form_turns = asyncio.Semaphore(_FORMS_AT_ONCE)
        self._read_turns = asyncio.Semaphore(_READS_AT_ONCE)

    async def forward(self, scope: Message, path: str, receive: Receive, send: Send) -> None:
        """Answer one request with what the site says to it."""
        with SpooledTemporaryFile(_IN_MEMORY) as kept:
            await self._forward(scope, path, _Body(scope, receive, body_limit(path), kept), send)

    async def _forward(self, scope: Message, path: str, body: _Body, send: Send) -> None:
        try:
            length = await body.read()
        except TooLarge:
            await body.drain()
            await send_plain(send, TOO_LARGE)
            return
        target = path + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
        headers = onward_headers(scope["headers"], scope["client"][0] if scope.get("client") else "")
        if length:
            headers.append(("Content-Length", str(length)))
        turns = self._read_turns if scope["method"] in ("GET", "HEAD") else self._form_turns
        asked = self._origin.request(scope["method"], target, headers, body.stream() if length else None)
        async with AsyncExitStack() as until_relayed:
            # The turn ends when the answer begins: how fast the client takes it is no matter of the site's.
            async with turns:
                answer = await until_relayed.enter_async_context(asked)
            if GateHeader.TIER in answer.headers:
                notable("gated-answer-forwarded", level=logging.ERROR, path=path)
                await send_plain(send, BAD_ORIGIN)
                return
            await _relay(answer, send)


async def _relay(answer: aiohttp.ClientResponse, send: Send) -> None:
    await send({
        "type": "http.response.start", "status": answer.status, "headers": homeward_headers(answer.raw_headers),
    })  # fmt: skip
    try:
        async for chunk in answer.content.iter_any():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        # The answer has begun and cannot be taken back: the connection is broken off, which tells the browser so.
        raise BrokenOff(type(error).__name__) from error
    await send({"type": "http.response.body", "body": b""})


class BrokenOff(Exception):
    """The site went away in the middle of an answer."""


class _Body:
    """The request's body, read to its end before the site is asked: the site answers everybody with a few threads, and
    one that waits for a slow client answers nobody.
    """

    def __init__(self, scope: Message, receive: Receive, limit: int, kept: SpooledTemporaryFile[bytes]) -> None:
        self._receive = receive
        self._limit = limit
        self._read = 0
        self._ended = False
        self._kept = kept
        announced = dict(scope["headers"]).get(b"content-length", b"").strip(b" \t")
        self._announced = int(announced) if announced.isdigit() else 0

    async def read(self) -> int:
        """Read it; how many bytes it has. Raises TooLarge."""
        if self._announced > self._limit:
            raise TooLarge
        while not self._ended:
            self._kept.write(await self._next())
            if self._read > self._limit:
                raise TooLarge
        self._kept.seek(0)
        return self._read

    async def stream(self) -> AsyncIterator[bytes]:
        """What was read, in pieces."""
        while chunk := self._kept.read(_IN_MEMORY):
            yield chunk

    async def drain(self) -> None:
        """Read and forget the rest, within bounds."""
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self._ended and self._read < _DRAIN_LIMIT:
                    await self._next()
        except TimeoutError:
            pass

    async def _next(self) -> bytes:
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self._ended = True
            raise ConnectionAbortedError("the client went away")
        chunk: bytes = message.get("body", b"")
        self._read += len(chunk)
        self._ended = not message.get("more_body", False)
        return chunk


def _named_by_connection(headers: RawHeaders) -> frozenset[bytes]:
    """The headers that `Connection` names: they end at the next hop (RFC 9110, section 7.6.1)."""
    return frozenset(
        token.strip().lower() for name, value in headers if name.lower() == b"connection" for token in value.split(b",")
    )
