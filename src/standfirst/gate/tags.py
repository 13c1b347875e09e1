"""The tags of an HTML source, read one after another without a tree: for what a tree cannot tell of its source."""

from __future__ import annotations

import re
from typing import Final

_ATTRIBUTES = r"(?:\"[^\"]*\"|'[^']*'|[^'\">]+)*+"

PIECE: Final = re.compile(
    r"<!--.*?(?:--!?>|\Z)"
    r"|<(?P<raw>script|style|xmp|iframe|noembed|noframes|noscript)\b" + _ATTRIBUTES + r">.*?(?:</(?P=raw)\b[^>]*>|\Z)"
    r"|<(?P<slash>/?)(?P<name>[a-z][^\s/>]*)(?P<rest>" + _ATTRIBUTES + r")>"
    r"|<[!?/][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
"""A comment, an element whose content is no markup (`raw`), a tag (`slash`, `name`, `rest`), or another declaration."""


def without_noscript(source: str) -> str:
    """The source without its `noscript` elements. In a tree built without scripts they may come apart: a paragraph in
    the head's `noscript` ends it there, and stands in the page.
    """
    if "<noscript" not in source.lower():
        return source
    return PIECE.sub(lambda piece: "" if (piece["raw"] or "").lower() == "noscript" else piece[0], source)
