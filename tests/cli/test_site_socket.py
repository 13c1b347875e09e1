"""The site's socket: its owner's, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from granian.cli import OctalIntType

from standfirst.cli import processes


def test_the_socket_can_be_connected_to_by_its_owner_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[str] = []
    monkeypatch.setattr(processes, "_become", lambda *arguments: told.extend(arguments))
    for name in ("SECRET_KEY", "GATE_SECRET", "PASS_KEYS"):
        monkeypatch.setenv(f"STANDFIRST_{name}", "x" * 32)
    monkeypatch.setenv("STANDFIRST_DATA", str(tmp_path))
    monkeypatch.setenv("STANDFIRST_ORIGIN", "http://127.0.0.1:8000")
    monkeypatch.setenv("STANDFIRST_SITE", f"unix:{tmp_path}/site.sock")
    processes.run_site()
    mode = told[told.index("--uds-permissions") + 1]
    assert OctalIntType().convert(mode, None, None) == 0o600
