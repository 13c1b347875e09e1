"""Where a story's lead-in ends: at the editor's mark, or after so many words.

The origin puts the mark in; the gate cuts there (`standfirst.gate.cut`) and proves it.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from standfirst.newsroom.blocks import CUT_MARK
from standfirst.vocabulary import MARK_ATTRIBUTE, Mark

_CUT = f"[{MARK_ATTRIBUTE}='{Mark.CUT}']"


def with_cut(body_html: str, words: int) -> str:
    """The body with exactly one mark in it, at a place that leaves something to withhold.

    An editor's mark stands when there is text behind it. Otherwise, and without one, the mark goes in behind the
    element that reaches `words` words; inside that element, when it alone is more than twice as long; and before the
    last element when nothing would be left behind it. An empty body gets a mark and nothing else.
    """
    body = _parse(body_html)
    marks = body.css(_CUT)
    if len(marks) == 1 and _has_text_behind(body, marks[0]):
        return _inner(body)
    for mark in marks:
        mark.decompose()
    elements = [node for node in body.iter(include_text=False) if _counts(node)]
    if not elements:
        return CUT_MARK + _inner(body)
    return _cut_after_words(body, elements, words)


def lead_in(body_html_with_cut: str) -> str:
    """What stands before the mark, well formed."""
    body = _parse(body_html_with_cut)
    mark = body.css_first(_CUT)
    if mark is None:
        return ""
    node: LexborNode | None = mark
    while node is not None and node.mem_id != body.mem_id:
        while node.next is not None:
            node.next.decompose()
        node = node.parent
    mark.decompose()
    return _inner(body)


def _parse(html: str) -> LexborNode:
    body = LexborHTMLParser(f"<!doctype html><html><body>{html}</body></html>").body
    if body is None:  # pragma: no cover - the parser makes one always
        raise ValueError("no body")
    return body


def _inner(body: LexborNode) -> str:
    return body.inner_html or ""


def _counts(node: LexborNode) -> bool:
    return bool((node.text() or "").strip()) or node.css_first("img") is not None


def _length(node: LexborNode) -> int:
    return len((node.text(separator=" ") or "").split())


def _has_text_behind(body: LexborNode, mark: LexborNode) -> bool:
    whole, lead = _inner(body), lead_in(_inner(body))
    return _length(_parse(whole)) > _length(_parse(lead))


def _cut_after_words(body: LexborNode, elements: list[LexborNode], words: int) -> str:
    counted = 0
    for position, element in enumerate(elements):
        length = _length(element)
        if counted + length < words:
            counted += length
            continue
        if length > 2 * max(words, 1) and _cut_inside(element, words - counted):
            return _inner(body)
        if position + 1 < len(elements):
            element.insert_after(_mark())
            return _inner(body)
        break
    elements[-1].insert_before(_mark())
    return _inner(body)


def _cut_inside(element: LexborNode, words: int) -> bool:
    """Put the mark into the element's text behind so many words; False when the element has no such place."""
    left = max(words, 0)
    for node in element.traverse(include_text=True):
        if node.tag != "-text":
            continue
        pieces = (node.text_content or "").split(" ")
        filled = [i for i, piece in enumerate(pieces) if piece.strip()]
        if len(filled) <= left:
            left -= len(filled)
            continue
        keep = pieces[: filled[left]]
        behind = pieces[filled[left] :]
        node.insert_before(" ".join(keep) + (" " if keep else ""))
        node.insert_before(_mark())
        node.insert_before(" ".join(behind))
        node.decompose()
        return True
    return False


def _mark() -> LexborNode:
    node = LexborHTMLParser(f"<body>{CUT_MARK}</body>").css_first(_CUT)
    if node is None:  # pragma: no cover - it is in the text above
        raise ValueError("no mark")
    return node
