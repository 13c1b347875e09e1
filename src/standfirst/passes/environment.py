"""Typed readers of environment variables: a typo in a value stops the start, it never becomes a default.

Every reader takes the variable's name and raises `BadSetting` with one plain sentence when the value cannot be used.
A secret may be given in a file: `NAME_FILE` holds its path, and a path that is set must exist.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import overload
from urllib.parse import urlsplit

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


class BadSetting(Exception):
    """A setting is missing or cannot be used. The text is for the operator and names the variable."""


@overload
def text(name: str, default: str, *, environ: Mapping[str, str] = ...) -> str: ...
@overload
def text(name: str, default: None = None, *, environ: Mapping[str, str] = ...) -> str | None: ...
def text(name: str, default: str | None = None, *, environ: Mapping[str, str] = os.environ) -> str | None:
    """The value, or the default when it is not set or empty."""
    return environ.get(name) or default


def required(name: str, *, environ: Mapping[str, str] = os.environ) -> str:
    """The value; it must be set."""
    value = environ.get(name)
    if not value:
        raise BadSetting(f"{name} is not set.")
    return value


def flag(name: str, default: bool, *, environ: Mapping[str, str] = os.environ) -> bool:
    """A boolean: 1/true/yes/on or 0/false/no/off in any case, and nothing else."""
    value = environ.get(name)
    if not value:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise BadSetting(f"{name} is {value!r}; write true or false.")


def integer(
    name: str, default: int, *, choices: Collection[int] | None = None, environ: Mapping[str, str] = os.environ
) -> int:
    """A whole number, one of `choices` when they are given."""
    value = environ.get(name)
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise BadSetting(f"{name} is {value!r}; write a whole number.") from None
    if choices is not None and number not in choices:
        raise BadSetting(f"{name} is {number}; it can be {', '.join(map(str, sorted(choices)))}.")
    return number


def secret(name: str, *, environ: Mapping[str, str] = os.environ) -> str | None:
    """A secret from `NAME`, or from the file that `NAME_FILE` names (UTF-8, surrounding white space dropped)."""
    path = environ.get(f"{name}_FILE")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from None
        if not value:
            raise BadSetting(f"{name}_FILE names {path}, which is empty.")
        return value
    return environ.get(name) or None


def required_secret(name: str, *, environ: Mapping[str, str] = os.environ) -> str:
    """A secret that must be set, as `NAME` or as `NAME_FILE`."""
    value = secret(name, environ=environ)
    if value is None:
        raise BadSetting(f"Neither {name} nor {name}_FILE is set.")
    return value


def origin(name: str, *, environ: Mapping[str, str] = os.environ) -> str:
    """A public origin, `https://news.example` or `http://127.0.0.1:8000`: no path, plain http on loopback only."""
    value = required(name, environ=environ)
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or value != f"{parts.scheme}://{parts.netloc}":
        raise BadSetting(f"{name} is {value!r}; write an origin like https://news.example, nothing after the host.")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise BadSetting(f"{name} is {value!r}; away from this machine the address must begin with https.")
    return value
