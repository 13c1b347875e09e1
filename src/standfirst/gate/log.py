"""One line on stderr for each notable thing: `key=value` pairs, never an address, a cookie or text of a page."""

from __future__ import annotations

import json
import logging
import sys
from typing import Final

LOGGER: Final = logging.getLogger("standfirst.gate")


def notable(event: str, *, level: int = logging.INFO, **values: object) -> None:
    """Log one event. Values are written as JSON where they hold anything but plain characters."""
    pairs = [f"event={event}", *(f"{key}={_plain(value)}" for key, value in values.items())]
    LOGGER.log(level, " ".join(pairs))


def _plain(value: object) -> str:
    text = str(value)
    plain = text and all(c.isalnum() or c in "-_./:+%" for c in text) and text.isascii()
    return text if plain else json.dumps(text)


def to_stderr() -> None:
    """Send the gate's own lines, and the server's warnings, to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s gate %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(logging.INFO)
