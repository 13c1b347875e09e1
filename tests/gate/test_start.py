"""A gate as a process: what it loads, how it starts and stops, and what it says of bad settings."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .newspaper import KEYS, SECRET


def environ(folder: Path, **changes: str) -> dict[str, str]:
    """A whole environment for a gate, its site away."""
    return {
        "PATH": os.environ["PATH"],
        "STANDFIRST_DATA": str(folder),
        "STANDFIRST_ORIGIN": "http://127.0.0.1:8000",
        "STANDFIRST_BIND": "127.0.0.1:18999",
        "STANDFIRST_SITE": f"unix:{folder}/site.sock",
        "STANDFIRST_GATE_SECRET": SECRET,
        "STANDFIRST_PASS_KEYS": KEYS.to_json(),
    } | changes


def test_the_gate_loads_without_django() -> None:
    script = (
        "import sys, standfirst.gate, standfirst.gate.__main__;"
        "print([name for name in sys.modules if name.partition('.')[0] in ('django', 'wagtail', 'allauth')])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"STANDFIRST_DATA": ""}, "STANDFIRST_DATA is not set."),
        ({"STANDFIRST_DATA": "data"}, "STANDFIRST_DATA is 'data'; write an absolute path."),
        ({"STANDFIRST_BIND": "8000"}, "STANDFIRST_BIND is '8000'; write an address and a port, like 127.0.0.1:8000."),
        ({"STANDFIRST_ORIGIN": "http://news.example"}, "must begin with https."),
        ({"STANDFIRST_SITE": "http://10.0.0.1:8001"}, "STANDFIRST_SITE is 'http://10.0.0.1:8001'; write unix:"),
        ({"STANDFIRST_GATE_SECRET": "short"}, "STANDFIRST_GATE_SECRET must be at least 32 plain characters."),
        ({"STANDFIRST_PASS_KEYS": '{"current": "k"}'}, "STANDFIRST_PASS_KEYS is not a set of pass keys."),
        ({"STANDFIRST_PASS_KEYS_FILE": "/nowhere"}, "STANDFIRST_PASS_KEYS_FILE names /nowhere, which cannot be read"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_sentence(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "standfirst.gate"],
        env=environ(tmp_path, **changes),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_taken_port_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [sys.executable, "-m", "standfirst.gate"],
            env=environ(tmp_path, STANDFIRST_BIND=bind),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.strip() == f"STANDFIRST_BIND is {bind}, where nothing can listen: Address already in use."


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_gate_runs_without_its_site_and_stops_when_told_to(tmp_path: Path, number: signal.Signals) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "standfirst.gate"],
        env=environ(tmp_path, STANDFIRST_BIND=f"127.0.0.1:{port}", STANDFIRST_ORIGIN=f"http://127.0.0.1:{port}"),
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert ask(port, "/_gate/ready").startswith("HTTP/1.1 404 ")
        answer = ask(port, "/")
        assert answer.startswith("HTTP/1.1 503 ")
        assert "Please try again in a minute" in answer
        running.send_signal(number)
        _, said = running.communicate(timeout=10)
    finally:
        running.kill()
    assert running.returncode == 0
    assert "event=started" in said
    assert "event=site-away" in said
    assert "event=stopped" in said
    assert "Traceback" not in said


def ask(port: int, path: str) -> str:
    """One request, tried until somebody listens."""
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
                received = b""
                while chunk := line.recv(65536):
                    received += chunk
                if received:
                    return received.decode()
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("nobody listens")
