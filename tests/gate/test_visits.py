"""Passes and sessions: who is seen as a reader, who as a visitor, and how a pass is renewed."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.gate.cookies import TWICE, cookie
from standfirst.gate.credentials import CredentialReader
from standfirst.gate.decide import decide
from standfirst.gate.gate import Gate
from standfirst.gate.revocations import Revocation, Revocations
from standfirst.passes.tokens import KeyRing
from standfirst.vocabulary import GRACE_SECONDS, DecisionKind, PassClaims, PassState, Reason, Tier, Visit

from .newspaper import KEYS, NAMES, Newspaper, claims, page, pass_cookie, story
from .visitor import Visitor

PATH = "/news/bridge/"
SESSION = f"{NAMES.session}=abc123"
NOW = int(time.time())
EXPIRED = f"{NAMES.pass_}={KEYS.sign(claims(issued_at=NOW - 1000))}"
LONG_EXPIRED = f"{NAMES.pass_}={KEYS.sign(claims(issued_at=NOW - 900 - GRACE_SECONDS - 5))}"


@given(st.sampled_from(Tier), st.sampled_from(PassState))
def test_a_gated_page_opens_to_a_good_pass_and_to_nothing_else(tier: Tier, state: PassState) -> None:
    decision = decide(Visit(tier, state))
    reader = state in (PassState.VALID, PassState.GRACE)
    assert decision.signed_in is reader
    assert (decision.kind is DecisionKind.FULL) is (reader or tier is Tier.FREE)
    assert (decision.reason is Reason.FREE_PAGE) is (tier is Tier.FREE)


def test_every_reason_is_given_by_some_visit() -> None:
    assert {decide(Visit(tier, state)).reason for tier in Tier for state in PassState} == set(Reason)


@pytest.fixture
async def held(newspaper: Newspaper, visitor: Visitor) -> Newspaper:
    """A newspaper with one story, which the gate holds."""
    newspaper.pages[PATH] = page(story())
    assert (await visitor.get(PATH)).status == 200
    return newspaper


GOOD = KEYS.sign(claims())
BAD_COOKIES = [
    f"{NAMES.pass_}=",
    f"{NAMES.pass_}=garbage",
    f"{NAMES.pass_}=sf1.",
    f"{NAMES.pass_}=sf1...",
    f"{NAMES.pass_}=sf1.k1.e30.AAAA",
    f"{NAMES.pass_}=sf2{GOOD[3:]}",
    f"{NAMES.pass_}={GOOD[:-2]}",
    f"{NAMES.pass_}={GOOD}x",
    f"{NAMES.pass_}={GOOD.replace('.k1.', '.k2.')}",
    f"{NAMES.pass_}={'x' * 20_000}",
    f"{NAMES.pass_}=\xff\xfe",
    f"{NAMES.pass_}=%00",
    f"{NAMES.pass_}={GOOD}; {NAMES.pass_}=other",
    f"{NAMES.pass_}=other; {NAMES.pass_}={GOOD}",
    f"x{NAMES.pass_}={GOOD}",
    f"{NAMES.pass_}x={GOOD}",
    f"{NAMES.marker}={GOOD}",
    f"{NAMES.pass_}={KeyRing('k1', {'k1': b'x' * 32}).sign(claims())}",
    EXPIRED,
    LONG_EXPIRED,
    ";;;=;=; =",
    NAMES.pass_,
]


async def test_a_pass_of_no_worth_makes_a_visitor_and_never_an_error(held: Newspaper, visitor: Visitor) -> None:
    for cookies in BAD_COOKIES:
        answer = await visitor.get(PATH, Cookie=cookies)
        assert answer.status == 200, cookies
        assert "herons" not in answer.text, cookies
    assert not held.requests("/_gate/pass")


async def test_a_session_cookie_of_no_worth_makes_a_visitor_too(held: Newspaper, visitor: Visitor) -> None:
    for value in ("", "forged", "\xff", "a b", "x" * 5000, '"quoted"', "a,b"):
        answer = await visitor.get(PATH, Cookie=f"{NAMES.session}={value}")
        assert answer.status == 200
        assert "herons" not in answer.text


@given(st.binary(max_size=200))
def test_any_cookie_header_can_be_read(header: bytes) -> None:
    reader = CredentialReader(KEYS, NAMES, Revocations())
    assert reader.read(header).state in (PassState.ABSENT, PassState.UNREADABLE)
    assert reader.read(f"{NAMES.pass_}=".encode() + header).state in (PassState.ABSENT, PassState.UNREADABLE)


def test_a_cookie_is_found_among_others() -> None:
    assert cookie(b"a=1; ab=2;b=3; c=a=4", b"a=") == b"1"
    assert cookie(b"a=1; ab=2;b=3; c=a=4", b"b=") == b"3"
    assert cookie(b"a=1; ab=2", b"c=") is None
    assert cookie(b"a=1; a=2", b"a=") is TWICE
    assert cookie(b"a=1; a=1", b"a=") == b"1"
    assert cookie(b'a="1"', b"a=") == b"1"


def test_a_remembered_pass_still_runs_out_and_is_still_revoked() -> None:
    now = [1000.0]
    revocations = Revocations()
    reader = CredentialReader(KEYS, NAMES, revocations, lambda: now[0])
    header = f"{NAMES.pass_}={KEYS.sign(PassClaims('r1', 's1', 1000, 1900))}".encode()
    assert reader.read(header).state is PassState.VALID
    now[0] = 1900.0
    assert reader.read(header).state is PassState.EXPIRED
    now[0] = 1000.0
    revocations.add(Revocation("s1", None, None, 5000))
    assert reader.read(header).state is PassState.REVOKED


@pytest.mark.parametrize("cookies", [SESSION, f"{EXPIRED}; {SESSION}", f"{SESSION}; {NAMES.pass_}=forged"])
async def test_a_reader_without_a_good_pass_gets_one_on_the_same_answer(
    held: Newspaper, visitor: Visitor, cookies: str
) -> None:
    held.sessions["abc123"] = claims(session="s7")
    answer = await visitor.get(PATH, Cookie=cookies)
    assert "herons" in answer.text
    first, second = answer.all("set-cookie")
    assert first.startswith(f"{NAMES.pass_}=sf1.")
    assert second == f"{NAMES.marker}=1; Path=/"
    assert answer.header("cache-control") == "private, no-store"
    (asked,) = held.requests("/_gate/pass")
    assert asked.method == "POST"
    assert asked.headers["Cookie"] == SESSION


async def test_a_renewed_pass_is_relayed_with_an_answer_that_has_no_body_too(held: Newspaper, visitor: Visitor) -> None:
    held.sessions["abc123"] = claims()
    etag = (await visitor.get(PATH, Cookie=pass_cookie())).header("etag") or ""
    answer = await visitor.get(PATH, Cookie=SESSION, If_None_Match=etag)
    assert answer.status == 304
    assert len(answer.all("set-cookie")) == 2


async def test_a_session_that_is_over_has_its_cookies_cleared_and_the_answer_is_that_browser_s_alone(
    held: Newspaper, visitor: Visitor
) -> None:
    for _ in range(3):
        answer = await visitor.get(PATH, Cookie=f"{EXPIRED}; {SESSION}")
        assert "herons" not in answer.text
        assert answer.all("set-cookie")[0].startswith(f"{NAMES.pass_}=gone")
        assert answer.header("cache-control") == "private, no-store"
    assert len(held.requests("/_gate/pass")) == 1


async def test_the_site_is_asked_once_for_a_session_however_many_ask(held: Newspaper, visitor: Visitor) -> None:
    held.sessions["abc123"] = claims()
    held.pass_delay = 0.1
    answers = await asyncio.gather(*(visitor.get(PATH, Cookie=SESSION) for _ in range(10)))
    assert all("herons" in answer.text for answer in answers)
    assert len(held.requests("/_gate/pass")) == 1


async def test_a_renewed_pass_is_used_on_a_page_that_was_not_held(newspaper: Newspaper, visitor: Visitor) -> None:
    newspaper.pages[PATH] = page(story())
    newspaper.sessions["abc123"] = claims()
    assert "herons" in (await visitor.get(PATH, Cookie=SESSION)).text


@pytest.mark.parametrize("how", ["away", "ill"])
async def test_an_expired_pass_is_honoured_for_its_grace_while_the_site_is_away(
    held: Newspaper, visitor: Visitor, how: str
) -> None:
    if how == "away":
        held.down = True
    else:
        held.pass_status = 503
    assert "herons" in (await visitor.get(PATH, Cookie=f"{EXPIRED}; {SESSION}")).text
    assert "herons" not in (await visitor.get(PATH, Cookie=f"{LONG_EXPIRED}; {SESSION}")).text
    assert "herons" not in (await visitor.get(PATH, Cookie=SESSION)).text


async def test_grace_is_never_given_against_a_known_revocation(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    gate.revocations.add(Revocation("s1", None, None, 4 * 10**9))
    held.down = True
    assert "herons" not in (await visitor.get(PATH, Cookie=f"{EXPIRED}; {SESSION}")).text


async def test_a_site_that_is_away_is_not_asked_for_every_pass(held: Newspaper, visitor: Visitor) -> None:
    held.pass_status = 500
    for number in range(5):
        assert (await visitor.get(PATH, Cookie=f"{EXPIRED}; {NAMES.session}=s{number}")).status == 200
    assert len(held.requests("/_gate/pass")) == 1


async def test_a_revoked_pass_beside_a_live_session_is_renewed(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    gate.revocations.add(Revocation(None, "r1", NOW + 10, 4 * 10**9))
    held.sessions["abc123"] = claims(issued_at=NOW + 10)
    assert "herons" in (await visitor.get(PATH, Cookie=f"{pass_cookie()}; {SESSION}")).text


async def test_a_renewed_pass_that_is_itself_revoked_opens_nothing(
    held: Newspaper, visitor: Visitor, gate: Gate
) -> None:
    gate.revocations.add(Revocation("s1", None, None, 4 * 10**9))
    held.sessions["abc123"] = claims(session="s1")
    assert "herons" not in (await visitor.get(PATH, Cookie=SESSION)).text
