"""A small newspaper for the gate to stand in front of: an origin with a feed, whose every answer a test can set."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from standfirst.passes.tokens import KeyRing
from standfirst.vocabulary import CookieNames, PassClaims

SECRET = "the-gate-and-the-site-share-this-secret"
KEYS = KeyRing("k1", {"k1": b"k" * 32})
ORIGIN = "http://127.0.0.1:8000"
NAMES = CookieNames.for_origin(ORIGIN)
NOW = 1_795_474_800

WALL = (
    '<section class="wall"><h2>Register to keep reading</h2><form method="post" action="/account/join/">'
    '<input name="next" data-standfirst-next></form>'
    '<a href="/account/sign-in/?from=wall" data-standfirst-next>Sign in</a>'
    "<noscript>No script is needed.</noscript></section>"
)
SHELL = (
    '<!doctype html><html lang="en"><head><title>The Harbour Post</title></head><body><nav>News Sport Culture</nav>'
    '<main data-standfirst="shell"></main><footer>Published every morning</footer></body></html>'
)


def rulebook(version: int = 1, **changes: Any) -> dict[str, Any]:
    """A rulebook document."""
    return {
        "version": version,
        "passthrough": ["/account/", "/desk/", "/static/", "/media/", "/mailbox/"],
        "tiers": {"metered": "default", "registered": "default"},
        "offers": {"default": {"wall_html": WALL}},
        "shell_html": SHELL,
    } | changes


def story(
    withheld: str = "<p>The withheld second paragraph speaks of seven quiet herons by the lock.</p>",
    *,
    lead: str = "<p>The lead-in paragraph tells of the bridge that closed this morning.</p>",
    headline: str = "Bridge closes for repairs",
    standfirst: str = "Ferries will run until the spring, the council says.",
    head: str = "",
    after: str = "",
) -> str:
    """A story page with its marks."""
    return (
        f'<!doctype html><html lang="en"><head><title>{headline}</title>{head}</head><body><header>'
        '<a data-standfirst="visitor" href="/account/sign-in/">Sign in</a><a data-standfirst="reader" href="/account/">'
        f'Your account</a></header><article><h1 data-standfirst="headline">{headline}</h1>'
        f'<p data-standfirst="standfirst">{standfirst}</p><div data-standfirst="body" class="text">{lead}'
        f'<div data-standfirst="cut"></div>{withheld}</div><div data-standfirst="wall"></div></article>{after}'
        "</body></html>"
    )


def claims(session: str = "s1", subject: str = "r1", issued_at: int | None = None, lasts: int = 900) -> PassClaims:
    """What a pass issued now says."""
    issued_at = int(time.time()) if issued_at is None else issued_at
    return PassClaims(subject, session, issued_at, issued_at + lasts)


def pass_cookie(**said: Any) -> str:
    """A Cookie header with a good pass."""
    return f"{NAMES.pass_}={KEYS.sign(claims(**said))}"


@dataclass
class Served:
    """What the origin answers at one path."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: asyncio.Event | None = None
    """When set, the answer (composed before) is held back until the event."""


def page(body: str, tier: str | None = "registered", tags: str = "", **headers: str) -> Served:
    """A page answer."""
    out = {"Content-Type": "text/html; charset=utf-8"} | headers
    if tier is not None:
        out["Standfirst-Tier"] = tier
    if tags:
        out["Standfirst-Tags"] = tags
    return Served(body, 200, out)


class Newspaper:
    """The site: pages by path, a feed, passes. What it was asked is kept in `asked`."""

    def __init__(self) -> None:
        self.pages: dict[str, Served] = {}
        self.epoch = "e1"
        self.entries: list[dict[str, Any]] = []
        self.rulebook: dict[str, Any] = rulebook()
        self.asked: list[web.Request] = []
        self.bodies: list[bytes] = []
        self.sessions: dict[str, PassClaims] = {}
        self.pass_status = 200
        self.pass_delay = 0.0
        self.down = False

    def app(self) -> web.Application:
        """The site as an application."""
        app = web.Application(client_max_size=100 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._answer)
        return app

    def tell(self, kind: str, *tags: str, **said: Any) -> None:
        """Append an entry to the feed."""
        self.entries.append({"n": len(self.entries) + 1, "kind": kind, "tags": list(tags)} | said)

    def requests(self, path: str) -> list[web.Request]:
        """What was asked at a path."""
        return [request for request in self.asked if request.path == path]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if self.down:
            assert request.transport is not None
            request.transport.close()
            return web.Response(status=500)
        if request.headers.get("Standfirst-Gate") != SECRET:
            return web.Response(status=404)
        if request.path == "/_gate/feed":
            return self._feed(request)
        self.asked.append(request)
        if request.path == "/_gate/pass":
            return await self._pass(request)
        self.bodies.append(await request.read())
        served = self.pages.get(
            request.raw_path.partition("?")[0], Served("Not here", 404, {"Content-Type": "text/html"})
        )
        body = served.body.encode() if isinstance(served.body, str) else served.body
        response = web.Response(body=body, status=served.status, headers=served.headers)
        if served.wait is not None:
            await served.wait.wait()
        return response

    def _feed(self, request: web.Request) -> web.Response:
        since = request.query.get("since")
        known = since is not None and request.query.get("epoch") == self.epoch and int(since) <= len(self.entries)
        entries = self.entries[int(since or 0) :] if known else [e for e in self.entries if e["kind"] == "revoked"]
        told = not known or any(entry["kind"] == "rulebook" for entry in entries)
        return web.json_response({
            "epoch": self.epoch, "position": len(self.entries), "reset": not known,
            "rulebook": self.rulebook if told else None, "entries": entries,
        })  # fmt: skip

    async def _pass(self, request: web.Request) -> web.Response:
        await asyncio.sleep(self.pass_delay)
        if self.pass_status != 200:
            return web.Response(status=self.pass_status)
        said = self.sessions.get(request.cookies.get(NAMES.session, ""))
        token = KEYS.sign(said) if said is not None else None
        response = web.Response(text=json.dumps({"pass": token}), content_type="application/json")
        value = token or "gone"
        response.headers.add("Set-Cookie", f"{NAMES.pass_}={value}; Path=/; HttpOnly")
        response.headers.add("Set-Cookie", f"{NAMES.marker}=1; Path=/")
        return response
