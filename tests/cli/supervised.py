"""A supervisor over small stand-in processes, run as a program of its own so that tests may kill it.

Its one argument is JSON: {"processes": {name: python source}, "never_ready": [names], "patience": {…}}. It prints
ALL READY when it would announce.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from standfirst.cli.guardian import post_guardian
from standfirst.cli.supervisor import Patience, Process, Supervisor

say = partial(print, flush=True)


def main(document: str) -> int:
    told = json.loads(document)

    def is_ready(name: str) -> bool:
        return name not in told["never_ready"]

    processes = [
        Process(name, [sys.executable, "-S", "-u", "-c", source], dict(os.environ), partial(is_ready, name))
        for name, source in told["processes"].items()
    ]

    guardian = post_guardian(Path(tempfile.mkdtemp(prefix="standfirst-test-")))
    try:
        return Supervisor(
            processes,
            guardian=guardian,
            emit=say,
            announce=partial(say, "ALL READY"),
            patience=Patience(**told["patience"]),
        ).run()
    finally:
        guardian.dismiss()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
