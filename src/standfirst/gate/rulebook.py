"""The rulebook: all the gate knows of walls, compiled once and never changed. The site publishes it
(`docs/reference/protocol.md`).
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import quote

import msgspec
from selectolax.lexbor import LexborHTMLParser

from standfirst.gate import cut
from standfirst.gate.words import Texts
from standfirst.vocabulary import Mark, Tier

_NEXT_SLOT: Final = "\ue001"
"""Stands where a page's path goes as the value of an input, in the wall and in the shell."""
_QUERY_SLOT: Final = "\ue002"
"""Stands where a page's path goes within the query of a link."""
_GATED = (Tier.METERED, Tier.REGISTERED)


class BadRulebook(Exception):
    """A rulebook that cannot be used. The text says why, for the log."""


class _Offer(msgspec.Struct):
    wall_html: str


class _Document(msgspec.Struct):
    version: int
    passthrough: list[str]
    tiers: dict[str, str]
    offers: dict[str, _Offer]
    shell_html: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A compiled rulebook. The gate holds one reference to the newest, and swaps it whole."""

    version: int
    passthrough: tuple[str, ...]
    walls: dict[Tier, str]
    """Each gated tier's wall, with slots for the path."""
    shell: str
    """The page to fall back to, with slots for the path, and `WALL_SLOT` for headline and wall."""
    shell_texts: Texts
    document: dict[str, Any] = field(repr=False)
    """As it was published, to be spooled."""

    @classmethod
    def compile(cls, document: object) -> Self:
        """The rulebook of a published document. Raises BadRulebook with the reason."""
        try:
            read = msgspec.convert(document, _Document, strict=True)
        except msgspec.ValidationError as error:
            raise BadRulebook(str(error)) from None
        assert isinstance(document, dict)
        for prefix in read.passthrough:
            if not (len(prefix) > 2 and prefix.startswith("/") and prefix.endswith("/")) or "//" in prefix:
                raise BadRulebook(f"passthrough prefix {prefix!r} is not of the form /name/")
        walls: dict[Tier, str] = {}
        for tier in _GATED:
            name = read.tiers.get(tier)
            if name is None or name not in read.offers:
                raise BadRulebook(f"the tier {tier.value} has no offer")
            walls[tier] = _fragment(read.offers[name].wall_html)
        return cls(read.version, tuple(read.passthrough), walls, *_shell(read.shell_html), document)

    def is_passthrough(self, path: str) -> bool:
        """Whether the path is the site's own to answer."""
        return path.startswith(self.passthrough)

    def wall(self, tier: Tier, path: str) -> str:
        """The wall of this tier, for the page at this path."""
        return _with_path(self.walls[tier], path)

    def fallback(self, tier: Tier, path: str, headline: str) -> str:
        """The page that stands for one which could not be cut or proved: its headline and the wall, nothing else."""
        title = f"<h1>{html.escape(headline)}</h1>" if headline else ""
        return _with_path(self.shell, path).replace(cut.WALL_SLOT, title + self.wall(tier, path))


def _with_path(template: str, path: str) -> str:
    return template.replace(_NEXT_SLOT, html.escape(path)).replace(_QUERY_SLOT, quote(path, safe="/"))


def _with_slots(tree: LexborHTMLParser) -> str:
    """Put a slot wherever a path goes. In a link's query it comes out percent-encoded, which is how the two are told
    apart.
    """
    cut.fill_next(tree, _NEXT_SLOT)
    return cut.serialised(tree).replace(quote(_NEXT_SLOT), _QUERY_SLOT)


def _fragment(wall_html: str) -> str:
    _refuse_slots(wall_html, "a wall")
    serialised = _with_slots(LexborHTMLParser(f"<!doctype html><body>{wall_html}"))
    return serialised.partition("<body>")[2].removesuffix("</body></html>")


def _refuse_slots(text: str, name: str) -> None:
    if any(slot in text for slot in (cut.WALL_SLOT, _NEXT_SLOT, _QUERY_SLOT)):
        raise BadRulebook(f"{name} holds a private-use character that the gate keeps for itself")


def _shell(shell_html: str) -> tuple[str, Texts]:
    _refuse_slots(shell_html, "the shell")
    tree = cut.parsed(shell_html)
    places = cut.marked(tree, Mark.SHELL)
    if len(places) != 1 or (places[0].inner_html or "").strip():
        raise BadRulebook("the shell must have one empty element marked shell")
    if cut.marked(tree, Mark.BODY) or cut.marked(tree, Mark.CUT):
        raise BadRulebook("the shell holds a story")
    texts = Texts.of([tree.root] if tree.root is not None else [])
    places[0].inner_html = cut.WALL_SLOT
    cut.drop(tree, Mark.READER)
    template = _with_slots(tree)
    if template.count(cut.WALL_SLOT) != 1:
        raise BadRulebook("the shell's marked element is lost when signed out")
    return template, texts
