"""The site as it is without a gate: a sample newspaper of its own, one story rendered for each request."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

STORY = "/harbour/swing-bridge-to-shut/"


def start_site(folder: Path, port: int, secret: str, pass_keys: str, pinned: list[str]) -> subprocess.Popen[bytes]:
    """Build a database (about twenty seconds) and serve it on this port, as `standfirst site` would."""
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "standfirst.config.settings",
        "STANDFIRST_DATA": str(folder),
        "STANDFIRST_ORIGIN": f"http://127.0.0.1:{port}",
        "STANDFIRST_SECRET_KEY": "benchmark-only-benchmark-only-benchmark-only-benchmark",
        "STANDFIRST_GATE_SECRET": secret,
        "STANDFIRST_PASS_KEYS": pass_keys,
    }
    environ.pop("DATABASE_URL", None)
    folder.mkdir()
    for command in ("migrate", "prepare"):
        arguments = [sys.executable, "-m", "django", command, "--verbosity", "0"]
        subprocess.run(arguments, env=environ, check=True, stdout=subprocess.DEVNULL)
    served = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    quiet = ["--no-ws", "--log-level", "warning", "standfirst.config.wsgi:application"]
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", *served, *quiet]
    return subprocess.Popen([*pinned, *granian], env=environ)


def headers(secret: str) -> dict[str, str]:
    """Ask for the whole story as a gate does."""
    return {"Standfirst-Gate": secret, "Standfirst-Intake": "1"}
