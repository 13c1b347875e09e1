"""The ordinary way: every request the protocol did not answer at once."""

from __future__ import annotations

import logging
from typing import Final

from standfirst.gate.forwarding import BrokenOff, Message, Receive, Send, homeward_headers, send_plain
from standfirst.gate.gate import Gate, coded, matches
from standfirst.gate.hosts import HostKind
from standfirst.gate.log import notable
from standfirst.gate.origin import BadAnswer, Fetched, SiteAway
from standfirst.gate.paths import MAX_LENGTH, canonical, is_private
from standfirst.gate.plain import (
    AWAY,
    BAD_HOST,
    BAD_ORIGIN,
    FAILED,
    NO_SOCKETS,
    NOT_FOUND,
    WRONG_HOST,
    WRONG_METHOD,
    PlainPage,
    moved,
)
from standfirst.gate.renewal import Settled
from standfirst.gate.variants import Coded, Page

_READING: Final = ("GET", "HEAD")


class App:
    """The ASGI application of a gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, _Once(send))

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._gate.open()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._gate.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Message, receive: Receive, send: _Once) -> None:
        try:
            page = self._refusal(scope)
            if page is not None:
                await send_plain(send, page)
            else:
                await self._respond(scope, receive, send)
        except SiteAway:
            await send_plain(send, AWAY)
        except BadAnswer:
            await send_plain(send, BAD_ORIGIN)
        except (BrokenOff, ConnectionAbortedError):
            # Returning without an end makes the server break the connection off.
            return
        except Exception as error:
            notable("failed", level=logging.ERROR, error=type(error).__name__, where=_place(error))
            if not send.started:
                await send_plain(send, FAILED)

    async def _respond(self, scope: Message, receive: Receive, send: Send) -> None:
        path = scope["raw_path"].decode("ascii")
        rulebook = self._gate.intake.rulebook
        if rulebook is None:
            await send_plain(send, AWAY)
        elif scope["method"] in _READING and not rulebook.is_passthrough(path):
            await self._page(scope, path, send)
        elif self._gate.shelf.get(path.encode()) is not None:
            await send_plain(send, WRONG_METHOD)
        else:
            await self._gate.forwarding.forward(scope, path, receive, send)

    def _refusal(self, scope: Message) -> PlainPage | None:
        """The answer to a request that is none of a page or of the site's: a private path, a wrong host, a wrong
        spelling.
        """
        raw: bytes = scope["raw_path"]
        if len(raw) > MAX_LENGTH or is_private(raw):
            return NOT_FOUND
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return BAD_HOST
        kind = self._gate.hosts.kind(hosts[0])
        if kind is HostKind.FOREIGN:
            return WRONG_HOST
        if any(name == b"upgrade" and b"websocket" in value.lower() for name, value in scope["headers"]):
            return NO_SOCKETS
        path = canonical(raw)
        if path is None or is_private(path.encode()):
            return NOT_FOUND
        if kind is HostKind.ALIAS:
            return moved(self._location(path, scope), 307)
        if path.encode() != raw:
            return moved(self._location(path, scope), 308) if scope["method"] in _READING else NOT_FOUND
        return None

    def _location(self, path: str, scope: Message) -> bytes:
        query: bytes = scope["query_string"]
        return self._gate.hosts.origin + path.encode() + (b"?" + query if query else b"")

    async def _page(self, scope: Message, path: str, send: Send) -> None:
        answer = await self._gate.intake.page(path)
        if not isinstance(answer, Page):
            await _pass_on(answer, send)
            return
        # Read last, so that nothing revoked while the page was fetched opens it.
        settled = await self._gate.renewal.settle(self._gate.credentials.read(_header(scope, b"cookie", b"; ")))
        chosen = coded(answer, settled.state, _header(scope, b"accept-encoding"))
        match = _header(scope, b"if-none-match")
        await _send_page(chosen, match is not None and matches(match, chosen.etag), settled, send)


class _Once:
    """Remembers whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        self.started = True
        await self._send(message)


def _header(scope: Message, name: bytes, joined: bytes = b", ") -> bytes | None:
    """The value of a header; of several with one name, their values in one (HTTP/2 front ends may split Cookie)."""
    values = [value for key, value in scope["headers"] if key == name]
    return joined.join(values) if values else None


async def _send_page(chosen: Coded, unchanged: bool, settled: Settled, send: Send) -> None:
    headers = list(chosen.headers_unchanged if unchanged else chosen.headers)
    if settled.set_cookies:
        # What sets a reader's cookie is that reader's alone, whatever the page is.
        headers = [header for header in headers if header[0] != b"cache-control"]
        headers.append((b"cache-control", b"private, no-store"))
        headers += [(b"set-cookie", line) for line in settled.set_cookies]
    await send({"type": "http.response.start", "status": 304 if unchanged else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if unchanged else chosen.body})


async def _pass_on(answer: Fetched, send: Send) -> None:
    """Hand on what the site answered instead of a page. Its cookies are not: one fetch may answer many people."""
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    headers = [(name, value) for name, value in homeward_headers(raw) if name not in (b"set-cookie", b"content-length")]
    headers.append((b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _place(error: BaseException) -> str:
    """Where in our code an error arose. Its text is not logged: it may quote a page or a request."""
    trace = error.__traceback__
    place = "unknown"
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
