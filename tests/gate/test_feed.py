"""Following the feed: what changes, what goes, and what never comes back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from standfirst.gate.gate import Gate

from .conftest import Running, run_gate
from .newspaper import WALL, Newspaper, Served, page, pass_cookie, rulebook, story
from .visitor import Visitor

PATH = "/news/bridge/"
TAGS = "story:12 front"


@pytest.fixture
async def held(newspaper: Newspaper, visitor: Visitor) -> Newspaper:
    """A newspaper with one story, which the gate holds."""
    newspaper.pages[PATH] = page(story(), tags=TAGS)
    assert (await visitor.get(PATH)).status == 200
    return newspaper


async def settled(gate: Gate) -> None:
    """Until nothing goes on in the background."""
    for _ in range(200):
        if not gate.intake._background and not gate.intake._fetches and not gate.intake._builds:
            return
        await asyncio.sleep(0.01)


async def test_a_changed_page_is_fetched_again_and_the_old_copy_serves_meanwhile(
    held: Newspaper, visitor: Visitor, gate: Gate
) -> None:
    held.pages[PATH] = page(story(lead="<p>The new lead.</p>"), tags=TAGS)
    held.pages[PATH].wait = asyncio.Event()
    held.tell("changed", "story:12")
    await gate.follower.poll()
    assert "bridge that closed" in (await visitor.get(PATH)).text
    held.pages[PATH].wait.set()
    await settled(gate)
    assert "The new lead." in (await visitor.get(PATH)).text
    assert len(held.requests(PATH)) == 2


async def test_a_change_of_something_else_leaves_a_page_alone(held: Newspaper, gate: Gate) -> None:
    held.tell("changed", "story:99")
    await gate.follower.poll()
    await settled(gate)
    assert len(held.requests(PATH)) == 1


async def test_the_gate_reads_the_feed_by_itself_within_a_second(held: Newspaper, visitor: Visitor) -> None:
    held.pages[PATH] = page(story(lead="<p>The new lead.</p>"), tags=TAGS)
    held.tell("changed", "front")
    await asyncio.sleep(0.9)
    assert "The new lead." in (await visitor.get(PATH)).text


async def test_a_withdrawn_page_is_not_served_again_though_the_site_is_away(
    held: Newspaper, visitor: Visitor, gate: Gate
) -> None:
    held.tell("withdrawn", "story:12")
    await gate.follower.poll()
    held.down = True
    for headers in ({}, {"Cookie": pass_cookie()}):
        assert (await visitor.ask("GET", PATH, headers)).status == 503


async def test_a_story_unpublished_while_it_is_read_is_gone(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    del held.pages[PATH]
    held.tell("withdrawn", "story:12")
    await gate.follower.poll()
    assert (await visitor.get(PATH)).status == 404


async def test_a_changed_page_that_is_gone_is_dropped(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    del held.pages[PATH]
    held.tell("changed", "story:12")
    await gate.follower.poll()
    await settled(gate)
    assert (await visitor.get(PATH)).status == 404


async def test_a_changed_page_the_site_fails_to_give_is_kept_and_asked_for_again(
    held: Newspaper, visitor: Visitor, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standfirst.gate.intake._RETRY_SECONDS", (0.05, 0.05))
    held.pages[PATH] = Served("Oh no", 500, {"Content-Type": "text/html"})
    held.tell("changed", "story:12")
    await gate.follower.poll()
    await asyncio.sleep(0.02)
    assert (await visitor.get(PATH)).status == 200
    held.pages[PATH] = page(story(lead="<p>The new lead.</p>"), tags=TAGS)
    await settled(gate)
    assert "The new lead." in (await visitor.get(PATH)).text


@pytest.mark.parametrize("kind", ["changed", "withdrawn"])
async def test_a_fetch_that_a_change_overtakes_never_puts_the_old_copy_back(
    newspaper: Newspaper, visitor: Visitor, gate: Gate, kind: str
) -> None:
    old = page(story(lead="<p>The old lead.</p>"), tags=TAGS)
    old.wait = asyncio.Event()
    newspaper.pages[PATH] = old
    asking = asyncio.create_task(visitor.get(PATH))
    await asyncio.sleep(0.1)
    newspaper.pages[PATH] = page(story(lead="<p>The new lead.</p>"), tags=TAGS)
    newspaper.tell(kind, "story:12")
    await gate.follower.poll()
    old.wait.set()
    assert "The new lead." in (await asking).text
    assert "The new lead." in (await visitor.get(PATH)).text
    assert len(newspaper.requests(PATH)) == 2


async def test_a_refetch_under_way_that_is_overtaken_begins_again(
    held: Newspaper, visitor: Visitor, gate: Gate
) -> None:
    held.pages[PATH] = second = page(story(lead="<p>The second lead.</p>"), tags=TAGS)
    second.wait = asyncio.Event()
    held.tell("changed", "story:12")
    await gate.follower.poll()
    await asyncio.sleep(0.05)
    held.pages[PATH] = page(story(lead="<p>The third lead.</p>"), tags=TAGS)
    held.tell("changed", "story:12")
    await gate.follower.poll()
    second.wait.set()
    await settled(gate)
    assert "The third lead." in (await visitor.get(PATH)).text


async def test_a_fetch_begun_before_a_reset_is_not_held(newspaper: Newspaper, visitor: Visitor, gate: Gate) -> None:
    old = page(story(lead="<p>The old lead.</p>"))
    old.wait = asyncio.Event()
    newspaper.pages[PATH] = old
    asking = asyncio.create_task(visitor.get(PATH))
    await asyncio.sleep(0.1)
    newspaper.pages[PATH] = page(story(lead="<p>The new lead.</p>"))
    newspaper.epoch = "e2"
    await gate.follower.poll()
    old.wait.set()
    assert "The new lead." in (await asking).text


async def test_another_epoch_drops_every_page(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    held.pages[PATH] = page(story(lead="<p>Another database.</p>"), tags=TAGS)
    held.epoch = "e2"
    await gate.follower.poll()
    assert "Another database." in (await visitor.get(PATH)).text


async def test_a_new_rulebook_shows_on_every_held_page_at_once(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    offers = {"default": {"wall_html": WALL.replace("Register to keep reading", "A new offer")}}
    held.rulebook = rulebook(2, offers=offers)
    held.tell("rulebook")
    await gate.follower.poll()
    answer = await visitor.get(PATH)
    assert "A new offer" in answer.text
    assert "herons" not in answer.text
    await settled(gate)
    assert "A new offer" in (await visitor.get(PATH)).text
    assert len(held.requests(PATH)) == 1


async def test_a_rulebook_that_does_not_compile_leaves_the_last_good_one(
    held: Newspaper, visitor: Visitor, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    held.rulebook = rulebook(2, tiers={"metered": "default"})
    held.tell("rulebook")
    await gate.follower.poll()
    assert "Register to keep reading" in (await visitor.get(PATH)).text
    assert "event=rulebook-refused" in caplog.text


async def test_a_page_that_becomes_the_site_s_own_is_held_no_longer(
    held: Newspaper, visitor: Visitor, gate: Gate
) -> None:
    held.rulebook = rulebook(2, passthrough=["/account/", "/news/"])
    held.tell("rulebook")
    await gate.follower.poll()
    assert not gate.shelf.pages
    assert (await visitor.get(PATH)).status == 502


async def test_a_revoked_session_opens_nothing(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    mine, other = pass_cookie(session="s1"), pass_cookie(session="s2")
    assert "herons" in (await visitor.get(PATH, Cookie=mine)).text
    held.tell("revoked", session="s1", subject=None, issued_before=None, until=4_000_000_000)
    await gate.follower.poll()
    assert "herons" not in (await visitor.get(PATH, Cookie=mine)).text
    assert "herons" in (await visitor.get(PATH, Cookie=other)).text


async def test_a_revoked_subject_s_older_passes_open_nothing(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    old, new = pass_cookie(lasts=10**9, issued_at=1_700_000_000), pass_cookie(lasts=10**9, issued_at=1_700_000_001)
    held.tell("revoked", session=None, subject="r1", issued_before=1_700_000_001, until=4_000_000_000)
    await gate.follower.poll()
    assert "herons" not in (await visitor.get(PATH, Cookie=old)).text
    assert "herons" in (await visitor.get(PATH, Cookie=new)).text


async def test_a_revocation_is_forgotten_when_it_has_run_out(held: Newspaper, gate: Gate) -> None:
    held.tell("revoked", session="s1", subject=None, issued_before=None, until=1)
    held.tell("revoked", session="s2", subject=None, issued_before=None, until=4_000_000_000)
    await gate.follower.poll()
    assert [revocation.session for revocation in gate.revocations.in_force()] == ["s2"]


async def test_entries_with_a_gap_make_the_gate_read_everything_anew(
    held: Newspaper, visitor: Visitor, gate: Gate
) -> None:
    held.pages[PATH] = page(story(lead="<p>The new lead.</p>"), tags=TAGS)
    held.entries += [{"n": 2, "kind": "changed", "tags": []}]
    assert not await gate.follower.poll()
    assert await gate.follower.poll()
    assert "The new lead." in (await visitor.get(PATH)).text


async def test_a_feed_that_makes_no_sense_changes_nothing(held: Newspaper, visitor: Visitor, gate: Gate) -> None:
    held.entries.append({"n": 1, "kind": "unknown", "tags": ["story:12"]})
    assert not await gate.follower.poll()
    assert (await visitor.get(PATH)).status == 200


async def test_a_fault_of_our_own_does_not_end_the_following(
    held: Newspaper, visitor: Visitor, gate: Gate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(gate.follower, "apply", lambda answer: 1 / 0)
    await asyncio.sleep(0.5)
    monkeypatch.undo()
    assert "event=feed-failed error=ZeroDivisionError" in caplog.text
    held.tell("withdrawn", "story:12")
    held.pages[PATH] = page(story(lead="<p>The new lead.</p>"), tags=TAGS)
    await asyncio.sleep(0.9)
    assert "The new lead." in (await visitor.get(PATH)).text


async def restarted(running: Running, site: TestServer, folder: Path) -> Running:
    await running.stop()
    return await run_gate(str(site.make_url("")).rstrip("/"), folder)


async def test_a_gate_starts_warm_while_the_site_is_down(
    held: Newspaper, running: Running, site: TestServer, tmp_path: Path
) -> None:
    held.tell("revoked", session="s9", subject=None, issued_before=None, until=4_000_000_000)
    await running.gate.follower.poll()
    held.down = True
    again = await restarted(running, site, tmp_path / "gate")
    try:
        visitor = again.visitor()
        assert "bridge that closed" in (await visitor.get(PATH)).text
        assert "herons" in (await visitor.get(PATH, Cookie=pass_cookie())).text
        assert "herons" not in (await visitor.get(PATH, Cookie=pass_cookie(session="s9"))).text
        assert (await visitor.get("/news/other/")).status == 503
    finally:
        await again.stop()


@pytest.mark.parametrize("kind", ["changed", "withdrawn"])
async def test_what_changed_while_a_gate_was_stopped_is_not_served(
    held: Newspaper, running: Running, site: TestServer, tmp_path: Path, kind: str
) -> None:
    await running.stop()
    held.tell(kind, "story:12")
    held.pages[PATH] = page(story(lead="<p>The new lead.</p>"), tags=TAGS)
    again = await run_gate(str(site.make_url("")).rstrip("/"), tmp_path / "gate")
    try:
        assert "The new lead." in (await again.visitor().get(PATH)).text
    finally:
        await again.stop()


async def test_a_page_withdrawn_before_a_restart_is_not_in_the_spool(
    held: Newspaper, running: Running, site: TestServer, tmp_path: Path
) -> None:
    held.tell("withdrawn", "story:12")
    await running.gate.follower.poll()
    held.down = True
    again = await restarted(running, site, tmp_path / "gate")
    try:
        assert (await again.visitor().get(PATH)).status == 503
    finally:
        await again.stop()


@pytest.mark.parametrize("damage", ["garbage", "half", "one byte"])
async def test_a_damaged_spool_means_a_cold_start(
    held: Newspaper,
    running: Running,
    site: TestServer,
    tmp_path: Path,
    damage: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await running.stop()
    file = tmp_path / "gate" / "spool.sqlite3"
    whole = bytearray(file.read_bytes())
    if damage == "garbage":
        whole[:] = b"garbage" * 1000
    elif damage == "half":
        del whole[len(whole) // 2 :]
    else:
        at = whole.index(b"\x28\xb5\x2f\xfd") + 40  # within a packed page
        whole[at] ^= 0xFF
    file.write_bytes(whole)
    caplog.clear()
    again = await run_gate(str(site.make_url("")).rstrip("/"), tmp_path / "gate")
    try:
        assert "event=spool-unreadable" in caplog.text
        assert (await again.visitor().get(PATH)).status == 200
        assert len(held.requests(PATH)) == 2
    finally:
        await again.stop()


async def test_the_spool_is_its_owner_s_alone(running: Running, held: Newspaper, tmp_path: Path) -> None:
    await running.gate.spool.flush()
    folder = tmp_path / "gate"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


async def test_a_spool_that_cannot_be_written_is_given_up_and_the_gate_goes_on(
    held: Newspaper, visitor: Visitor, running: Running, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    running.gate.spool._connection.execute("DROP TABLE state")  # type: ignore[union-attr]
    held.tell("withdrawn", "story:12")
    await running.gate.follower.poll()
    await running.gate.spool.flush()
    assert "event=spool-given-up" in caplog.text
    assert not list((tmp_path / "gate").iterdir())
    assert (await visitor.get(PATH)).status == 200
