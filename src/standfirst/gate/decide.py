"""The decision: what a visit gets, and why. A pure function, looked up in a table made at start-up."""

from __future__ import annotations

from standfirst.vocabulary import Decision, DecisionKind, PassState, Reason, Tier, Visit

_AS_READER = {PassState.VALID: Reason.READER, PassState.GRACE: Reason.READER_SITE_AWAY}
_AS_VISITOR = {
    PassState.ABSENT: Reason.NO_PASS,
    PassState.UNREADABLE: Reason.UNREADABLE_PASS,
    PassState.EXPIRED: Reason.EXPIRED_PASS,
    PassState.REVOKED: Reason.REVOKED_PASS,
}


def _decided(tier: Tier, state: PassState) -> Decision:
    signed_in = state in _AS_READER
    if tier is Tier.FREE:
        return Decision(DecisionKind.FULL, Reason.FREE_PAGE, signed_in)
    # Metered behaves as registered until meters come with the gate's own issue.
    if signed_in:
        return Decision(DecisionKind.FULL, _AS_READER[state], signed_in)
    return Decision(DecisionKind.LEAD_IN, _AS_VISITOR[state], signed_in)


_DECISIONS = {(tier, state): _decided(tier, state) for tier in Tier for state in PassState}


def decide(visit: Visit) -> Decision:
    """What this visit gets. Every visit gets something: a bad pass is a visitor with a reason."""
    return _DECISIONS[visit.tier, visit.pass_state]
