"""Habits that keep the rooms apart, held by reading the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

import standfirst

SRC = Path(standfirst.__file__).parent
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted([*SRC.rglob("templates/**/*.html"), *SRC.rglob("templates/**/*.txt")])

ALLOWED_INSIDE_FUNCTIONS = {"newsroom/apps.py": "AppConfig.ready is where Django lets an app import what needs models"}


def named(path: Path) -> str:
    return path.relative_to(SRC).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_uses_nothing_of_allauths_own(path: Path) -> None:
    used = [name for name in imports(ast.parse(path.read_text())) if re.match(r"allauth(\.\w+)*\.internal(\.|$)", name)]
    assert used == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_imports_our_own_at_its_top(path: Path) -> None:
    if named(path) in ALLOWED_INSIDE_FUNCTIONS:
        return
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    hidden = [name for function in functions for name in imports(function) if name.startswith("standfirst")]
    assert hidden == []


def test_no_module_is_named_for_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared"}
    assert [named(path) for path in MODULES if path.stem in empty or path.parent.name in empty] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_stays_under_three_hundred_lines(path: Path) -> None:
    # What draws the sample's pictures is data in the shape of code.
    if "newsroom/sample/" not in named(path):
        assert len(path.read_text().splitlines()) < 300


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_function_stays_under_forty_five_lines(path: Path) -> None:
    if "newsroom/sample/" in named(path):
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 45, f"{named(path)}: {node.name}"


class _Words(HTMLParser):
    """Collects words that stand in a template outside its tags: in text, and in attributes people hear or see."""

    SPOKEN = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in ("style", "script")
        self.found += [
            value for name, value in attrs if name in self.SPOKEN and value and re.search(r"[A-Za-z]", value)
        ]

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._unread and re.search(r"[^\W\d_]", data):
            self.found.append(data.strip())


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    source = path.read_text()
    source = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", source, flags=re.S)
    source = re.sub(r"\{% blocktranslate.*?%\}.*?\{% endblocktranslate %\}", "", source, flags=re.S)
    source = re.sub(r"\{% block (page_class|bodyclass) %\}.*?\{% endblock %\}", "", source)
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.S)
    words = _Words()
    words.feed(source)
    assert words.found == []
