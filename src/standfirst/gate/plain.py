"""The few pages the gate writes itself: short, self-contained, in a newspaper's calm words."""

from __future__ import annotations

import html
from typing import Final, NamedTuple

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>\
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">\
<style>body{{font:1.125rem/1.5 Georgia,serif;max-width:34rem;margin:15vh auto 0;padding:0 1.25rem;color:#1a1a1a;\
background:#fff}}h1{{font-size:1.5rem;line-height:1.25}}@media(prefers-color-scheme:dark){{body{{color:#eee;\
background:#161616}}}}</style></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>"""

_HEADERS: Final = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class PlainPage(NamedTuple):
    """A complete answer."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


def _page(status: int, title: str, text: str, *extra: tuple[bytes, bytes]) -> PlainPage:
    body = _PAGE.format(title=html.escape(title), text=html.escape(text)).encode()
    return PlainPage(status, (*_HEADERS, *extra, (b"content-length", b"%d" % len(body))), body)


NOT_FOUND: Final = _page(404, "Page not found", "There is no page at this address.")
WRONG_METHOD: Final = _page(
    405, "This cannot be done here", "This address is for reading only.", (b"allow", b"GET, HEAD")
)
TOO_LARGE: Final = _page(
    413,
    "That was too much to send",
    "Please go back, shorten what you entered, and try again.",
    (b"connection", b"close"),
)
WRONG_HOST: Final = _page(421, "Wrong address", "This newspaper is not published at the address you used.")
BAD_HOST: Final = _page(400, "Request not understood", "The request does not say which newspaper it is for.")
NO_SOCKETS: Final = _page(
    400, "Request not understood", "There is nothing to connect to at this address.", (b"connection", b"close")
)
FAILED: Final = _page(500, "Something went wrong", "We could not show this page. Please try again in a minute.")
BAD_ORIGIN: Final = _page(502, "Something went wrong", "We cannot show this page just now. Please try again later.")
AWAY: Final = _page(
    503, "Please try again in a minute", "We cannot fetch this page just now. Please try again in a minute.",
    (b"retry-after", b"60"),
)  # fmt: skip


def moved(location: bytes, status: int) -> PlainPage:
    """A redirect."""
    return PlainPage(
        status,
        ((b"location", location), (b"cache-control", b"no-store"), (b"content-length", b"0")),
        b"",
    )
