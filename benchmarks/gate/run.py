"""What a held page costs at the gate, against nginx serving the very same bytes as a static file.

    python benchmarks/gate/run.py [--rounds 5] [--seconds 3] [--no-site]

Measured is CPU: answers per CPU-second of the server's processes (user and system time from /proc over a round), a
visitor's lead-in and a reader's full page, both as brotli. nginx sends the bytes the gate sent, with the headers that
make it the same answer. Rounds are interleaved, and the median of each is taken, so that a noisy neighbour hits both
alike. With two cores or more the server has one to itself. Only 127.0.0.1 is asked, for at most a few minutes.

Beside the two stands the site rendering a story of the sample newspaper for each request: what a page costs without a
gate. `--no-site` leaves it out.

The section "Gate" of benchmarks/RESULTS.md is written anew, and the exit code is 1 when the gate is under 0.35 of
nginx.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import site_rendering as site
from load import load

from standfirst.passes.tokens import KeyRing
from standfirst.vocabulary import CookieNames, PassClaims

HERE = Path(__file__).parent
RESULTS = HERE.parent / "RESULTS.md"
FLOOR = 0.35
KEYS = KeyRing("k1", {"k1": b"benchmark-only-benchmark-only-32"})
SECRET = "benchmark-only-benchmark-only-secret"
PATH = "/news/story/"


@dataclass
class Case:
    """One thing measured."""

    server: str
    kind: str
    url: str
    headers: dict[str, str]
    pids: list[int]
    rates: list[float] = field(default_factory=list)
    """Answers per CPU-second, a round each."""
    speeds: list[float] = field(default_factory=list)
    """Answers per second."""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of these processes so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def with_children(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in listed.read_text().split():
            found += with_children(int(child))
    return found


def fetch(url: str, headers: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    """One answer's body as sent, and its headers."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def wait_for(url: str, headers: dict[str, str], process: subprocess.Popen[bytes]) -> None:
    """Until it answers 200."""
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended with {process.returncode}")
        try:
            fetch(url, headers)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} does not answer")


def start_gate(folder: Path, core: int | None) -> tuple[list[subprocess.Popen[bytes]], str]:
    """The gate and a small origin behind it; the gate's address."""
    origin_port, port = free_port(), free_port()
    address = f"http://127.0.0.1:{port}"
    environ = os.environ | {
        "STANDFIRST_DATA": str(folder / "data"),
        "STANDFIRST_ORIGIN": address,
        "STANDFIRST_BIND": f"127.0.0.1:{port}",
        "STANDFIRST_SITE": f"http://127.0.0.1:{origin_port}",
        "STANDFIRST_GATE_SECRET": SECRET,
        "STANDFIRST_PASS_KEYS": KEYS.to_json(),
    }
    origin = subprocess.Popen([sys.executable, str(HERE / "origin.py"), str(origin_port)])
    gate = subprocess.Popen([*pinned(core), sys.executable, "-m", "standfirst.gate"], env=environ)
    wait_for(address + PATH, {}, gate)
    return [gate, origin], address


def pinned(core: int | None) -> list[str]:
    """A command's beginning that keeps it on one core."""
    return ["taskset", "-c", str(core)] if core is not None and shutil.which("taskset") else []


def start_nginx(folder: Path, cases: list[Case], core: int | None) -> tuple[subprocess.Popen[bytes], str]:
    """nginx with the gate's own bytes as static files."""
    port = free_port()
    locations = []
    for case in cases:
        body, headers = fetch(case.url, case.headers)
        (folder / case.kind).write_bytes(body)
        names = [name for name in ("content-encoding", "cache-control", "vary") if name in headers]
        added = "".join(f'add_header {name} "{headers[name]}";' for name in names)
        locations.append(f'location = /{case.kind} {{ default_type "{headers["content-type"]}"; {added} }}')
    config = folder / "nginx.conf"
    scratch = "".join(f"{name}_temp_path {folder}/{name};" for name in ("proxy", "fastcgi", "uwsgi", "scgi"))
    config.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} worker_processes 1; daemon off; pid {folder}/nginx.pid;"
        f"error_log {folder}/error.log; events {{ worker_connections 1024; }}"
        f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;"
        f"types {{}} client_body_temp_path {folder}/body; {scratch}"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; {' '.join(locations)} }} }}"
    )
    nginx = subprocess.Popen([*pinned(core), "nginx", "-p", str(folder), "-c", str(config)], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    wait_for(f"{address}/{cases[0].kind}", {}, nginx)
    for case in cases:
        if fetch(f"{address}/{case.kind}", {})[0] != (folder / case.kind).read_bytes():
            raise SystemExit("nginx does not send the gate's bytes")
    return nginx, address


def site_case(folder: Path, started: list[subprocess.Popen[bytes]], core: int | None) -> Case:
    """The site, rendering."""
    port = free_port()
    process = site.start_site(folder / "site", port, SECRET, KEYS.to_json(), pinned(core))
    started.append(process)
    url = f"http://127.0.0.1:{port}{site.STORY}"
    wait_for(url, site.headers(SECRET), process)
    return Case("site", "reader", url, site.headers(SECRET), with_children(process.pid))


def measure(cases: list[Case], rounds: int, seconds: float, core: int | None) -> None:
    """Interleaved rounds."""
    for case in cases:
        load(case.url, case.headers, 1, core)
    for _ in range(rounds):
        for case in cases:
            before, began = cpu_seconds(case.pids), time.monotonic()
            count = load(case.url, case.headers, seconds, core)
            case.rates.append(count / (cpu_seconds(case.pids) - before))
            case.speeds.append(count / (time.monotonic() - began))


def section(cases: list[Case], rounds: int, seconds: float) -> tuple[str, bool]:
    """The Markdown of the results, and whether the gate holds its floor."""
    medians = {(case.server, case.kind): statistics.median(case.rates) for case in cases}
    rows = []
    holds = True
    for case in cases:
        rate = medians[case.server, case.kind]
        ratio = rate / medians["nginx", case.kind]
        holds = holds and (case.server != "gate" or ratio >= FLOOR)
        rows.append(
            f"| {case.server} | {case.kind} | {1e6 / rate:,.0f} | {rate:,.0f} | "
            f"{min(case.rates):,.0f}-{max(case.rates):,.0f} | "
            f"{statistics.median(case.speeds):,.0f} | {ratio:.2g} |"
        )
    said = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=True).stderr.strip()
    lines = [
        "## Gate",
        "",
        f"A held page against the same bytes as a static file: {rounds} interleaved rounds of {seconds:g} s, medians,",
        f"load by {'wrk' if shutil.which('wrk') else 'load.py'} on 32 connections. The floor is {FLOOR} of nginx.",
        "",
        f"{datetime.now(UTC):%d %B %Y}; {machine()}; Python {platform.python_version()}, {said.rpartition(': ')[2]}.",
        "",
        "| server | page | CPU µs an answer | answers a CPU-second | lowest-highest | answers a second | of nginx |",
        "|---|---|---:|---:|---:|---:|---:|",
        *rows,
        "",
    ]
    return "\n".join(lines), holds


def machine() -> str:
    """What it was measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if "model name" in line), platform.machine())
    return f"{os.cpu_count()} cores ({model}), {platform.system()} {platform.release()}"


def write(text: str) -> None:
    """Put the section into the results, in place of the last one."""
    old = RESULTS.read_text() if RESULTS.exists() else "# Benchmark results\n"
    before, found, rest = old.partition("## Gate\n")
    after = rest[rest.index("\n## ") + 1 :] if found and "\n## " in rest else ""
    RESULTS.write_text(before.rstrip() + "\n\n" + text + ("\n" + after if after else ""))


def main() -> int:
    """Measure, print, write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=3)
    options.add_argument("--no-site", action="store_true")
    chosen = options.parse_args()
    if not shutil.which("nginx"):
        print("nginx is not installed: apt-get install nginx-light", file=sys.stderr)
        return 2
    server_core, load_core = (0, 1) if (os.cpu_count() or 1) >= 2 else (None, None)
    started: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        try:
            started, address = start_gate(folder, server_core)
            now = int(time.time())
            token = KEYS.sign(PassClaims("reader", "session", now, now + 3600))
            coding = {"Accept-Encoding": "gzip, deflate, br"}
            cookie = {"Cookie": f"{CookieNames.for_origin(address).pass_}={token}"}
            pids = with_children(started[0].pid)
            gate = [
                Case("gate", "visitor", address + PATH, coding, pids),
                Case("gate", "reader", address + PATH, coding | cookie, pids),
            ]
            process, nginx_address = start_nginx(folder, gate, server_core)
            started.append(process)
            cases = []
            for case in gate:
                url = f"{nginx_address}/{case.kind}"
                cases += [case, Case("nginx", case.kind, url, case.headers, with_children(process.pid))]
            if not chosen.no_site:
                cases.append(site_case(folder, started, server_core))
            measure(cases, chosen.rounds, chosen.seconds, load_core)
        finally:
            for running in started:
                running.terminate()
            for running in started:
                running.wait(10)
    text, holds = section(cases, chosen.rounds, chosen.seconds)
    print(text)
    write(text)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
