"""Nothing that was acknowledged is lost when processes are killed.

A real newspaper runs in a data folder of its own. Clients register readers through the gate as fast as they can while
the site, the worker, and by turns everything are killed with SIGKILL at random moments. When it is quiet again, every
registration that was answered with 303 must be there whole: the account, its agreements, and its confirmation mail once
in the mailbox.

    python trials/kill_after_acknowledgement.py [--seed 7] [--rounds 12] [--clients 4]

Appends a line to `trials/RESULTS.md` unless `--no-record` is given. Ends with 1 when anything is missing.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

RESULTS = Path(__file__).with_name("RESULTS.md")
PASSWORD = "Harbour7"
READY_WITHIN = 120.0
QUIET_WITHIN = 240.0
"""A mail that a killed worker had in its hands comes again after two minutes."""
VICTIMS = ("site", "worker", "everything")


@dataclass
class Tally:
    """What the clients were told."""

    acknowledged: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, address: str, answer: str) -> None:
        with self.lock:
            self.answers[answer] += 1
            if answer == "303":
                self.acknowledged.append(address)


class Newspaper:
    """`standfirst up` in a folder of its own, started again after it was killed."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.process: subprocess.Popen[bytes] | None = None
        self.log = (data.parent / "up.log").open("ab")

    def start(self) -> None:
        ours = ("STANDFIRST_", "DATABASE_URL", "DJANGO_")
        environ = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "standfirst.cli", "up", "--port", str(self.port), "--data", str(self.data)],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            process_group=0,
        )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            if ask(self.port, "GET", "/account/join/") == "200":
                return
            time.sleep(0.2)
        raise SystemExit(f"the newspaper did not come up; see {self.data.parent / 'up.log'}")

    def children(self) -> dict[str, int]:
        """The processes it runs, by name."""
        assert self.process is not None
        found = {}
        for pid in _children(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            for name, sign in (("site", "granian"), ("worker", "ox_worker"), ("gate", "standfirst.gate")):
                if sign in words:
                    found[name] = pid
        return found

    def kill(self, whom: str) -> None:
        """Kill one of its processes, or all of it at once; what died comes back by itself or is started again."""
        assert self.process is not None
        if whom != "everything":
            pid = self.children().get(whom)
            if pid is not None:
                _kill_group(pid)
            return
        for pid in [self.process.pid, *self.children().values()]:
            _kill_group(pid)
        self.process.wait()
        self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()


def _children(pid: int) -> list[int]:
    try:
        direct = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*direct, *(below for each in direct for below in _children(each))]


def _kill_group(pid: int) -> None:
    # Each process of the newspaper leads a group of its own: the site's workers go with it.
    with suppress(ProcessLookupError):
        os.killpg(os.getpgid(pid), signal.SIGKILL)


def ask(port: int, method: str, path: str, form: dict[str, str] | None = None, come_from: str = "127.0.0.1") -> str:
    """The status of an answer, or what went wrong on the way to it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(come_from, 0))
    headers = {"Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body=urlencode(form) if form else None, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return str(answer.status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()


def register(port: int, tally: Tally, client: int, over: threading.Event) -> None:
    """One client: registers one reader after another until it is over.

    Every reader comes from an address of the loopback network of their own, so that the limit for one address, which is
    not on trial here, is not met.
    """
    number = 0
    while not over.is_set():
        address = f"reader-{client}-{number}@example.org"
        form = {"email": address, "password": PASSWORD, "age_confirmed": "on", "offers": "on"}
        come_from = f"127.{1 + client}.{number // 250 % 250}.{1 + number % 250}"
        answer = ask(port, "POST", "/account/join/", form, come_from)
        tally.note(address, answer)
        number += 1
        if answer != "303":
            time.sleep(0.05)


def missing(data: Path, acknowledged: list[str]) -> list[str]:
    """What acknowledged registrations lack, in words."""
    found = []
    with closing(sqlite3.connect(f"{(data / 'standfirst.sqlite3').as_uri()}?mode=ro", uri=True)) as database:
        subjects = dict(database.execute("SELECT email, subject FROM readers_account"))
        agreed: dict[str, set[str]] = {}
        for subject, purpose in database.execute("SELECT subject, purpose FROM consent_ledgerentry"):
            agreed.setdefault(subject, set()).add(purpose)
        owed = Counter(to for (to,) in database.execute('SELECT "to" FROM mail_outboxmail'))
        received = Counter(to for (to,) in database.execute('SELECT "to" FROM mail_mailboxmessage'))
    for address in acknowledged:
        if address not in subjects:
            found.append(f"{address}: no account")
        elif agreed.get(subjects[address]) != {"terms", "age", "offers"}:
            found.append(f"{address}: agreements {sorted(agreed.get(subjects[address], ()))}")
        if (owed[address], received[address]) != (1, 1):
            found.append(f"{address}: {owed[address]} mails owed, {received[address]} received")
    found += [f"{address}: {count} mails received" for address, count in received.items() if count > 1]
    return found


def trial(
    seed: int, rounds: int, clients: int, longest: float = 6.0, victims: tuple[str, ...] = VICTIMS
) -> tuple[Tally, list[str], Counter[str]]:
    """Run it; what clients were told, what is missing, and who was killed how often.

    `longest` is how many seconds pass between two kills at most; `victims` take their turns.
    """
    chance = random.Random(seed)
    killed: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="standfirst-trial-") as folder:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        paper = Newspaper(Path(folder) / "data", port)
        tally, over = Tally(), threading.Event()
        try:
            say("starting")
            paper.start()
            say("started")
            threads = [threading.Thread(target=register, args=(port, tally, client, over)) for client in range(clients)]
            for thread in threads:
                thread.start()
            for turn in range(rounds):
                time.sleep(chance.uniform(0.2, longest))
                whom = victims[turn % len(victims)]
                killed[whom] += 1
                say(f"killing: {whom}")
                paper.kill(whom)
            paper.wait_until_ready()
            time.sleep(1)
            over.set()
            for thread in threads:
                thread.join()
            say(f"{len(tally.acknowledged)} acknowledged")
            deadline = time.monotonic() + QUIET_WITHIN
            while (lost := missing(paper.data, tally.acknowledged)) and time.monotonic() < deadline:
                time.sleep(1)
        finally:
            over.set()
            paper.stop()
    return tally, lost, killed


def say(text: str) -> None:
    """A line of progress, with the time."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr)


def main() -> int:
    """Read the arguments, run the trial, record what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--no-record", action="store_true")
    chosen = parser.parse_args()
    began = time.monotonic()
    tally, lost, killed = trial(chosen.seed, chosen.rounds, chosen.clients)
    kills = ", ".join(f"{whom} {count}" for whom, count in sorted(killed.items()))
    line = (
        f"| {time.strftime('%Y-%m-%d')} | kill_after_acknowledgement | {chosen.seed} | {chosen.rounds} rounds, "
        f"{chosen.clients} clients, {time.monotonic() - began:.0f} s | killed: {kills} | "
        f"{len(tally.acknowledged)} acknowledged, {len(lost)} lost |"
    )
    print(line, dict(tally.answers), *lost[:20], sep="\n")
    if not chosen.no_record:
        with RESULTS.open("a", encoding="utf-8") as results:
            results.write(line + "\n")
    return 1 if lost or not tally.acknowledged else 0


if __name__ == "__main__":
    sys.exit(main())
