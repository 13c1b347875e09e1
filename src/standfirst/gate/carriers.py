"""The known carriers of a story's whole text beside its body: dropped from every lead-in, whatever they hold."""

from __future__ import annotations

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BODY_KEYS = frozenset({
    "articlebody", "text", "reviewbody", "body", "bodyhtml", "content", "html", "fulltext", "transcript", "blocks",
    "encodedtext", "hastext", "wordcount", "timerequired",
})  # fmt: skip
"""Keys of structured data that hold the text, or tell how long it is."""

_SCRIPT_TYPES = frozenset({
    "", "module", "text/javascript", "application/javascript", "application/ecmascript", "text/ecmascript",
    "importmap", "speculationrules",
})  # fmt: skip
"""Scripts that run or steer loading. Every other type is a block of data, and data of a story page is its story."""

_STATE_NAMES = (
    "__NEXT_DATA__", "__next_f", "__NUXT__", "__INITIAL_STATE__", "__PRELOADED_STATE__", "__APOLLO_STATE__",
    "__remixContext", "__sveltekit", "__data", "__REDUX_STATE__", "__STATE__", "__RELAY_STORE__",
)  # fmt: skip


def drop_carriers(tree: LexborHTMLParser) -> None:
    """Take the carriers out of the tree: body text in JSON-LD, state for scripts, templates, noscript, comments,
    alternates.
    """
    root = tree.root
    if root is None:
        return
    for node in list(root.traverse(include_text=True)):
        if node.is_comment_node:
            node.decompose()
    for node in tree.css("template, noscript"):
        node.decompose()
    for node in tree.css("link[rel]"):
        relations = (node.attributes.get("rel") or "").lower().split()
        if "alternate" in relations or "amphtml" in relations:
            node.decompose()
    for node in tree.css("script"):
        _drop_data(node)


def _drop_data(script: LexborNode) -> None:
    kind = (script.attributes.get("type") or "").partition(";")[0].strip().lower()
    text = script.text(deep=True)
    if kind == "application/ld+json":
        kept = _public_part(text)
        if kept is None:
            script.decompose()
        elif kept != text:
            script.inner_html = kept
    elif kind not in _SCRIPT_TYPES or any(name in text for name in _STATE_NAMES):
        script.decompose()


def _public_part(text: str) -> str | None:
    """Structured data without its body; None when it cannot be read, and so cannot be kept."""
    try:
        document = json.loads(text)
        pruned = _pruned(document)
    except (ValueError, RecursionError):
        return None
    # "<" is written as an escape, so that no value can end the script element.
    return json.dumps(pruned, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _pruned(item) for key, item in value.items() if _plain(key) not in _BODY_KEYS}
    if isinstance(value, list):
        return [_pruned(item) for item in value]
    return value


def _plain(key: str) -> str:
    """A key without its namespace: `schema:articleBody` and `https://schema.org/articleBody` are the same."""
    return key.rsplit(":", 1)[-1].rsplit("/", 1)[-1].rsplit("#", 1)[-1].replace("_", "").lower()
