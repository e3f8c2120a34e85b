"""How promises stand: held against measures and readings; broken ones ask for a gate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains

from gates.models import Review
from ipd.actions import standings
from ipd.kernel.actions import touches
from ipd.kernel.days import add_working_days, today
from ipd.kernel.measures import MEASURES
from ipd.kernel.models import Notice, Touch
from ipd.models import Contract, ContractStanding
from tests.factories.contracts import CaseFactory, ContractFactory, ordinal

pytestmark = pytest.mark.django_db


def standing(house, code):
    return ContractStanding.objects.get(product=house.product, code=code)


def measure(key, product):
    return (
        MEASURES[key].compute([product.pk], today() - timedelta(days=365), today()).get(product.pk)
    )


def test_a_promise_is_held_against_what_the_measure_reads(house):
    ContractFactory(product=house.product, promised={"UNIT_COST": 990})
    CaseFactory(product=house.product)

    standings.renew([house.product.pk])

    unit = standing(house, "UNIT_COST")
    assert (unit.value, unit.standing) == (1000, "inside")
    assert standing(house, "DEFECTS").standing == "unknown"


@pytest.mark.parametrize(
    ("promised", "found"), [(1000, "inside"), (980, "warning"), (970, "broken"), (1100, "inside")]
)
def test_three_percent_of_unit_cost_are_the_team_s(house, promised, found):
    ContractFactory(product=house.product, promised={"UNIT_COST": promised})
    CaseFactory(product=house.product)

    standings.renew([house.product.pk], ask=False)

    assert standing(house, "UNIT_COST").standing == found


@pytest.mark.parametrize(
    ("days_late", "found"),
    [
        (0, "inside"),
        (5, "inside"),
        (6, "warning"),
        (10, "warning"),
        (11, "broken"),
        (-20, "inside"),
    ],
)
def test_ten_working_days_are_the_team_s(house, days_late, found):
    contract = ContractFactory(product=house.product, ga_on=add_working_days(today(), 100))
    late = add_working_days(contract.ga_on, days_late) if days_late else contract.ga_on

    element = contract.elements.get(code="GA")

    assert element.missed(ordinal(late)) == days_late
    assert element.judge(ordinal(late), today()) == found


def test_far_away_five_percent_of_the_way_are_wider_than_ten_days(house):
    contract = ContractFactory(product=house.product, ga_on=add_working_days(today(), 300))

    assert contract.elements.get(code="GA").tolerance(today()).allowed == 15


def test_a_broken_promise_asks_for_an_unplanned_gate_once(house):
    contract = ContractFactory(product=house.product, promised={"UNIT_COST": 900})
    CaseFactory(product=house.product)

    standings.renew([house.product.pk])
    standings.renew([house.product.pk])

    review = Review.objects.get(product=house.product, gate__unplanned=True)
    assert "Unit cost" in review.reason
    assert "900" not in review.reason
    assert standing(house, "UNIT_COST").asked_for == contract.version
    told = Notice.objects.filter(text__contains="broken").values_list("person__name", flat=True)
    assert sorted(told) == ["Charlotte Chair", "Lena Lead"]


def test_after_the_gate_it_does_not_ask_again_for_the_same_version(house):
    ContractFactory(product=house.product, promised={"UNIT_COST": 900})
    CaseFactory(product=house.product)
    standings.renew([house.product.pk])
    Review.objects.filter(gate__unplanned=True).update(stage="withdrawn")

    standings.renew([house.product.pk])

    assert not Review.objects.open().filter(gate__unplanned=True).exists()


def test_what_comes_in_broken_asks_for_nothing(house):
    ContractFactory(product=house.product, promised={"UNIT_COST": 900})
    CaseFactory(product=house.product)

    standings.renew([house.product.pk], ask=False)
    standings.renew([house.product.pk])

    assert not Review.objects.filter(gate__unplanned=True).exists()
    assert standing(house, "UNIT_COST").standing == "broken"


def test_a_touched_product_is_read_and_who_follows_the_standing_is_touched(house):
    ContractFactory(product=house.product)
    CaseFactory(product=house.product)
    Touch.objects.all().delete()
    touches.touch([house.product.pk])

    touches.follow_up()

    assert standing(house, "NPV").standing == "inside"
    assert Touch.objects.filter(product_id=house.product.pk).exists()
    touches.follow_up()
    assert not Touch.objects.exists()


def test_how_much_of_the_contract_holds(house):
    ContractFactory(product=house.product, promised={"UNIT_COST": 900, "MARGIN": 50})
    CaseFactory(product=house.product)
    standings.renew([house.product.pk], ask=False)

    reading = measure("contract_within_tolerance", house.product)

    assert (reading.numerator, reading.denominator) == (3, 4)
    deviation = MEASURES["unit_cost_deviation"].figure(
        measure("unit_cost_deviation", house.product)
    )
    assert round(deviation, 2) == Decimal("11.11")


def readings_of(house, code):
    element = Contract.objects.current().get(product=house.product).elements.get(code=code)
    return reverse("ipd:contract-reading", args=[element.pk])


def enter(client, house, code="DEFECTS", **fields):
    given = {"value": "2", "on": today().isoformat(), "source": "Defect list"}
    return client.post(readings_of(house, code), given | fields)


def test_a_reading_is_judged_at_once(house, as_person):
    ContractFactory(product=house.product)

    assert enter(as_person(house.pqa), house).status_code == 302

    assert standing(house, "DEFECTS").standing == "broken"
    assert Review.objects.filter(product=house.product, gate__unplanned=True).exists()
    page = as_person(house.pqa).get(readings_of(house, "DEFECTS"))
    assertContains(page, "Defect list")


def test_a_later_reading_counts_and_none_is_changed(house, as_person):
    ContractFactory(product=house.product)
    client = as_person(house.pqa)
    enter(client, house, on=(today() - timedelta(days=30)).isoformat())
    enter(client, house, value="0")

    assert standing(house, "DEFECTS").standing == "inside"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        house.product.contract_readings.update(value=0)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"on": (date.today() + timedelta(days=400)).isoformat()}, 422),  # noqa: DTZ011
        ({"source": ""}, 422),
        ({"value": "many"}, 422),
        ({"code": "UNIT_COST"}, 403),
    ],
)
def test_readings_that_are_refused(house, as_person, fields, status):
    ContractFactory(product=house.product)
    code = fields.pop("code", "DEFECTS")

    who = house.core_member if status == 403 else house.pqa
    assert enter(as_person(who), house, code, **fields).status_code == status
    assert not house.product.contract_readings.exists()


def test_nobody_enters_what_is_measured(house, as_person):
    ContractFactory(product=house.product)
    CaseFactory(product=house.product)

    answer = enter(as_person(house.lpdt), house, "UNIT_COST")

    assertContains(answer, "nobody enters it", status_code=409)
