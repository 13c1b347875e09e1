"""The variants of a page: cut, proved, encoded, with their headers ready to be sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from standfirst.gate import cut
from standfirst.gate.codings import CODINGS, encoded
from standfirst.gate.decide import decide
from standfirst.gate.faults import CutFault, FaultKind
from standfirst.gate.proof import prove
from standfirst.gate.rulebook import Rulebook
from standfirst.gate.words import Texts
from standfirst.vocabulary import PassState, Tier, Visit

type Headers = tuple[tuple[bytes, bytes], ...]

KEPT_HEADERS: Final = (
    "Content-Language", "Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options",
    "X-Frame-Options", "X-Robots-Tag", "Strict-Transport-Security", "Cross-Origin-Opener-Policy",
)  # fmt: skip
"""The headers of the origin's answer that a held page keeps, beside its Content-Type, which is always HTML in UTF-8."""

_PUBLIC = ((b"cache-control", b"max-age=0, s-maxage=30"), (b"vary", b"Cookie, Accept-Encoding"))
_PRIVATE = ((b"cache-control", b"private, no-store"), (b"vary", b"Cookie, Accept-Encoding"))


@dataclass(frozen=True, slots=True)
class Source:
    """A page as the origin gave it: all that is needed to build its variants, and to build them anew."""

    path: str
    tier: Tier | None
    """None when it bears a story's marks and no tier this gate knows: it falls back, for everybody."""
    tags: frozenset[str]
    headers: Mapping[str, str]
    html: str


@dataclass(frozen=True, slots=True)
class Coded:
    """One variant in one content coding, ready to send."""

    body: bytes
    etag: bytes
    headers: Headers
    headers_unchanged: Headers
    """Of a 304."""
    head: bytes
    """Status line and headers of a 200, up to the Date."""
    head_unchanged: bytes


type Variant = tuple[Coded, ...]
"""By the index of the coding in `CODINGS`."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's variants under one rulebook. Nothing in them is personal."""

    path: str
    tier: Tier
    tags: frozenset[str]
    signed_out: Variant
    signed_in: Variant
    fault: FaultKind | None
    rulebook: Rulebook
    size: int
    """Bytes held."""
    for_nobody: Variant = field(init=False)
    """What a visit without a pass gets. Decided when the page is built, like the next: these are nearly all visits."""
    for_reader: Variant = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "for_nobody", self._decided(PassState.ABSENT))
        object.__setattr__(self, "for_reader", self._decided(PassState.VALID))

    def variant(self, state: PassState) -> Variant:
        """The variant for a visit with a pass in this state."""
        if state is PassState.ABSENT:
            return self.for_nobody
        if state is PassState.VALID:
            return self.for_reader
        return self._decided(state)

    def _decided(self, state: PassState) -> Variant:
        """Readers see full pages, and everybody else what is seen signed out."""
        return self.signed_in if decide(Visit(self.tier, state)).signed_in else self.signed_out


def build(source: Source, rulebook: Rulebook) -> Page:
    """All variants of a page. Where the page cannot be cut or proved, visitors get headline and wall, and the page
    says so.

    A reader gets the page whole even then: it is the visitor's form that failed. Without a tier nobody does.
    """
    fault = None
    tier = source.tier or Tier.REGISTERED
    try:
        if source.tier is None:
            raise CutFault(FaultKind.NO_TIER)
        if source.tier is Tier.FREE:
            signed_out = cut.whole(source.html, source.path, signed_in=False)
        else:
            signed_out = _lead_in(source, rulebook)
    except CutFault as failed:
        fault = failed.kind
        signed_out = rulebook.fallback(tier, source.path, _headline(source))
    signed_in = signed_out if source.tier is None else cut.whole(source.html, source.path, signed_in=True)
    kept = tuple((name.lower().encode(), value.encode("latin-1")) for name, value in _kept(source.headers))
    out, within = _variant(signed_out, kept + _PUBLIC), _variant(signed_in, kept + _PRIVATE)
    size = sum(len(coded.body) + 2 * len(coded.head) for coded in out + within)
    return Page(source.path, tier, source.tags, out, within, fault, rulebook, size)


def _lead_in(source: Source, rulebook: Rulebook) -> str:
    tier = source.tier
    assert tier is not None
    page = cut.lead_in(source.html, source.path)
    prove(Texts.of_document(page.html), page.withheld, [page.allowed, rulebook.shell_texts])
    return page.html.replace(cut.WALL_SLOT, rulebook.wall(tier, source.path))


def _headline(source: Source) -> str:
    try:
        return cut.headline(source.html)
    except CutFault:
        return ""


def _kept(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    found = {name.lower(): value for name, value in headers.items()}
    return [(name, found[name.lower()]) for name in KEPT_HEADERS if name.lower() in found]


def _variant(document: str, headers: Headers) -> Variant:
    headers = ((b"content-type", b"text/html; charset=utf-8"), *headers)
    return tuple(
        _coded(body, coding, headers) for body, coding in zip(encoded(document.encode()), CODINGS, strict=True)
    )


def _coded(body: bytes, coding: bytes, common: Headers) -> Coded:
    etag = b'"%s"' % hashlib.sha256(body).hexdigest()[:24].encode()
    headers = ((b"etag", etag), *common)
    unchanged = tuple((name, value) for name, value in headers if name in (b"etag", b"cache-control", b"vary"))
    if coding:
        headers = (*headers, (b"content-encoding", coding))
    headers = (*headers, (b"content-length", b"%d" % len(body)))
    return Coded(
        body, etag, headers, unchanged,
        _head(b"HTTP/1.1 200 OK\r\n", headers), _head(b"HTTP/1.1 304 Not Modified\r\n", unchanged),
    )  # fmt: skip


def _head(status: bytes, headers: Headers) -> bytes:
    return status + b"".join(b"%s: %s\r\n" % header for header in headers)
