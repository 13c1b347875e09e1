"""`standfirst`: reads the command, runs it, and turns what goes wrong into one sentence."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from standfirst.cli import VERSION
from standfirst.cli.faults import CannotStart
from standfirst.cli.processes import run_gate, run_site, run_worker
from standfirst.cli.testing import run_tests
from standfirst.cli.up import up
from standfirst.passes.environment import BadSetting

_PROCESSES = {"gate": run_gate, "site": run_site, "worker": run_worker}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code. 2 means that it could not start, and the last line says why."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if given[:1] == ["test"]:
            # All that follows is pytest's, its options included.
            run_tests(given[1:])
        return _run(command_line().parse_args(given))
    except CannotStart as fault:
        print(f"standfirst: {fault}", file=sys.stderr)
        return fault.exit_code
    except BadSetting as fault:
        print(f"standfirst: {fault} See docs/reference/settings.md.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("standfirst: stopped before it was ready. The next start goes on from here.", file=sys.stderr)
        return 130


def _run(chosen: argparse.Namespace) -> int:
    if chosen.command == "up":
        return up(port=chosen.port, data=chosen.data)
    if chosen.command in _PROCESSES:
        _PROCESSES[chosen.command]()
    if chosen.command == "version":
        print(f"standfirst {VERSION}")
    else:
        command_line().print_help()
    return 0


def command_line() -> argparse.ArgumentParser:
    """Every command and flag; `docs/reference/commands.md` has a heading for each."""
    parser = argparse.ArgumentParser(
        prog="standfirst",
        description="Reader registration for news publishers, on your own server.",
        epilog="On one machine, `standfirst up` is all you need.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    start = commands.add_parser("up", help="start the newspaper: gate, site and worker", allow_abbrev=False)
    start.add_argument("--port", type=_port, help="where readers come in (8000)")
    start.add_argument("--data", metavar="FOLDER", help="where everything is kept; made when missing (./data)")
    commands.add_parser("gate", help="the gate alone, set by the environment")
    commands.add_parser("site", help="the site alone, set by the environment")
    commands.add_parser("worker", help="the worker alone, set by the environment")
    commands.add_parser("test", help="run the tests; what follows goes to pytest")
    commands.add_parser("version", help="print the version")
    commands.add_parser("help", help="print this")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; write a number from 1 to 65535")
    return int(text)
