"""A page through the gate: what a visitor gets, what a reader gets."""

from __future__ import annotations

from .newspaper import Newspaper, page, pass_cookie, story
from .visitor import Visitor

PATH = "/news/bridge/"


async def test_a_visitor_gets_the_lead_in_and_the_wall(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    answer = await visitor.get(PATH)
    assert answer.status == 200
    assert "lead-in paragraph" in answer.text
    assert "Register to keep reading" in answer.text
    assert "herons" not in answer.text
    assert answer.header("cache-control") == "max-age=0, s-maxage=30"
    assert answer.header("vary") == "Cookie, Accept-Encoding"


async def test_a_reader_gets_the_whole_story(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    for _ in range(2):
        answer = await visitor.get(PATH, Cookie=pass_cookie())
        assert answer.status == 200
        assert "herons" in answer.text
        assert "Register to keep reading" not in answer.text
        assert '<span id="goes-on" tabindex="-1" data-standfirst="cut"></span>' in answer.text
        assert answer.header("cache-control") == "private, no-store"
    assert len(newspaper.requests(PATH)) == 1
