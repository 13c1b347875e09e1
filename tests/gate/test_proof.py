"""The proof: no form of the withheld text passes it."""

from __future__ import annotations

import base64
import json
import string
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfirst.gate.faults import FaultKind
from standfirst.gate.words import normalised

from .newspaper import story
from .test_cut import built

SECRET = "seven quiet herons stand by the old lock at dawn"


def fault(after: str, withheld: str = f"<p>{SECRET}</p>", **parts: str) -> FaultKind | None:
    page = built(story(withheld, after=after, **parts))
    if page.fault is not None:
        assert SECRET.encode() not in page.signed_out[0].body
    return page.fault


@pytest.mark.parametrize(
    "after",
    [
        f"<p>{SECRET}</p>",
        f"<p>{SECRET.upper()}</p>",
        f"<p>{SECRET.replace(' ', ' — ')}</p>",
        "<p>seven <b>qui</b>et herons stand <i>by</i> the lo</p><p>seven quiet herons stand by the</p>",
        "<p>sev<b>en qu</b>iet her<i>ons sta</i>nd by the old</p>",
        "<p>se\u00adven qui\u200bet herons stand by the old lock</p>",
        "<p>ｓｅｖｅｎ quiet herons stand by the old lock</p>",
        "<p>&#115;even quiet&nbsp;herons stand by the old lock</p>",
        f'<div data-props="{SECRET}"></div>',
        f'<div title="{escape(json.dumps({"body": f"<p>{SECRET}</p>"}))}"></div>',
        f'<meta name="description" content="{SECRET}">',
        f'<iframe srcdoc="&lt;p&gt;{SECRET.replace(" ", "&lt;/b&gt; ")}&lt;/p&gt;"></iframe>',
        f'<a href="/share?text={quote(SECRET)}">x</a>',
        f'<a href="data:text/html;base64,{base64.b64encode(SECRET.encode()).decode()}">x</a>',
        f"<script>let s = {json.dumps(SECRET)}</script>",
        "<script>let s = '" + "".join(f"\\u{ord(c):04x}" for c in SECRET) + "'</script>",
        "<script>let s = '" + "".join(f"\\x{ord(c):02x}" for c in SECRET) + "'</script>",
        "<script>let s = '" + "".join(f"\\u{{{ord(c):x}}}" for c in SECRET) + "'</script>",
        f"<script>let s = '{SECRET.replace(' ', chr(92) + 'n')}'</script>",
        f"<script>let s = '{quote(json.dumps(SECRET))}'</script>",
        f"<style>p::after {{ content: '{SECRET}' }}</style>",
        f"<textarea>{SECRET}</textarea>",
        f"<svg><text>{SECRET}</text></svg>",
        "<script type='application/ld+json'>" + json.dumps({"description": SECRET}) + "</script>",
    ],
)
def test_a_run_of_withheld_words_is_found_in_whatever_form(after: str) -> None:
    assert fault(after) is FaultKind.RUN_LEFT


def test_withheld_text_broken_by_elements_is_found_whole() -> None:
    withheld = "<p>se<b>ven qu</b>iet her<i>ons sta</i>nd by the <a>o</a>ld lock</p>"
    assert fault(f"<p>{SECRET}</p>", withheld) is FaultKind.RUN_LEFT


def test_withheld_paragraphs_without_a_space_between_them_are_told_apart() -> None:
    assert fault(f"<p>{SECRET}</p>", f"<p>First</p><p>{SECRET}</p><p>Last</p>") is FaultKind.RUN_LEFT


def test_withheld_attributes_are_found() -> None:
    assert fault(f"<p>{SECRET}</p>", f'<p>Other</p><img alt="{SECRET}">') is FaultKind.RUN_LEFT


def test_a_long_withheld_word_is_found() -> None:
    token = "pneumonoultramicroscopic"
    assert fault(f"<p>{token}</p>", f"<p>The {token} ward</p>") is FaultKind.TOKEN_LEFT


@pytest.mark.parametrize("withheld", ["Herons by lock", "He resigned", "Guilty"])
def test_a_short_withheld_part_is_guarded_whole(withheld: str) -> None:
    assert fault(f"<p>x {withheld} y</p>", f"<p>{withheld}</p>") is FaultKind.RUN_LEFT
    assert fault("<p>something else</p>", f"<p>{withheld}</p>") is None


def test_a_run_of_six_is_a_quotation_and_a_run_of_five_is_chance() -> None:
    assert fault("<p>seven quiet herons stand by the</p>") is FaultKind.RUN_LEFT
    assert fault("<p>seven quiet herons stand by a</p>") is None


def test_what_is_public_may_be_repeated() -> None:
    assert fault("", standfirst=SECRET) is None
    assert fault("", lead=f"<p>{SECRET}</p>") is None
    assert fault("", headline=SECRET) is None
    assert fault(f"<p>{SECRET}</p>", standfirst=SECRET) is None


def test_the_fixed_furniture_of_the_shell_may_be_repeated() -> None:
    assert fault("<p>x</p>", "<p>News Sport Culture Published every morning</p>") is None
    assert fault("<nav>News Sport Culture Published every morning</nav>",
                 "<p>News Sport Culture Published every morning</p>") is None  # fmt: skip


def test_two_pictures_of_one_size_are_not_a_quotation() -> None:
    def picture(name: str) -> str:
        sizes = ", ".join(f"/media/images/{name}.width-{n}.format-webp.webp {n}w" for n in (640, 960))
        return f'<img srcset="{sizes}" sizes="(min-width: 64rem) 37rem, 100vw" loading="lazy" decoding="async">'

    assert fault(picture("bridge"), picture("lock")) is None
    assert fault(picture("lock"), picture("lock")) is FaultKind.RUN_LEFT


def test_words_are_the_same_in_every_spelling() -> None:
    assert normalised("Straße, ﬁne—CAFE\u0301") == normalised("STRASSE fine caf\u00e9")


WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=7)
CANARY = st.integers(10**6, 10**7 - 1).map(lambda n: f"canary{n}canary{n}")


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """Two pages that differ only in what is withheld, and the canaries of both."""
    canaries: list[str] = []

    def canary() -> str:
        canaries.append(draw(CANARY))
        return canaries[-1]

    def paragraph(*, withheld: bool) -> str:
        text = " ".join(draw(st.lists(WORDS, max_size=9)))
        tag = draw(st.sampled_from(["p", "blockquote", "h2", "li", "figure"]))
        inner = draw(st.sampled_from(["{}", "<b>{}</b>", "<i><a href='/x'>{}</a></i>", "{}<br>"]))
        if withheld:
            attribute = draw(st.sampled_from(["title", "alt", "data-x", "href"]))
            return f"<{tag} {attribute}='{canary()}'>{inner.format(f'{text} {canary()}')}</{tag}>"
        return f"<{tag}>{inner.format(text)}</{tag}>"

    lead = "".join(paragraph(withheld=False) for _ in range(draw(st.integers(0, 4))))
    opened = draw(st.lists(st.sampled_from(["div", "section", "b", "em", "ul"]), max_size=4))
    mark = "<span data-standfirst='cut'></span>"
    after = draw(st.sampled_from(["", "<footer>Foot</footer>", "<p>More <b>news</b></p>"]))
    pages = []
    for _ in range(2):
        hidden = [paragraph(withheld=True) for _ in range(draw(st.integers(1, 4)))]
        rest = hidden[0] + "".join(f"</{tag}>{canary()}" for tag in reversed(opened)) + "".join(hidden[1:])
        body = lead + "".join(f"<{tag}>" for tag in opened) + mark + rest
        carrier = f"<!-- {canary()} --><noscript>{canary()}</noscript><template>{canary()}</template>"
        pages.append(
            "<!doctype html><html><head><title>T</title></head><body><h1 data-standfirst='headline'>Head</h1>"
            f"<article data-standfirst='body'>{body}</article>{carrier}{after}</body></html>"
        )
    return pages[0], pages[1], canaries


@settings(max_examples=120, deadline=None)
@given(documents())
def test_no_canary_reaches_a_visitor_and_withheld_text_shapes_nothing(pages: tuple[str, str, list[str]]) -> None:
    one, two, canaries = pages
    first, second = built(one), built(two)
    for page in (first, second):
        seen = page.signed_out[0].body.decode()
        assert not any(canary in seen for canary in canaries)
    assert first.fault is None
    assert second.fault is None
    assert first.signed_out == second.signed_out
    assert all(canary in one + two for canary in canaries)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/= \"'abcdp&;!-\n", max_size=60), st.text(alphabet="<>/= \"'abcdp&;!-\n", max_size=60))
def test_broken_html_around_the_cut_leaks_nothing_and_breaks_nothing(before: str, after: str) -> None:
    canary = "canarycanary1234567"
    page = built(story(f"<p>{canary}</p>{after}<p title='{canary}'>{canary}</p>", lead=before))
    assert canary.encode() not in page.signed_out[0].body
