"""Secrets in the data folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from standfirst.cli.secretfiles import secret_files
from standfirst.passes.tokens import KeyRing


def contents(files: dict[str, str]) -> dict[str, str]:
    return {name: Path(path).read_text(encoding="utf-8").strip() for name, path in files.items()}


def test_every_secret_is_for_its_owner_alone(tmp_path: Path) -> None:
    files = secret_files(tmp_path)
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE(Path(path).stat().st_mode) for path in files.values()} == {0o600}


def test_they_survive_a_second_start(tmp_path: Path) -> None:
    assert contents(secret_files(tmp_path)) == contents(secret_files(tmp_path))


def test_two_newspapers_have_different_ones(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    ours, theirs = contents(secret_files(tmp_path / "a")), contents(secret_files(tmp_path / "b"))
    assert not set(ours.values()) & set(theirs.values())


def test_the_pass_keys_can_be_read_by_gate_and_site(tmp_path: Path) -> None:
    KeyRing.from_json(contents(secret_files(tmp_path))["STANDFIRST_PASS_KEYS_FILE"])


def test_a_start_that_was_cut_short_leaves_no_half_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        secret_files(tmp_path)
    assert list((tmp_path / "secrets").iterdir()) == []
