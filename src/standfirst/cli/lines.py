"""Passes a process's output on, whole lines at a time, each with the process's name before it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable

_CHUNK = 65536
NAME_WIDTH = 7


def prefixed(name: str, text: str) -> str:
    """One line as it stands on the screen."""
    return f"{name:<{NAME_WIDTH}} | {text}"


class LineRelay:
    """The reading end of one process's output. `emit` gets each line, prefixed, without its newline."""

    def __init__(self, name: str, descriptor: int, emit: Callable[[str], None]) -> None:
        self.descriptor = descriptor
        self._name = name
        self._emit = emit
        self._rest = b""
        os.set_blocking(descriptor, False)

    def pump(self) -> bool:
        """Pass on what has come. False at the end of the output."""
        try:
            chunk = os.read(self.descriptor, _CHUNK)
        except BlockingIOError:
            return True
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if len(self._rest) > _CHUNK:
            # A line without an end must not fill the memory.
            lines.append(self._rest)
            self._rest = b""
        for line in lines:
            self._pass_on(line)
        return bool(chunk)

    def close(self) -> None:
        """Pass on what is left, also a last line without its newline, and close."""
        # The bound: a process that escaped its group could write for ever.
        for _ in range(16):
            with contextlib.suppress(OSError):
                if not self.pump():
                    break
        if self._rest:
            self._pass_on(self._rest)
            self._rest = b""
        os.close(self.descriptor)

    def _pass_on(self, line: bytes) -> None:
        self._emit(prefixed(self._name, line.rstrip(b"\r").decode("utf-8", errors="replace")))
