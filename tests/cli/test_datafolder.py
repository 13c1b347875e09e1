"""The data folder: whose it is, whether it can be used, who uses it."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from standfirst.cli.datafolder import DataFolder, open_folder
from standfirst.cli.faults import CannotStart


def open_it(path: Path, version: str = "0.1.0") -> DataFolder:
    return open_folder(path, version=version, say=lambda _: None)


def describe(path: Path, text: str) -> None:
    path.mkdir(exist_ok=True)
    (path / "standfirst.json").write_text(text, encoding="utf-8")


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = open_it(tmp_path / "some" / "data")
    assert folder.is_new
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert json.loads((folder.path / "standfirst.json").read_text()) == {"format": 1, "version": "0.1.0"}
    os.close(folder.lock)


def test_a_second_start_finds_its_folder_again(tmp_path: Path) -> None:
    os.close(open_it(tmp_path / "data").lock)
    folder = open_it(tmp_path / "data")
    assert not folder.is_new
    os.close(folder.lock)


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(CannotStart, match="is a file, and the data needs a folder"):
        open_it(tmp_path / "data")


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(CannotStart, match=r"/proc/standfirst cannot be written \(No such file or directory\)"):
        open_it(Path("/proc/standfirst"))


def test_a_folder_with_other_peoples_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("")
    with pytest.raises(CannotStart, match=r"not empty \(holiday.jpg\)"):
        open_it(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["holiday.jpg"]


@pytest.mark.parametrize("text", ['{"format": 2, "version": "0.1.0"}', '{"format": 1, "version": "0.2.0"}'])
def test_a_folder_of_a_newer_version_is_refused(tmp_path: Path, text: str) -> None:
    describe(tmp_path, text)
    with pytest.raises(CannotStart, match=r"last used by a newer Standfirst .* Update the program"):
        open_it(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": "1", "version": "0.1.0"}',
        '{"format": true, "version": "0.1.0"}',
        '{"format": 0, "version": "0.1.0"}',
        '{"format": 1}',
        '{"format": 1, "version": 3}',
        '{"format": 1, "version": "x"}',
    ],
)
def test_a_damaged_description_is_named(tmp_path: Path, text: str) -> None:
    describe(tmp_path, text)
    with pytest.raises(CannotStart, match=r"standfirst.json is damaged"):
        open_it(tmp_path)


def test_a_folder_in_use_is_refused_and_says_by_whom(tmp_path: Path) -> None:
    folder = open_it(tmp_path / "data")
    with pytest.raises(CannotStart, match=rf"Another `standfirst up` \(process {os.getpid()}\) is running"):
        open_it(tmp_path / "data")
    os.close(folder.lock)


def test_it_waits_for_the_processes_of_a_killed_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = open_it(tmp_path / "data")
    # The number of a process that cannot exist stands for the supervisor that was killed.
    (folder.path / "up.lock").write_text("4194305\n")
    told: list[str] = []

    def told_then_over(text: str) -> None:
        told.append(text)
        os.close(folder.lock)

    again = open_folder(folder.path, version="0.1.0", say=told_then_over)
    assert told == ["The run before this one was killed; waiting for its processes to stop."]
    os.close(again.lock)
