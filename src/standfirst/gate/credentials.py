"""What a request's cookies say: the state of its pass, and the session that could renew it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from standfirst.gate.cookies import TWICE, Twice, cookie
from standfirst.gate.revocations import Revocations
from standfirst.passes.tokens import BadPass, KeyRing
from standfirst.vocabulary import CookieNames, PassClaims, PassState

_REMEMBERED_PASSES = 65_536
_MAX_SESSION = 512
"""Bytes. No session cookie of the site's is longer."""


class Credentials(NamedTuple):
    """What a request showed. `session` is the session cookie's value when the site should be asked for a pass with it
    before the visit is decided: there is one that can be sent on, and no good pass.
    """

    state: PassState
    claims: PassClaims | None = None
    session: bytes | None = None


ABSENT = Credentials(PassState.ABSENT)
_VALID = Credentials(PassState.VALID)
"""Whose pass it is does not matter to a page."""


class CredentialReader:
    """Reads cookies. Verified passes are remembered, good ones only; expiry and revocation are looked at every time."""

    def __init__(
        self, keys: KeyRing, names: CookieNames, revocations: Revocations, clock: Callable[[], float] = time.time
    ) -> None:
        self._keys = keys
        self._pass = names.pass_.encode() + b"="
        self._session = names.session.encode() + b"="
        self._revocations = revocations
        self._clock = clock
        self._verified = lru_cache(_REMEMBERED_PASSES)(self._verify)

    def read(self, cookies: bytes | None) -> Credentials:
        """The credentials in a Cookie header. A pass that is forged, damaged or there twice is UNREADABLE, never an
        error.
        """
        if not cookies:
            return ABSENT
        token = cookie(cookies, self._pass)
        if token is TWICE:
            return Credentials(PassState.UNREADABLE)
        assert not isinstance(token, Twice)
        state, claims = self.examine(token) if token else (PassState.ABSENT, None)
        if state is PassState.VALID:
            return _VALID
        return Credentials(state, claims, self._session_value(cookies))

    def examine(self, token: bytes) -> tuple[PassState, PassClaims | None]:
        """The state of a pass at this moment, and what it says when it could be read."""
        try:
            claims = self._verified(token)
        except (BadPass, UnicodeDecodeError):
            return PassState.UNREADABLE, None
        if self._revocations.cover(claims):
            return PassState.REVOKED, claims
        if claims.expires_at <= self._clock():
            return PassState.EXPIRED, claims
        return PassState.VALID, claims

    def _verify(self, token: bytes) -> PassClaims:
        claims = self._keys.read(token.decode("ascii"))
        if claims is None:
            raise BadPass("not a pass")
        return claims

    def _session_value(self, cookies: bytes) -> bytes | None:
        value = cookie(cookies, self._session)
        if not value or isinstance(value, Twice) or len(value) > _MAX_SESSION:
            return None
        # It is sent on to the site within a header.
        return value if all(0x21 <= byte < 0x7F for byte in value) else None
