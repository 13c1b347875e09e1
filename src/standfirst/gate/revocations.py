"""The revocations in force: which passes open nothing although their signature is good."""

from __future__ import annotations

from dataclasses import dataclass

from standfirst.vocabulary import PassClaims


@dataclass(frozen=True, slots=True)
class Revocation:
    """One entry of the feed: a session, or a subject with passes issued before a time. Forgotten after `until`."""

    session: str | None
    subject: str | None
    issued_before: int | None
    until: int


class Revocations:
    """A set of revocations, asked once per request and pruned as they run out."""

    def __init__(self) -> None:
        self._sessions: dict[str, int] = {}
        self._subjects: dict[str, tuple[int, int]] = {}

    def add(self, revocation: Revocation) -> None:
        """Take one in. Where two mean the same session or subject, the stricter of each part holds."""
        if revocation.session is not None:
            self._sessions[revocation.session] = max(revocation.until, self._sessions.get(revocation.session, 0))
        if revocation.subject is not None and revocation.issued_before is not None:
            before, until = self._subjects.get(revocation.subject, (0, 0))
            self._subjects[revocation.subject] = max(before, revocation.issued_before), max(until, revocation.until)

    def cover(self, claims: PassClaims) -> bool:
        """Whether a pass with these claims is revoked."""
        if claims.session in self._sessions:
            return True
        subject = self._subjects.get(claims.subject)
        return subject is not None and claims.issued_at < subject[0]

    def forget(self, now: float) -> None:
        """Let go of those that have run out."""
        self._sessions = {session: until for session, until in self._sessions.items() if until > now}
        self._subjects = {subject: entry for subject, entry in self._subjects.items() if entry[1] > now}

    def in_force(self) -> list[Revocation]:
        """All of them, to be spooled."""
        sessions = [Revocation(session, None, None, until) for session, until in self._sessions.items()]
        return sessions + [Revocation(None, subject, *entry) for subject, entry in self._subjects.items()]
