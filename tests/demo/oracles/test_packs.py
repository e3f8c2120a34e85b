"""The packs of Norvane's held gates: whole, from before the meeting, agreeing with the decision."""

import pytest

from gates.models import Citation, Evidence, Review, ReviewCriterion
from gates.models.criteria import Assessment
from gates.queries import exercises
from teams.models import Person

pytestmark = pytest.mark.django_db
PACKS = {
    ("P01", "PDCP", 1): "REDIRECT",
    ("P01", "TR5", 1): "REDO",
    ("P05", "TR4", 1): "PASS_WITH_RISK",
    ("P07", "CDCP", 1): "GO_COND",
    ("P07", "IDCP", 1): "NO_GO",
    ("P09", "ADCP", 1): "GO_COND",
    ("P09", "PDCP", 1): "GO",
}


def packs():
    return Review.objects.real().held().filter(criteria__assessed_at__isnull=False).distinct()


def asked(review):
    return ReviewCriterion.objects.filter(review=review)


def test_they_are_of_every_outcome_that_teaches():
    found = packs().values_list("product__code", "gate__code", "attempt", "outcome__code")
    assert {(product, gate, n): outcome for product, gate, n, outcome in found} == PACKS


def test_who_has_decided_none_anew_is_offered_them():
    offered = exercises.to_do(Person.objects.get(code="L08")).rows
    assert {(row.product.code, row.gate.code, row.attempt) for row in offered} == set(PACKS)


def test_each_criterion_says_something_from_before_the_meeting():
    for review in packs():
        for row in asked(review).select_related("assessed_by"):
            assert row.comment, row
            assert row.assessed_at.date() < review.held_on, row
    late = [
        proof
        for proof in Evidence.objects.filter(criterion__review__in=packs()).select_related(
            "criterion__review"
        )
        if proof.dated_on >= proof.criterion.review.held_on
    ]
    assert late == []


def test_a_pack_without_a_red_must_is_what_a_go_needs():
    red = {Assessment.NOT_MET, Assessment.NO_DATA}
    for review in packs().filter(outcome__blocked_by_red_must=True):
        musts = asked(review).filter(weight="must", state__in=red)
        assert not musts.exclude(waiver__chair_signed_at__isnull=False).exists(), review


def test_what_a_stop_or_a_leftover_rests_on_was_seen_in_the_pack():
    for review in packs().filter(outcome__passes_clean=False):
        cited = Citation.objects.filter(criterion__review=review)
        assert cited.exclude(criterion__state=Assessment.MET).exists(), review
