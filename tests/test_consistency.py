"""The code and the database agree, and Django has nothing to complain about."""

import pytest
from django.apps import apps
from django.core.management import call_command

from ipd.kernel.actions import ledger

pytestmark = pytest.mark.django_db
# Few rows, and their order by the other table's is meant.
REACH_OVER = {"gates.GateDefinition", "gates.Tailoring", "ipd.ChangeAssessment", "ipd.FinalAccount"}
REACH_OVER |= {"teams.DecisionRight", "teams.Seat"}


def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_checks_find_nothing():
    call_command("check", fail_level="WARNING")


def test_the_default_order_stays_in_its_own_table():
    """The name of a foreign key means the order of the other table: a join in every query."""

    def reaches_over(model):
        names = [str(name).lstrip("-") for name in model._meta.ordering]
        keys = {field.name for field in model._meta.fields if field.is_relation}
        return any(name in keys or "__" in name for name in names)

    models = [
        m
        for app in ("kernel", "teams", "ipd", "gates")
        for m in apps.get_app_config(app).get_models()
    ]
    assert {m._meta.label for m in models if reaches_over(m)} <= REACH_OVER


def test_an_untouched_ledger_holds():
    assert ledger.verify() == []
