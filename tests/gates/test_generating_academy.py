"""A generated academy is one that the rules of the database accept, at the numbers that it says."""

import pytest
from django.db.models import Count

from gates.management.commands.generate import SCALES
from gates.management.generating import academy, people
from teams.models import Attempt, Cohort, ElementResult, Enrolment, Mentorship
from teams.queries.academy import cohorts

pytestmark = pytest.mark.django_db


def test_everybody_learns_and_has_tried_each_assessment_twice(process):
    numbers = {**SCALES["small"], "process": process.pk}
    for step in [*people.STEPS, *academy.STEPS]:
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
