"""What a password must be, and how it is kept."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from standfirst.readers.passwords import broken_rules


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Abcde1", []),
        ("Abcd1", ["length"]),
        ("abcde1", ["upper"]),
        ("ABCDE1", ["lower"]),
        ("Abcdef", ["digit"]),
        ("", ["length", "upper", "lower", "digit"]),
        ("      ", ["upper", "lower", "digit"]),
        ("Über1x", []),
        ("Привет7", []),
        ("Ab1 🦭🦭", []),
    ],
)
def test_it_names_the_rules_that_are_broken(password: str, broken: list[str]) -> None:
    assert broken_rules(password) == broken


def test_a_hundred_and_twenty_eight_characters_are_fine_and_one_more_is_not() -> None:
    validate_password("A1" + "b" * 126)
    with pytest.raises(ValidationError, match="up to 128 characters"):
        validate_password("A1" + "b" * 127)


def test_every_character_of_a_long_password_counts() -> None:
    long = "A1" + "b" * 126
    assert not check_password(long[:-1] + "c", make_password(long))


def test_it_is_kept_as_argon2id_with_owasps_parameters() -> None:
    kept = make_password("Harbour7")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(kept).algorithm == "argon2"


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert make_password("Harbour7") != make_password("Harbour7")


def test_the_whole_hash_fits_its_column() -> None:
    assert len(make_password("A1" + "b" * 126)) <= 128
