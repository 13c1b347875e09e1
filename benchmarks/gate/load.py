"""Load on one address: wrk where it is installed, else a small closed loop of our own on raw sockets."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import time
from urllib.parse import urlsplit

CONNECTIONS = 32


def load(url: str, headers: dict[str, str], seconds: float, core: int | None) -> int:
    """Ask for this address as fast as it is answered; how many answers there were. Raises RuntimeError on any error."""
    pinned = ["taskset", "-c", str(core)] if core is not None and shutil.which("taskset") else []
    if shutil.which("wrk"):
        command = [*pinned, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s"]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        output = subprocess.run(
            [*command, url], capture_output=True, text=True, check=True, timeout=seconds + 30
        ).stdout
        if "Non-2xx" in output or "Socket errors" in output:
            raise RuntimeError(output)
        match = re.search(r"(\d+) requests in", output)
        assert match is not None
        return int(match[1])
    pairs = [part for pair in headers.items() for part in pair]
    done = subprocess.run(
        [*pinned, sys.executable, __file__, url, str(seconds), *pairs],
        capture_output=True, text=True, check=True, timeout=seconds + 30,
    )  # fmt: skip
    return int(done.stdout)


async def _ask(host: str, port: int, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    count = 0
    while time.monotonic() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        length = re.search(rb"(?i)content-length: (\d+)", head)
        assert length is not None
        await reader.readexactly(int(length[1]))
        count += 1
    writer.close()
    return count


async def _own(url: str, seconds: float, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    lines = [
        f"GET {parts.path} HTTP/1.1",
        f"Host: {parts.netloc}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    until = time.monotonic() + seconds
    asking = [_ask(parts.hostname or "", parts.port or 80, request, until) for _ in range(CONNECTIONS)]
    return sum(await asyncio.gather(*asking))


if __name__ == "__main__":
    pairs = sys.argv[3:]
    print(asyncio.run(_own(sys.argv[1], float(sys.argv[2]), dict(zip(pairs[::2], pairs[1::2], strict=True)))))
