"""Addresses in the one form we compare them in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.readers.addresses import MAX_LENGTH, BadAddress, canonical

names = st.text(
    st.characters(categories=["L", "N", "M", "Zs"], include_characters="+._-'\u0130\u1e9e\u212a"),
    min_size=1,
    max_size=20,
)
hosts = st.sampled_from(
    ["example.org", "Bücher.example", "xn--bcher-kva.example", "例子.广告", "STRASSE.example", "straße.example"]
)
addresses = st.one_of(st.emails(), st.builds("{}@{}".format, names, hosts), st.text(max_size=300))


def canonical_or_none(address: str) -> str | None:
    try:
        return canonical(address)
    except BadAddress:
        return None


@given(addresses)
def test_anything_typed_is_an_address_or_is_refused(typed: str) -> None:
    form = canonical_or_none(typed)
    assert form is None or ("@" in form and form.isprintable() and len(form) <= MAX_LENGTH)


@given(addresses)
def test_the_canonical_form_is_its_own(typed: str) -> None:
    form = canonical_or_none(typed)
    assert form is None or canonical(form) == form


@given(addresses)
def test_capitals_and_spaces_make_no_difference(typed: str) -> None:
    form = canonical_or_none(typed)
    if form is not None and typed.isascii():
        assert canonical(f"  {typed.upper()}\t") == canonical(typed.lower()) == form


@given(addresses)
def test_the_way_accents_are_composed_makes_no_difference(typed: str) -> None:
    assert canonical_or_none(unicodedata.normalize("NFC", typed)) == canonical_or_none(
        unicodedata.normalize("NFD", typed)
    )


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "a",
        "@",
        "a@",
        "@b.example",
        "a b@example.org",
        "a@b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org,b@example.org",
        "<a@example.org>",
        "Una <a@example.org>",
        "a@exa\0mple.org",
        "a@[127.0.0.1]",
        '"a b"@example.org',
        "a@example..org",
        ".a@example.org",
        "a@-example.org",
        "x" * 65 + "@example.org",
        "a@" + "b" * 250 + ".org",
        "a\u202e@example.org",
    ],
)
def test_what_no_mail_could_be_sent_to_is_refused(typed: str) -> None:
    with pytest.raises(BadAddress):
        canonical(typed)


def test_a_plus_is_kept() -> None:
    assert canonical("una+news@example.org") == "una+news@example.org"
