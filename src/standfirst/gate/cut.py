"""The cut: a page's HTML becomes what a visitor may see of it, and what a reader sees.

The marks are those of `docs/reference/protocol.md`. Whatever is not as that page says raises `CutFault`; nothing is
mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from standfirst.gate.carriers import drop_carriers
from standfirst.gate.faults import CutFault, FaultKind
from standfirst.gate.source_order import check_source_order
from standfirst.gate.tags import without_noscript
from standfirst.gate.words import Texts
from standfirst.vocabulary import GOES_ON_ID, MARK_ATTRIBUTE, NEXT_ATTRIBUTE, Mark

WALL_SLOT: Final = "\ue000"
"""Stands where the wall goes until the proof is through. A private-use character: no page may hold it."""

_BODY_ELEMENTS = frozenset({"div", "section", "article", "main"})
"""HTML closes a `p` or a `td` when it sees fit; the body's end must be where the origin wrote it."""

_HEADLINE_LIMIT = 300
"""A longer headline (in characters) is some wrapper marked by mistake, and is not shown when a page falls back."""

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A page cut at its cut. Not proved yet."""

    html: str
    """The visitor's document, with `WALL_SLOT` where the wall goes."""
    withheld: Texts
    allowed: Texts
    """The public projection: headline, standfirst, lead-in."""


def marked(tree: LexborHTMLParser, mark: Mark) -> list[LexborNode]:
    """The elements that bear this mark, in document order."""
    return tree.css(f"[{MARK_ATTRIBUTE}={mark.value}]")


def lead_in(source: str, path: str) -> LeadIn:
    """Cut a gated page, seen signed out. Raises CutFault."""
    source = without_noscript(source)
    tree = parsed(source)
    body, cut = _body_and_cut(tree)
    wall = _wall_slot(tree, body)
    withheld = _withhold(body, cut)
    check_source_order(source, body, withheld)
    cut.decompose()
    if wall is None or WALL_SLOT not in (tree.html or ""):
        body.insert_after(WALL_SLOT)
    drop_carriers(tree)
    drop(tree, Mark.READER)
    fill_next(tree, path)
    html = serialised(tree)
    if html.count(WALL_SLOT) != 1:
        raise CutFault(FaultKind.RESERVED_CHARACTER)
    public = [*marked(tree, Mark.HEADLINE), *marked(tree, Mark.STANDFIRST), body]
    return LeadIn(html, withheld, Texts.of(public))


def whole(source: str, path: str, *, signed_in: bool) -> str:
    """The whole page as somebody signed in, or signed out, sees it."""
    tree = parsed(source)
    for index, cut in enumerate(marked(tree, Mark.CUT)):
        if index:
            cut.decompose()
        else:
            cut.replace_with(_goes_on())
    drop(tree, Mark.WALL)
    drop(tree, Mark.VISITOR if signed_in else Mark.READER)
    fill_next(tree, path)
    return serialised(tree)


def headline(source: str) -> str:
    """The headline alone, for a page that falls back; empty when it cannot be told for certain what it is."""
    tree = parsed(source)
    for node in marked(tree, Mark.HEADLINE):
        if node.css(f"[{MARK_ATTRIBUTE}]")[1:] or _has_marked_ancestor(node):
            continue
        text = _SPACES.sub(" ", node.text()).strip()
        if 0 < len(text) <= _HEADLINE_LIMIT:
            return text
    return ""


def bears_story(source: str) -> bool:
    """Whether the page has a mark only a gated story has."""
    tree = parsed(source)
    return bool(marked(tree, Mark.BODY) or marked(tree, Mark.CUT))


def parsed(source: str) -> LexborHTMLParser:
    """The document as a browser without scripts builds it. Raises CutFault when there is none."""
    tree = LexborHTMLParser(source)
    if tree.root is None:
        raise CutFault(FaultKind.NOT_PARSED)
    return tree


def serialised(tree: LexborHTMLParser) -> str:
    """The document as text. What stood outside `<html>` (comments, another doctype) is not kept."""
    root = tree.root
    return "<!doctype html>" + ((root.html if root is not None else None) or "")


def drop(tree: LexborHTMLParser, mark: Mark) -> None:
    """Take out the elements that bear this mark."""
    for node in marked(tree, mark):
        node.decompose()


def fill_next(tree: LexborHTMLParser, path: str) -> None:
    """Write the page's path where forms and links say where to come back to."""
    for node in tree.css(f"[{NEXT_ATTRIBUTE}]"):
        if node.tag == "input":
            node.attrs["value"] = path
        elif node.tag == "a":
            parts = urlsplit(node.attributes.get("href") or "")
            query = "&".join(filter(None, (parts.query, urlencode({"next": path}, safe="/", quote_via=quote))))
            node.attrs["href"] = urlunsplit(parts._replace(query=query))


def _body_and_cut(tree: LexborHTMLParser) -> tuple[LexborNode, LexborNode]:
    bodies, cuts = marked(tree, Mark.BODY), marked(tree, Mark.CUT)
    if not bodies:
        raise CutFault(FaultKind.NO_BODY)
    if len(bodies) > 1:
        raise CutFault(FaultKind.TWO_BODIES)
    if not cuts:
        raise CutFault(FaultKind.NO_CUT)
    if len(cuts) > 1:
        raise CutFault(FaultKind.TWO_CUTS)
    (body,), (cut,) = bodies, cuts
    if body.tag not in _BODY_ELEMENTS:
        raise CutFault(FaultKind.BODY_ELEMENT)
    parent = cut.parent
    while parent is not None and parent != body:
        parent = parent.parent
    if parent is None:
        raise CutFault(FaultKind.CUT_OUTSIDE_BODY)
    if (cut.inner_html or "").strip():
        # `<span data-standfirst="cut"/>` does not end in HTML: what follows it would become its content.
        raise CutFault(FaultKind.CUT_NOT_EMPTY)
    return body, cut


def _wall_slot(tree: LexborHTMLParser, body: LexborNode) -> LexborNode | None:
    """Put the slot where the first wall mark is, and take out the marks. The slot may yet go with the withheld part."""
    walls = marked(tree, Mark.WALL)
    for index, wall in enumerate(walls):
        if index or wall == body:
            wall.decompose()
        else:
            wall.replace_with(WALL_SLOT)
    return walls[0] if walls else None


def _withhold(body: LexborNode, cut: LexborNode) -> Texts:
    """Take out what follows the cut inside the body, and give what it said. The cut's ancestors stay, and stay
    closed.
    """
    after: list[LexborNode] = []
    node: LexborNode | None = cut
    while node is not None and node != body:
        sibling = node.next
        while sibling is not None:
            after.append(sibling)
            sibling = sibling.next
        node = node.parent
    withheld = Texts.of(after)
    for node in after:
        node.decompose()
    return withheld


def _goes_on() -> LexborNode:
    span = LexborHTMLParser(
        f'<span id="{GOES_ON_ID}" tabindex="-1" {MARK_ATTRIBUTE}="{Mark.CUT.value}"></span>', is_fragment=True
    ).root
    assert span is not None
    return span


def _has_marked_ancestor(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.attributes.get(MARK_ATTRIBUTE) in (Mark.BODY, Mark.CUT):
            return True
        parent = parent.parent
    return False
