"""The words of a text, as the proof counts them: normalised, and in every encoding a script or attribute may hide
them in.

Words are runs of letters and digits after NFKC and case folding (the Unicode Standard, section 3.13,
`toNFKC_Casefold`), with format characters dropped: soft hyphens and zero-width joiners must not make a word another
word.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

RUN: Final = 6
"""So many words in a row are taken to be somebody's sentence, not chance."""
TOKEN: Final = 16
"""So many characters in one word are taken to be a quotation by themselves."""

_WORD = re.compile(r"[^\W_]+")
_FORMAT = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e01ef]"
)
"""Characters that are not seen: general category Cf, and the selectors and joiners of the same effect."""
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " ", "v": " ", "0": " ", "\n": ""}
_CANDIDATE = re.compile(r"(?:\s+[\d.]+[wxh])?(?:,\s+|$)")
"""What ends an address in a `srcset`. Its addresses are texts apart: all pictures share endings and widths."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{32,}")
_DEPTH = 4
"""So many encodings inside one another are undone: HTML in JSON in an attribute is three."""

type Run = tuple[str, ...]


def normalised(text: str) -> list[str]:
    """The words of a text, in order."""
    if text.isascii():
        return _WORD.findall(text.lower())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _WORD.findall(_FORMAT.sub("", folded))


def runs(words: list[str], length: int = RUN) -> Iterator[Run]:
    """Every run of so many words."""
    return zip(*(words[i:] for i in range(length)), strict=False)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else " "
    return _ESCAPED.get(match[4], match[4])


def _from_base64(text: str) -> Iterator[str]:
    for match in _BASE64.finditer(text):
        run = match[0].replace("-", "+").replace("_", "/")
        try:
            yield base64.b64decode(run[: len(run) // 4 * 4], validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue


def _decoded_once(text: str) -> Iterator[str]:
    if "\\" in text:
        escaped = _ESCAPE.sub(_unescaped, text)
        # Two escapes may be the two halves of one character beyond the basic plane.
        yield escaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "&" in text:
        yield html.unescape(text)
    if "<" in text:
        yield _TAG.sub(" ", text)
        yield _TAG.sub("", text)
    if "%" in text:
        yield unquote(text)
    yield from _from_base64(text)


def readings(text: str) -> Iterator[str]:
    """The text, and what it reads as with escapes, character references, tags, percent signs or base64 undone."""
    seen = {text}
    level = [text]
    for _ in range(_DEPTH):
        following: list[str] = []
        for reading in level:
            yield reading
            for decoded in _decoded_once(reading):
                if decoded not in seen:
                    seen.add(decoded)
                    following.append(decoded)
        level = following
    yield from level


class Texts:
    """Texts as lists of words: running text, and apart from it attributes and scripts, which are in no order."""

    __slots__ = ("flows", "pieces")

    def __init__(self, flows: list[list[str]], pieces: list[list[str]]) -> None:
        self.flows = flows
        self.pieces = pieces

    @classmethod
    def of(cls, nodes: Iterable[LexborNode]) -> Texts:
        """What the nodes say: their running text, taken with and without a gap at each border of an element, and every
        attribute, script and style in all its readings.
        """
        running: list[str] = []
        apart: dict[str, None] = {}
        for top in nodes:
            for node in top.traverse(include_text=True):
                _take(node, running, apart)
        flows = [
            normalised(reading) for joined in dict.fromkeys((" ".join(running), "".join(running)))
            for reading in readings(joined)
        ]  # fmt: skip
        pieces = [words for text in apart for reading in readings(text) if (words := normalised(reading))]
        return cls(flows, pieces)

    @classmethod
    def of_document(cls, document: str) -> Texts:
        """What a whole HTML document says."""
        root = LexborHTMLParser(document).root
        return cls([], []) if root is None else cls.of([root])

    def lists(self) -> Iterator[list[str]]:
        """All of them."""
        yield from self.flows
        yield from self.pieces

    def runs(self, length: int) -> Iterator[Run]:
        """Every run of so many words, from anywhere."""
        for words in self.lists():
            yield from runs(words, length)

    def tokens(self) -> Iterator[str]:
        """Every long word, from anywhere."""
        for words in self.lists():
            for word in words:
                if len(word) >= TOKEN:
                    yield word


def _take(node: LexborNode, running: list[str], apart: dict[str, None]) -> None:
    if node.is_text_node:
        parent = node.parent
        text = node.text_content or ""
        if parent is not None and parent.tag in ("script", "style"):
            apart[text] = None
        else:
            running.append(text)
    elif node.is_comment_node:
        apart[node.comment_content or ""] = None
    else:
        if node.tag == "template":
            apart[node.html or ""] = None
        for name, value in node.attributes.items():
            if value:
                for piece in _CANDIDATE.split(value) if name.endswith("srcset") else (value,):
                    apart[piece] = None
