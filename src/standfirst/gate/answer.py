"""What the site's answer to an intake is: a page to be held, a page for this once, or something to be passed on."""

from __future__ import annotations

from email.message import Message
from typing import NamedTuple

from standfirst.gate import cut
from standfirst.gate.faults import CutFault
from standfirst.gate.origin import BadAnswer, Fetched
from standfirst.gate.variants import KEPT_HEADERS, Source
from standfirst.vocabulary import MARK_ATTRIBUTE, GateHeader, Tier

_MARK = MARK_ATTRIBUTE.encode()


class Taken(NamedTuple):
    """An answer that is a page, and whether it may be held."""

    source: Source
    may_be_held: bool


def taken(path: str, answer: Fetched) -> Taken | None:
    """The page in an answer; None when it is none, and may be passed on as it is.

    Raises BadAnswer when it says it is gated and is not a page that could be cut: such a thing is not passed on.
    """
    said = {value.strip() for value in answer.headers.getall(GateHeader.TIER, [])}
    tier = Tier(said.pop()) if len(said) == 1 and said <= set(Tier) else None
    text = _text(answer)
    if not said and tier is None:
        if not _bears_story(answer):
            return None
    elif answer.status != 200 or text is None:
        if tier is Tier.FREE:
            return None
        raise BadAnswer("a tier on what is no page")
    if text is None:
        raise BadAnswer("a story's marks in another character set")
    cache_control = ",".join(answer.headers.getall("Cache-Control", [])).lower()
    may_be_held = (
        tier is not None
        and answer.status == 200
        and "Set-Cookie" not in answer.headers
        and "no-store" not in cache_control
    )
    tags = frozenset(" ".join(answer.headers.getall(GateHeader.TAGS, [])).split())
    kept = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    return Taken(Source(path, tier, tags, kept, text), may_be_held)


def _text(answer: Fetched) -> str | None:
    """The body of an HTML document in UTF-8; None of anything else."""
    message = Message()
    message["Content-Type"] = answer.headers.get("Content-Type", "")
    charset = message.get_content_charset("utf-8")
    if message.get_content_type() != "text/html" or charset not in ("utf-8", "utf8"):
        return None
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        return None
    try:
        return answer.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _bears_story(answer: Fetched) -> bool:
    """Whether a page without a tier has a story's marks, in whatever character set."""
    if b"html" not in answer.headers.get("Content-Type", "html").lower().encode():
        return False
    plain = answer.body.replace(b"\0", b"")
    if _MARK not in plain.lower():
        return False
    try:
        return cut.bears_story(plain.decode("latin-1"))
    except CutFault:
        return True
