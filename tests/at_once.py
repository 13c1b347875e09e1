"""Do something many times at the same moment, each time on a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once[Result](number: int, act: Callable[[int], Result]) -> list[Result]:
    """What came of `act(0)`, `act(1)` and so on, all begun together. Raises what any of them raised."""
    everyone_is_here = threading.Barrier(number)

    def run(index: int) -> Result:
        try:
            everyone_is_here.wait(timeout=30)
            return act(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))
