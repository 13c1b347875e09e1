"""The reference cannot lie: every setting and every command has its heading."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from standfirst.cli.main import command_line

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
# Names of Django settings and of what the launcher keeps for itself, which no operator sets.
NOT_SET_BY_ANYONE = {"STANDFIRST_COOKIES", "STANDFIRST_FURNITURE_LISTENERS"}


def headings(page: str) -> set[str]:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    return {name for line in re.findall(r"^#+ .*$", text, re.MULTILINE) for name in re.findall(r"`([^`]+)`", line)}


def settings_read() -> set[str]:
    """Every name that stands in quotes in the program, as the readers of the environment are given it."""
    names = set()
    for file in (ROOT / "src").rglob("*.py"):
        names |= set(
            re.findall(r"""["'](STANDFIRST_[A-Z_]*[A-Z]|DATABASE_URL)["']""", file.read_text(encoding="utf-8"))
        )
    return {name.removesuffix("_FILE") for name in names} - NOT_SET_BY_ANYONE


def test_every_setting_has_its_heading() -> None:
    assert settings_read() - headings("settings.md") == set()


def test_no_heading_names_a_setting_that_is_gone() -> None:
    assert headings("settings.md") - settings_read() == set()


def test_every_command_and_flag_has_its_heading() -> None:
    named = headings("commands.md")
    for action in command_line()._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command, parser in action.choices.items():
                assert f"standfirst {command}" in named
                flags = {flag for option in parser._actions for flag in option.option_strings} - {"-h", "--help"}
                assert flags <= named
