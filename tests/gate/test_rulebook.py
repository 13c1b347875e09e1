"""The rulebook: what compiles, and what is refused."""

from __future__ import annotations

import pytest

from standfirst.gate.rulebook import BadRulebook, Rulebook
from standfirst.vocabulary import Tier

from .newspaper import rulebook


def test_a_wall_knows_the_path_it_stands_at() -> None:
    wall = Rulebook.compile(rulebook()).wall(Tier.REGISTERED, "/a&b/")
    assert 'value="/a&amp;b/"' in wall
    assert 'href="/account/sign-in/?from=wall&amp;next=/a%26b/"' in wall


@pytest.mark.parametrize(
    "changes",
    [
        {"tiers": {"metered": "default"}},
        {"tiers": {"metered": "default", "registered": "none"}},
        {"shell_html": "<p>No mark</p>"},
        {"shell_html": '<main data-standfirst="shell">Full</main>'},
        {"shell_html": '<i data-standfirst="shell"></i><i data-standfirst="shell"></i>'},
        {"shell_html": '<div data-standfirst="body"></div><i data-standfirst="shell"></i>'},
        {"shell_html": '<div data-standfirst="reader"><i data-standfirst="shell"></i></div>'},
        {"shell_html": '<i data-standfirst="shell"></i>\ue000'},
        {"passthrough": ["/"]},
        {"passthrough": ["account"]},
        {"passthrough": ["/account"]},
        {"version": "two"},
        {"offers": {"default": {}}},
        {"offers": {"default": {"wall_html": "\ue000"}}},
        {"offers": None},
    ],
)
def test_a_rulebook_that_cannot_be_used_is_refused_with_a_reason(changes: dict[str, object]) -> None:
    with pytest.raises(BadRulebook, match=r"."):
        Rulebook.compile(rulebook() | changes)


@pytest.mark.parametrize("document", [None, [], "x", {}, 7])
def test_what_is_no_rulebook_is_refused(document: object) -> None:
    with pytest.raises(BadRulebook):
        Rulebook.compile(document)
