"""What the command line's tests stand on."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.cli.running import Running

SUPERVISED = Path(__file__).with_name("supervised.py")


@pytest.fixture
def run() -> Iterator[Callable[..., Running]]:
    """Start a program; it is ended with the test."""
    started: list[Running] = []

    def start(*argv: str | Path, **options: object) -> Running:
        started.append(Running([str(part) for part in argv], **options))
        return started[-1]

    yield start
    for each in started:
        each.clear_away()


@pytest.fixture
def supervise(run: Callable[..., Running]) -> Callable[..., Running]:
    """Start a supervisor over processes given as Python source, with a patience of fractions of a second."""

    def start(processes: dict[str, str], never_ready: Sequence[str] = (), **patience: float) -> Running:
        told = {"quick": 0.5, "first_pause": 0.02, "grace": 2.0, "echo": 0.2, **patience}
        return run(
            sys.executable,
            SUPERVISED,
            json.dumps({"processes": processes, "never_ready": never_ready, "patience": told}),
        )

    return start


@pytest.fixture
def standfirst(run: Callable[..., Running]) -> Callable[..., Running]:
    """Start `standfirst …` with no setting of the machine it runs on."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("STANDFIRST_", "DATABASE_"))}

    def start(*arguments: str | Path, environ: dict[str, str] | None = None) -> Running:
        return run(sys.executable, "-m", "standfirst.cli", *arguments, env=bare | (environ or {}))

    return start
