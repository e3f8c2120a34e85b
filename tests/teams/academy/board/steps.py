"""The steps of a board interview, short."""

from ipd.kernel.days import today
from teams.actions.academy import interview_results as results
from teams.actions.academy import interviews
from teams.models import Team
from tests.factories.company import seated


def seated_assessor(seat_of, function=None, **fields):
    """A member of the academy in a seat of that function; of another one, where it is given."""
    person = seated(Team.objects.get(code="ACADEMY"), "MEMBER", seat_of, **fields)
    if function:
        person.function = function
        person.save()
    return person


def plan(enrolment, assessors, house, **fields):
    given = {"planned_on": today(), "place": "Room 4, 10:00", "by": house.academy}
    return interviews.plan(enrolment, chair=assessors[0], others=assessors[1:], **(given | fields))


def levels(row, level=3, *, technical=2, reason="Two conflicts, both held."):
    given = {"BRD-1": level, "BRD-6": technical}
    return {one: (given[one.code], reason) for one in results.criteria_of(row)}


def all_rate(row, assessors, level=3, **more):
    for person in assessors:
        row = results.rate(row, by=person, levels=levels(row, level, **more))
    return row


def put(row, chair, result="passed", **fields):
    given = {"levels": {"BRD-1": 3, "BRD-6": 2}, "words": "Two conflicts.", "again_on": None}
    row.refresh_from_db()
    return results.propose(
        row, by=chair, result=result, seen_version=row.version, **(given | fields)
    )


def sign(row, person):
    row.refresh_from_db()
    return results.sign(row, by=person, seen_version=row.version)
