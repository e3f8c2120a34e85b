"""How a product's chain performs: from the facts there are, and what is not measured."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains

from tests.factories import ProductFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory
from tests.factories.supply import (
    DemandFactory,
    PartFactory,
    SourceFactory,
    SupplierFactory,
    SupplierScoreFactory,
    needed,
    red,
)
from tests.ipd.supplying import next_month, page_of

pytestmark = pytest.mark.django_db


def ratios(client, product):
    found = client.get(page_of(product)).context["ratios"]
    return {ratio.name: ratio for ratio in found}


def test_without_facts_every_ratio_is_not_measured_and_says_what_it_needs(house, as_person):
    found = ratios(as_person(house.outsider), house.product)
    assert len(found) == 11
    assert [ratio.figure for ratio in found.values()] == [""] * 11
    assert all(ratio.said.startswith("needs ") for ratio in found.values())
    assert "INV_TURNS" in found["Inventory turns"].said
    answer = as_person(house.outsider).get(page_of(house.product))
    assertContains(answer, "not measured", count=11)


def test_ratios_that_the_house_has_facts_for(house, as_person):
    slow = PartFactory(lead_weeks=34, entered_tts=6)
    quick = PartFactory(lead_weeks=12, stock=80, on_order=20, weekly_demand=10)
    good, bad = SupplierFactory(name="Alder"), SupplierFactory(name="Birch")
    SourceFactory(part=slow, supplier=good)
    SourceFactory(part=quick, supplier=bad)
    SourceFactory(part=quick, supplier=SupplierFactory(), state="candidate")
    SupplierScoreFactory(supplier=good, delivery=92)
    SupplierScoreFactory(supplier=bad, delivery=99, month=date(2020, 1, 1))
    SupplierScoreFactory(supplier=bad, delivery=68)
    needed(house.product, slow, quick)
    DemandFactory(product=house.product, month=next_month(-1), p10=90, p50=100, p90=150, actual=80)
    DemandFactory(product=house.product, month=next_month(1), p50=1000, p90=1300, capacity=1250)
    quiet = {"p10": 400, "p50": 500, "p90": 600, "capacity": 1250}
    DemandFactory(product=house.product, month=next_month(2), **quiet)

    found = ratios(as_person(house.outsider), house.product)

    suppliers = found["Delivery of suppliers"]
    assert (suppliers.figure, suppliers.tone) == ("1 of 2 suppliers", "off")
    assert "lowest Birch, 68" in suppliers.said
    # 1 − |100 − 80| ÷ 80
    assert found["Forecast accuracy"].figure == "75.0 %"
    assert found["Longest lead time of a part"].figure == "34 weeks"
    # 1250 ÷ 1000 − 1, and P90 of 1,300 does not fit.
    upside = found["Upside flexibility"]
    assert (upside.figure, upside.tone) == ("25.0 %", "risk")
    assert upside.said.endswith("P90 fits in 1 of 2")
    # The median of 6 and (80 + 20) ÷ 10 weeks.
    assert found["Days of supply of its parts"].figure == "56 days"


def test_deliveries_inventory_and_cash_are_read_from_kpis(house, as_person):
    team = house.product.team
    otd = KpiFactory(code="OTD")
    for month, good in ((date(2026, 9, 1), 88), (date(2026, 10, 1), 93)):
        KpiReadingFactory(kpi=otd, team=team, month=month, numerator=good, denominator=100, n=100)
    KpiReadingFactory(kpi=otd, team=ProductFactory().team, numerator=1, denominator=2)
    found = ratios(as_person(house.outsider), house.product)
    assert found["On-time delivery"].figure == "93.0 %"
    assert found["On-time delivery"].said == "KPI OTD in 2026-10, 100 observations"
    assert found["Perfect order"].figure == ""
    assert found["Perfect order"].said.startswith("at most 93.0 %")

    perfect = KpiFactory(code="PERFECT_ORDER")
    KpiReadingFactory(kpi=perfect, team=team, numerator=80, denominator=100)
    cash = KpiFactory(code="CASH_TO_CASH", unit="ratio", unit_label="days", has_amounts=True)
    KpiReadingFactory(kpi=cash, team=team, numerator=6200, denominator=100)
    found = ratios(as_person(house.lpdt), house.product)
    assert found["Perfect order"].figure == "80.0 %"
    assert found["Cash-to-cash"].figure == "62.00 days"
    assert ratios(as_person(house.outsider), house.product)["Cash-to-cash"].figure == "restricted"


def test_weeks_without_a_gap_cost_nothing_whatever_a_week_contributes(house, as_person):
    needed(house.product, PartFactory(assessed_ttr=4, entered_tts=8))
    assert as_person(house.lpdt).get(page_of(house.product)).context["exposure"] == "0 EUR"
    red(house.product)
    assert as_person(house.lpdt).get(page_of(house.product)).context["exposure"] == "–"
