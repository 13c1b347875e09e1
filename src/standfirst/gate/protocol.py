"""HTTP/1.1 as the gate speaks it: uvicorn's protocol, with an answer for held pages as soon as their headers are in,
and limits.

A held page is answered before any scope, cycle or task is made. Everything else takes uvicorn's ordinary way: bodies,
upgrades, pages not held, passes to be renewed, a client that pipelines faster than it reads. uvicorn's class is
private; the version is pinned exactly.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final, Protocol

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from standfirst.gate.gate import Gate, matches

MAX_HEAD: Final = 32 * 1024
"""Bytes of request line and headers."""
MAX_HEADERS: Final = 100
MAX_PIPELINE: Final = 16
MAX_UNSENT: Final = 64 * 1024
"""Bytes of answers a client has not taken; beyond them it is answered the ordinary way, which waits for it."""
HEAD_SECONDS: Final = 10.0
"""A request's headers must be in so long after its first byte, or after the connection is made."""
IDLE_SECONDS: Final = 20.0
BODY_SECONDS: Final = 30.0
"""So long a body may stand still, and so long a client may take nothing of what is written."""
_LOOK_SECONDS: Final = 2.5

_COOKIE, _CODING, _MATCH, _HOST, _ORDINARY = range(5)
_NOTED: Final = {
    b"cookie": _COOKIE,
    b"accept-encoding": _CODING,
    b"if-none-match": _MATCH,
    b"host": _HOST,
    b"content-length": _ORDINARY,
    b"transfer-encoding": _ORDINARY,
    b"upgrade": _ORDINARY,
    b"expect": _ORDINARY,
}
_REFUSALS: Final = {
    400: b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    408: b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    431: b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
}


class _Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Event(Protocol):
    def set(self) -> None: ...


class _NoEvent:
    def set(self) -> None:
        """Nobody waits for a cycle that is complete."""


class _Answered:
    """Stands where uvicorn has a request's cycle: the answer is complete."""

    response_complete = True
    keep_alive = True
    disconnected = False
    message_event: _Event = _NoEvent()


_ANSWERED: Final = _Answered()


class GateProtocol(HttpToolsProtocol):
    """One connection."""

    gate: Gate
    """Set on a subclass made for one gate: uvicorn makes the instances."""
    _date_line: tuple[object, bytes] = (None, b"")

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._hosts = self.gate.hosts.ours
        self._noted: list[bytes | None] = [None] * 5
        self._in_head = True
        self._head_bytes = 0
        self._unfinished = 0
        """Bytes received of a head that is not complete, or of what in a body carries nothing."""
        self._completed = 0
        """Messages complete, and pieces of body, within the data now being parsed."""
        self._moves = 0
        """Counts what takes a connection on: a request begun, its head ended, some of its body. No drips of a head."""
        self._moves_seen = 0
        self._since = self.loop.time()
        """When the last move was seen."""
        self._waiting_for_head = True
        self._stalled_since: float | None = None
        self._look: asyncio.TimerHandle | None = None

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look = self.loop.call_later(_LOOK_SECONDS, self._look_at_time)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.timeout_keep_alive_task is not None:
            self._unset_keepalive_if_required()
        if not self._in_head:
            self._moves += 1
        self._completed = 0
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # Answered like any request, without the upgrade; what follows on the connection is not HTTP any more.
            self.flow.pause_reading()
        except httptools.HttpParserError as error:
            cause = error.__context__
            self._refuse(cause.status if isinstance(cause, _Refused) else 400)
            return
        # Of data that ends one message and begins the next it is not known where; what follows is counted. A head may
        # be no longer than this, nor may the trailers of a body, and whatever else between its chunks is not body.
        self._unfinished = 0 if self._completed else self._unfinished + len(data)
        if self._unfinished > MAX_HEAD:
            self._refuse(431)

    def _refuse(self, status: int) -> None:
        """End the connection; with an answer, unless one to an earlier request is still being written."""
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(_REFUSALS[status])
        self.transport.close()

    def pause_writing(self) -> None:
        self._stalled_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        self._stalled_since = None
        super().resume_writing()

    def _look_at_time(self) -> None:
        """Look at what the connection waits for, every few seconds: one timer a connection, not one a request."""
        now = self.loop.time()
        if self._moves != self._moves_seen:
            self._moves_seen, self._since = self._moves, now
        waited = now - self._since
        answering = self.cycle is not None and not self.cycle.response_complete
        if self._stalled_since is not None:
            if now - self._stalled_since > BODY_SECONDS:
                self.transport.abort()
        elif self.transport.is_closing():
            pass
        elif answering:
            if not self._in_head and not self.flow.read_paused and waited > BODY_SECONDS:
                self.transport.abort()
        elif self._waiting_for_head:
            if waited > HEAD_SECONDS:
                self._refuse(408)
        elif waited > IDLE_SECONDS:
            self.transport.close()
        self._look = self.loop.call_later(_LOOK_SECONDS, self._look_at_time)

    # The parser's callbacks

    def on_message_begin(self) -> None:
        self.url = b""
        self.headers = []
        self.expect_100_continue = False
        self._noted = [None] * 5
        self._in_head = self._waiting_for_head = True
        self._head_bytes = 0
        self._moves += 1

    def on_url(self, url: bytes) -> None:
        self.url += url
        self._head_bytes += len(url)
        if self._head_bytes > MAX_HEAD:
            raise _Refused(431)

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_head:
            # A trailer. Nobody reads them, and taken for a header it would say what the head did not.
            return
        name = name.lower()
        self.headers.append((name, value))
        self._head_bytes += len(name) + len(value)
        slot = _NOTED.get(name)
        if slot is not None:
            noted = self._noted
            # A header that is there twice is for the ordinary way to make sense of.
            noted[slot if noted[slot] is None else _ORDINARY] = value

    def on_headers_complete(self) -> None:
        self._in_head = self._waiting_for_head = False
        self._completed += 1
        if self._head_bytes > MAX_HEAD or len(self.headers) > MAX_HEADERS:
            raise _Refused(431)
        cycle = self.cycle
        if (
            (cycle is None or cycle.response_complete)
            and not self.pipeline
            and self.transport.get_write_buffer_size() < MAX_UNSENT
            and self._noted[_ORDINARY] is None
            and self._noted[_HOST] in self._hosts
            and self.parser.get_method() == b"GET"
            and self._answered_at_once()
        ):
            return
        self._take_ordinary_way()

    def _answered_at_once(self) -> bool:
        url = self.url
        cookies, accept_encoding, if_none_match, _, _ = self._noted
        coded = self.gate.coded_at_once(url if b"?" not in url else url[: url.index(b"?")], cookies, accept_encoding)
        if coded is None:
            return False
        keep_alive = self.parser.should_keep_alive()
        end = self._date() if keep_alive else b"connection: close\r\n" + self._date()
        if if_none_match is not None and matches(if_none_match, coded.etag):
            self.transport.write(coded.head_unchanged + end)
        else:
            self.transport.writelines((coded.head + end, coded.body))
        self.cycle = _ANSWERED  # type: ignore[assignment]
        self.server_state.total_requests += 1
        if not keep_alive:
            self.transport.close()
        return True

    def _take_ordinary_way(self) -> None:
        if len(self.pipeline) >= MAX_PIPELINE:
            raise _Refused(431)
        url, headers, expected = self.url, self.headers, self._noted[_ORDINARY]
        super().on_message_begin()
        self.url = url
        self.headers += headers
        if expected is not None:
            self.expect_100_continue = any(
                name == b"expect" and value.lower() == b"100-continue" for name, value in headers
            )
        super().on_headers_complete()
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        self._completed += 1
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._completed += 1
        self._moves += 1
        self._in_head = True
        if self.cycle is not _ANSWERED:  # type: ignore[comparison-overlap]
            super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        # The look at time does what this timer is for.
        self._unset_keepalive_if_required()
        self._moves += 1

    def _date(self) -> bytes:
        """The last lines of a head. uvicorn makes its list of headers anew every second."""
        headers = self.server_state.default_headers
        made, line = GateProtocol._date_line
        if made is not headers:
            line = b"".join(b"%s: %s\r\n" % header for header in headers) + b"\r\n"
            GateProtocol._date_line = headers, line
        return line
