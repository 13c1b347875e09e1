"""The gate's parts, put together; and the answer to a visit of a held page, which is all the hot path does."""

from __future__ import annotations

import asyncio
import contextlib

from standfirst.gate.codings import negotiated
from standfirst.gate.credentials import CredentialReader
from standfirst.gate.feed import Follower
from standfirst.gate.forwarding import Forwarding
from standfirst.gate.hosts import Hosts
from standfirst.gate.intake import Intake
from standfirst.gate.origin import Origin
from standfirst.gate.renewal import Renewal
from standfirst.gate.revocations import Revocations
from standfirst.gate.settings import Settings
from standfirst.gate.shelf import Shelf
from standfirst.gate.spool import Spool
from standfirst.gate.variants import Coded, Page
from standfirst.vocabulary import CookieNames, PassState

_FIRST_READ_SECONDS = 1.0
"""So long a start waits for the feed before it serves what was spooled."""


class Gate:
    """Everything one gate process holds."""

    def __init__(self, settings: Settings) -> None:
        names = CookieNames.for_origin(settings.origin)
        self.hosts = Hosts(settings.origin)
        self.origin = Origin(settings.site, settings.origin, settings.secret)
        self.revocations = Revocations()
        self.credentials = CredentialReader(settings.keys, names, self.revocations)
        self.renewal = Renewal(self.origin, names.session, self.credentials)
        self.spool = Spool(settings.spool)
        self.shelf = Shelf(dropped=lambda path: self.spool.drop([path]))
        self.intake = Intake(self.origin, self.shelf, lambda held: self.spool.keep(held.path, held.packed))
        self.forwarding = Forwarding(self.origin)
        self.follower = Follower(self.origin, self.intake, self.shelf, self.revocations, self.spool)
        self._following: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Start: what was spooled, then the feed. Returns when the feed was read, or the site is taken to be away."""
        await self.origin.open()
        self.follower.start_warm()
        self._following = asyncio.create_task(self.follower.follow())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.follower.read_once.wait(), _FIRST_READ_SECONDS)

    async def close(self) -> None:
        """Stop, with everything spooled that was to be."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        await self.intake.close()
        await self.origin.close()
        await self.spool.close()

    def coded_at_once(self, path: bytes, cookies: bytes | None, accept_encoding: bytes | None) -> Coded | None:
        """What a GET of a held page gets, when nothing has to be waited for; None otherwise."""
        held = self.shelf.get(path)
        if held is None or held.page is None:
            return None
        if cookies is None:
            return coded(held.page, PassState.ABSENT, accept_encoding)
        credentials = self.credentials.read(cookies)
        if credentials.session is not None:
            return None
        return coded(held.page, credentials.state, accept_encoding)


def coded(page: Page, state: PassState, accept_encoding: bytes | None) -> Coded:
    """The form of a page for a visit with a pass in this state: decided, and in a coding the browser takes."""
    variant = page.variant(state)
    return variant[negotiated(accept_encoding)] if accept_encoding else variant[0]


def matches(if_none_match: bytes, etag: bytes) -> bool:
    """Whether the browser's copy is this one (RFC 9110, section 13.1.2, compared weakly)."""
    return etag in if_none_match or if_none_match.strip() == b"*"
