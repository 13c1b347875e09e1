"""Whether the tree puts text on the side of the cut where the origin wrote it.

HTML never fails to parse: a stray `</div>` ends the body early, text in a table moves in front of the table, and what
was written after the cut comes to stand before it, or behind the body. Such a page is refused: its source, read tag
by tag without a tree, must give the same words before the cut and after it as the tree does, and as many ends as
beginnings of the body's element.
"""

from __future__ import annotations

import html
import re

from selectolax.lexbor import LexborNode

from standfirst.gate.faults import CutFault, FaultKind
from standfirst.gate.tags import PIECE
from standfirst.gate.words import Texts, normalised
from standfirst.vocabulary import MARK_ATTRIBUTE, Mark

_MARK = re.compile(
    rf"(?:^|[\s/\"'])" rf"{MARK_ATTRIBUTE}\s*=\s*(?:\"({Mark.BODY}|{Mark.CUT})\"|'({Mark.BODY}|{Mark.CUT})'"
    rf"|({Mark.BODY}|{Mark.CUT})(?=[\s/]|$))",
    re.IGNORECASE,
)  # fmt: skip


class _Reading:
    """One pass over the source: the words in the body on either side of the cut, and the balance of the body's
    element.
    """

    def __init__(self, element: str) -> None:
        self.element = element
        self.open = 0
        """Elements of the body's name that are open."""
        self.inside_at: int | None = None
        """How many were open before the body's own."""
        self.over = False
        self.templates = 0
        self.lead: list[str] = []
        self.withheld: list[str] = []
        self.side = self.lead

    def text(self, text: str) -> None:
        if text and self.inside_at is not None and not self.over and not self.templates:
            self.side.append(html.unescape(text))

    def tag(self, name: str, closing: bool, rest: str) -> None:
        mark = _mark(rest) if not closing else None
        if mark == Mark.CUT and not self.templates:
            self.side = self.withheld
        if name == "template":
            self.templates += -1 if closing else 1
        if name != self.element or self.templates:
            return
        self.open += -1 if closing else 1
        if mark == Mark.BODY and self.inside_at is None:
            self.inside_at = self.open - 1
        elif closing and self.open == self.inside_at:
            self.over = True


def check_source_order(source: str, body: LexborNode, withheld: Texts) -> None:
    """Raise CutFault unless the source has, on either side of the cut, the words that the pruned `body` and
    `withheld` have.
    """
    reading = _Reading(body.tag or "")
    end = 0
    for piece in PIECE.finditer(source):
        reading.text(source[end : piece.start()])
        end = piece.end()
        if piece["name"]:
            reading.tag(piece["name"].lower(), bool(piece["slash"]), piece["rest"])
    in_order = (
        reading.open == 0
        and normalised(" ".join(reading.lead)) == _running(Texts.of([body]))
        and normalised(" ".join(reading.withheld)) == _running(withheld)
    )
    if not in_order:
        raise CutFault(FaultKind.MISNESTED)


def _running(texts: Texts) -> list[str]:
    return texts.flows[0] if texts.flows else []


def _mark(rest: str) -> str | None:
    found = _MARK.search(rest) if MARK_ATTRIBUTE in rest.lower() else None
    return (found[1] or found[2] or found[3]).lower() if found else None
