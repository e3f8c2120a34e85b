"""What gates measure of themselves, over sets of products; and the gate others ask for."""

import pytest

from gates.models import GateDefinition, Review, Tailoring
from gates.models.reviews import Stage
from ipd.actions import unplanned
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES, Status
from tests.factories import ConditionFactory, ProductFactory

pytestmark = pytest.mark.django_db


def read(key, *products):
    day = today()
    return MEASURES[key].compute([product.pk for product in products], day, day)


def gate(house, code):
    return GateDefinition.objects.get(chain__process=house.product.process, code=code)


@pytest.fixture
def decided(house):
    return house.review(at="CDCP", stage=Stage.DECIDED, ended_in="GO_COND")


def test_conditions_closed_counts_verified_and_waived(house, decided):
    for state in ("verified", "waived", "lapsed"):
        ConditionFactory(review=decided, state=state, settled_on=today())
    ConditionFactory(review=decided)

    reading = read("conditions_closed", house.product)[house.product.pk]

    assert (reading.numerator, reading.denominator, reading.n) == (2, 4, 4)
    assert reading.as_of == today()


def test_without_conditions_nothing_is_due(house):
    reading = read("conditions_closed", house.product)[house.product.pk]

    assert (reading.status, reading.ratio) == (Status.NOT_DUE, None)


@pytest.mark.parametrize(
    ("held", "share"),
    [
        ({}, (0, 2)),
        ({"TR2": "PASS"}, (1, 2)),
        ({"TR2": "PASS", "TR3": "REDO"}, (1, 2)),
        ({"TR2": "PASS", "TR3": "PASS_WITH_RISK"}, (2, 2)),
    ],
)
def test_technical_reviews_before_the_plan_decision(house, decided, held, share):
    for code, outcome in held.items():
        house.review(at=code, stage=Stage.DECIDED, ended_in=outcome)

    reading = read("technical_reviews_passed", house.product)[house.product.pk]

    assert (reading.numerator, reading.denominator) == share


def test_the_last_attempt_counts(house, decided):
    house.review(at="TR2", stage=Stage.DECIDED, ended_in="REDO")
    house.review(at="TR2", stage=Stage.DECIDED, ended_in="PASS", attempt=2)

    reading = read("technical_reviews_passed", house.product)[house.product.pk]

    assert (reading.numerator, reading.denominator) == (1, 2)


def test_tailored_reviews_are_not_asked_for(house, decided):
    Tailoring.objects.create(
        product=house.product,
        gate=gate(house, "TR3"),
        kind="merged",
        into=gate(house, "TR2"),
        reason="A small derivative.",
        approver=house.chair,
        approved_on=today(),
    )
    house.review(at="TR2", stage=Stage.DECIDED, ended_in="PASS")

    reading = read("technical_reviews_passed", house.product)[house.product.pk]

    assert (reading.numerator, reading.denominator) == (1, 1)


def test_what_feeds_is_that_of_the_next_gate(house):
    reading = read("technical_reviews_passed", house.product)[house.product.pk]
    assert (reading.numerator, reading.denominator) == (0, 1)  # TR1, before the concept decision

    house.review(at="CDCP", stage=Stage.DECIDED, ended_in="GO")
    house.review(at="PDCP", stage=Stage.DECIDED, ended_in="GO")
    reading = read("technical_reviews_passed", house.product)[house.product.pk]
    assert (reading.numerator, reading.denominator) == (0, 4)  # TR4, TR4A, TR5 and TR6


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("key", ["conditions_closed", "technical_reviews_passed"])
def test_one_query_for_any_number_of_products(house, django_assert_num_queries, key, count):
    products = [house.product, *ProductFactory.create_batch(count - 1, line=house.line)]

    with django_assert_num_queries(1):
        assert len(read(key, *products)) == count


def test_the_product_s_work_may_ask_for_an_unplanned_gate_and_gets_one(house):
    said = "The contract's date is missed by thirty working days."

    assert unplanned.ask(house.product, reason=said, by=house.lpdt)
    assert not unplanned.ask(house.product, reason=said, by=house.lpdt)

    review = Review.objects.get()
    assert (review.gate.code, review.reason) == ("IDCP", said)
