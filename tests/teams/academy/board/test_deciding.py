"""Blind ratings, the joint result, three signatures; and what waits for whom."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry
from teams.actions.academy import interview_results as results
from teams.models import BoardInterview, Certificate, ElementResult, InterviewRating
from teams.queries.academy.waiting import waiting_for
from tests.races import at_once
from tests.teams.academy.board.steps import all_rate, levels, plan, put, sign

pytestmark = pytest.mark.django_db


def test_each_rates_once_and_the_last_one_opens_all(interview, assessors):
    row = results.rate(interview, by=assessors[0], levels=levels(interview))
    assert row.state == "planned"
    with pytest.raises(Refused, match="rated already"):
        results.rate(row, by=assessors[0], levels=levels(row))

    row = all_rate(row, assessors[1:])

    assert row.state == "rated"
    assert InterviewRating.objects.count() == 6
    with pytest.raises(IntegrityError), transaction.atomic():
        InterviewRating.objects.update(level=5)


def test_every_criterion_is_rated_by_those_who_interview(interview, assessors, house):
    some = dict(list(levels(interview).items())[:1])
    with pytest.raises(Refused, match="Every criterion"):
        results.rate(interview, by=assessors[0], levels=some)
    with pytest.raises(Refused, match="do not interview"):
        results.rate(interview, by=house.academy, levels=levels(interview))


def test_nobody_puts_a_result_before_all_have_rated(interview, assessors):
    results.rate(interview, by=assessors[0], levels=levels(interview))

    with pytest.raises(Refused, match="once all have rated"):
        put(interview, assessors[0])


def test_the_chair_puts_what_the_levels_allow(interview, assessors):
    row = all_rate(interview, assessors)
    with pytest.raises(Refused, match="The chair puts"):
        put(row, assessors[1])
    with pytest.raises(Refused, match="Below what is asked: BRD-1"):
        put(row, assessors[0], levels={"BRD-1": 2, "BRD-6": 5})
    with pytest.raises(Refused, match="Below what is asked: BRD-6"):
        put(row, assessors[0], levels={"BRD-1": 5, "BRD-6": 1})
    with pytest.raises(Refused, match="Say why"):
        put(row, assessors[0], words=" ")
    with pytest.raises(Refused, match="on which day"):
        put(row, assessors[0], result="not_yet")
    with pytest.raises(Refused, match="joint level"):
        put(row, assessors[0], levels={"BRD-1": 3})


def test_three_signatures_certify(interview, assessors, house):
    row = put(all_rate(interview, assessors), assessors[0])
    sign(row, assessors[1])
    with pytest.raises(Refused, match="signed already"):
        sign(row, assessors[1])
    assert not Certificate.objects.filter(interview=row).exists()

    row = sign(row, assessors[2])

    certificate = Certificate.objects.get(interview=row)
    assert (certificate.person, certificate.path) == (house.lpdt, "LPDT-1")
    assert (certificate.basis, certificate.issued_on) == ("interview", today())
    row.enrolment.refresh_from_db()
    assert (row.enrolment.state, row.enrolment.ended_on) == ("certified", today())
    assert set(row.enrolment.mentorships.values_list("state", flat=True)) == {"ended"}
    result = ElementResult.objects.get(element=row.element)
    assert (result.state, result.level, result.assessors) == ("done", Decimal(2), 3)
    assert result.agreed == ["board"]
    assert LedgerEntry.objects.get(kind="board interview").body["signed"] == sorted(
        one.pk for one in assessors
    )


def test_not_yet_leaves_the_learner_on_the_path(interview, assessors, house):
    again = today() + timedelta(days=60)
    row = all_rate(interview, assessors, 2)
    row = put(row, assessors[0], result="not_yet", again_on=again, levels={"BRD-1": 2, "BRD-6": 2})
    for person in assessors[1:]:
        row = sign(row, person)

    assert (row.state, row.again_on) == ("decided", again)
    assert ElementResult.objects.get(element=row.element).state == "failed"
    assert not Certificate.objects.filter(interview=row).exists()
    row.enrolment.refresh_from_db()
    assert row.enrolment.state == "active"

    row = all_rate(plan(row.enrolment, assessors, house), assessors)
    row = put(row, assessors[0])
    for person in assessors[1:]:
        row = sign(row, person)
    assert Certificate.objects.filter(interview=row).exists()


def test_a_changed_result_is_signed_anew(interview, assessors):
    row = put(all_rate(interview, assessors), assessors[0])
    seen = row.version
    sign(row, assessors[1])

    put(row, assessors[0], words="Two conflicts, and a loss taken.")

    assert not row.assessors.get(person=assessors[1]).signed_at
    with pytest.raises(Stale):
        results.sign(row, by=assessors[2], seen_version=seen)


@pytest.mark.django_db(transaction=True)
def test_three_rate_at_the_same_moment(interview, assessors):
    given = levels(interview)
    jobs = [partial(results.rate, interview, by=one, levels=given) for one in assessors]

    done, refused = at_once(jobs, refusals=Refused)

    assert refused == []
    assert sorted(row.state for row in done) == ["planned", "planned", "rated"]


@pytest.mark.django_db(transaction=True)
def test_two_sign_at_the_same_moment_and_one_certificate_comes(interview, assessors):
    row = put(all_rate(interview, assessors), assessors[0])
    jobs = [
        partial(results.sign, row, by=one, seen_version=row.version)
        for one in [*assessors[1:], *assessors[1:]]
    ]

    at_once(jobs, refusals=(Refused, Stale))
    row.refresh_from_db()
    for one in assessors[1:]:
        if row.state != "decided" and not row.assessors.get(person=one).signed_at:
            sign(row, one)

    assert Certificate.objects.filter(interview=row).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_plan_at_the_same_moment_and_one_interview_comes(enrolment, assessors, house):
    job = partial(plan, enrolment, assessors, house)

    done, refused = at_once([job, job], refusals=Refused)

    assert len([one for one in done if one]) == 1
    assert len(refused) == 1


def test_what_waits_for_whom(interview, assessors, house):
    def waits(person):
        return [wait.text for wait in waiting_for(person) if "nterview" in wait.text]

    planned = [f"Plan the board interview of {house.lpdt}"]
    assert waits(house.lpdt) == ["Your board interview"]
    assert waits(house.academy) == []
    BoardInterview.objects.filter(pk=interview.pk).update(state="cancelled")
    assert waits(house.academy) == planned
    assert waits(house.outsider) == []
    BoardInterview.objects.filter(pk=interview.pk).update(state="planned")
    assert waits(assessors[1]) == [f"Rate the board interview of {house.lpdt}, alone"]
    row = all_rate(interview, assessors)
    assert waits(assessors[0]) == [f"Put the result of the board interview of {house.lpdt}"]
    assert waits(assessors[1]) == waits(house.lpdt) == []
    row = put(row, assessors[0])
    assert waits(assessors[1]) == [f"Sign the result of the board interview of {house.lpdt}"]
    assert waits(assessors[0]) == []
