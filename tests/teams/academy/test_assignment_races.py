"""Works: what their pages cost, and several who do the same at the same moment."""

from functools import partial

import pytest
from django.urls import reverse

from ipd.kernel.access import Refused
from ipd.kernel.models import Notice
from teams.actions.academy import assignments
from teams.models import AssignmentRating
from tests.factories.academy_practice import AssignmentFactory, element_of, handed_in, rated
from tests.races import at_once
from tests.teams.academy.learner import learner_of, rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(house):
    return learner_of(house)


# What pages cost ------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same(made, count, as_person, django_assert_max_num_queries, no_lazy_fetch):
    rows = []
    for number in range(count):
        element = element_of(
            made.enrolment.path, f"A-{number}", "ASSIGNMENT", rubric=None, assessors=1
        )
        row = AssignmentFactory(enrolment=made.enrolment, element=element)
        rows.append(handed_in(row, made.first))
    last = AssignmentFactory(enrolment=made.enrolment)
    rows.append(rated(handed_in(last, made.first, *([made.second] if count > 1 else []))))
    for person in (made.person, made.first, made.lead, made.mentor):
        client = as_person(person)
        for url in [
            reverse("teams:assignment-list"),
            rows[0].get_absolute_url(),
            last.get_absolute_url(),
        ]:
            with django_assert_max_num_queries(12):
                assert client.get(url).status_code == 200


# At the same moment ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_rate_at_once_and_it_is_decided_once(house):
    made = learner_of(house)
    work = handed_in(AssignmentFactory(enrolment=made.enrolment), made.first, made.second)
    jobs = [partial(rate, work, person, 3) for person in (made.first, made.second)]
    done, refusals = at_once(jobs, refusals=Refused)
    work.refresh_from_db()
    assert (len(done), len(refusals), work.state) == (2, 0, "passed")
    assert AssignmentRating.objects.count() == 4
    assert Notice.objects.filter(dedupe_key=f"assignment:{work.pk}:decided").count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_is_begun_once(house):
    made = learner_of(house)
    element = AssignmentFactory.build(enrolment=made.enrolment).element
    start = partial(assignments.start, made.enrolment, element, brief="x", by=made.person)
    jobs = [partial(start, due_on=made.enrolment.enrolled_on)] * 4
    done, refusals = at_once(jobs, refusals=Refused)
    assert (len(done), len(refusals)) == (1, 3)
