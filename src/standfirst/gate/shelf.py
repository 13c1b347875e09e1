"""The shelf: the pages this gate holds, by path, within a bound of memory.

A page is put back only when nothing it bears the tag of was changed since its fetch began: otherwise a slow fetch
would bring back what a change had just taken away.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Final

from standfirst.gate.variants import Page

DEFAULT_LIMIT: Final = 1024 * 1024 * 1024
_ALL = ""
"""Stands for every tag: a reset changes them all. No tag is empty."""


class Held:
    """One page on the shelf: its source, packed, and its variants once they are built."""

    __slots__ = ("packed", "page", "path", "size", "tags")

    def __init__(self, path: str, tags: frozenset[str], packed: bytes, page: Page | None) -> None:
        self.path = path
        self.tags = tags
        self.packed = packed
        self.page = page
        self.size = 0


class Shelf:
    """Held pages by path. `pages` is read on the hot path; it is changed only by the methods here."""

    def __init__(self, limit: int = DEFAULT_LIMIT, dropped: Callable[[str], None] = lambda path: None) -> None:
        """`dropped` is told of every page that leaves the shelf without a newer copy taking its place."""
        self._dropped = dropped
        self.pages: OrderedDict[bytes, Held] = OrderedDict()
        self.bytes = 0
        self._limit = limit
        self._paths: dict[str, set[bytes]] = {}
        self._clock = 0
        self._changed: dict[str, int] = {}
        self._fetches: Counter[int] = Counter()

    def get(self, path: bytes) -> Held | None:
        """The page held at this canonical path, which is thereby the one used last."""
        held = self.pages.get(path)
        if held is not None:
            self.pages.move_to_end(path)
        return held

    @contextmanager
    def fetching(self) -> Iterator[int]:
        """Around a fetch: gives the ticket with which what it brings may be put."""
        ticket = self._clock
        self._fetches[ticket] += 1
        try:
            yield ticket
        finally:
            self._fetches[ticket] -= 1
            if not self._fetches[ticket]:
                del self._fetches[ticket]
            self._forget_changes()

    def is_fresh(self, ticket: int, path: str, tags: Collection[str]) -> bool:
        """Whether nothing with these tags was changed since the fetch with this ticket began."""
        return all(self._changed.get(tag, 0) <= ticket for tag in (_ALL, _own_tag(path), *tags))

    def put(self, ticket: int, held: Held) -> bool:
        """Put a fetched page on the shelf; False when a change has overtaken its fetch."""
        if not self.is_fresh(ticket, held.path, held.tags):
            return False
        self.restore(held)
        return True

    def restore(self, held: Held) -> None:
        """Put a page on the shelf that no fetch brought."""
        key = held.path.encode()
        self._take(key)
        self.pages[key] = held
        for tag in held.tags:
            self._paths.setdefault(tag, set()).add(key)
        self.resize(held)

    def resize(self, held: Held) -> None:
        """Count a page's bytes anew after its variants were built or let go, and keep to the bound."""
        size = len(held.packed) + (held.page.size if held.page is not None else 0)
        self.bytes += size - held.size
        held.size = size
        while self.bytes > self._limit and len(self.pages) > 1:
            self._remove(next(iter(self.pages)))

    def change(self, tags: Collection[str]) -> list[str]:
        """Note that what bears these tags was changed; the paths held that do."""
        self._clock += 1
        for tag in tags:
            self._changed[tag] = self._clock
        paths = {key for tag in tags for key in self._paths.get(tag, ())}
        found = [key.decode() for key in paths]
        for path in found:
            self._changed[_own_tag(path)] = self._clock
        self._forget_changes()
        return found

    def withdraw(self, tags: Collection[str]) -> list[str]:
        """Note a change and drop what it concerns, at once; the paths dropped."""
        paths = self.change(tags)
        for path in paths:
            self._remove(path.encode())
        return paths

    def drop(self, path: str) -> None:
        """Drop one page."""
        self._remove(path.encode())

    def clear(self) -> None:
        """Drop everything, fetches under way included."""
        self._clock += 1
        self._changed[_ALL] = self._clock
        for key in list(self.pages):
            self._remove(key)
        self._forget_changes()

    def unbuild(self) -> list[str]:
        """Let go of all variants, as under a new rulebook; the paths held, last used first."""
        for held in self.pages.values():
            held.page = None
        for held in list(self.pages.values()):
            self.resize(held)
        return [key.decode() for key in reversed(self.pages)]

    def _remove(self, key: bytes) -> None:
        if self._take(key):
            self._dropped(key.decode())

    def _take(self, key: bytes) -> bool:
        held = self.pages.pop(key, None)
        if held is None:
            return False
        self.bytes -= held.size
        held.size = 0
        for tag in held.tags:
            paths = self._paths.get(tag)
            if paths is not None:
                paths.discard(key)
                if not paths:
                    del self._paths[tag]
        return True

    def _forget_changes(self) -> None:
        if not self._fetches:
            self._changed.clear()
            return
        oldest = min(self._fetches)
        self._changed = {tag: at for tag, at in self._changed.items() if at > oldest}


def _own_tag(path: str) -> str:
    # A tag holds no space, so no tag is mistaken for a path.
    return f" {path}"
