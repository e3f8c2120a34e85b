"""Targets and weights in force on a day, and how they are set."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry
from teams.actions import targets as actions
from teams.calculations.scoring import Scale
from teams.models import KpiMonth, KpiTarget, KpiWeight
from teams.queries import figures, targets
from tests.factories import PersonFactory
from tests.factories.kpis import KpiFactory, KpiTargetFactory, KpiWeightFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
WEIGHTS = {"time": 30, "customer": 20, "cost": 20, "quality": 20, "capability": 10}


def set_target(kpi, *, seen=1, **given):
    values = {"phase": "PLAN", "floor": D(70), "target": D(85), "stretch": D(92), "centre": None}
    values |= {"is_due": True, "valid_from": today(), "by": PersonFactory()}
    return actions.set_target(kpi, seen_version=seen, **(values | given))


def test_the_phase_s_own_counts_before_the_one_for_all_and_the_newest_of_each():
    kpi = KpiFactory()
    KpiTargetFactory(kpi=kpi, target=80, stretch=90)
    KpiTargetFactory(kpi=kpi, phase="PLAN", target=81)
    KpiTargetFactory(kpi=kpi, phase="PLAN", target=82, valid_from=date(2026, 1, 1))
    KpiTargetFactory(kpi=kpi, phase="PLAN", target=83, valid_from=date(2027, 1, 1))
    aims = targets.on(DAY)
    assert aims.of(kpi.pk, "PLAN").target == 82
    assert aims.of(kpi.pk, "DEVELOP").target == 80
    assert aims.scale(kpi.pk, "PLAN") == Scale(D(70), D(82), D(92))
    assert targets.on(date(2025, 6, 1)).of(kpi.pk, "PLAN").target == 81
    assert targets.on(date(2019, 6, 1)).of(kpi.pk, "PLAN") is None


def test_what_is_due_has_a_target_has_begun_and_is_in_use():
    kpi = KpiFactory()
    KpiTargetFactory(kpi=kpi)
    KpiTargetFactory(kpi=kpi, phase="CONCEPT", is_due=False)
    aims = targets.on(DAY)
    assert aims.is_due(kpi, "PLAN")
    assert not aims.is_due(kpi, "CONCEPT")
    assert aims.scale(kpi.pk, "CONCEPT") is None
    kpi.is_active = False
    assert not aims.is_due(kpi, "PLAN")
    later = KpiTargetFactory(kpi__valid_from=date(2027, 1, 1)).kpi
    assert not targets.on(DAY).is_due(later, "PLAN")


def test_it_takes_two_queries_however_many(django_assert_num_queries):
    for _each in range(3):
        KpiTargetFactory()
    KpiWeightFactory()
    KpiWeightFactory(percent=25, valid_from=date(2026, 1, 1))
    with django_assert_num_queries(2):
        aims = targets.on(DAY)
    assert aims.weight("PLAN", "quality") == 25
    assert aims.weight("PLAN", "time") == 0


@pytest.mark.parametrize(
    ("figure", "tone"),
    [
        (None, "none"),
        (D(92), "on"),
        (D(85), "on"),
        (D("84.9"), "risk"),
        (D(70), "off"),
        (D(3), "off"),
    ],
)
def test_tones_say_where_a_figure_stands(figure, tone):
    assert figures.tone(figure, Scale(D(70), D(85), D(92))) == tone
    assert figures.tone(figure, None) == "none"


@pytest.mark.parametrize(
    ("card", "figure", "said"),
    [
        ({"unit": "%"}, D("88.04"), "88.0 %"),
        ({"unit": "%", "unit_label": "%/yr"}, D("1.96"), "2.0 %/yr"),
        ({"unit": "ratio", "places": 3}, D("0.8911"), "0.891"),
        ({"unit": "ratio", "places": 2, "unit_label": "/KLOC"}, D("0.445"), "0.45 /KLOC"),
        ({"unit": "count", "places": 0, "unit_label": "days"}, D(1234), "1,234 days"),
        ({"unit": "days", "places": 0}, D(-3), "-3 working days"),
        ({"unit": "count"}, D("-0.04"), "0.0"),
        ({"unit": "date"}, D(date(2027, 3, 25).toordinal()), "2027-03-25"),
        ({"unit": "%"}, None, "–"),
        ({"unit": "money", "places": 0}, D("-700000.4"), "-700,000 EUR"),
    ],
)
def test_figures_are_shown_with_their_unit(card, figure, said):
    assert figures.shown(KpiFactory.build(owner=None, **card), figure, granted=True) == said


def test_money_is_shown_with_the_grant_alone():
    amount = KpiFactory.build(owner=None, unit="money")
    index = KpiFactory.build(owner=None, unit="ratio", has_amounts=True)
    assert figures.shown(amount, D(777), granted=False) == "restricted"
    assert figures.shown(index, D("0.9"), granted=False) == "0.9"
    assert figures.parts_shown(index, D(777), D(900), granted=False) == "restricted"
    assert figures.parts_shown(index, D("777.50"), D(9000), granted=True) == "777.5 ÷ 9,000"


def test_a_target_is_set_from_a_day_on_and_is_in_the_ledger():
    kpi = KpiFactory()
    row = set_target(kpi)
    kpi.refresh_from_db()
    assert kpi.version == 2
    set_target(kpi, seen=2, floor=D(60))
    row.refresh_from_db()
    assert (row.floor, KpiTarget.objects.count()) == (60, 1)
    body = LedgerEntry.objects.filter(subject=f"kpi:{kpi.pk}").last().body
    assert (body["before"]["floor"], body["after"]["floor"], body["version"]) == ("70", "60", 3)


@pytest.mark.parametrize(
    ("direction", "given", "why"),
    [
        ("up", {"floor": D(90)}, "Below the target"),
        ("up", {"stretch": D(80)}, "Below the target"),
        ("up", {"centre": D(0)}, "no best figure"),
        ("down", {}, "Above the target"),
        ("near", {"floor": D(20), "target": D(5), "stretch": D(0)}, "best"),
        (
            "near",
            {"floor": D(20), "target": D(5), "stretch": D(-1), "centre": D(0)},
            "not below zero",
        ),
    ],
)
def test_a_target_that_goes_another_way_is_refused(direction, given, why):
    with pytest.raises(Refused, match=why):
        set_target(KpiFactory(direction=direction), **given)


def test_what_closed_months_were_judged_by_stays():
    closed = date(2026, 10, 1)
    KpiMonth.objects.create(month=closed)
    kpi = KpiTargetFactory(phase="PLAN", valid_from=date(2026, 10, 31)).kpi
    for refused in (
        lambda: set_target(kpi, valid_from=date(2026, 10, 31), floor=D(60)),
        lambda: actions.remove_target(kpi.targets.get(), by=PersonFactory(), seen_version=1),
        lambda: actions.set_weights("PLAN", WEIGHTS, valid_from=closed, by=PersonFactory()),
    ):
        with pytest.raises(Refused, match="closed"):
            refused()
    assert set_target(kpi, valid_from=date(2026, 11, 1)).pk


def test_a_page_that_is_old_sets_nothing_and_the_same_is_no_change():
    kpi = KpiFactory()
    set_target(kpi)
    with pytest.raises(Stale):
        set_target(kpi, floor=D(60))
    with pytest.raises(Refused, match="Nothing"):
        set_target(kpi, seen=2)


def test_a_row_that_is_taken_out_lets_the_one_before_go_on():
    kpi = KpiTargetFactory(phase="PLAN").kpi
    later = set_target(kpi, floor=D(60))
    actions.remove_target(later, by=PersonFactory(), seen_version=2)
    assert targets.on(today()).of(kpi.pk, "PLAN").floor == 70
    with pytest.raises(Refused, match="gone"):
        actions.remove_target(later, by=PersonFactory(), seen_version=3)


def test_weights_make_a_hundred_and_replace_those_of_their_day():
    by, tomorrow = PersonFactory(), today() + timedelta(days=1)
    with pytest.raises(Refused, match="100 in all, not 110"):
        actions.set_weights("PLAN", WEIGHTS | {"time": 40}, valid_from=today(), by=by)
    actions.set_weights("PLAN", WEIGHTS, valid_from=today(), by=by)
    with pytest.raises(Refused, match="Nothing"):
        actions.set_weights("PLAN", WEIGHTS, valid_from=tomorrow, by=by)
    actions.set_weights("PLAN", WEIGHTS | {"time": 20, "cost": 30}, valid_from=today(), by=by)
    assert KpiWeight.objects.count() == 5
    assert targets.on(today()).weight("PLAN", "cost") == 30
    entry = LedgerEntry.objects.filter(subject="kpi-weights:PLAN").last()
    assert (entry.body["before"]["cost"], entry.body["after"]["cost"]) == (20, 30)
