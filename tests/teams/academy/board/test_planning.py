"""Who is asked to a board interview, and when one is ready for it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.models import OutboxMessage
from teams.actions.academy import interview_results as results
from teams.actions.academy import interviews
from teams.models import ElementResult
from teams.queries.academy.doors import url_of
from teams.queries.academy.readiness import readiness
from tests.factories.academy import MentorshipFactory
from tests.factories.company import seated
from tests.teams.academy.board.steps import levels, plan, seated_assessor

pytestmark = pytest.mark.django_db


def test_an_interview_is_planned_and_all_four_are_told(enrolment, assessors, house):
    row = plan(enrolment, assessors, house)

    seats = row.assessors.order_by("pk")
    assert [(seat.is_chair, seat.is_of_another_line) for seat in seats] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    told = OutboxMessage.objects.values_list("recipient", flat=True)
    assert {house.lpdt.pk, *(one.pk for one in assessors)} == set(told)
    assert url_of(enrolment, row.element) == row.get_absolute_url()
    with pytest.raises(Refused, match="planned already"):
        plan(enrolment, assessors, house)


def test_whoever_lacks_an_exit_is_not_ready(enrolment, assessors, house, board):
    ElementResult.objects.filter(element__code="L-ACTING").delete()

    with pytest.raises(Refused, match="Missing: Acting leader: done"):
        plan(enrolment, assessors, house)
    assert url_of(enrolment, board) == reverse("teams:certification")


def test_what_is_due_on_the_day_may_come_later(enrolment, assessors, house):
    ElementResult.objects.filter(element__code="Z-360").delete()
    found = readiness(enrolment)
    assert (found.before, found.beside) == ([], ["All around: done"])

    row = plan(enrolment, assessors, house)

    with pytest.raises(Refused, match="Missing before the board: All around"):
        results.rate(row, by=assessors[0], levels=levels(row))


@pytest.mark.parametrize("who", ["lpdt", "pqa", "chair", "outsider"])
def test_who_may_not_interview(enrolment, assessors, house, who):
    person = getattr(house, who)
    if who != "outsider":
        seated_assessor("QA").seats.update(person=person)

    with pytest.raises(Refused, match="may not interview"):
        plan(enrolment, [*assessors[:2], person], house)


def test_a_former_mentor_does_not_interview(enrolment, assessors, house):
    MentorshipFactory(
        enrolment=enrolment, mentor=assessors[2], state="ended", ended_on=date(2026, 9, 1)
    )

    with pytest.raises(Refused, match="may not interview"):
        plan(enrolment, assessors, house)


def test_one_is_of_another_line(enrolment, assessors, house):
    own = [assessors[0], assessors[2], seated_assessor("MFG", house.lpdt.function)]

    with pytest.raises(Refused, match="of another line"):
        plan(enrolment, own, house)


def test_seats_in_other_lines_count_as_another_line(enrolment, assessors, house):
    """Both sit in products' teams: lines are compared, functions are not."""
    seated(house.confidential_product.team, "SE", "SE")
    house.confidential_product.team.seats.filter(role__code="SE").update(person=assessors[0])
    twin = seated_assessor("MFG", house.lpdt.function)

    row = plan(enrolment, [assessors[0], assessors[2], twin], house)

    assert row.assessors.get(person=assessors[0]).is_of_another_line


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"planned_on": today() - timedelta(days=1)}, "passed already")],
)
def test_days_gone_are_no_days(enrolment, assessors, house, fields, sentence):
    with pytest.raises(Refused, match=sentence):
        plan(enrolment, assessors, house, **fields)


def test_three_different_people(enrolment, assessors, house):
    with pytest.raises(Refused, match="Three different"):
        plan(enrolment, [assessors[0], assessors[0], assessors[1]], house)


def test_it_is_moved_and_called_off(interview, assessors, house):
    day = today() + timedelta(days=9)
    row = interviews.move(
        interview, planned_on=day, place="By video", by=house.academy, seen_version=1
    )
    assert (row.planned_on, row.place) == (day, "By video")
    with pytest.raises(Refused, match="not been held"):
        results.rate(row, by=assessors[0], levels=levels(row))
    with pytest.raises(Stale):
        interviews.call_off(row, reason="Ill.", by=house.academy, seen_version=1)

    interviews.call_off(row, reason="Ill.", by=house.academy, seen_version=row.version)

    plan(interview.enrolment, assessors, house)
