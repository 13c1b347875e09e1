"""`python -m standfirst.gate`: one gate process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Generator

import uvicorn

from standfirst.gate.app import App
from standfirst.gate.gate import Gate
from standfirst.gate.log import notable, to_stderr
from standfirst.gate.protocol import GateProtocol
from standfirst.gate.settings import Settings
from standfirst.passes.addresses import Address
from standfirst.passes.environment import BadSetting

_STOP_SECONDS = 5
_BACKLOG = 2048


class Server(uvicorn.Server):
    """uvicorn's server, stopped by the loop's own signal handlers, so that a stop that was asked for ends with 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take SIGTERM and SIGINT for a stop; a second one for a stop at once."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGTERM, signal.SIGINT)
        for number in signals:
            loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)

    def _stop(self) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True


def server(gate: Gate) -> Server:
    """A server for this gate."""
    protocol = type("BoundProtocol", (GateProtocol,), {"gate": gate})
    return Server(
        uvicorn.Config(
            App(gate),
            http=protocol,
            ws="none",
            loop="uvloop",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
    )


def listening(bind: Address) -> socket.socket:
    """A socket that listens there. Raises BadSetting when it cannot."""
    family = socket.AF_INET6 if ":" in bind.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((bind.host, bind.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise BadSetting(f"STANDFIRST_BIND is {bind}, where nothing can listen: {error.strerror}.") from None
    listener.setblocking(False)
    return listener


def main() -> int:
    """Run until told to stop. The exit code: 0 after a stop, 2 when a setting cannot be used."""
    try:
        settings = Settings.read()
        listener = listening(settings.bind)
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201  (a person reads this, no log does)
        return 2
    to_stderr()
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    gate = Gate(settings)
    notable("started", origin=settings.origin, bind=settings.bind)
    server(gate).run(sockets=[listener])
    notable("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
