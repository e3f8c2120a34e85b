"""A product's supply: readiness for its next gate, parts, demand; suppliers; measures."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES, Status
from ipd.models import Phase, ProductPart, SupplyStatement
from tests.factories import GrantFactory, ProductFactory
from tests.factories.kpis import KpiFactory, KpiReadingFactory
from tests.factories.supply import (
    ContributionFactory,
    DemandFactory,
    PartFactory,
    SourceFactory,
    SupplierFactory,
    SupplierScoreFactory,
    SupplyActionFactory,
    needed,
    red,
)

pytestmark = pytest.mark.django_db


def reading(key, *products):
    return MEASURES[key].compute([product.pk for product in products], today(), today())


def page_of(product):
    return reverse("ipd:supply", args=[product.pk])


def next_month(n):
    first = today().replace(day=1)
    months = first.year * 12 + first.month - 1 + n
    return first.replace(year=months // 12, month=months % 12 + 1)


# Measures ---------------------------------------------------------------------------------------


def test_a_product_without_parts_has_nothing_to_measure(house):
    keys = [key for key, one in MEASURES.items() if one.route == "ipd:supply"]
    assert len(keys) == 8
    for key in keys:
        assert reading(key, house.product) == {}


def test_measures_walk_down_each_product_s_own_bill(house, django_assert_max_num_queries):
    other = ProductFactory()
    one, shared, two = PartFactory(), PartFactory(status="nrnd"), PartFactory()
    SourceFactory(part=one)
    SourceFactory(part=shared)
    SourceFactory(part=shared)
    needed(house.product, one, shared, through=3)
    needed(other, shared, two)
    SupplyActionFactory(part=one, owner=house.lpdt)
    with django_assert_max_num_queries(8):
        approved = reading("parts_approved", house.product, other)
        single = reading("single_source_share", house.product, other)
        planned = reading("single_source_planned", house.product, other)
        decided = reading("make_buy_decided", house.product, other)
    assert {pk: (r.numerator, r.denominator) for pk, r in approved.items()} == {
        house.product.pk: (1, 2),
        other.pk: (1, 2),
    }
    assert shared.code in approved[other.pk].detail
    assert single[house.product.pk].ratio == Decimal("0.5")
    assert single[other.pk].ratio == 0
    assert planned[house.product.pk].ratio == 1
    assert planned[other.pk].status is Status.NOT_DUE
    assert (decided[house.product.pk].numerator, decided[house.product.pk].denominator) == (0, 3)


@pytest.mark.parametrize(
    ("fields", "planned"),
    [
        ({}, 1),
        ({"owner": None}, 0),
        ({"state": "done"}, 0),
        ({"state": "dropped"}, 0),
        ({"state": "running"}, 1),
    ],
)
def test_what_counts_as_a_plan(house, fields, planned):
    part = red(house.product)
    SupplyActionFactory(part=part, **fields)
    for key in ("single_source_planned", "red_exposures_planned"):
        assert reading(key, house.product)[house.product.pk].numerator == planned


def test_a_plan_for_one_product_is_none_for_another(house):
    part, other = red(house.product), ProductFactory()
    needed(other, part)
    SupplyActionFactory(part=part, product=other)
    found = reading("red_exposures_planned", house.product, other)
    assert (found[house.product.pk].numerator, found[other.pk].numerator) == (0, 1)


def test_exposure_is_of_the_product_s_own_contribution(house):
    part = red(house.product)
    assert reading("supply_exposure", house.product)[house.product.pk].status == Status.MISSING
    ContributionFactory(product=house.product, weekly=Decimal(95_000))
    other = ProductFactory()
    ContributionFactory(product=other, weekly=Decimal(60_000))
    needed(other, part)
    found = reading("supply_exposure", house.product, other)
    assert found[house.product.pk].numerator == 28 * 95_000
    whole = MEASURES["supply_exposure"].of([house.product.pk, other.pk], today(), today())
    assert whole.numerator == 28 * 155_000


def test_last_time_buys_are_asked_for_unless_the_part_is_designed_out(house):
    part = PartFactory(status="ltb", last_order_on=today())
    needed(house.product, part)
    assert reading("last_time_buys_sized", house.product)[house.product.pk].ratio == 0
    SupplyActionFactory(part=part, rung="redesign", product=house.product)
    assert reading("last_time_buys_sized", house.product) == {}


def test_the_peak_is_the_fullest_of_the_first_twelve_planned_months(house):
    DemandFactory(product=house.product, month=next_month(-1), p50=1190)
    DemandFactory(product=house.product, month=next_month(1), p50=1150)
    DemandFactory(product=house.product, month=next_month(2), p50=1000, capacity=1000)
    found = reading("capacity_peak_utilisation", house.product)[house.product.pk]
    assert (found.numerator, found.denominator) == (1000, 1000)


# The page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_there(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    for n in range(count):
        SupplyActionFactory(part=red(house.product), owner=house.lpdt)
        DemandFactory(product=house.product, month=next_month(n))
    ContributionFactory(product=house.product)
    client = as_person(house.lpdt)
    client.get(page_of(house.product))
    with django_assert_max_num_queries(12):
        answer = client.get(page_of(house.product))
    assert len(answer.context["parts"]) == count
    assertContains(answer, "95.8")


def test_money_is_shown_under_the_grant_alone(house, as_person):
    red(house.product)
    ContributionFactory(product=house.product)
    assertContains(as_person(house.lpdt).get(page_of(house.product)), "2,660,000 EUR")
    answer = as_person(house.outsider).get(page_of(house.product))
    assertNotContains(answer, "2,660,000")
    assertContains(answer, "restricted")
    assertContains(answer, "28 wk")


@pytest.mark.parametrize("phase", ["CHARTER", "CONCEPT", "PLAN", "DEVELOP", "QUALIFY", "LIFECYCLE"])
def test_every_phase_expects_its_own(house, as_person, phase):
    product = house.product
    product.phase = Phase.objects.get(process=product.process, code=phase)
    product.save()
    answer = as_person(house.outsider).get(page_of(product))
    assert len(answer.context["lines"]) == {"CHARTER": 1, "CONCEPT": 7, "DEVELOP": 6}.get(phase, 9)


def test_readiness_tells_what_is_there(house, as_person):
    part = PartFactory(kraljic="routine")
    SourceFactory(part=part)
    needed(house.product, part, PartFactory())
    for n in range(12):
        DemandFactory(product=house.product, month=next_month(n), capacity=1400)
    lines = as_person(house.outsider).get(page_of(house.product)).context["lines"]
    tones = {line.key: line.tone for line in lines}
    assert tones == {
        "make_buy": "off",
        "strategy": "risk",
        "status": "on",
        "sources": "off",
        "exposure": "off",
        "capacity": "on",
        "demand": "on",
        "logistics": "none",
        "sustaining": "none",
    }


# How the chain performs -------------------------------------------------------------------------


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


def test_an_element_is_stated(house, as_person):
    client, url = as_person(house.lpdt), reverse("ipd:supply-statement", args=[house.product.pk])
    assert client.post(url, {"element": "logistics"}).status_code == 422
    data = {"element": "logistics", "text": "Two lanes", "is_ready": "on"}
    assertContains(client.post(url, data, follow=True), "Two lanes")
    client.post(url, data | {"text": "Three lanes", "key": ""})
    assert SupplyStatement.objects.get().text == "Three lanes"
    assert as_person(house.outsider).post(url, data).status_code == 403


def test_a_top_is_added_and_taken_out(house, as_person):
    part, client = PartFactory(kind="assembly"), as_person(house.lpdt)
    url = reverse("ipd:supply-top", args=[house.product.pk])
    assertContains(client.post(url, {"code": part.code, "quantity": 1}, follow=True), part.code)
    top = ProductPart.objects.get()
    removal = reverse("ipd:supply-top-removal", args=[top.pk])
    assert client.post(removal).status_code == 302
    assert not ProductPart.objects.exists()


# Suppliers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_suppliers_cost_the_same(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    suppliers = [SupplierFactory() for _ in range(count)]
    for n in range(count):
        SupplierScoreFactory(supplier=suppliers[0], month=next_month(-n), delivery=68)
        SourceFactory(part=red(house.product), supplier=suppliers[0])
    client = as_person(house.outsider)
    client.get("/suppliers/")
    for url in ("/suppliers/", suppliers[0].get_absolute_url()):
        with django_assert_max_num_queries(9):
            answer = client.get(url)
        assertContains(answer, "68")
        assertContains(answer, suppliers[0].name)


def test_suppliers_are_found_and_sorted(house, as_person):
    good, bad = SupplierFactory(name="Aaa"), SupplierFactory(name="Zzz")
    SupplierScoreFactory(supplier=good, delivery=99)
    SupplierScoreFactory(supplier=bad, delivery=60)
    SupplierScoreFactory(supplier=bad, delivery=98, month=today().replace(day=1, year=2020))
    client = as_person(house.outsider)

    def names(**query):
        return [
            row.name
            for row, _delivered, _scores in client.get("/suppliers/", query).context["rows"]
        ]

    assert names() == ["Aaa", "Zzz"]
    assert names(sort="delivery") == ["Zzz", "Aaa"]
    assert names(q="zz") == ["Zzz"]
    assert names(sort="alone") == ["Aaa", "Zzz"]
    SourceFactory(part=PartFactory(), supplier=bad)
    assert names(sort="alone") == ["Zzz", "Aaa"]
    assert names(q="none", page="9") == []
    assert names(q="\0", sort="\0") == ["Aaa", "Zzz"]


def test_a_supplier_s_counts_leave_out_what_is_hidden(house, confidential_product, as_person):
    supplier, shared = SupplierFactory(), PartFactory()
    for part in (PartFactory(), shared, PartFactory(product=confidential_product)):
        SourceFactory(part=part, supplier=supplier)
    SourceFactory(part=shared)

    def counts(person):
        rows = as_person(person).get("/suppliers/").context["rows"]
        return {row.pk: (d.parts, d.alone) for row, d, _scores in rows}[supplier.pk]

    assert counts(house.lpdt) == (2, 1)
    GrantFactory(product=confidential_product, person=house.lpdt)
    assert counts(house.lpdt) == (3, 2)
