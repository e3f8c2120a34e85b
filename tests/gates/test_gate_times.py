"""What gates measure beside first attempts: conditions in time, readiness, elements, days taken."""

from datetime import timedelta

import pytest

from gates.models import Review
from gates.models.reviews import Stage
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES, Status
from tests.factories import ConditionFactory

pytestmark = pytest.mark.django_db


def read(key, house):
    return MEASURES[key].on([house.product.pk], today()).get(house.product.pk)


def share(key, house):
    reading = read(key, house)
    return reading and (reading.numerator, reading.denominator)


def decided(house, at, outcome, **more):
    return house.review(at=at, stage=Stage.DECIDED, ended_in=outcome, **more)


def test_conditions_count_as_in_time_by_their_first_due_date(house):
    review = decided(house, "CDCP", "GO_COND")
    due, day = today() - timedelta(days=10), timedelta(days=1)
    given = {"review": review, "original_due_on": due}
    ConditionFactory(**given, due_on=due, state="verified", settled_on=due)
    ConditionFactory(**given, due_on=due, state="verified", settled_on=due + day)
    ConditionFactory(**given, due_on=due + 30 * day)  # more time was given: it does not count
    ConditionFactory(review=review, due_on=today(), original_due_on=today())  # has until tonight
    ConditionFactory(review=review, due_on=today() + day, original_due_on=today() + day)
    assert share("conditions_on_time", house) == (1, 3)


def test_decision_gates_and_technical_reviews_are_told_apart(house):
    decided(house, "CDCP", "GO_COND")
    decided(house, "TR2", "PASS")
    decided(house, "TR3", "REDO")
    assert share("decisions_first_pass", house) == (1, 1)
    assert share("reviews_first_pass", house) == (1, 2)
    assert share("gate_first_pass", house) == (2, 3)


def test_a_gate_that_nobody_has_to_prepare_yet_is_not_read(house):
    far = house.review(at="PDCP", planned_on=today() + timedelta(days=31))
    Review.objects.filter(pk=far.pk).update(readiness_percent=10)
    assert read("gate_readiness", house).status == Status.NOT_DUE


def test_the_next_gate_s_readiness_is_an_estimate_until_a_week_before(house):
    far = house.review(at="PDCP", planned_on=today() + timedelta(days=30))
    Review.objects.filter(pk=far.pk).update(readiness_percent=82)
    assert (share("gate_readiness", house), read("gate_readiness", house).status) == (
        (82, 100),
        Status.ESTIMATED,
    )
    near = house.review(at="TR3", planned_on=today() + timedelta(days=7))
    Review.objects.filter(pk=near.pk).update(readiness_percent=40)
    assert (share("gate_readiness", house), read("gate_readiness", house).status) == (
        (40, 100),
        Status.MEASURED,
    )


def test_elements_are_those_judged_at_first_technical_reviews(house):
    met = decided(house, "TR2", "PASS").criteria.count()
    failed = decided(house, "TR3", "REDO", criteria__state="not_met").criteria.count()
    decided(house, "TR3", "PASS", attempt=2)
    decided(house, "TR1", "PASS", criteria__state="no_data")
    decided(house, "CDCP", "GO")
    assert share("review_elements_met", house) == (met, met + failed)


def test_time_to_market_runs_from_the_first_gate_passed(house):
    product, day = house.product, today()
    assert read("time_to_market", house) is None
    decided(house, "CHARTER", "GO", held_on=day - timedelta(days=500))
    decided(house, "CDCP", "GO", held_on=day - timedelta(days=400))
    assert read("time_to_market", house).status == Status.NOT_DUE
    product.phase = product.process.phases.get(code="LAUNCH")
    product.ga_on = day - timedelta(days=20)
    product.save()
    assert share("time_to_market", house) == (480, 1)
    product.ga_on = day - timedelta(days=480)
    product.save()
    assert read("time_to_market", house) is None  # not in these twelve months


def test_decision_latency_is_the_median_of_days_from_the_locked_pack(house):
    for at, days in (("CDCP", 2), ("TR2", 4), ("TR3", 30)):
        review = decided(house, at, "GO" if at == "CDCP" else "PASS")
        locked = review.decided_at - timedelta(days=days)
        Review.objects.filter(pk=review.pk).update(locked_at=locked)
    reading = read("decision_latency", house)
    assert (reading.numerator, reading.n) == (4, 3)
