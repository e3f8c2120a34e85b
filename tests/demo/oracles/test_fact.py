"""The demonstration's gates tell what was computed for them, as the domain reference says."""

from datetime import date
from decimal import Decimal

import pytest

from gates.models import Review, ReviewCriterion

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def criterion(product: str, gate: str, code: str) -> ReviewCriterion:
    review = Review.objects.real().open().get(product__code=product, gate__code=gate)
    return review.criteria.select_related("fact").get(code=code)


def test_no_state_of_a_computed_criterion_was_typed_in():
    bound = ReviewCriterion.objects.exclude(measure="")
    assert bound.exists()
    assert not bound.filter(fact=None).exists()
    assert not bound.filter(judged="met").exists()


def test_the_trace_of_fjord_is_red():
    found = criterion("P04", "PDCP", "PD-03")
    # Domain reference, 10.9: trace 93 % where 95 % is asked.
    assert (found.state, round(found.fact.figure)) == ("not_met", 93)
    assert found.threshold == 95


def test_the_single_sources_of_fjord_are_amber_for_the_timing_chip():
    found = criterion("P04", "PDCP", "PD-08")
    assert (found.state, found.fact.numerator, found.fact.denominator) == ("partly", 3, 4)
    assert "TX-5" in found.fact.detail


def test_the_bus_factor_of_fjord_is_green_and_judged_by_people():
    found = criterion("P04", "PDCP", "PD-14")
    assert (found.state, found.is_bound) == ("met", False)


def test_the_business_case_of_fjord_is_above_its_hurdle():
    found = criterion("P04", "PDCP", "PD-11")
    # Domain reference, 5.6: the case of P04 is worth 3.28 M€ at its hurdle.
    assert found.state == "met"
    assert round(found.fact.figure / Decimal(1_000_000), 2) == Decimal("3.28")


@pytest.mark.parametrize(
    ("product", "gate", "share"),
    # Closed of all conditions, by the rows of 10.3.
    [("P03", "ADCP", (2, 2)), ("P01", "ADCP", (14, 15)), ("P05", "ADCP", (5, 8))],
)
def test_conditions_closed(product, gate, share):
    fact = criterion(product, gate, "AD-12").fact
    assert (fact.numerator, fact.denominator) == share


def test_role_coverage_of_osprey():
    found = criterion("P08", "CDCP", "CD-12")
    # Three of nine core seats of P08 have a deputy (33 %, domain reference 10.4).
    assert (found.state, round(found.fact.figure)) == ("not_met", 33)


def test_the_contract_date_of_fjord_is_not_before_p50_and_the_owner_wants_more():
    found = criterion("P04", "PDCP", "PD-13")
    assert (found.fact.state, found.judged, found.state) == ("met", "partly", "partly")
    assert "contingency" in found.comment


def test_readiness_of_the_next_plan_decision():
    # Domain reference, 10.9: the pack of Fjord is 82 % ready.
    assert Review.objects.real().get(product__code="P04", gate__code="PDCP").readiness_percent == 82
