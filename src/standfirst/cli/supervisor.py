"""Starts long-running processes, restarts those that die, and stops them all together.

One thread and one loop: signals, children's deaths and children's output all arrive at the same selector.
Each child leads a process group of its own, so that Ctrl-C reaches the supervisor alone, and a child's own children
end with it.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from standfirst.cli.guardian import GRACE, Guardian
from standfirst.cli.lines import LineRelay, prefixed

_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_GLANCE = 0.1
"""Seconds between looks while something is starting, pausing or stopping."""


@dataclass(frozen=True, slots=True)
class Process:
    """What to run. `is_ready` is asked from the loop until it says yes, and must answer within a second."""

    name: str
    argv: Sequence[str]
    environ: Mapping[str, str]
    is_ready: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Patience:
    """When to try again and when to give up; times in seconds."""

    quick: float = 10.0
    """A death this soon after the start, or before it was ready, is a quick one."""
    quick_deaths: int = 5
    first_deaths: int = 2
    """As quick_deaths, for a process that was never ready in this run: its settings are wrong, not its luck."""
    first_pause: float = 0.5
    ready_within: float = 60.0
    grace: float = GRACE
    echo: float = 0.5
    """A Ctrl-C this soon after the first is the same one: the terminal and a program around us may both pass it on."""


class _Child:
    """A process and how it fares."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.name = process.name
        self.running: subprocess.Popen[bytes] | None = None
        self.output: LineRelay | None = None
        self.started_at = 0.0
        self.start_again_at: float | None = 0.0
        self.is_ready = False
        self.was_ever_ready = False
        self.deaths_in_a_row = 0


class Supervisor:
    """`emit` gets each finished line of output; `announce` is called once, when every process is ready."""

    def __init__(
        self,
        processes: Sequence[Process],
        *,
        guardian: Guardian,
        emit: Callable[[str], None],
        announce: Callable[[], None],
        patience: Patience | None = None,
    ) -> None:
        self._children = [_Child(process) for process in processes]
        self._guardian = guardian
        self._emit = emit
        self._announce = announce
        self._patience = patience or Patience()
        self._selector = selectors.DefaultSelector()
        self._announced = False
        self._stopping_since: float | None = None
        self._killed = False
        self._exit_code = 0

    def run(self) -> int:
        """Supervise until told to stop. 0 after a clean stop, 1 when it gave up, 130 when it was told to kill."""
        with _signals_to(self._selector) as signals:
            while True:
                self._start_due()
                for key, _ in self._selector.select(self._wait()):
                    if key.fileobj == signals:
                        self._heed(os.read(signals, 512))
                    elif not key.data.output.pump():
                        self._selector.unregister(key.fileobj)
                self._notice_deaths()
                self._notice_ready()
                if self._stopping_since is not None:
                    if all(child.running is None for child in self._children):
                        return self._exit_code
                    self._lose_patience()

    def _wait(self) -> float | None:
        busy = self._stopping_since is not None or any(
            not child.is_ready or child.start_again_at is not None for child in self._children
        )
        return _GLANCE if busy else None

    def _say(self, text: str) -> None:
        self._emit(prefixed("up", text))

    def _start_due(self) -> None:
        for child in self._children:
            due = child.start_again_at
            if self._stopping_since is None and due is not None and due <= time.monotonic():
                self._start(child)

    def _start(self, child: _Child) -> None:
        reading, writing = os.pipe()
        try:
            child.running = subprocess.Popen(
                child.process.argv,
                env=dict(child.process.environ),
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                process_group=0,
            )
        finally:
            os.close(writing)
        self._guardian.watch(child.running.pid)
        child.output = LineRelay(child.name, reading, self._emit)
        child.started_at = time.monotonic()
        child.start_again_at = None
        child.is_ready = False
        self._selector.register(reading, selectors.EVENT_READ, child)

    def _heed(self, numbers: bytes) -> None:
        for number in numbers:
            if number in _STOP:
                self._stop_or_kill(number)

    def _stop_or_kill(self, number: int) -> None:
        if self._stopping_since is None:
            self._say("Stopping. Press Ctrl-C again to end it at once." if number == signal.SIGINT else "Stopping.")
            self._stop(0)
        elif number == signal.SIGINT and not self._killed and self._stopping_for() > self._patience.echo:
            self._exit_code = 130
            self._kill("Ending it at once.")

    def _stop(self, exit_code: int) -> None:
        self._exit_code = exit_code
        self._stopping_since = time.monotonic()
        # Only the leaders: each knows best how to stop what it started.
        self._signal(os.kill, signal.SIGTERM)

    def _stopping_for(self) -> float:
        return 0.0 if self._stopping_since is None else time.monotonic() - self._stopping_since

    def _lose_patience(self) -> None:
        if not self._killed and self._stopping_for() > self._patience.grace:
            slow = ", ".join(child.name for child in self._children if child.running)
            self._kill(f"{slow} did not stop within {self._patience.grace:.0f} s; ending it.")

    def _kill(self, why: str) -> None:
        self._killed = True
        self._say(why)
        self._signal(os.killpg, signal.SIGKILL)

    def _signal(self, send: Callable[[int, int], None], number: int) -> None:
        for child in self._children:
            if child.running:
                with contextlib.suppress(ProcessLookupError):
                    send(child.running.pid, number)

    def _notice_deaths(self) -> None:
        for child in self._children:
            if child.running and _has_ended(child.running.pid):
                code = self._bury(child, child.running)
                if self._stopping_since is None:
                    self._restart_or_give_up(child, code)

    def _bury(self, child: _Child, running: subprocess.Popen[bytes]) -> int:
        # Not reaped yet, so its number is still its own: end what it left behind in its group first.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)
        self._guardian.forget(running.pid)
        code = running.wait()
        if child.output:
            with contextlib.suppress(KeyError):
                self._selector.unregister(child.output.descriptor)
            child.output.close()
        child.running = child.output = None
        return code

    def _restart_or_give_up(self, child: _Child, code: int) -> None:
        lived = time.monotonic() - child.started_at
        quick = not child.is_ready or lived < self._patience.quick
        child.deaths_in_a_row = child.deaths_in_a_row + 1 if quick else 0
        child.is_ready = False
        limit = self._patience.quick_deaths if child.was_ever_ready else self._patience.first_deaths
        ended = f"The {child.name} died ({_cause(code)}, after {lived:.0f} s)"
        if child.deaths_in_a_row >= limit:
            self._say(f"{ended}, for the {_ordinal(limit)} time in a row. Giving up: its lines above say why.")
            self._stop(1)
            return
        pause = self._patience.first_pause * 2 ** (child.deaths_in_a_row - 1) if quick else 0.0
        child.start_again_at = time.monotonic() + pause
        self._say(f"{ended}. Starting it again{f' in {pause:g} s' if pause else ''}.")

    def _notice_ready(self) -> None:
        if self._stopping_since is not None:
            return
        for child in self._children:
            if child.running and not child.is_ready:
                self._ask(child, child.running)
        if not self._announced and all(child.is_ready for child in self._children):
            self._announced = True
            self._announce()

    def _ask(self, child: _Child, running: subprocess.Popen[bytes]) -> None:
        child.is_ready = child.process.is_ready()
        waited = time.monotonic() - child.started_at
        if child.is_ready:
            if child.was_ever_ready:
                self._say(f"The {child.name} is back.")
            child.was_ever_ready = True
        elif waited > self._patience.ready_within:
            self._say(f"The {child.name} is not ready after {waited:.0f} s; ending it.")
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


@contextlib.contextmanager
def _signals_to(selector: selectors.BaseSelector) -> Iterator[int]:
    """Signals arrive as bytes on the yielded descriptor, which the selector watches; closes the selector after."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    old_wakeup = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    old = {number: signal.signal(number, lambda *_: None) for number in (*_STOP, signal.SIGCHLD)}
    selector.register(reading, selectors.EVENT_READ)
    try:
        yield reading
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(old_wakeup)
        selector.close()
        os.close(reading)
        os.close(writing)


def _has_ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _cause(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
