"""`standfirst test`: the whole suite, the real-browser tests included."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from standfirst.cli.faults import CannotStart

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MEND = "apt-get install -y chromium"


def run_tests(arguments: Sequence[str]) -> NoReturn:
    """Become pytest, with a browser at hand. Raises CannotStart when something it needs is missing."""
    root = Path(__file__).resolve().parents[3]
    if not (root / "tests").is_dir() or importlib.util.find_spec("pytest") is None:
        raise CannotStart("The tests come with a clone of the repository: run ./standfirst test there.")
    browser = _find_chromium() or _install_chromium()
    if browser:
        os.environ["STANDFIRST_CHROMIUM"] = browser
    # Playwright's own event loop runs in the test's thread, and Django would refuse to touch the database there.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    os.chdir(root)
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])  # noqa: S606


def _find_chromium() -> str | None:
    # A bare PATH may lack a folder the browser is in.
    path = f"{os.environ.get('PATH', '')}:/usr/local/bin:/usr/bin:/snap/bin"
    given = os.environ.get("STANDFIRST_CHROMIUM")
    return given or next((found for name in _NAMES if (found := shutil.which(name, path=path))), None)


def _install_chromium() -> str | None:
    """Chromium from Debian when we may install it; None when Playwright has a browser of its own."""
    if _playwright_has_one():
        return None
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("standfirst: installing Chromium for the browser tests (once)", file=sys.stderr, flush=True)
        commands = (["apt-get", "update", "-q"], _MEND.split())
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        if all(
            subprocess.run(each, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0 for each in commands
        ):
            return _find_chromium()
        raise CannotStart(f"Chromium could not be installed; this failed: {_MEND}")
    raise CannotStart(f"The browser tests need Chromium. Install it with: sudo {_MEND}")


def _playwright_has_one() -> bool:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or str(Path.home() / ".cache" / "ms-playwright")
    return any(Path(folder).glob("chromium*-*"))
