"""A generated academy is one that the rules of the database accept, at the numbers that it says."""

import pytest
from django.db.models import Count

from gates.management.commands.generate import SCALES
from gates.management.generating import academy, academy_work, people, reviews
from gates.models import Exercise, Review
from teams.models import (
    Assignment,
    Attempt,
    Cohort,
    CommunityMember,
    ElementResult,
    Enrolment,
    Mentorship,
    PeerRater,
    PlayRole,
)
from teams.queries.academy import cohorts

pytestmark = pytest.mark.django_db


def test_everybody_learns_alone_and_with_others(process):
    numbers = {**SCALES["small"], "people": 600, "process": process.pk}
    for step in [*people.STEPS, *reviews.STEPS, *academy.STEPS]:
        step.run(numbers)

    learners = numbers["people"]
    assert Enrolment.objects.count() == learners
    assert Attempt.objects.count() == learners * 10 * academy.ROUNDS
    states = Enrolment.objects.values_list("state").annotate(Count("pk")).order_by()
    assert {state for state, number in states if number > 10} == {"waiting", "active", "certified"}
    loads = Mentorship.objects.values("mentor").annotate(n=Count("pk"))
    assert max(row["n"] for row in loads) <= 3
    assert not Enrolment.objects.filter(cohort=None).exclude(state="waiting").exists()
    assert not ElementResult.objects.filter(state="done", done_on=None).exists()
    late = cohorts.behind(Enrolment.objects.filter(cohort__in=Cohort.objects.all()))
    assert 0 < late.count() < Enrolment.objects.filter(state="active").count()

    for step in academy_work.STEPS:
        assert step.run(numbers), step.model

    started = Enrolment.objects.exclude(started_on=None)
    works = Assignment.objects.filter(state="passed").count()
    weeks_away = started.filter(rotations__state="passed").count()
    assert works + weeks_away == _done("ASSIGNMENT")
    assert PlayRole.objects.count() == 3 * started.count()
    asked = PeerRater.objects.values("review").annotate(n=Count("person", distinct=True))
    assert {row["n"] for row in asked} == {5}
    assert numbers["people"] < CommunityMember.objects.count() <= 2 * numbers["people"]
    decided = Review.objects.filter(stage="decided").count()
    assert Exercise.objects.values("person").distinct().count() == numbers["people"]
    assert Exercise.objects.values("review").distinct().count() == decided


def _done(kind: str) -> int:
    return ElementResult.objects.filter(state="done", element__kind=kind).count()
