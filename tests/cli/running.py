"""A program under test: started, read line by line, always ended with the test."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LONG_ENOUGH = 20.0


class Running:
    """A started program whose output (both streams) arrives as lines."""

    def __init__(self, argv: Sequence[str], **options: object) -> None:
        self.process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            process_group=0,
            **options,  # type: ignore[call-overload]
        )
        self.seen: list[str] = []
        self._matched: set[int] = set()
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def wait_for(self, pattern: str, seconds: float = LONG_ENOUGH) -> re.Match[str]:
        """A line that matches, each at most once, in whatever order they come; fails with all that was said."""
        deadline = time.monotonic() + seconds
        looked_at = 0
        while True:
            for at in range(looked_at, len(self.seen)):
                if at not in self._matched and (match := re.search(pattern, self.seen[at])):
                    self._matched.add(at)
                    return match
            looked_at = len(self.seen)
            try:
                line = self._lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                line = None
            if line is None:
                raise AssertionError(f"no line like {pattern!r} in:\n" + "\n".join(self.seen))
            self.seen.append(line)

    def ended(self) -> int:
        """Wait for the end; the exit code."""
        code = self.process.wait(LONG_ENOUGH)
        self._reader.join(LONG_ENOUGH)
        while (line := self._lines.get(timeout=1)) is not None:
            self.seen.append(line)
        return code

    @property
    def text(self) -> str:
        """All that was read so far."""
        return "\n".join(self.seen)

    def send(self, number: int) -> None:
        self.process.send_signal(number)

    def clear_away(self) -> None:
        """End it whatever state it is in. What it started ends with it: that is what its guardian is for."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(LONG_ENOUGH)
        self._reader.join(LONG_ENOUGH)
        if self.process.stdout:
            self.process.stdout.close()


def is_running(pid: int) -> bool:
    """Whether the process is there and is not a corpse that nobody has collected."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    try:
        return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False
