"""KPIs are defined, changed and retired; each step is counted and in the ledger."""

import pytest

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import LedgerEntry, Notice
from teams.actions import kpis
from teams.models import Kpi
from tests.factories import PersonFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory
from tests.factories.people import FunctionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db):
    return PersonFactory()


def entries(kpi):
    return LedgerEntry.objects.filter(subject=f"kpi:{kpi.pk}")


def define(by, **fields):
    card = {"code": "CPI", "name": "Cost", "formula": "EV ÷ AC", "source": "money"}
    card |= {"expression": "cpi", "unit": "ratio", "direction": "up", "has_amounts": True}
    return kpis.define(by=by, **(card | fields))


def test_it_is_defined_and_its_owner_s_head_is_told(by):
    head = PersonFactory()
    kpi = define(by, owner=FunctionFactory(code="NEW", head=head))
    entry = entries(kpi).get()
    assert (entry.kind, entry.actor, entry.body["card"]["expression"]) == ("kpi defined", by, "cpi")
    assert Notice.objects.get(person=head).link == kpi.get_absolute_url()


def test_nobody_is_told_of_what_they_did_themselves(by):
    define(by, owner=FunctionFactory(code="NEW", head=by))
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"expression": "cpi +"}, "missing here. Look at place 6."),
        ({"expression": "no_such"}, "no measure of this name"),
        ({"expression": "2 + 3"}, "Numbers alone"),
        ({"expression": "plan_finish - plan_p50", "together": "most"}, "Dates are not computed"),
        ({"expression": "cost_variance / 1000"}, "unit is money"),
        ({"expression": "cost_variance * cost_variance"}, "multiplied"),
        ({"expression": "cost_variance + cpi", "unit": "money"}, "do not add up"),
        ({"expression": "100 * cpi / 2", "unit": "money"}, "plain number"),
        ({"expression": "cpi", "unit": "days"}, "is read in the unit ratio"),
        ({"expression": "plan_p50", "unit": "date"}, "average"),
        ({"expression": "1 - cpi"}, "average"),
        ({"expression": "cpi", "has_amounts": False}, "amounts of money: say so"),
        (
            {"expression": "cost_variance / cost_at_completion", "has_amounts": False},
            "amounts of money: say so",
        ),
    ],
)
def test_what_breaks_the_rules_is_refused_whoever_asks(by, fields, why):
    with pytest.raises(Refused, match=why):
        define(by, **fields)
    assert not Kpi.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"expression": ""},
        {"expression": "100 * (1 - cpi) / spi", "unit": "%", "has_amounts": False},
        {"expression": "min(cpi, spi)", "together": "least"},
        {"expression": "cost_variance * 2", "unit": "money", "together": "sum"},
        {"expression": "cost_variance / cost_at_completion", "unit": "ratio"},
        {"expression": "plan_p50", "unit": "date", "together": "median"},
        {"expression": "gate_on_time", "unit": "%"},
    ],
)
def test_what_keeps_them_is_taken(by, fields):
    assert define(by, **fields).version == 1


def test_a_code_is_taken_once(by):
    define(by)
    with pytest.raises(Refused, match="KPI CPI already"):
        define(by)


def test_a_change_counts_up_and_keeps_what_was(by):
    kpi = KpiFactory(name="Old")
    changed = kpis.change(kpi, by=by, seen_version=1, reason=" Clearer ", name="New")
    assert (changed.version, changed.name) == (2, "New")
    body = entries(kpi).get().body
    assert (body["changes"], body["reason"], body["version"]) == (
        {"name": ["Old", "New"]},
        "Clearer",
        2,
    )


def test_a_change_without_a_reason_or_a_change_is_refused(by):
    kpi = KpiFactory(name="Old")
    with pytest.raises(Refused, match="Say why"):
        kpis.change(kpi, by=by, seen_version=1, reason=" ", name="New")
    with pytest.raises(Refused, match="Nothing"):
        kpis.change(kpi, by=by, seen_version=1, reason="So", name="Old")
    with pytest.raises(Refused, match="closing bracket"):
        kpis.change(kpi, by=by, seen_version=1, reason="So", expression="(cpi")
    assert not entries(kpi).exists()


def test_of_two_changes_of_one_card_the_second_is_stale(by):
    kpi = KpiFactory()
    kpis.change(kpi, by=by, seen_version=1, reason="So", name="One")
    with pytest.raises(Stale, match="version 2 by now; you saw version 1"):
        kpis.change(kpi, by=by, seen_version=1, reason="So", name="Two")


@pytest.mark.parametrize("moved", [{"unit": "ratio"}, {"code": "NEW"}, {"together": "median"}])
def test_what_readings_mean_stays(by, moved):
    kpi = KpiReadingFactory().kpi
    with pytest.raises(Refused, match="define another"):
        kpis.change(kpi, by=by, seen_version=1, reason="So", **moved)
    assert kpis.change(kpi, by=by, seen_version=1, reason="So", name="New").version == 2


def test_a_direction_is_not_turned_against_its_targets(by):
    kpi = KpiFactory(direction="up")
    kpi.targets.create(floor=70, target=85, stretch=92)
    with pytest.raises(Refused, match="Its targets"):
        kpis.change(kpi, by=by, seen_version=1, reason="So", direction="down")


def test_it_is_retired_and_comes_back_with_reasons(by):
    kpi = KpiFactory()
    with pytest.raises(Refused, match="Say why"):
        kpis.retire(kpi, by=by, seen_version=1, reason="")
    with pytest.raises(Refused, match="in use"):
        kpis.reinstate(kpi, by=by, seen_version=1, reason="So")
    assert not kpis.retire(kpi, by=by, seen_version=1, reason="Nobody reads it").is_active
    assert kpis.reinstate(kpi, by=by, seen_version=2, reason="Missed").is_active
    assert entries(kpi).filter(kind="kpi changed").count() == 2
