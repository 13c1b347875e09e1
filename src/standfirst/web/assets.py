"""Static files under an address that changes with their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import wagtail

_OWN = Path(__file__).parent / "static"


@cache
def fingerprint() -> str:
    """Twelve hexadecimal digits that change with any of our files, and with Wagtail's version."""
    digest = hashlib.sha256(wagtail.__version__.encode())
    for path in sorted(_OWN.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(_OWN).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def is_immutable(path: str, url: str) -> bool:
    """WhiteNoise's question whether a file may be kept for good: all may, since the fingerprint is in the address."""
    return True
