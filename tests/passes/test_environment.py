"""Readers of the environment: a typo stops the start, it never becomes a default."""

from __future__ import annotations

from pathlib import Path

import pytest

from standfirst.passes import environment
from standfirst.passes.environment import BadSetting


def test_text_has_a_default_and_a_required_value_has_none() -> None:
    assert environment.text("A", environ={}) is None
    assert environment.text("A", "b", environ={"A": ""}) == "b"
    assert environment.required("A", environ={"A": "x"}) == "x"
    with pytest.raises(BadSetting, match=r"^A is not set\.$"):
        environment.required("A", environ={"A": ""})


@pytest.mark.parametrize(("value", "read"), [("1", True), ("TRUE", True), ("on", True), ("No", False), ("0", False)])
def test_a_flag_is_read_in_any_case(value: str, read: bool) -> None:
    assert environment.flag("A", not read, environ={"A": value}) is read
    assert environment.flag("A", read, environ={}) is read


@pytest.mark.parametrize("value", ["ture", "2", " ", "yes please"])
def test_a_flag_with_a_typo_stops_the_start(value: str) -> None:
    with pytest.raises(BadSetting, match="write true or false"):
        environment.flag("A", False, environ={"A": value})


def test_a_number_is_one_of_its_choices() -> None:
    assert environment.integer("A", 18, choices=(13, 16, 18), environ={}) == 18
    assert environment.integer("A", 18, choices=(13, 16, 18), environ={"A": "16"}) == 16
    with pytest.raises(BadSetting, match="13, 16, 18"):
        environment.integer("A", 18, choices=(13, 16, 18), environ={"A": "17"})
    with pytest.raises(BadSetting, match="whole number"):
        environment.integer("A", 18, environ={"A": "old"})


def test_a_secret_comes_from_its_variable_or_its_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(" quiet \n")
    assert environment.secret("A", environ={"A": "x"}) == "x"
    assert environment.secret("A", environ={"A": "x", "A_FILE": str(file)}) == "quiet"
    assert environment.secret("A", environ={}) is None
    with pytest.raises(BadSetting, match="Neither A nor A_FILE"):
        environment.required_secret("A", environ={})


def test_a_secret_s_file_must_be_there_and_hold_something(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    for name, reason in (("none", "cannot be read"), ("empty", "is empty")):
        with pytest.raises(BadSetting, match=reason):
            environment.secret("A", environ={"A_FILE": str(tmp_path / name)})


@pytest.mark.parametrize(
    "value", ["https://news.example", "http://127.0.0.1:8000", "http://localhost", "http://[::1]:8"]
)
def test_an_origin_is_https_or_this_machine(value: str) -> None:
    assert environment.origin("A", environ={"A": value}) == value


@pytest.mark.parametrize(
    "value", ["news.example", "http://news.example", "https://news.example/", "ftp://x", "https://x/y", "https://"]
)
def test_anything_else_is_no_origin(value: str) -> None:
    with pytest.raises(BadSetting, match=r"^A is "):
        environment.origin("A", environ={"A": value})
