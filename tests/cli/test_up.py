"""`standfirst up` where it cannot start: one sentence, exit code 2, no traceback. And what it says when it can."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from standfirst.cli.datafolder import open_folder
from standfirst.cli.up import announcement
from tests.cli.running import Running

Standfirst = Callable[..., Running]


@pytest.fixture
def port() -> str:
    """A port that was free a moment ago."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return str(trial.getsockname()[1])


@pytest.fixture
def taken_port() -> Iterator[str]:
    """A port another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def the_one_sentence(running: Running) -> str:
    """What it said, when that is all it said."""
    assert running.ended() == 2, running.text
    (line,) = running.seen
    assert line.startswith("standfirst: ")
    return line


def test_a_taken_port(standfirst: Standfirst, tmp_path: Path, taken_port: str) -> None:
    running = standfirst("up", "--port", taken_port, "--data", tmp_path / "data")
    assert f"Port {taken_port} is taken by another program." in the_one_sentence(running)
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_written(standfirst: Standfirst, port: str) -> None:
    running = standfirst("up", "--port", port, "--data", "/proc/standfirst")
    assert "The data folder /proc/standfirst cannot be written" in the_one_sentence(running)


def test_a_file_for_a_data_folder(standfirst: Standfirst, tmp_path: Path, port: str) -> None:
    (tmp_path / "data").write_text("")
    running = standfirst("up", "--port", port, "--data", tmp_path / "data")
    assert "is a file, and the data needs a folder" in the_one_sentence(running)


def test_data_of_a_newer_version(standfirst: Standfirst, tmp_path: Path, port: str) -> None:
    (tmp_path / "standfirst.json").write_text('{"format": 2, "version": "9.0.0"}')
    running = standfirst("up", "--port", port, "--data", tmp_path)
    assert "was last used by a newer Standfirst (9.0.0, format 2)" in the_one_sentence(running)


def test_a_damaged_description(standfirst: Standfirst, tmp_path: Path, port: str) -> None:
    (tmp_path / "standfirst.json").write_text("{")
    running = standfirst("up", "--port", port, "--data", tmp_path)
    assert "standfirst.json is damaged" in the_one_sentence(running)


def test_a_second_start_on_the_same_data(standfirst: Standfirst, tmp_path: Path, port: str) -> None:
    open_folder(tmp_path / "data", version="0.1.0", say=lambda _: None)
    running = standfirst("up", "--port", port, "--data", tmp_path / "data")
    assert "Another `standfirst up` (process" in the_one_sentence(running)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STANDFIRST_BIND", "8000"),
        ("STANDFIRST_BIND", "0.0.0.0:8000"),
        ("STANDFIRST_ORIGIN", "http://news.example"),
        ("STANDFIRST_MINIMUM_AGE", "17"),
        ("STANDFIRST_SECRET_KEY_FILE", "/no/such/file"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    standfirst: Standfirst, tmp_path: Path, port: str, name: str, value: str
) -> None:
    flags = () if name == "STANDFIRST_BIND" else ("--port", port)
    running = standfirst("up", *flags, "--data", tmp_path / "data", environ={name: value})
    assert running.ended() == 2
    assert name in running.seen[-1]
    assert "Traceback" not in running.text


@pytest.mark.parametrize("command", ["gate", "site", "worker"])
def test_a_process_alone_names_what_is_not_set(standfirst: Standfirst, command: str) -> None:
    assert "is not set" in the_one_sentence(standfirst(command))


@pytest.mark.parametrize("arguments", [("help",), ("--help",), ()])
def test_help_names_the_commands(standfirst: Standfirst, arguments: tuple[str, ...]) -> None:
    running = standfirst(*arguments)
    assert running.ended() == 0
    assert all(f"    {command} " in running.text for command in ("up", "gate", "site", "worker", "test", "version"))


ENVIRON = {"STANDFIRST_ORIGIN": "http://127.0.0.1:8000", "STANDFIRST_DATA": "/srv/data"}


def test_it_prints_where_everything_is() -> None:
    text = announcement(ENVIRON | {"STANDFIRST_MAILBOX_TOKEN": "tok"}, ("ed@example.org", "first-password"))
    for expected in ("http://127.0.0.1:8000/\n", "/desk/\n", "first-password", "ed@example.org", "/mailbox/tok/\n"):
        assert expected in text


def test_it_names_the_mail_server_and_not_its_password() -> None:
    text = announcement(ENVIRON | {"STANDFIRST_SMTP_URL": "smtp://us:pw@mail.example:587"}, None)
    assert "goes out through mail.example" in text
    assert "pw" not in text
