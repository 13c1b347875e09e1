"""Sign and read a pass. The format is fixed in `docs/reference/protocol.md`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from standfirst.vocabulary import PassClaims

PREFIX = "sf1."
MAX_LENGTH = 512
"""No pass of ours is longer (characters); longer ones are refused unread."""


class BadPass(Exception):
    """The token claims to be a pass and is not a good one. Its text says why, for logs; never shown to a visitor."""


class _Payload(msgspec.Struct, forbid_unknown_fields=True):
    sub: str
    sid: str
    iat: int
    exp: int


_decode_payload = msgspec.json.Decoder(_Payload, strict=True).decode


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys passes are signed with, by key id. Old ones stay until every pass they signed has run out."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise ValueError(f"the current pass key {self.current!r} is not among the keys")
        for key_id, key in self.keys.items():
            if not key_id.isalnum():
                raise ValueError(f"pass key id {key_id!r} must be letters and digits")
            if len(key) < 32:
                raise ValueError(f"pass key {key_id!r} is shorter than 32 bytes")

    @classmethod
    def from_json(cls, text: str) -> KeyRing:
        """Read `{"current": id, "keys": {id: base64url}}`. Raises ValueError with the reason when it is not that."""
        try:
            document = json.loads(text)
            keys = {key_id: _decode(value) for key_id, value in document["keys"].items()}
            return cls(current=document["current"], keys=keys)
        except (KeyError, TypeError, AttributeError, binascii.Error, json.JSONDecodeError) as error:
            raise ValueError(f"not a set of pass keys: {error!r}") from error

    def to_json(self) -> str:
        """The text `from_json` reads."""
        return json.dumps({"current": self.current, "keys": {i: _encode(key) for i, key in self.keys.items()}})

    def sign(self, claims: PassClaims) -> str:
        """The token for these claims, under the current key."""
        payload = json.dumps(
            {"sub": claims.subject, "sid": claims.session, "iat": claims.issued_at, "exp": claims.expires_at},
            separators=(",", ":"),
        )
        signed = f"{PREFIX}{self.current}.{_encode(payload.encode())}"
        return f"{signed}.{_encode(self._signature(self.current, signed))}"

    def read(self, token: str) -> PassClaims | None:
        """The claims of a pass whose signature is right, expired or not; None when the token is not a pass at all.

        Raises BadPass when it says it is one of ours and is forged, damaged, too long, or under an unknown key.
        """
        if not token.startswith(PREFIX):
            return None
        if len(token) > MAX_LENGTH:
            raise BadPass("too long")
        signed, _, signature = token.rpartition(".")
        _, _, rest = signed.partition(".")
        key_id, _, payload = rest.partition(".")
        if key_id not in self.keys:
            raise BadPass("unknown key")
        try:
            # Compared as text: base64 has several spellings of the same bytes, and a pass has one.
            if not hmac.compare_digest(_encode(self._signature(key_id, signed)).encode(), signature.encode()):
                raise BadPass("wrong signature")
            claims = _decode_payload(_decode(payload))
        except (binascii.Error, msgspec.DecodeError, UnicodeError, ValueError) as error:
            raise BadPass("damaged") from error
        return PassClaims(claims.sub, claims.sid, claims.iat, claims.exp)

    def _signature(self, key_id: str, signed: str) -> bytes:
        return hmac.digest(self.keys[key_id], signed.encode(), hashlib.sha256)
