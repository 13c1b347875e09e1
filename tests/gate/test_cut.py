"""The cut: what is left of a page for a visitor, and what is refused."""

from __future__ import annotations

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from standfirst.gate import cut
from standfirst.gate.faults import CutFault, FaultKind
from standfirst.gate.rulebook import Rulebook
from standfirst.gate.variants import Page, Source, build
from standfirst.vocabulary import Tier

from .newspaper import rulebook, story

RULEBOOK = Rulebook.compile(rulebook())
PATH = "/news/bridge/"


def built(html: str, tier: Tier | None = Tier.REGISTERED, path: str = PATH) -> Page:
    return build(Source(path, tier, frozenset(), {}, html), RULEBOOK)


def seen_by_visitor(html: str, tier: Tier | None = Tier.REGISTERED) -> str:
    return built(html, tier).signed_out[0].body.decode()


def seen_by_reader(html: str, tier: Tier | None = Tier.REGISTERED) -> str:
    return built(html, tier).signed_in[0].body.decode()


def test_what_follows_the_cut_is_withheld_and_what_precedes_it_stays() -> None:
    seen = seen_by_visitor(story())
    assert "bridge that closed" in seen
    assert "herons" not in seen


def test_the_rest_of_the_page_stays() -> None:
    assert "Weather: fair" in seen_by_visitor(story(after="<footer>Weather: fair</footer>"))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Lead <b>bold <i>both{cut}secret</i> secret</b> secret</p><p>secret</p>",
        "<ul><li>Lead</li><li>two{cut}secret</li><li>secret</li></ul><p>secret</p>",
        "<section><blockquote><p>Lead{cut}</p><p>secret</p></blockquote></section><p>secret</p>",
        "<p>Lead <a href='/x'>link{cut} secret</a></p>",
        "<table><tbody><tr><td>Lead{cut}secret</td><td>secret</td></tr></tbody></table>",
    ],
)
def test_a_cut_inside_other_elements_leaves_them_well_formed(body: str) -> None:
    mark = '<span data-standfirst="cut"></span>'
    body = f'<div data-standfirst="body">{body.format(cut=mark)}</div>'
    html = f"<!doctype html><title>T</title><main>{body}<p>After</p></main>"
    page = built(html)
    seen = page.signed_out[0].body.decode()
    assert page.fault is None
    assert "Lead" in seen
    assert "secret" not in seen
    assert "After" in seen
    again = LexborHTMLParser(seen).root
    assert again is not None
    assert "<!doctype html>" + (again.html or "") == seen


def test_a_cut_at_the_end_of_the_body_withholds_nothing_and_still_shows_the_wall() -> None:
    page = built(story(withheld=""))
    assert page.fault is None
    assert b"Register to keep reading" in page.signed_out[0].body


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<p>No marks at all, secret</p>", FaultKind.NO_BODY),
        ('<div data-standfirst="body"><p>secret</p></div>', FaultKind.NO_CUT),
        ('<p>secret</p><i data-standfirst="cut"></i>', FaultKind.NO_BODY),
        (story(after='<div data-standfirst="body">secret</div>'), FaultKind.TWO_BODIES),
        (story('<p>secret</p><i data-standfirst="cut"></i>'), FaultKind.TWO_CUTS),
        (
            '<div data-standfirst="body"><p>secret</p></div><i data-standfirst="cut"></i>',
            FaultKind.CUT_OUTSIDE_BODY,
        ),
        ('<i data-standfirst="cut"></i><div data-standfirst="body"><p>secret</p></div>', FaultKind.CUT_OUTSIDE_BODY),
        ('<div data-standfirst="body"><p>a</p><i data-standfirst="cut"/>secret</div>', FaultKind.CUT_NOT_EMPTY),
        ('<p data-standfirst="body">a<i data-standfirst="cut"></i><div>secret</div></p>', FaultKind.BODY_ELEMENT),
        (story("<p>secret</p></div><p>secret</p>"), FaultKind.MISNESTED),
        (
            '<div data-standfirst="body"><table><tr><td><i data-standfirst="cut"></i></td></tr>secret</table></div>',
            FaultKind.MISNESTED,
        ),
        (story("<p>secret \ue000</p>", lead="<p>\ue000</p>"), FaultKind.RESERVED_CHARACTER),
    ],
)
def test_a_page_that_is_not_as_the_protocol_says_falls_back_to_headline_and_wall(html: str, kind: FaultKind) -> None:
    page = built(html)
    seen = page.signed_out[0].body
    assert page.fault is kind
    assert b"secret" not in seen
    assert b"Register to keep reading" in seen
    assert b"The Harbour Post" in seen


def test_a_page_that_falls_back_keeps_its_headline() -> None:
    seen = seen_by_visitor(story(after='<div data-standfirst="body">secret</div>', headline="Bridge &amp; lock"))
    assert "<h1>Bridge &amp; lock</h1>" in seen


def test_a_headline_that_wraps_the_story_is_not_shown() -> None:
    html = f'<div data-standfirst="headline">{"secret " * 200}</div>'
    assert "secret" not in seen_by_visitor(html)


def test_a_headline_around_the_body_is_not_shown() -> None:
    html = '<div data-standfirst="headline">Head<div data-standfirst="body">secret</div></div>'
    assert "secret" not in seen_by_visitor(html)


def test_a_reader_gets_a_page_whole_that_could_not_be_cut() -> None:
    assert "secret" in seen_by_reader(story(after='<div data-standfirst="body">secret</div>'))


def test_without_a_tier_nobody_gets_a_story() -> None:
    page = built(story("<p>secret</p>"), None)
    assert page.fault is FaultKind.NO_TIER
    assert b"secret" not in page.signed_out[0].body
    assert b"secret" not in page.signed_in[0].body


def test_a_free_page_may_have_a_body_and_needs_no_cut() -> None:
    page = built('<div data-standfirst="body"><p>All of it</p></div>', Tier.FREE)
    assert page.fault is None
    assert b"All of it" in page.signed_out[0].body


def test_a_metered_page_is_gated_like_a_registered_one() -> None:
    assert "herons" not in seen_by_visitor(story(), Tier.METERED)
    assert "herons" in seen_by_reader(story(), Tier.METERED)


@pytest.mark.parametrize("tier", [Tier.FREE, Tier.REGISTERED])
def test_furniture_is_shown_to_those_it_is_for(tier: Tier) -> None:
    visitor, reader = seen_by_visitor(story(), tier), seen_by_reader(story(), tier)
    assert "Your account" not in visitor
    assert "Your account" in reader
    assert ">Sign in</a></header>" in visitor
    assert "Sign in" not in reader


def test_the_wall_stands_at_its_mark() -> None:
    html = story().replace('<div data-standfirst="wall"></div>', "").replace(
        "<article>", '<article><aside><div data-standfirst="wall"></div></aside>'
    )  # fmt: skip
    assert '<aside><section class="wall">' in seen_by_visitor(html)


def test_the_wall_follows_the_body_where_there_is_no_mark_or_it_went_with_the_withheld_part() -> None:
    without = story().replace('<div data-standfirst="wall"></div>', "")
    withheld = story('<p>secret</p><div data-standfirst="wall"></div>').replace(
        '</div><div data-standfirst="wall"></div></article>', "</div></article>"
    )
    for html in (without, withheld):
        assert '</p></div><section class="wall">' in seen_by_visitor(html)


def test_a_wall_mark_inside_the_lead_in_is_kept() -> None:
    html = story(lead='<p>Lead</p><div data-standfirst="wall"></div>').replace(
        '</div><div data-standfirst="wall"></div></article>', "</div></article>"
    )
    seen = seen_by_visitor(html)
    assert seen.count('<section class="wall">') == 1


def test_forms_and_links_know_where_to_come_back_to() -> None:
    page = built(story(), path="/news/a&b'c/")
    seen = LexborHTMLParser(page.signed_out[0].body.decode())
    field, link = seen.css_first("input[name=next]"), seen.css_first("a[href^='/account/sign-in/?']")
    assert field is not None
    assert field.attributes["value"] == "/news/a&b'c/"
    assert link is not None
    assert link.attributes["href"] == "/account/sign-in/?from=wall&next=/news/a%26b%27c/"


def test_a_page_s_own_forms_are_filled_too() -> None:
    html = story(after='<a data-standfirst-next href="/account/?a=1#x">A</a><input data-standfirst-next>')
    seen = LexborHTMLParser(seen_by_reader(html))
    link, field = seen.css_first("a[data-standfirst-next]"), seen.css_first("input[data-standfirst-next]")
    assert link is not None
    assert link.attributes["href"] == "/account/?a=1&next=/news/bridge/#x"
    assert field is not None
    assert field.attributes["value"] == PATH


@pytest.mark.parametrize(
    "head",
    [
        "<script type='application/ld+json'>{data}</script>",
        "<script type='application/json' id='state'>{data}</script>",
        "<script id='__NEXT_DATA__' type='application/json'>{data}</script>",
        "<script>window.__INITIAL_STATE__ = {data}</script>",
        "<script>self.__next_f.push([1, {data}])</script>",
        "<script type='text/x-template'>{data}</script>",
        "<template>{data}</template>",
        "<noscript><p>{data}</p></noscript>",
        "<!-- {data} -->",
        "<link rel='alternate' type='application/json' href='/x?{data}'>",
        "<link rel='amphtml' href='/amp/{data}'>",
    ],
)
@pytest.mark.parametrize("where", ["head", "after"])
def test_the_known_carriers_are_dropped_from_the_lead_in_and_kept_for_readers(head: str, where: str) -> None:
    data = json.dumps({"@graph": [{"articleBody": "sevenherons", "x": [{"text": "sevenherons"}]}]})
    html = story(**{where: head.replace("{data}", data.replace('"', "&quot;") if "href" in head else data)})
    assert "sevenherons" not in seen_by_visitor(html)
    assert "sevenherons" in seen_by_reader(html)


def test_structured_data_keeps_what_is_public() -> None:
    data = {"@type": "NewsArticle", "headline": "A </script><b>", "schema:articleBody": "herons", "wordCount": 812}
    seen = seen_by_visitor(story(head=f"<script type='application/ld+json'>{json.dumps(data)}</script>"
                                 .replace("</script><b>", "<\\/script><b>")))  # fmt: skip
    script = LexborHTMLParser(seen).css_first("script")
    assert script is not None
    assert json.loads(script.text()) == {"@type": "NewsArticle", "headline": "A </script><b>"}


def test_structured_data_that_cannot_be_read_goes() -> None:
    assert "articleBody" not in seen_by_visitor(
        story(head="<script type='application/ld+json'>{articleBody: </script>")
    )


def test_a_wall_may_have_a_noscript() -> None:
    assert "<noscript>No script is needed.</noscript>" in seen_by_visitor(story())


def test_two_pages_that_differ_only_in_withheld_text_have_the_same_lead_in_in_every_coding() -> None:
    one, two = built(story("<p>One short paragraph that nobody sees</p>")), built(story("<p>Other words</p>" * 300))
    assert one.signed_out == two.signed_out
    assert one.signed_in != two.signed_in


def test_a_story_of_100_000_words_is_built_within_two_seconds() -> None:
    words = " ".join(f"word{n % 5000}" for n in range(200))
    html = story(f"<p>{words}</p>" * 500)
    page = built(html)
    assert page.fault is None
    assert len(page.signed_out[0].body) < 5000


def test_a_document_without_html_is_no_error() -> None:
    for html in ("", "\0", "<", "<!--", "plain"):
        assert built(html).fault is FaultKind.NO_BODY


def test_the_shape_of_the_marks_may_differ() -> None:
    html = (
        story()
        .replace('data-standfirst="cut"', "DATA-STANDFIRST = 'cut'")
        .replace('data-standfirst="body"', "data-standfirst=body")
    )
    assert cut.lead_in(html, PATH).withheld.flows


def test_a_cut_fault_carries_no_text() -> None:
    with pytest.raises(CutFault) as caught:
        cut.lead_in("<p>secret</p>", PATH)
    assert str(caught.value) == "no-body"
