"""The code and the database agree, and Django has nothing to complain about."""

import pytest
from django.core.management import call_command

from ipd.kernel.actions import ledger

pytestmark = pytest.mark.django_db


def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_checks_find_nothing():
    call_command("check", fail_level="WARNING")


def test_an_untouched_ledger_holds():
    assert ledger.verify() == []
