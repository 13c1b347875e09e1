"""The shapes every room shares: tiers, passes, visits, decisions, and what the gate and the site say to each other.

Standard library only, so that anything may import it and nothing has to import sideways.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Tier(StrEnum):
    """Who may read a page whole."""

    FREE = "free"
    METERED = "metered"
    REGISTERED = "registered"


class PassState(StrEnum):
    """What a gate made of the pass a request carried."""

    ABSENT = "absent"
    UNREADABLE = "unreadable"
    EXPIRED = "expired"
    REVOKED = "revoked"
    VALID = "valid"
    GRACE = "grace"
    """Expired, but the site cannot be asked for a new one, and the grace period is not over."""


class DecisionKind(StrEnum):
    """Which form of the page a visit gets."""

    FULL = "full"
    LEAD_IN = "lead-in"


class Reason(StrEnum):
    """Why a visit got what it got. Each has its heading in `docs/reference/decisions.md`."""

    FREE_PAGE = "free-page"
    READER = "reader"
    READER_SITE_AWAY = "reader-site-away"
    NO_PASS = "no-pass"
    UNREADABLE_PASS = "unreadable-pass"
    EXPIRED_PASS = "expired-pass"
    REVOKED_PASS = "revoked-pass"


@dataclass(frozen=True, slots=True)
class PassClaims:
    """What a pass says. Times are whole seconds since the Unix epoch."""

    subject: str
    """The reader's pseudonym; never an address or a primary key."""
    session: str
    """The session the pass was issued under; names it in revocations, opens nothing by itself."""
    issued_at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Visit:
    """What the gate knows of one request when it decides."""

    tier: Tier
    pass_state: PassState


@dataclass(frozen=True, slots=True)
class Decision:
    """What a visit gets, as what kind of person it is seen, and why."""

    kind: DecisionKind
    reason: Reason
    signed_in: bool


@dataclass(frozen=True, slots=True)
class CookieNames:
    """The reader's cookies. On https the `__Host-` prefix pins them to the origin (RFC 6265bis, section 4.1.3.2)."""

    pass_: str
    session: str
    marker: str
    """Says to scripts, with no identity in it, that this browser is signed in. It opens nothing."""
    desk: str
    """The staff session, sent below `/desk/` only."""

    @classmethod
    def for_origin(cls, origin: str) -> CookieNames:
        """The names for a public origin such as `https://news.example` or `http://127.0.0.1:8000`."""
        secure = origin.startswith("https://")
        host, path = ("__Host-", "__Secure-") if secure else ("", "")
        return cls(
            pass_=f"{host}standfirst_pass",
            session=f"{host}standfirst_session",
            marker=f"{host}standfirst_reader",
            desk=f"{path}standfirst_desk",
        )


PASS_SECONDS: Final = 15 * 60
"""How long a pass opens stories."""

GRACE_SECONDS: Final = 60 * 60
"""How long an expired pass is honoured while the site cannot be reached."""


class GateHeader(StrEnum):
    """Headers of the gate protocol (`docs/reference/protocol.md`). The gate strips them from what the public sends."""

    TIER = "Standfirst-Tier"
    TAGS = "Standfirst-Tags"
    SECRET = "Standfirst-Gate"
    INTAKE = "Standfirst-Intake"
    CLIENT = "Standfirst-Client"
    FORWARDED = "Standfirst-Forwarded"


class Mark(StrEnum):
    """Values of the `data-standfirst` attribute by which an origin tells the gate what is what in its HTML."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    CUT = "cut"
    WALL = "wall"
    VISITOR = "visitor"
    READER = "reader"
    SHELL = "shell"


MARK_ATTRIBUTE: Final = "data-standfirst"
NEXT_ATTRIBUTE: Final = "data-standfirst-next"
GOES_ON_ID: Final = "goes-on"
"""The id the gate gives the cut in a full page: where a reader returns to after joining."""


class FeedKind(StrEnum):
    """What an entry of the feed tells a gate."""

    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    RULEBOOK = "rulebook"
