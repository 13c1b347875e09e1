"""A pass: signed here, read there, and refused when anybody touched it."""

from __future__ import annotations

from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.passes.tokens import MAX_LENGTH, BadPass, KeyRing
from standfirst.vocabulary import PassClaims

RING = KeyRing("k2", {"k1": b"1" * 32, "k2": b"2" * 32})
CLAIMS = PassClaims("reader-pseudonym", "session-id", 1_795_474_800, 1_795_475_700)
TOKEN = RING.sign(CLAIMS)
NAMES = st.text(st.characters(codec="utf-8"), max_size=12)
TIMES = st.integers(0, 2**40)


@given(NAMES, NAMES, TIMES, TIMES)
def test_what_is_signed_can_be_read(subject: str, session: str, issued_at: int, expires_at: int) -> None:
    claims = PassClaims(subject, session, issued_at, expires_at)
    assert RING.read(RING.sign(claims)) == claims


def test_a_pass_has_the_form_of_the_protocol() -> None:
    prefix, key_id, payload, signature = TOKEN.split(".")
    assert (prefix, key_id) == ("sf1", "k2")
    assert "=" not in payload + signature


def test_a_pass_with_any_byte_changed_is_refused() -> None:
    for at in range(len("sf1."), len(TOKEN)):
        for other in (*ascii_letters, *digits, ".", "-", "_", "+", "/", "=", "\x00", "é"):
            if TOKEN[at] == other:
                continue
            changed = TOKEN[:at] + other + TOKEN[at + 1 :]
            with pytest.raises(BadPass):
                RING.read(changed)


def test_a_pass_cut_short_or_drawn_out_is_refused() -> None:
    for length in range(len("sf1."), len(TOKEN)):
        with pytest.raises(BadPass):
            RING.read(TOKEN[:length])
    for more in ("A", "=", ".", "A" * MAX_LENGTH):
        with pytest.raises(BadPass):
            RING.read(TOKEN + more)


@given(st.text(max_size=80))
def test_any_text_is_no_pass_or_a_bad_one(text: str) -> None:
    assert RING.read(text.replace("sf1.", "")) is None
    with pytest.raises(BadPass):
        RING.read("sf1." + text)


def test_an_old_key_still_reads_and_an_unknown_one_does_not() -> None:
    old = KeyRing("k1", {"k1": b"1" * 32})
    assert RING.read(old.sign(CLAIMS)) == CLAIMS
    with pytest.raises(BadPass, match="unknown key"):
        old.read(TOKEN)


def test_another_site_s_key_of_the_same_id_does_not_read() -> None:
    with pytest.raises(BadPass, match="wrong signature"):
        KeyRing("k2", {"k2": b"x" * 32}).read(TOKEN)


def test_keys_can_be_written_down_and_read_back() -> None:
    assert KeyRing.from_json(RING.to_json()) == RING


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "null", '{"current": "k1", "keys": {}}', '{"current": "k1", "keys": {"k1": "c2hvcnQ"}}',
        '{"current": "k.1", "keys": {"k.1": "' + "A" * 43 + '"}}', '{"current": "k1", "keys": {"k1": "?"}}',
        '{"current": "k1", "keys": {"k1": 7}}', '{"current": "k1", "keys": []}',
    ],
)  # fmt: skip
def test_what_is_no_set_of_keys_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        KeyRing.from_json(text)


def test_keys_are_not_shown() -> None:
    assert "1111" not in repr(RING)
