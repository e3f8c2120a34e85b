"""Exercises and rehearsals out of files: they come in, stand as they are, and count nowhere."""

from datetime import date

import pytest

from gates.models import Decision, Exercise, Rehearsal, Review
from tests.gates.test_presenter_tables import bring, said

pytestmark = pytest.mark.django_db
EXERCISES = (
    "product,gate,attempt,person,judged,outcome,reason,"
    "settled_chance,passed_chance,slip_days,voted_on\n"
)
REHEARSALS = "product,gate,attempt,held_on,presenter,chair,votes,outcome,rationale\n"
REASON = "The plan has no owner for three of its parts."


@pytest.fixture
def decided(house):
    return house.review(stage="decided", held_on=date(2026, 11, 10), criteria__state="met")


def exercise(review, person, **other):
    code = review.criteria.order_by("order").first().code
    said = {
        "judged": f"{code}=partly",
        "outcome": "GO",
        "reason": REASON,
        "settled": "50",
        "passed": "70",
        "slip": "10",
        "voted_on": "2026-11-20",
    } | other
    start = f"{review.product.code},{review.gate.code},{review.attempt},{person.code},"
    return EXERCISES + start + ",".join(said.values()) + "\n"


def test_exercises_come_in_and_stand_still(house, decided):
    text = exercise(decided, house.core_member)
    for _ in range(2):
        assert not bring(exercises=text).problems
    row = Exercise.objects.get()
    assert (row.person, row.outcome.code, row.slip_days) == (house.core_member, "GO", 10)
    assert (str(row.voted_at.date()), row.started_at) == ("2026-11-20", row.voted_at)
    assert "never edited" in said(bring(exercises=text.replace(",70,", ",90,")))


def test_one_that_is_begun_has_no_vote(house, decided):
    begun = dict.fromkeys(("outcome", "reason", "settled", "passed", "slip", "voted_on"), "")
    assert not bring(exercises=exercise(decided, house.core_member, **begun)).problems
    assert Exercise.objects.get().voted_at is None


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"judged": "XX-01=met"}, "codes of criteria of the gate"),
        ({"judged": "XX-01"}, "codes, each with"),
        ({"outcome": "PERHAPS"}, "an outcome of the gate's chain"),
        ({"outcome": ""}, "an outcome of the gate's chain"),
        ({"reason": "Short"}, "at least 40 characters"),
        ({"settled": "55"}, "one of 10, 30"),
        ({"slip": ""}, "0 is on time"),
        ({"voted_on": "2199-01-01"}, "a day that has come"),
        ({"voted_on": "2020-01-01"}, "a day after the review"),
    ],
)
def test_bad_exercises(house, decided, other, sentence):
    report = bring(exercises=exercise(decided, house.core_member, **other))
    assert sentence in said(report)
    assert REASON not in said(report)
    assert not Exercise.objects.exists()


def test_what_is_still_to_come_is_no_exercise(house):
    report = bring(exercises=exercise(house.review(), house.core_member))
    assert "a review that was held" in said(report)


# Rehearsals


@pytest.fixture
def coming(house):
    return house.review()


def rehearsal(review, house, **other):
    chair, member = house.outsider, house.administrator
    said = {
        "held_on": "2026-11-19",
        "presenter": house.lpdt.code,
        "chair": chair.code,
        "votes": f"{member.code}=GO; {chair.code}=HOLD",
        "outcome": "HOLD",
        "rationale": REASON,
    } | other
    start = f"{review.product.code},{review.gate.code},{review.attempt},"
    return REHEARSALS + start + ",".join(said.values()) + "\n"


def test_a_rehearsal_comes_in_with_its_pack_its_board_and_its_gaps(house, coming):
    text = rehearsal(coming, house)
    for _ in range(2):
        assert not bring(rehearsals=text).problems
    row = Rehearsal.objects.get()
    assert (row.source, row.made_by, row.ended_by) == (coming, house.lpdt, house.outsider)
    review = row.review
    assert (review.stage, review.outcome.code, str(review.held_on)) == (
        "decided",
        "HOLD",
        "2026-11-19",
    )
    assert review.criteria.count() == coming.criteria.count()
    assert sorted(review.votes.values_list("outcome__code", flat=True)) == ["GO", "HOLD"]
    assert review.rehearsal_seats.get(part="presenter").person == house.lpdt
    assert review.rehearsal_gaps.exists()
    assert "never edited" in said(bring(rehearsals=text.replace(",HOLD,", ",GO,")))
    assert Review.objects.real().count() == 1
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"held_on": "2199-01-01"}, "a day that has come"),
        ({"votes": "NOBODY=GO"}, "codes of people with a function"),
        ({"votes": "{chair}=GO"}, "the chair and one more voter"),
        ({"votes": "{chair}=GO; {lpdt}=GO"}, "somebody who does not play the board"),
        ({"outcome": "PERHAPS"}, "an outcome of the gate's chain"),
    ],
)
def test_bad_rehearsals(house, coming, other, sentence):
    codes = {"chair": house.outsider.code, "lpdt": house.lpdt.code}
    wrong = {name: text.format(**codes) for name, text in other.items()}
    assert sentence in said(bring(rehearsals=rehearsal(coming, house, **wrong)))
    assert not Rehearsal.objects.exists()


def test_what_was_held_is_not_rehearsed(house, decided):
    assert "still to come" in said(bring(rehearsals=rehearsal(decided, house)))
