"""What the demonstration shows of rehearsals: gates decided anew, and a team's own."""

import pytest

from gates.models import Exercise, Rehearsal, Review
from gates.queries import exercises, rehearsals
from teams.models import Person

pytestmark = pytest.mark.django_db


def test_a_trainee_has_voted_twice_and_has_one_under_way():
    trainee = Person.objects.get(code="L06")
    mine = exercises.of_person(trainee)
    assert [row.voted_at is None for row in mine.order_by("started_at")] == [False, False, True]
    assert not Exercise.objects.filter(was_there=True, person=trainee).exists()


def test_every_vote_of_an_exercise_judges_all_that_the_gate_asked():
    for row in Exercise.objects.exclude(voted_at=None).select_related("review__gate"):
        codes = exercises.known(row.review, granted=False).codes
        assert sorted(row.judged) == sorted(codes)
        assert codes


def test_fjord_s_coming_gate_was_rehearsed_and_its_gaps_wait_for_its_team():
    row = Rehearsal.objects.get()
    leader = Person.objects.get(code="L03")
    assert (row.source.product.code, row.source.gate.code) == ("P04", "PDCP")
    assert row.review.outcome.code == "HOLD"
    gaps = set(row.review.rehearsal_gaps.values_list("criterion__code", flat=True))
    assert {"PD-03", "PD-08", "PD-16"} <= gaps
    source = rehearsals.with_open_gaps(Review.objects.filter(pk=row.source_id), leader).get()
    assert len(source.open_gaps) == len(gaps)
    board = row.review.rehearsal_seats.filter(part__in=["chair", "member"])
    assert sorted(board.values_list("person__code", flat=True)) == ["K03", "L04", "S06"]
