"""Intake: a path becomes a held page. One fetch goes out per path, however many ask."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from standfirst.gate.answer import taken
from standfirst.gate.faults import FaultKind
from standfirst.gate.log import notable
from standfirst.gate.origin import BadAnswer, Fetched, Origin, SiteAway
from standfirst.gate.packing import Damaged, packed, unpacked
from standfirst.gate.rulebook import Rulebook
from standfirst.gate.shelf import Held, Shelf
from standfirst.gate.variants import Page, Source, build
from standfirst.vocabulary import GateHeader

_ATTEMPTS: Final = 3
"""So often a page is fetched again when changes keep overtaking its fetch."""
_REFRESHES: Final = 4
"""So many pages are fetched again, or built again, at once."""
_FETCHES: Final = 8
"""So many pages are fetched at once, whoever asks: no flood of addresses makes the feed wait its turn at the site."""
_RETRY_SECONDS: Final = (1.0, 2.0, 5.0, 10.0, 30.0)

_ANONYMOUS: Final = {GateHeader.INTAKE.value: "1", "Accept-Encoding": "identity", "Accept": "text/html"}

type Answer = Page | Fetched
"""A page, or what the site answered instead and is passed on once."""

type _Flights = dict[str, asyncio.Task[Answer]]


class Intake:
    """Fetches, builds and shelves pages. The follower of the feed swaps the rulebook and says what to fetch again."""

    def __init__(self, origin: Origin, shelf: Shelf, keep: Callable[[Held], None]) -> None:
        """`keep` is told of every page put on the shelf."""
        self.rulebook: Rulebook | None = None
        self.faults: Counter[FaultKind] = Counter()
        """Pages that fell back, by what was wrong with them."""
        self._origin = origin
        self._shelf = shelf
        self._keep = keep
        self._fetches: _Flights = {}
        self._builds: _Flights = {}
        self._background: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(_REFRESHES)
        self._fetch_turns = asyncio.Semaphore(_FETCHES)
        # Parsing and compressing a page takes some ten milliseconds: in a thread of its own, answers go on meanwhile.
        self._builder = ThreadPoolExecutor(1, thread_name_prefix="build")

    async def page(self, path: str) -> Answer:
        """The page at this canonical path: held, built, or fetched. Raises SiteAway or BadAnswer."""
        held = self._shelf.get(path.encode())
        if held is None:
            return await self._single(self._fetches, path, self._fetch)
        return held.page or await self._single(self._builds, path, self._build_held)

    def refresh(self, paths: Iterable[str]) -> None:
        """Fetch these again in the background. What is held serves until the new copy is in."""
        for path in paths:
            self._start(self._refresh(path))

    def swap(self, rulebook: Rulebook) -> None:
        """Take a new rulebook. Nothing built under the old one is served again; held pages are built anew."""
        self.rulebook = rulebook
        for path in self._shelf.unbuild():
            if rulebook.is_passthrough(path):
                self._shelf.drop(path)
            else:
                self._start(self._build_again(path))

    async def close(self) -> None:
        """Give up what is under way."""
        tasks = [*self._fetches.values(), *self._builds.values(), *self._background]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._builder.shutdown(wait=False, cancel_futures=True)

    async def _single(
        self, flights: _Flights, path: str, begin: Callable[[str], Coroutine[Any, Any, Answer]]
    ) -> Answer:
        task = flights.get(path)
        if task is None:
            task = flights[path] = asyncio.create_task(begin(path))

            def landed(done: asyncio.Task[Answer]) -> None:
                del flights[path]
                if not done.cancelled():
                    done.exception()  # Everybody who asked may have gone.

            task.add_done_callback(landed)
        return await asyncio.shield(task)

    async def _fetch(self, path: str) -> Answer:
        for _ in range(_ATTEMPTS):
            with self._shelf.fetching() as ticket:
                async with self._fetch_turns:
                    fetched = await self._origin.fetch("GET", path, _ANONYMOUS)
                try:
                    found = taken(path, fetched)
                except BadAnswer as bad:
                    notable("page-refused", level=logging.ERROR, path=path, reason=bad)
                    self._shelf.drop(path)
                    raise
                if found is None:
                    if fetched.status < 500:
                        self._shelf.drop(path)
                    return fetched
                page = await self._built(found.source)
                if not found.may_be_held:
                    if self._shelf.is_fresh(ticket, path, found.source.tags):
                        self._shelf.drop(path)
                        return page
                    continue
                held = Held(path, found.source.tags, packed(found.source), page)
                if self._shelf.put(ticket, held):
                    self._keep(held)
                    return page
        raise SiteAway("overtaken by changes")

    async def _build_held(self, path: str) -> Answer:
        held = self._shelf.get(path.encode())
        if held is None:
            return await self._single(self._fetches, path, self._fetch)
        try:
            page = await self._built(unpacked(held.packed))
        except Damaged:
            self._shelf.drop(path)
            return await self._single(self._fetches, path, self._fetch)
        if self._shelf.pages.get(path.encode()) is not held:
            # Changed or withdrawn while it was being built: what was built may not be served.
            return await self.page(path)
        held.page = page
        self._shelf.resize(held)
        return page

    async def _built(self, source: Source) -> Page:
        """Build a page under the newest rulebook there is when it is done."""
        loop = asyncio.get_running_loop()
        while True:
            rulebook = self.rulebook
            if rulebook is None:
                raise SiteAway("no rulebook yet")
            page = await loop.run_in_executor(self._builder, build, source, rulebook)
            if rulebook is self.rulebook:
                break
        if page.fault is not None:
            self.faults[page.fault] += 1
            notable("page-fell-back", level=logging.ERROR, path=source.path, fault=page.fault.value)
        return page

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _refresh(self, path: str) -> None:
        stale = self._shelf.pages.get(path.encode())
        for delay in (*_RETRY_SECONDS, None):
            try:
                async with self._turns:
                    answer = await self._single(self._fetches, path, self._fetch)
                if isinstance(answer, Page) or answer.status < 500:
                    return
            except (SiteAway, BadAnswer):
                pass
            if delay is None or self._shelf.pages.get(path.encode()) is not stale:
                return
            await asyncio.sleep(delay)
        notable("page-stale", level=logging.WARNING, path=path)

    async def _build_again(self, path: str) -> None:
        async with self._turns:
            held = self._shelf.pages.get(path.encode())
            if held is not None and held.page is None:
                try:
                    await self._single(self._builds, path, self._build_held)
                except (SiteAway, BadAnswer):
                    notable("page-not-built", level=logging.WARNING, path=path)
