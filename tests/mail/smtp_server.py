"""A mail server of a hundred lines, for one test: it takes what it is sent and keeps it."""

from __future__ import annotations

import socketserver
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass
class Received:
    """One mail as it came over the wire."""

    sender: str
    recipients: list[str] = field(default_factory=list)
    data: bytes = b""


class _Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as smtplib speaks without extensions."""

    server: SmtpServer

    def handle(self) -> None:
        self._say("220 here")
        mail = Received("")
        while line := self.rfile.readline():
            verb, _, rest = line.decode("ascii", "surrogateescape").strip().partition(" ")
            if verb.upper() in ("EHLO", "HELO"):
                self._say("250 here")
            elif verb.upper() == "MAIL":
                mail = Received(_address(rest))
                self._say("250 ok")
            elif verb.upper() == "RCPT":
                mail.recipients.append(_address(rest))
                self._say(self.server.answer_to_recipient)
            elif verb.upper() == "DATA":
                self._say("354 go on")
                mail.data = self._data()
                self.server.mails.append(mail)
                self._say("250 kept")
            elif verb.upper() == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class SmtpServer(socketserver.ThreadingTCPServer):
    """Listens on a free port while the `with` lasts."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[Received] = []
        self.answer_to_recipient = "250 ok"
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def url(self) -> str:
        """What `STANDFIRST_SMTP_URL` would say."""
        return f"smtp://127.0.0.1:{self.server_address[1]}?tls=none"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


def _address(rest: str) -> str:
    return rest[rest.index("<") + 1 : rest.index(">")]
