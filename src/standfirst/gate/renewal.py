"""Renewal: a reader whose pass has run out, and whose session has not, gets a new pass on the same answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final, NamedTuple

import msgspec

from standfirst.gate.credentials import CredentialReader, Credentials
from standfirst.gate.origin import CONTROL_SECONDS, BadAnswer, Origin, SiteAway
from standfirst.vocabulary import GRACE_SECONDS, PassState

_REST_SECONDS: Final = 2.0
"""After the site could not be reached, it is not asked again for so long: a page must not wait for every pass that
ran out.
"""
_OVER_SECONDS: Final = 10.0
_OVER_LIMIT: Final = 10_000


class _PassAnswer(msgspec.Struct):
    # "pass" is a word of the language.
    token: str | None = msgspec.field(name="pass")


class Renewed(NamedTuple):
    """What the site said of a session: a pass or none, and the Set-Cookie lines to relay."""

    token: bytes | None
    set_cookies: tuple[bytes, ...]


class Settled(NamedTuple):
    """The state a visit is decided with, and the Set-Cookie lines its answer carries."""

    state: PassState
    set_cookies: tuple[bytes, ...] = ()


class Renewal:
    """Asks the site for passes: once per session cookie at a time."""

    def __init__(
        self, origin: Origin, session_cookie: str, reader: CredentialReader, clock: Callable[[], float] = time.time
    ) -> None:
        self._origin = origin
        self._cookie = session_cookie
        self._reader = reader
        self._clock = clock
        self._under_way: dict[bytes, asyncio.Task[Renewed]] = {}
        self._resting_until = 0.0
        self._over: dict[bytes, tuple[float, Renewed]] = {}
        """Sessions that are over: a browser with an old cookie, or somebody guessing, costs the site one question in
        ten seconds.
        """

    async def settle(self, credentials: Credentials) -> Settled:
        """The state to decide with: renewed where it can be; where the site is away, an expired pass has its grace."""
        if credentials.session is None:
            return Settled(credentials.state)
        try:
            renewed = await self._renewed(credentials.session)
        except (SiteAway, BadAnswer):
            return Settled(self._without_site(credentials))
        if renewed.token is not None:
            state, _ = self._reader.examine(renewed.token)
            if state is PassState.VALID:
                return Settled(state, renewed.set_cookies)
        return Settled(credentials.state, renewed.set_cookies)

    def _without_site(self, credentials: Credentials) -> PassState:
        """A revoked pass is REVOKED before it is expired, so grace never meets a known revocation."""
        claims = credentials.claims
        if (
            credentials.state is PassState.EXPIRED
            and claims is not None
            and self._clock() < claims.expires_at + GRACE_SECONDS
        ):
            return PassState.GRACE
        return credentials.state

    async def _renewed(self, session: bytes) -> Renewed:
        over = self._over.get(session)
        if over is not None and over[0] > self._clock():
            return over[1]
        if self._clock() < self._resting_until:
            raise SiteAway("resting")
        task = self._under_way.get(session)
        if task is None:
            task = self._under_way[session] = asyncio.create_task(self._ask(session))

            def landed(done: asyncio.Task[Renewed]) -> None:
                del self._under_way[session]
                if not done.cancelled():
                    done.exception()

            task.add_done_callback(landed)
        return await asyncio.shield(task)

    async def _ask(self, session: bytes) -> Renewed:
        try:
            answer = await self._origin.fetch(
                "POST",
                "/_gate/pass",
                {"Cookie": f"{self._cookie}={session.decode('ascii')}", "Content-Length": "0"},
                seconds=CONTROL_SECONDS,
                limit=65_536,
            )
            if answer.status != 200:
                # An ill site is an absent one: its database may be down, and a reader is not to pay for it.
                raise SiteAway(f"status {answer.status}")
            token = msgspec.json.decode(answer.body, type=_PassAnswer).token
        except msgspec.DecodeError as error:
            raise BadAnswer("not the JSON of a pass") from error
        except SiteAway:
            self._resting_until = self._clock() + _REST_SECONDS
            raise
        lines = tuple(line.encode("latin-1") for line in answer.headers.getall("Set-Cookie", []))
        renewed = Renewed(token.encode("ascii", "replace") if token is not None else None, lines)
        if token is None:
            self._remember_over(session, renewed)
        return renewed

    def _remember_over(self, session: bytes, renewed: Renewed) -> None:
        if len(self._over) >= _OVER_LIMIT:
            now = self._clock()
            self._over = {key: entry for key, entry in self._over.items() if entry[0] > now}
            if len(self._over) >= _OVER_LIMIT:
                self._over.clear()
        self._over[session] = (self._clock() + _OVER_SECONDS, renewed)
