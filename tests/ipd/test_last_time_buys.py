"""The last order: its arithmetic for every input, its calculator, and the record of it."""

from datetime import timedelta
from decimal import Decimal
from statistics import NormalDist

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from ipd.actions import last_time_buys
from ipd.calculations.supply import (
    SERVICE,
    burn_down,
    carrying_cost,
    exposure,
    forecast_accuracy,
    gap,
    last_time_buy,
)
from ipd.kernel.access import Refused
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry
from ipd.models import LastTimeBuy, PartDemand
from tests.factories import ProductFactory
from tests.factories.supply import PartFactory, needed

INPUTS = {
    **{"scrap_percent": Decimal(2), "stock": 400, "on_order": 100, "sigma": Decimal(30)},
    **{"service": 95, "pack": 250, "unit_cost": Decimal("1.50"), "yearly_percent": Decimal(8)},
}

pieces = st.integers(0, 10_000)
months = st.lists(pieces, min_size=1, max_size=60)
orders = st.fixed_dictionaries(
    {
        "scrap_percent": st.decimals(0, 50, places=2),
        "stock": pieces,
        "on_order": pieces,
        "sigma": st.decimals(0, 500, places=2),
        "z": st.floats(0, 3),
        "pack": st.integers(1, 5000),
    }
)


@given(months, orders)
def test_it_suffices_in_whole_packs_and_not_one_too_many(monthly, order):
    found = last_time_buy(monthly, **order)
    assert found.quantity % order["pack"] == 0
    assert found.needed <= found.quantity < found.needed + order["pack"]
    here = order["stock"] + order["on_order"] + found.quantity
    assert here >= sum(monthly) * (1 + order["scrap_percent"] / 100)


@given(months, orders, pieces)
def test_more_in_stock_never_orders_more_and_more_demand_never_less(monthly, order, more):
    found = last_time_buy(monthly, **order).quantity
    richer = last_time_buy(monthly, **{**order, "stock": order["stock"] + more})
    assert richer.quantity <= found
    assert last_time_buy([*monthly, more], **order).quantity >= found


@given(
    st.decimals(0, 200, places=1), st.decimals(0, 200, places=1), st.decimals(0, 10**6, places=2)
)
def test_exposure_is_never_negative_and_gone_once_one_survives(ttr, tts, weekly):
    found = exposure(ttr, tts, weekly)
    assert found >= 0
    assert (found == 0) == (ttr <= tts or weekly == 0)
    assert gap(ttr, tts) - gap(tts, ttr) == ttr - tts


@given(st.lists(pieces, min_size=1, max_size=30))
def test_a_burn_down_ends_where_all_is_done(done):
    assert burn_down(sum(done), done)[-1] == 0


def test_the_service_s_quantiles_are_those_of_the_normal_distribution():
    for percent, z in SERVICE.items():
        assert z == pytest.approx(NormalDist().inv_cdf(percent / 100), abs=1e-4)


def test_keeping_costs_half_of_what_is_bought_when_it_is_used_evenly():
    cost = carrying_cost(
        [100] * 12, quantity=1200, unit_cost=Decimal(5), yearly_percent=Decimal(10)
    )
    assert cost == Decimal(1200) / 2 * 5 / 10
    assert forecast_accuracy([1], [0]) is None


# The record -------------------------------------------------------------------------------------

data_base = pytest.mark.django_db


def keep(house, part, **more):
    given = {"monthly": [120] * 24, "inputs": INPUTS, "note": "", "by": house.lpdt} | more
    return last_time_buys.keep(part, house.product, **given)


@data_base
def test_it_is_kept_with_what_went_in_and_never_changes(house):
    part = PartFactory(status="ltb", last_order_on=today())
    record = keep(house, part)
    assert (record.quantity, record.demand, record.months) == (2750, 2880, 24)
    assert record.inputs["sigma"] == "30"
    assert LedgerEntry.objects.filter(kind="last-time buy kept").count() == 1
    with pytest.raises(Refused, match="kept already"):
        keep(house, part)
    with pytest.raises(IntegrityError), transaction.atomic():
        LastTimeBuy.objects.update(quantity=1)
    with pytest.raises(Refused, match="no demand"):
        keep(house, part, monthly=[0, 0])


@data_base
def test_nothing_is_kept_after_the_last_day(house):
    part = PartFactory(status="ltb", last_order_on=today() - timedelta(days=1))
    with pytest.raises(Refused, match="last order day"):
        keep(house, part)


@data_base
def test_the_calculator_tries_by_address_and_keeps_by_form(house, as_person):
    part = PartFactory(status="ltb", last_order_on=today(), stock=400, on_order=100, pack_size=250)
    needed(house.product, part)
    needed(ProductFactory(), part)
    url = reverse("ipd:last-time-buy", args=[part.pk])
    client = as_person(house.lpdt)
    tried = {"months": 24, "per_month": 120, "sigma": 30, "scrap_percent": 2, "service": 95}
    answer = client.get(url, tried | {"unit_cost": "1.50"})
    assertContains(answer, "<b>2750</b>")
    assert not LastTimeBuy.objects.exists()
    assert client.get(url, {"months": "x"}).status_code == 200
    data = tried | {key: str(value) for key, value in INPUTS.items()}
    assert client.post(url, data).status_code == 422
    kept = client.post(url, data | {"product": house.product.pk}, follow=True)
    assertContains(kept, "<b>2750</b>")
    outsider = as_person(house.outsider)
    assertNotContains(outsider.get(url), "Keep this quantity")
    assert outsider.post(url, data).status_code == 403


@data_base
def test_planned_demand_is_used_where_nothing_is_typed(house, as_person):
    part = PartFactory()
    first = today().replace(day=1)
    for n, units in enumerate((7, 11)):
        month = (first + timedelta(days=32 * n)).replace(day=1)
        PartDemand.objects.create(part=part, month=month, production=units, spares=1)
    url = reverse("ipd:last-time-buy", args=[part.pk])
    found = as_person(house.lpdt).get(url).context["found"]
    assert (found.demand, found.quantity) == (20, 21)
    found = as_person(house.lpdt).get(url, {"months": 1}).context["found"]
    assert found.demand == 8
