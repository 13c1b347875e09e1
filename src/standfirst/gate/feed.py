"""The follower of the feed: reads what changed, and makes the gate's state so."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from standfirst.gate.intake import Intake
from standfirst.gate.log import notable
from standfirst.gate.origin import CONTROL_SECONDS, BadAnswer, Origin, SiteAway
from standfirst.gate.packing import Damaged, unpacked
from standfirst.gate.revocations import Revocation, Revocations
from standfirst.gate.rulebook import BadRulebook, Rulebook
from standfirst.gate.shelf import Held, Shelf
from standfirst.gate.spool import Spool, State
from standfirst.vocabulary import FeedKind

POLL_SECONDS: Final = 0.4


class _Entry(msgspec.Struct):
    n: int
    kind: FeedKind
    tags: list[str] = []
    session: str | None = None
    subject: str | None = None
    issued_before: int | None = None
    until: int = 0


class FeedAnswer(msgspec.Struct):
    """One answer of the feed."""

    epoch: str
    position: int
    reset: bool
    entries: list[_Entry]
    rulebook: dict[str, Any] | None = None


class Follower:
    """Polls the feed and applies it. Its state is what is spooled: epoch, position, rulebook, revocations."""

    def __init__(
        self,
        origin: Origin,
        intake: Intake,
        shelf: Shelf,
        revocations: Revocations,
        spool: Spool,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._origin = origin
        self._intake = intake
        self._shelf = shelf
        self._revocations = revocations
        self._spool = spool
        self._clock = clock
        self._epoch: str | None = None
        self._position = 0
        self._reachable: bool | None = None
        self.read_once = asyncio.Event()
        """Set when the feed has been read since the start."""

    def start_warm(self) -> None:
        """Take over what was spooled: pages are on the shelf, unbuilt, until the feed says otherwise."""
        spooled = self._spool.load()
        if spooled is None:
            return
        state, pages = spooled
        try:
            rulebook = Rulebook.compile(state.rulebook)
        except BadRulebook as bad:
            notable("spool-unreadable", level=logging.WARNING, reason=bad, start="cold")
            return
        for revocation in state.revocations:
            self._revocations.add(revocation)
        self._intake.rulebook = rulebook
        for data in pages:
            try:
                source = unpacked(data)
            except Damaged:
                # Which page it was cannot be read either. The position is kept back, so that the whole feed is read
                # anew.
                notable("spool-unreadable", level=logging.WARNING, reason="damaged page", start="cold")
                self._shelf.clear()
                return
            self._shelf.restore(Held(source.path, source.tags, data, None))
        self._epoch, self._position = state.epoch, state.position
        notable("started-warm", pages=len(pages), position=state.position)

    async def follow(self) -> None:
        """Poll for ever."""
        while True:
            try:
                await self.poll()
            except Exception as error:
                # A gate that stopped following would serve for ever what was withdrawn: it goes on, and reads all anew.
                self._epoch = None
                notable("feed-failed", level=logging.ERROR, error=type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)

    async def poll(self) -> bool:
        """Read the feed once and apply it; False when it could not be read, and everything stays as it was."""
        query = {} if self._epoch is None else {"since": str(self._position), "epoch": self._epoch}
        try:
            fetched = await self._origin.fetch(
                "GET", f"/_gate/feed?{urlencode(query)}" if query else "/_gate/feed", seconds=CONTROL_SECONDS
            )
            if fetched.status != 200:
                raise BadAnswer(f"status {fetched.status}")
            answer = msgspec.json.decode(fetched.body, type=FeedAnswer)
            self._check_order(answer)
        except (SiteAway, BadAnswer, msgspec.DecodeError) as error:
            self._note_reachable(False, error)
            return False
        self._note_reachable(True)
        self.apply(answer)
        self.read_once.set()
        return True

    def apply(self, answer: FeedAnswer) -> None:
        """Make it so: pages, revocations, rulebook; then remember how far the feed was read."""
        moved = answer.reset or answer.position != self._position or answer.epoch != self._epoch
        if answer.reset:
            notable("feed-reset", position=answer.position)
            self._shelf.clear()
        stale: list[str] = []
        for entry in answer.entries:
            if entry.kind is FeedKind.REVOKED:
                self._revocations.add(Revocation(entry.session, entry.subject, entry.issued_before, entry.until))
            elif entry.kind is FeedKind.CHANGED and self.read_once.is_set():
                stale += self._shelf.change(entry.tags)
            elif entry.kind is not FeedKind.RULEBOOK:
                # Withdrawn; or changed while this gate was stopped, and nobody knows how long ago.
                self._shelf.withdraw(entry.tags)
        self._revocations.forget(self._clock())
        compiled = self._take_rulebook(answer.rulebook)
        self._epoch, self._position = answer.epoch, answer.position
        # Dropped from the spool before the position moves on (see spool.py).
        self._spool.drop(stale)
        if moved or compiled:
            self._remember()
        self._intake.refresh(dict.fromkeys(path for path in stale if path.encode() in self._shelf.pages))

    def _check_order(self, answer: FeedAnswer) -> None:
        """Entries follow one another without gaps; where they do not, what is missing is not known, and all is read
        anew.
        """
        if answer.reset:
            return
        numbers = [entry.n for entry in answer.entries]
        expected = list(range(self._position + 1, self._position + 1 + len(numbers)))
        if numbers != expected or answer.position != (numbers[-1] if numbers else self._position):
            self._epoch = None
            raise BadAnswer("entries out of order")

    def _take_rulebook(self, document: dict[str, Any] | None) -> bool:
        if document is None:
            return False
        try:
            rulebook = Rulebook.compile(document)
        except BadRulebook as bad:
            notable("rulebook-refused", level=logging.ERROR, reason=bad)
            return False
        self._intake.swap(rulebook)
        notable("rulebook-taken", version=rulebook.version)
        return True

    def _remember(self) -> None:
        rulebook = self._intake.rulebook
        if rulebook is not None and self._epoch is not None:
            self._spool.advance(State(self._epoch, self._position, rulebook.document, self._revocations.in_force()))

    def _note_reachable(self, reachable: bool, error: Exception | None = None) -> None:
        if reachable is self._reachable:
            return
        first, self._reachable = self._reachable is None, reachable
        if reachable:
            notable("site-reached")
        else:
            # Gate and site start together, and the gate is the quicker: that it is not there yet is no news.
            level = logging.INFO if first else logging.WARNING
            notable("site-away", level=level, reason=f"{type(error).__name__}: {error}"[:200])
