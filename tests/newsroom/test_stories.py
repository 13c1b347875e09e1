"""A story as the gate takes it in, and as nobody else gets it."""

from __future__ import annotations

import json
import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from standfirst.newsroom.models import Section, Story, Title
from tests.cast import LEAD_IN, WITHHELD, Browser, make_story, paragraphs

pytestmark = pytest.mark.django_db

FERRY = "/news/the-ferry/"


def taken_in(path: str = FERRY) -> LexborHTMLParser:
    answer = Browser().take_in(path)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def marks(page: LexborHTMLParser, mark: str) -> list[object]:
    return page.css(f"[data-standfirst={mark}]")


def before_the_cut(page: LexborHTMLParser) -> str:
    return str(marks(page, "body")[0].html).split('<span data-standfirst="cut">')[0]


def test_a_gated_story_is_refused_to_whoever_is_no_gate(story: Story) -> None:
    answer = Browser().get(FERRY)
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/plain")
    assert LEAD_IN not in answer.content.decode()


def test_to_a_gate_it_is_whole_with_its_marks(story: Story) -> None:
    page = taken_in()
    for mark in ("headline", "standfirst", "body", "cut", "wall"):
        assert len(marks(page, mark)) == 1, mark
    assert WITHHELD in page.body.text()
    assert WITHHELD not in before_the_cut(page)
    assert LEAD_IN in before_the_cut(page)


def test_the_cut_is_inside_the_body_and_the_wall_behind_it(story: Story) -> None:
    html = Browser().take_in(FERRY).content.decode()
    body, cut, wall = (html.index(f'data-standfirst="{mark}"') for mark in ("body", "cut", "wall"))
    assert body < cut < wall


def test_it_sets_no_cookie_and_says_its_tier(story: Story) -> None:
    answer = Browser().take_in(FERRY)
    assert not answer.cookies
    assert answer.headers["Standfirst-Tier"] == "registered"


@pytest.mark.parametrize(
    ("of_section", "of_story", "effective"),
    [
        ("registered", "", "registered"),
        ("free", "", "free"),
        ("metered", "", "metered"),
        ("free", "registered", "registered"),
        ("registered", "free", "free"),
        ("registered", "metered", "metered"),
    ],
)
def test_a_storys_own_tier_goes_before_its_sections(
    section: Section, of_section: str, of_story: str, effective: str
) -> None:
    section.default_tier = of_section
    section.save()
    make_story(section, tier=of_story)
    assert Browser().take_in(FERRY).headers["Standfirst-Tier"] == effective
    assert Browser().get(FERRY).status_code == (200 if effective == "free" else 403)


def test_front_page_sections_and_plain_pages_are_free(story: Story) -> None:
    for path in ("/", "/news/", "/about/terms/"):
        assert Browser().take_in(path).headers["Standfirst-Tier"] == "free"


def test_a_story_without_a_body_has_its_mark(section: Section) -> None:
    make_story(section, body=[])
    page = taken_in()
    assert len(marks(page, "cut")) == 1
    assert marks(page, "body")[0].text().strip() == ""


def test_a_story_without_picture_standfirst_byline_or_tags_is_whole(section: Section) -> None:
    story = make_story(section)
    story.standfirst = ""
    story.save()
    page = taken_in()
    assert not page.css("figure, .byline, .tags, .story-standfirst")


def test_a_cut_after_the_end_withholds_the_last_paragraph(section: Section) -> None:
    make_story(section, body=[*paragraphs(LEAD_IN, WITHHELD), ("cut", None)])
    assert WITHHELD not in before_the_cut(taken_in())


def test_a_story_without_a_mark_is_cut_after_the_titles_number_of_words(section: Section) -> None:
    Title.objects.update(lead_in_words=8)
    make_story(section, body=paragraphs(LEAD_IN, "Another paragraph that is withheld.", WITHHELD))
    before = before_the_cut(taken_in())
    assert LEAD_IN in before
    assert "Another paragraph" not in before


def test_a_story_of_one_paragraph_withholds_some_of_it(section: Section) -> None:
    make_story(section, body=paragraphs(f"{LEAD_IN} {WITHHELD}"))
    assert WITHHELD not in before_the_cut(taken_in())


def test_a_story_of_a_hundred_thousand_words_is_answered_within_seconds(section: Section) -> None:
    body = paragraphs(*(" ".join(f"word{number}" for number in range(100)) for _ in range(1000)))
    make_story(section, body=[*body, *paragraphs(WITHHELD)])
    began = time.monotonic()
    html = Browser().take_in(FERRY).content.decode()
    assert time.monotonic() - began < 5
    assert WITHHELD in html


def test_editors_html_cannot_break_out_of_the_page(section: Section) -> None:
    evil = '</div><script>alert(1)</script><b>"'
    story = make_story(section, body=[("subheading", evil), ("quote", {"text": evil, "attribution": evil})])
    story.title, story.standfirst = evil, evil
    story.save()
    html = Browser().take_in(FERRY).content.decode()
    assert "<script>alert" not in html
    assert "</script><b>" not in html


def test_the_data_for_search_engines_says_that_it_is_gated_and_holds_no_body(story: Story) -> None:
    data = json.loads(taken_in().css_first('script[type="application/ld+json"]').text())
    assert data["isAccessibleForFree"] is False
    assert data["hasPart"]["cssSelector"] == ".story-body"
    assert "articleBody" not in data
    assert WITHHELD not in json.dumps(data)


def test_the_data_of_a_free_story_says_that_it_is_free(section: Section) -> None:
    make_story(section, tier="free")
    data = json.loads(taken_in().css_first('script[type="application/ld+json"]').text())
    assert data["isAccessibleForFree"] is True
    assert "hasPart" not in data


def test_it_says_where_it_stands_and_when_it_was_published(story: Story) -> None:
    page = taken_in()
    assert page.css_first("link[rel=canonical]").attributes["href"] == "http://127.0.0.1:8000/news/the-ferry/"
    assert page.css_first(".times time").attributes["datetime"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_no_other_method_gets_a_gated_page(story: Story, method: str) -> None:
    answer = getattr(Browser(), method)(FERRY)
    assert answer.status_code in (403, 405)
    assert WITHHELD not in answer.content.decode()
    assert "Standfirst-Tier" not in answer.headers
