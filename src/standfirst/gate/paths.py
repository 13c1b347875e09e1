"""One spelling for each path. A page is held and asked for under its canonical path alone; any other spelling is sent
there.

What the gate takes for one path and the site for another would be a way around the cut, so spellings that servers read
differently (encoded slashes, backslashes, control characters) are no path at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

_CANONICAL = re.compile(rb"/(?:[A-Za-z0-9_~!$&'()*+,;=:@.-]+/)*[A-Za-z0-9_~!$&'()*+,;=:@.-]*")
_PIECE = re.compile(rb"%([0-9A-Fa-f]{2})|%|([A-Za-z0-9._~!$&'()*+,;=:@/-]+)|(.)", re.DOTALL)
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_REFUSED = frozenset([*range(0x20), 0x7F, *b"/\\"])
_PRIVATE = b"_gate"
MAX_LENGTH: Final = 2048
"""Bytes. A longer path is none of a page's; it is to be refused before it is remembered here by thousands."""


@lru_cache(4096)
def canonical(raw: bytes) -> str | None:
    """The canonical spelling of a request's path (without its query); None when it is no path this gate knows.

    Unreserved characters stand plain, all others percent-encoded in upper case; no doubled slashes, no dot segments.
    """
    if not raw.startswith(b"/") or len(raw) > MAX_LENGTH:
        return None
    spelled = raw if _CANONICAL.fullmatch(raw) else _respelled(raw)
    if spelled is None:
        return None
    segments: list[bytes] = []
    parts = spelled.split(b"/")
    for part in parts:
        if part == b"..":
            if not segments:
                return None
            segments.pop()
        elif part not in (b"", b"."):
            segments.append(part)
    if not segments:
        return "/"
    closed = parts[-1] in (b"", b".", b"..")
    return "/" + b"/".join(segments).decode("ascii") + ("/" if closed else "")


def _respelled(raw: bytes) -> bytes | None:
    out = bytearray()
    for piece in _PIECE.finditer(raw):
        if piece[2]:
            out += piece[2]
            continue
        if piece[0] == b"%":
            return None
        code = int(piece[1], 16) if piece[1] else piece[3][0]
        if code in _REFUSED:
            return None
        out += bytes([code]) if code in _UNRESERVED else b"%%%02X" % code
    return bytes(out)


@lru_cache(4096)
def is_private(raw: bytes) -> bool:
    """Whether a path, in whatever spelling, could be read by anybody as `/_gate` or below it."""
    for _ in range(8):
        if _reads_as_private(raw):
            return True
        decoded = unquote_to_bytes(raw)
        if decoded == raw:
            return False
        raw = decoded
    return True


def _reads_as_private(raw: bytes) -> bool:
    path = raw.replace(b"\\", b"/").lower()
    segments: list[bytes] = []
    for part in re.split(rb"[/?#\x00]", path):
        name = part.partition(b";")[0].strip(b" \t\r\n")
        if name == b"..":
            del segments[-1:]
        elif name not in (b"", b"."):
            segments.append(name)
    return bool(segments) and segments[0] == _PRIVATE
