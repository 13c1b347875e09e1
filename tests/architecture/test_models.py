"""Who keeps something of a person is known by name."""

from __future__ import annotations

import io

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import models

from standfirst.readers.models import Account

OURS = {
    "standfirst_account.Confirmation.account": "codes and links that confirm an address, as digests",
    "newsroom.Picture.uploaded_by_user": "which of the staff put a picture in",
    "readers.Account_groups.account": "what staff may do in the desk",
    "readers.Account_user_permissions.account": "what staff may do in the desk",
    "readers.Account.groups": "the other end of the same",
    "readers.Account.user_permissions": "the other end of the same",
}
OTHERS = {
    "account.EmailAddress.user": "allauth's row of the address",
}


def keepers() -> dict[str, str]:
    """Every field that points at an account, by its full name, with the package that defines it."""
    links = models.ForeignKey | models.OneToOneField | models.ManyToManyField
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, links) and Account in (field.related_model, field.model):
                found[f"{field.model._meta.label}.{field.name}"] = field.model.__module__
    return {name: module for name, module in found.items() if name not in BETWEEN}


BETWEEN = {"readers.Account_groups.group", "readers.Account_user_permissions.permission"}


def test_every_row_of_ours_that_names_a_person_is_known() -> None:
    assert {name for name, module in keepers().items() if module.startswith("standfirst.")} == set(OURS)


def test_every_row_of_others_that_names_a_person_is_of_the_staff_or_known() -> None:
    # Wagtail keeps who of the staff wrote, locked, or commented; readers never enter it.
    others = {name for name, module in keepers().items() if not module.startswith(("standfirst.", "wagtail."))}
    assert others == set(OTHERS)


@pytest.mark.django_db
def test_the_system_checks_find_nothing() -> None:
    assert [str(message) for message in run_checks(include_deployment_checks=False)] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert "No changes detected" in said.getvalue()
