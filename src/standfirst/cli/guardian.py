"""Ends the processes of a run whose supervisor was killed without warning.

A forked copy of the supervisor waits at the other end of a pipe. The supervisor tells it which process groups run; when
the pipe closes because the supervisor is gone, whatever its end, the guardian stops those groups: it asks their
leaders first, and ends what is left after a few seconds.
It keeps what the supervisor had open, the data folder's lock among it, so no second run starts on the same data before
the last process of this one has ended.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GRACE = 7.0
"""Seconds between asking a group to stop and ending it; the site's server takes up to 5 for requests in flight."""


@dataclass(frozen=True, slots=True)
class Guardian:
    """The supervisor's end of the pipe."""

    pid: int
    pipe: int

    def watch(self, group: int) -> None:
        """This process group runs from now on."""
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        """This one has ended. Told before it is reaped, so that the number cannot have been given to another."""
        self._tell(f"-{group}\n")

    def dismiss(self) -> None:
        """Close the pipe and wait until the guardian has ended what is left and removed the run's folder."""
        os.close(self.pipe)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def _tell(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            os.write(self.pipe, line.encode("ascii"))


def post_guardian(run_folder: Path) -> Guardian:
    """Fork the guardian. Call it while the process has one thread; `run_folder` is removed when the run is over."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(reading)
        return Guardian(pid, writing)
    try:
        os.close(writing)
        _stand_apart()
        end_groups(_groups_left(reading), GRACE)
        shutil.rmtree(run_folder, ignore_errors=True)
    finally:
        os._exit(0)


def end_groups(groups: set[int], grace: float) -> None:
    """Ask each group's leader to stop, and after at most `grace` seconds end whatever is left of the groups."""
    for leader in groups:
        _send(os.kill, leader, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while time.monotonic() < deadline and any(_send(os.kill, leader, 0) for leader in groups):
        time.sleep(0.05)
    for group in groups:
        _send(os.killpg, group, signal.SIGKILL)


def _send(send: Callable[[int, int], None], number: int, what: int) -> bool:
    """Whether there was anyone to send it to."""
    try:
        send(number, what)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _stand_apart() -> None:
    """Out of the terminal's reach: Ctrl-C and a closed window are the supervisor's business."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)


def _groups_left(reading: int) -> set[int]:
    """Read until the supervisor is gone; the groups that still run then."""
    groups: set[int] = set()
    with os.fdopen(reading, encoding="ascii") as lines:
        for line in lines:
            number = int(line[1:])
            if line.startswith("+"):
                groups.add(number)
            else:
                groups.discard(number)
    return groups
