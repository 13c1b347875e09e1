"""Where the lead-in ends, whatever a body is made of."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from standfirst.newsroom.blocks import CUT_MARK
from standfirst.newsroom.cutting import lead_in, with_cut

_words = st.integers(0, 10_000).map(lambda number: f"w{number}")
_text = st.lists(_words, min_size=1, max_size=40).map(" ".join)
_inline = st.builds(
    lambda before, tag, inside, after: f"{before} <{tag}>{inside}</{tag}> {after}",
    _text,
    st.sampled_from(["b", "i", "em", 'a href="/x/"']),
    _text,
    _text,
).map(lambda html: re.sub(r"</a [^>]*>", "</a>", html))
_element = st.one_of(
    st.one_of(_text, _inline).map("<p>{}</p>".format),
    _text.map('<h2 class="subheading">{}</h2>'.format),
    _text.map('<figure class="pull-quote"><blockquote><p>{}</p></blockquote></figure>'.format),
    _text.map('<aside class="fact-box"><h2>Facts</h2><ul><li>{}</li></ul></aside>'.format),
    st.just('<figure><img src="/media/a.webp" alt=""></figure>'),
    st.just("<p></p>"),
    st.just("<p>  </p>"),
    st.just(CUT_MARK),
)
bodies = st.lists(_element, max_size=8).map("\n".join)
counts = st.integers(0, 120)


def visible(html: str) -> list[str]:
    return re.findall(r"w\d+", html)


def elements(html: str) -> list[object]:
    body = LexborHTMLParser(f"<body>{html.replace(CUT_MARK, '')}</body>").body
    return [node for node in body.iter() if node.text().strip() or node.css_first("img")]


@given(bodies, counts)
def test_there_is_always_exactly_one_mark(body: str, words: int) -> None:
    assert with_cut(body, words).count(CUT_MARK) == 1


@given(bodies, counts)
def test_no_word_is_lost_or_moved_by_the_mark(body: str, words: int) -> None:
    assert visible(with_cut(body, words)) == visible(body)


@given(bodies, counts)
def test_the_lead_in_is_the_beginning_and_no_more(body: str, words: int) -> None:
    marked = with_cut(body, words)
    before = marked.split(CUT_MARK)[0]
    assert visible(lead_in(marked)) == visible(before) == visible(body)[: len(visible(before))]


@given(bodies, counts)
def test_something_is_withheld_when_there_is_more_than_one_element(body: str, words: int) -> None:
    if len(elements(body)) > 1:
        behind = with_cut(body, words).split(CUT_MARK)[1]
        assert visible(behind) or "<img" in behind or "Facts" in behind


@given(bodies, counts)
def test_a_cut_body_cut_again_is_the_same(body: str, words: int) -> None:
    once = with_cut(body, words)
    if visible(once.split(CUT_MARK)[1]):
        assert with_cut(once, words) == once


@given(bodies, counts)
def test_the_lead_in_is_well_formed_and_holds_no_mark(body: str, words: int) -> None:
    lead = lead_in(with_cut(body, words))
    assert CUT_MARK not in lead
    assert LexborHTMLParser(f"<!doctype html><body>{lead}</body>").body.inner_html == lead


@given(bodies, counts)
def test_a_lead_in_is_not_much_longer_than_was_asked_for(body: str, words: int) -> None:
    if CUT_MARK not in body:
        longest = max([len(visible(element.html)) for element in elements(body)], default=0)
        assert len(visible(lead_in(with_cut(body, words)))) <= words + min(longest, 2 * max(words, 1)) + 2


def test_an_editors_mark_stands() -> None:
    body = f"<p>one two</p>{CUT_MARK}<p>three four</p><p>five</p>"
    assert with_cut(body, 100) == body


def test_an_editors_mark_inside_an_element_stands() -> None:
    body = f"<p>one {CUT_MARK}two</p>"
    assert lead_in(with_cut(body, 100)) == "<p>one </p>"


@pytest.mark.parametrize("end", ["", "<p></p>", "<p>  \n</p>"])
def test_a_mark_after_the_end_is_moved_to_where_it_withholds(end: str) -> None:
    marked = with_cut(f"<p>one</p><p>two</p><p>three</p>{CUT_MARK}{end}", 1)
    assert marked.split(CUT_MARK)[0] == "<p>one</p>"


def test_two_marks_become_one() -> None:
    marked = with_cut(f"<p>one</p>{CUT_MARK}<p>two</p>{CUT_MARK}<p>three</p>", 1)
    assert marked.count(CUT_MARK) == 1


@pytest.mark.parametrize("body", ["", " ", "<p></p>", CUT_MARK])
def test_an_empty_body_has_a_mark_and_no_lead_in(body: str) -> None:
    marked = with_cut(body, 30)
    assert marked.count(CUT_MARK) == 1
    assert not visible(lead_in(marked))


def test_one_long_paragraph_is_cut_inside() -> None:
    body = "<p>" + " ".join(f"w{number}" for number in range(200)) + "</p>"
    assert len(visible(lead_in(with_cut(body, 30)))) == 30


def test_no_words_at_all_may_stand_before_the_wall() -> None:
    assert visible(lead_in(with_cut("<p>w1 w2</p><p>w3</p>", 0))) in ([], ["w1", "w2"])


@settings(deadline=None, max_examples=5)
@given(st.sampled_from(["<p>{}</p>", "{}", "<p><b>{}</b></p>"]))
def test_a_hundred_thousand_words_are_cut_within_a_second(shape: str) -> None:
    one = shape.format(" ".join(f"w{number}" for number in range(100_000)))
    many = "".join(shape.format(" ".join(f"w{number}" for number in range(50))) for _ in range(2000))
    for body in (one, many):
        began = time.monotonic()
        lead_in(with_cut(body, 30))
        assert time.monotonic() - began < 1
