"""Why a page could not be cut, or could not be proved. A fault never carries text of the page."""

from __future__ import annotations

from enum import StrEnum


class FaultKind(StrEnum):
    """What is wrong with a page; the word that is logged and counted."""

    NO_BODY = "no-body"
    NO_CUT = "no-cut"
    TWO_BODIES = "two-bodies"
    TWO_CUTS = "two-cuts"
    CUT_OUTSIDE_BODY = "cut-outside-body"
    CUT_NOT_EMPTY = "cut-not-empty"
    BODY_ELEMENT = "body-element"
    """The body is marked on an element that HTML closes by itself, so its end is not where it was written."""
    MISNESTED = "misnested"
    """The tree a browser builds puts text on another side of the cut than where it was written."""
    NO_TIER = "no-tier"
    """Marks of a story and no tier, or a tier this gate does not know, or two of them."""
    RESERVED_CHARACTER = "reserved-character"
    """The page holds the private-use character that marks the wall's place."""
    NOT_PARSED = "not-parsed"
    RUN_LEFT = "run-left"
    """The proof found a run of withheld words in what a visitor would get."""
    TOKEN_LEFT = "token-left"  # noqa: S105  (a word of the text, not a credential)
    """The proof found a long withheld word in what a visitor would get."""


class CutFault(Exception):
    """The page cannot be cut, or its lead-in is not proved. Who catches it falls back to headline and wall."""

    def __init__(self, kind: FaultKind) -> None:
        super().__init__(kind.value)
        self.kind = kind
