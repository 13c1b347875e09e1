"""A small origin for the gate under measurement: one story at many paths, and a feed that never changes.

python benchmarks/gate/origin.py PORT
"""

from __future__ import annotations

import sys

from aiohttp import web
from pages import RULEBOOK, story


def app() -> web.Application:
    """The origin."""
    body = story().encode()

    async def feed(request: web.Request) -> web.Response:
        known = request.query.get("epoch") == "bench"
        return web.json_response({
            "epoch": "bench", "position": 0, "reset": not known, "rulebook": None if known else RULEBOOK, "entries": [],
        })  # fmt: skip

    async def page(request: web.Request) -> web.Response:
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Standfirst-Tier": "registered",
            "Standfirst-Tags": "story:1",
        }
        return web.Response(body=body, headers=headers)

    application = web.Application()
    application.router.add_get("/_gate/feed", feed)
    application.router.add_get("/news/{slug}/", page)
    return application


if __name__ == "__main__":
    web.run_app(app(), host="127.0.0.1", port=int(sys.argv[1]), print=None)
