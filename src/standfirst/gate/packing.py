"""A page's source, packed: as the shelf keeps it to build variants anew, and as the spool writes it."""

from __future__ import annotations

import msgspec
import zstandard

from standfirst.gate.variants import Source


class Damaged(Exception):
    """What was packed cannot be read again."""


def packed(source: Source) -> bytes:
    """The source in a few bytes, with a checksum over them."""
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(msgspec.msgpack.encode(source))


def unpacked(data: bytes) -> Source:
    """The source again. Raises Damaged."""
    try:
        return msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(data), type=Source)
    except (zstandard.ZstdError, msgspec.DecodeError, ValueError) as error:
        raise Damaged(type(error).__name__) from error
