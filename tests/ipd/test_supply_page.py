"""A product's supply: readiness for its next gate, parts, demand; suppliers; measures."""

from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES, Status
from ipd.models import Phase, ProductPart, SupplyStatement
from tests.factories import GrantFactory, ProductFactory
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
from tests.ipd.supplying import next_month, page_of

pytestmark = pytest.mark.django_db


def reading(key, *products):
    return MEASURES[key].compute([product.pk for product in products], today(), today())


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
