"""The supervisor and its guardian, over small stand-ins for the gate, the site and the worker."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from tests.cli.running import Running, is_running, soon

Supervise = Callable[..., Running]

STAYS = "import os, time; print('pid', os.getpid()); time.sleep(300)"
DEAF = (
    "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('pid', os.getpid()); time.sleep(300)"
)
# Late enough to have been asked whether it is ready, and to let the others begin.
DIES_SOON = "import time; time.sleep(0.2); raise SystemExit(3)"
PARENT = """
import os, time
child = os.fork()
if child == 0:
    import signal
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(300)
print('pid', os.getpid(), 'child', child)
time.sleep(300)
"""


def pid_of(running: Running, name: str) -> int:
    return int(running.wait_for(rf"^{name} +\| pid (\d+)")[1])


def pids_of_parent(running: Running) -> tuple[int, int]:
    match = running.wait_for(r"\| pid (\d+) child (\d+)")
    return int(match[1]), int(match[2])


def test_a_process_that_dies_is_restarted_and_said_so(supervise: Supervise) -> None:
    running = supervise({"gate": STAYS, "worker": STAYS})
    first = pid_of(running, "gate")
    running.wait_for("ALL READY")
    os.kill(first, signal.SIGKILL)
    running.wait_for(r"^up +\| The gate died \(SIGKILL, after \d+ s\)\. Starting it again")
    assert pid_of(running, "gate") != first


def test_what_a_dead_process_left_behind_ends_before_it_is_restarted(supervise: Supervise) -> None:
    running = supervise({"site": PARENT})
    parent, child = pids_of_parent(running)
    running.wait_for("ALL READY")
    os.kill(parent, signal.SIGKILL)
    running.wait_for("Starting it again")
    assert soon(lambda: not is_running(child))


def test_it_gives_up_on_a_process_that_dies_at_once_again_and_again(supervise: Supervise) -> None:
    running = supervise({"gate": DIES_SOON, "worker": STAYS}, quick_deaths=3)
    worker = pid_of(running, "worker")
    assert running.ended() == 1
    assert "The gate died (exit code 3, after 0 s), for the third time in a row. Giving up" in running.text
    assert not is_running(worker)


def test_a_process_that_never_becomes_ready_is_given_up_sooner(supervise: Supervise) -> None:
    running = supervise({"gate": "raise SystemExit(2)"}, never_ready=["gate"], quick_deaths=9, first_deaths=2)
    assert running.ended() == 1
    assert running.text.count("The gate died") == 2
    assert "ALL READY" not in running.text


def test_a_process_that_runs_and_does_not_answer_is_ended(supervise: Supervise) -> None:
    running = supervise({"site": STAYS}, never_ready=["site"], first_deaths=1, ready_within=0.2)
    mute = pid_of(running, "site")
    assert running.ended() == 1
    assert "The site is not ready after" in running.text
    assert not is_running(mute)


def test_pauses_between_quick_deaths_grow(supervise: Supervise) -> None:
    running = supervise({"gate": DIES_SOON}, quick_deaths=4)
    assert running.ended() == 1
    pauses = [line[line.index("in 0.") : -1] for line in running.seen if "in 0." in line]
    assert pauses == ["in 0.02 s", "in 0.04 s", "in 0.08 s"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_told_to_stop_ends_every_process_and_is_a_success(supervise: Supervise, number: signal.Signals) -> None:
    running = supervise({"gate": STAYS, "site": PARENT, "worker": STAYS})
    pids = (pid_of(running, "gate"), *pids_of_parent(running), pid_of(running, "worker"))
    running.send(number)
    assert running.ended() == 0
    assert soon(lambda: not any(is_running(pid) for pid in pids))


def test_ctrl_c_in_the_terminal_reaches_the_supervisor_alone(supervise: Supervise) -> None:
    says_so = """
import signal, time
signal.signal(signal.SIGINT, lambda *_: print('interrupted'))
print('on')
time.sleep(300)
"""
    running = supervise({"gate": says_so})
    running.wait_for(r"\| on")
    running.wait_for("ALL READY")
    os.killpg(running.process.pid, signal.SIGINT)
    assert running.ended() == 0
    assert "interrupted" not in running.text


def test_a_process_that_does_not_stop_is_ended_after_the_grace(supervise: Supervise) -> None:
    running = supervise({"site": DEAF}, grace=0.3)
    deaf = pid_of(running, "site")
    running.send(signal.SIGTERM)
    assert running.ended() == 0
    assert "site did not stop within" in running.text
    assert not is_running(deaf)


def test_a_second_ctrl_c_ends_it_at_once(supervise: Supervise) -> None:
    running = supervise({"site": DEAF}, grace=300)
    deaf = pid_of(running, "site")
    running.send(signal.SIGINT)
    running.wait_for("Stopping")
    time.sleep(0.3)
    running.send(signal.SIGINT)
    assert running.ended() == 130
    assert not is_running(deaf)


def test_a_ctrl_c_that_arrives_twice_counts_once(supervise: Supervise) -> None:
    running = supervise({"site": STAYS})
    running.wait_for("ALL READY")
    running.send(signal.SIGINT)
    running.send(signal.SIGINT)
    assert running.ended() == 0


def test_a_killed_supervisor_leaves_no_orphans(supervise: Supervise) -> None:
    running = supervise({"gate": STAYS, "site": PARENT})
    gate = pid_of(running, "gate")
    parent, child = pids_of_parent(running)
    running.send(signal.SIGKILL)
    assert soon(lambda: not any(is_running(pid) for pid in (gate, parent, child)))


def test_lines_carry_the_name_of_their_process_and_are_whole(supervise: Supervise) -> None:
    halves = (
        "import sys, time; sys.stdout.write('one '); sys.stdout.flush(); time.sleep(.2); print('line'); time.sleep(300)"
    )
    running = supervise(
        {"gate": halves, "worker": "import time\nfor i in range(40): print('tick'); time.sleep(.01)\ntime.sleep(300)"}
    )
    running.wait_for(r"^gate    \| one line$")


def test_a_last_line_without_its_end_is_not_lost(supervise: Supervise) -> None:
    running = supervise({"gate": "import sys; sys.stdout.write('last words'); sys.exit(1)"}, quick_deaths=1)
    assert running.ended() == 1
    assert "gate    | last words" in running.seen


def test_bytes_that_are_not_text_do_not_stop_it(supervise: Supervise) -> None:
    running = supervise(
        {"gate": "import os, time; os.write(1, bytes([255, 254, 10])); print('after'); time.sleep(300)"}
    )
    running.wait_for(r"^gate    \| after")
