"""Content codings: what a page is compressed with, and which of them a request takes (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import gzip
from typing import Final

import brotli  # type: ignore[import-untyped]
import zstandard

CODINGS: Final = (b"", b"gzip", b"br", b"zstd")
"""By index, as the variants hold them. The first is the page as it is."""

_PREFERENCE = ((b"br", 2), (b"zstd", 3), (b"gzip", 1))
_KNOWN_HEADERS = 512
_KNOWN_LENGTH = 200
_known: dict[bytes, int] = {}


def encoded(body: bytes) -> tuple[bytes, ...]:
    """The body in every coding of `CODINGS`. The same body gives the same bytes, always and everywhere."""
    return (
        body,
        gzip.compress(body, 6, mtime=0),
        brotli.compress(body, quality=5),
        zstandard.ZstdCompressor(level=6).compress(body),
    )


def negotiated(accept_encoding: bytes) -> int:
    """The index of the coding for this Accept-Encoding. Remembered: a few dozen headers exist in the wild."""
    index = _known.get(accept_encoding)
    if index is None:
        index = _negotiate(accept_encoding)
        if len(_known) < _KNOWN_HEADERS and len(accept_encoding) <= _KNOWN_LENGTH:
            _known[accept_encoding] = index
    return index


def _negotiate(accept_encoding: bytes) -> int:
    weights: dict[bytes, float] = {}
    for part in accept_encoding.lower().split(b","):
        name, _, parameter = part.partition(b";")
        key, _, value = parameter.strip().partition(b"=")
        try:
            weights[name.strip()] = float(value) if key.strip() == b"q" else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    star = weights.get(b"*", 0.0)
    best, index = 0.0, 0
    for name, candidate in _PREFERENCE:
        weight = weights.get(name, star)
        if weight > best:
            best, index = weight, candidate
    return index
