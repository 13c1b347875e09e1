"""The cast of the gate's tests: a newspaper behind it, a gate in this process, and somebody who asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvloop
from aiohttp.test_utils import TestServer

from standfirst.gate.__main__ import listening, server
from standfirst.gate.gate import Gate
from standfirst.gate.settings import Settings
from standfirst.passes.addresses import Address, read_site

from .newspaper import KEYS, ORIGIN, SECRET, Newspaper
from .visitor import Visitor


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> dict[str, Callable[[], object]]:
    """The gate runs on uvloop, whose sockets buffer and pause in their own way."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
def newspaper() -> Newspaper:
    """The site's answers."""
    return Newspaper()


@pytest.fixture
async def site(newspaper: Newspaper) -> AsyncIterator[TestServer]:
    """The site, on a loopback port."""
    running = TestServer(newspaper.app())
    await running.start_server()
    yield running
    await running.close()


@dataclass
class Running:
    """A gate that listens."""

    gate: Gate
    port: int
    stop: Callable[[], Awaitable[None]]

    def visitor(self) -> Visitor:
        """Somebody new to it."""
        return Visitor(self.port, ORIGIN.removeprefix("http://"))


async def run_gate(site_url: str, folder: Path) -> Running:
    """Start a gate in this process and wait until it is open."""
    gate = Gate(Settings(ORIGIN, Address("127.0.0.1", 0), read_site(site_url), SECRET, KEYS, folder))
    listener = listening(Address("127.0.0.1", 0))
    running = server(gate)
    task = asyncio.create_task(running.serve(sockets=[listener]))
    while not running.started:
        await asyncio.sleep(0.005)
        if task.done():
            task.result()

    async def stop() -> None:
        running.should_exit = True
        await task

    return Running(gate, listener.getsockname()[1], stop)


@pytest.fixture
async def running(site: TestServer, tmp_path: Path) -> AsyncIterator[Running]:
    """A gate in front of the newspaper."""
    started = await run_gate(str(site.make_url("")).rstrip("/"), tmp_path / "gate")
    yield started
    await started.stop()


@pytest.fixture
def gate(running: Running) -> Gate:
    """The gate's inside."""
    return running.gate


@pytest.fixture
def visitor(running: Running) -> Visitor:
    """Somebody who asks."""
    return running.visitor()
