"""The short form of `trials/kill_after_acknowledgement.py`: the site killed while readers join."""

from __future__ import annotations

from trials.kill_after_acknowledgement import trial


def test_no_acknowledged_registration_is_lost_when_the_site_is_killed() -> None:
    tally, lost, killed = trial(seed=7, rounds=1, clients=2, longest=0.5, victims=("site",))
    assert killed["site"] == 1
    assert len(tally.acknowledged) > 0
    assert lost == []
