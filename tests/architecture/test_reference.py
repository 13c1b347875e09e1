"""The reference says everything there is, and nothing there is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from standfirst.consent.models import Purpose
from standfirst.vocabulary import Reason

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def headings(page: str) -> set[str]:
    """The second-level headings of a page that name something in code."""
    return set(re.findall(r"^## `([^`]+)`$", (REFERENCE / page).read_text(encoding="utf-8"), flags=re.M))


@pytest.mark.parametrize(("page", "names"), [("decisions.md", Reason), ("consent.md", Purpose)])
def test_every_name_has_its_heading_and_every_heading_its_name(page: str, names: type[Reason] | type[Purpose]) -> None:
    assert headings(page) == {str(name.value) for name in names}
