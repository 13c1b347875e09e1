"""The client of the site: intake, feed, passes, and what is forwarded, over one pool of connections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import aiohttp
from multidict import CIMultiDictProxy
from yarl import URL

from standfirst.passes.addresses import Address
from standfirst.vocabulary import GateHeader

CONNECT_SECONDS: Final = 2.0
FETCH_SECONDS: Final = 15.0
CONTROL_SECONDS: Final = 3.0
"""Feed and passes answer quickly or not at all."""
MAX_FETCH: Final = 32 * 1024 * 1024
"""Bytes. A 100,000-word story is under one megabyte; nothing larger than this is held in memory to be looked at."""

_FORWARD_LIMITS: Final = aiohttp.ClientTimeout(total=120.0, sock_connect=CONNECT_SECONDS, sock_read=60.0)
_ADDED_BY_CLIENT = ("Accept", "Accept-Encoding", "User-Agent", "Content-Type")


class SiteAway(Exception):
    """The site cannot be reached, or did not answer in time."""


class BadAnswer(Exception):
    """The site answered with something the protocol does not allow. The text says what, for the log."""


class Fetched(NamedTuple):
    """A whole answer."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes


class Origin:
    """The site, as the gate sees it. Open it within the running loop, and close it there."""

    def __init__(self, site: Address | Path, public_origin: str, secret: str) -> None:
        self._host = urlsplit(public_origin).netloc
        self._secret = secret
        self._socket = site if isinstance(site, Path) else None
        self._base = "http://site" if isinstance(site, Path) else f"http://{site}"
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the pool of connections."""
        connector: aiohttp.BaseConnector
        if self._socket:
            connector = aiohttp.UnixConnector(path=str(self._socket), limit=256)
        else:
            connector = aiohttp.TCPConnector(limit=256)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=_ADDED_BY_CLIENT,
            trust_env=False,
            max_line_size=32_768,
            max_field_size=32_768,
        )

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def fetch(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str] | None = None,
        *,
        seconds: float = FETCH_SECONDS,
        limit: int = MAX_FETCH,
    ) -> Fetched:
        """One request of the gate's own, answered whole. Raises SiteAway, or BadAnswer when the answer is over
        `limit`.
        """
        limits = aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
        async with self.request(method, target, list((headers or {}).items()), None, limits) as answer:
            body = bytearray()
            try:
                async for chunk in answer.content.iter_any():
                    body += chunk
                    if len(body) > limit:
                        raise BadAnswer("too long")
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                raise SiteAway(type(error).__name__) from error
            return Fetched(answer.status, answer.headers, bytes(body))

    @asynccontextmanager
    async def request(
        self,
        method: str,
        target: str,
        headers: list[tuple[str, str]],
        body: AsyncIterator[bytes] | None,
        limits: aiohttp.ClientTimeout = _FORWARD_LIMITS,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send one request, with the secret and the public host; the answer's body is read by the caller.

        `target` is a canonical path with its query, sent as it is. Raises SiteAway while no answer has begun.
        """
        if self._session is None:
            raise SiteAway("not open")
        sent = [*headers, ("Host", self._host), (GateHeader.SECRET.value, self._secret)]
        try:
            answer = await self._session.request(
                method,
                URL(self._base + target, encoded=True),
                headers=sent,
                data=body,
                allow_redirects=False,
                timeout=limits,
            )
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise SiteAway(type(error).__name__) from error
        try:
            yield answer
        finally:
            answer.release()
