"""The proof: nothing of the withheld part stands in what a visitor gets.

It says that it holds, or which kind of fault it found; it never repairs. The rule (DESIGN, "The cut"): no run of six
normalised words, and no single word of 16 or more characters, that stands in the withheld part and not in what is
allowed, may remain. A withheld part of fewer than six words is guarded whole: the run of all its words must not
remain, so that a last line of three words is no less safe than a last paragraph. (For a single common word this errs
towards falling back.)

Linear in the length of the page: the visitor's side is a set, the withheld side is read past it once.
"""

from __future__ import annotations

from standfirst.gate.faults import CutFault, FaultKind
from standfirst.gate.words import RUN, Run, Texts, runs


def prove(variant: Texts, withheld: Texts, allowed: list[Texts]) -> None:
    """Raise CutFault when `variant`, the whole decoded page a visitor would get, holds something of `withheld` that is
    not in `allowed`.
    """
    for length in sorted({min(RUN, len(flow)) for flow in withheld.flows if flow} | {RUN}):
        remaining = _runs(variant, allowed, length)
        if not remaining:
            continue
        flows = [flow for flow in withheld.flows if min(RUN, len(flow)) == length]
        pieces = withheld.pieces if length == RUN else []
        for words in (*flows, *pieces):
            if not remaining.isdisjoint(runs(words, length)):
                raise CutFault(FaultKind.RUN_LEFT)
    tokens = set(variant.tokens()).difference(*(texts.tokens() for texts in allowed))
    if tokens and not tokens.isdisjoint(withheld.tokens()):
        raise CutFault(FaultKind.TOKEN_LEFT)


def _runs(variant: Texts, allowed: list[Texts], length: int) -> set[Run]:
    return set(variant.runs(length)).difference(*(texts.runs(length) for texts in allowed))
