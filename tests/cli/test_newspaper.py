"""The real newspaper, started by `standfirst up` as a person would. One test: building its database takes a while."""

from __future__ import annotations

import signal
import socket
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.cli.running import LONG_ENOUGH, Running, is_running, soon

A_FIRST_START = 90.0


def descendants(pid: int) -> set[int]:
    """Every process below this one."""
    below = set()
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            below |= {child} | descendants(child)
    return below


def front_page(origin: str) -> str:
    with urllib.request.urlopen(f"{origin}/", timeout=LONG_ENOUGH) as answer:
        return answer.read().decode()


def test_it_starts_from_nothing_stops_when_told_and_goes_on_where_it_was(
    standfirst: Callable[..., Running], tmp_path: Path
) -> None:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    origin, data = f"http://127.0.0.1:{port}", tmp_path / "the data"

    first = standfirst("up", "--port", str(port), "--data", data)
    first.wait_for("Ctrl-C stops it", A_FIRST_START)
    assert f"  Desk       {origin}/desk/" in first.seen
    assert "password  " in first.text
    mailbox = first.wait_for(r"  Mail +(http\S+)")[1]
    page = front_page(origin)
    assert "<h1" in page
    everyone = descendants(first.process.pid)
    assert len(everyone) >= 4
    first.send(signal.SIGINT)
    assert first.ended() == 0
    assert not any(is_running(pid) for pid in everyone)

    second = standfirst("up", "--port", str(port), "--data", data)
    second.wait_for("Ctrl-C stops it")
    assert "password" not in second.text
    assert "Building the database" not in second.text
    assert second.wait_for(r"  Mail +(http\S+)")[1] == mailbox
    assert front_page(origin) == page
    everyone = descendants(second.process.pid)
    second.send(signal.SIGKILL)
    assert soon(lambda: not any(is_running(pid) for pid in everyone))
