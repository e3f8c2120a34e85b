"""Who reads what of an interview, and its pages."""

import pytest
from django.urls import reverse

from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions.academy import interview_results as results
from teams.actions.academy import interviews
from teams.models import Certificate, InterviewRating
from tests.factories.academy import RubricCriterionFactory
from tests.factories.academy_certification import BoardInterviewFactory, InterviewAssessorFactory
from tests.teams.academy.board.steps import all_rate, levels, put, sign

pytestmark = pytest.mark.django_db
MARK = "SENTINEL"


def sees(as_person, row, person) -> bool:
    answer = as_person(person).get(row.get_absolute_url())
    return answer.status_code == 200 and MARK in answer.content.decode()


def test_ratings_are_blind_until_all_are_in(interview, assessors, house, as_person):
    row = results.rate(interview, by=assessors[0], levels=levels(interview, reason=MARK))
    others = [*assessors[1:], house.academy, house.lpdt]
    outside = [house.pqa, house.chair, house.administrator, house.outsider]
    assert sees(as_person, row, assessors[0])
    assert not any(sees(as_person, row, person) for person in [*others, *outside])

    row = all_rate(row, assessors[1:])
    assert all(sees(as_person, row, one) for one in [*assessors, house.academy])
    assert not sees(as_person, row, house.lpdt)

    row = put(row, assessors[0])
    for person in assessors[1:]:
        row = sign(row, person)
    assert all(sees(as_person, row, one) for one in [*assessors, house.academy, house.lpdt])
    for person in outside:
        assert as_person(person).get(row.get_absolute_url()).status_code == 404
    bodies = [str(entry.body) for entry in LedgerEntry.objects.all()]
    assert not any(MARK in body for body in bodies)
    assert not any(MARK in text for text in OutboxMessage.objects.values_list("body", flat=True))
    assert not any(MARK in text for text in Notice.objects.values_list("text", flat=True))


def test_the_learner_reads_the_result_only_once_it_is_signed(
    interview, assessors, house, as_person
):
    row = put(all_rate(interview, assessors), assessors[0], words=MARK)
    assert not sees(as_person, row, house.lpdt)
    assert sees(as_person, row, assessors[1])

    for person in assessors[1:]:
        row = sign(row, person)
    assert sees(as_person, row, house.lpdt)


def test_a_lead_who_learns_reads_no_ratings_of_their_own_before(house, assessors, as_person):
    row = BoardInterviewFactory(enrolment__person=house.academy, state="rated")
    seat = InterviewAssessorFactory(interview=row, person=assessors[0], is_chair=True)
    criterion = RubricCriterionFactory(rubric__path=row.enrolment.path)
    row.element.rubric = criterion.rubric
    row.element.save()
    InterviewRating.objects.create(assessor=seat, criterion=criterion, level=3, reason=MARK)

    assert not sees(as_person, row, house.academy)


def test_the_whole_way_in_the_browser(enrolment, assessors, house, as_person):
    lead = as_person(house.academy)
    address = reverse("teams:interview-new", args=[enrolment.pk])
    assert address in lead.get(reverse("teams:certification")).content.decode()
    assert "another line" in lead.get(address).content.decode()
    sent = {"planned_on": today(), "place": "Room 4", "chair": assessors[0].pk}
    assert lead.post(address, sent).status_code == 422
    same = sent | {"others": [assessors[0].pk, assessors[2].pk]}
    assert lead.post(address, same).status_code == 409
    sent["others"] = [one.pk for one in assessors[1:]]
    assert lead.post(address, sent).status_code == 302
    row = enrolment.interviews.get()

    rating = reverse("teams:interview-rating", args=[row.pk])
    criteria = results.criteria_of(row)
    given = {"version": row.version}
    for one in criteria:
        given |= {f"level-{one.pk}": 3, f"reason-{one.pk}": "A name and a deed."}
    for person in assessors:
        client = as_person(person)
        assert "Rate, alone" in client.get(row.get_absolute_url()).content.decode()
        assert client.get(rating).status_code == 200
        assert client.post(rating, {"version": row.version}).status_code == 422
        assert client.post(rating, given).status_code == 302
        assert client.get(rating).status_code == 302

    row.refresh_from_db()
    result = reverse("teams:interview-result", args=[row.pk])
    said = {"version": row.version, "result": "passed", "words": "Held.", "again_on": ""}
    chair = as_person(assessors[0])
    assert "Put the joint result" in chair.get(row.get_absolute_url()).content.decode()
    assert chair.post(result, said).status_code == 422
    said |= {f"level-{one.code}": 3 for one in criteria}
    assert as_person(assessors[1]).post(result, said).status_code == 403
    assert chair.post(result, said).status_code == 302
    for person in assessors[1:]:
        row.refresh_from_db()
        signature = reverse("teams:interview-signature", args=[row.pk])
        client = as_person(person)
        assert signature in client.get(row.get_absolute_url()).content.decode()
        assert client.post(signature, {"version": row.version}).status_code == 302

    page = as_person(house.lpdt).get(row.get_absolute_url()).content.decode()
    assert "A name and a deed." in page
    assert Certificate.objects.get(interview=row).get_absolute_url() in page


def test_only_the_academy_plans_moves_and_calls_off(interview, house, assessors, as_person):
    row, enrolment = interview, interview.enrolment
    new = reverse("teams:interview-new", args=[enrolment.pk])
    assert as_person(house.outsider).get(new).status_code == 404
    for who in (house.lpdt, house.pqa, house.chair):
        assert as_person(who).get(new).status_code == 403
    day = {"version": row.version, "planned_on": today(), "place": "Elsewhere"}
    off = {"version": row.version, "reason": "Ill."}
    move = reverse("teams:interview-move", args=[row.pk])
    call_off = reverse("teams:interview-calling-off", args=[row.pk])
    for who in (assessors[0], house.lpdt):
        assert as_person(who).post(move, day).status_code == 403
        assert as_person(who).post(call_off, off).status_code == 403
    lead = as_person(house.academy)
    assert lead.post(move, day | {"place": ""}).status_code == 422
    assert lead.post(move, day).status_code == 302
    assert lead.post(call_off, off).status_code == 409
    assert lead.post(call_off, off | {"version": row.version + 1}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_whatever_their_size(
    interview, assessors, house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    for number in range(count):
        RubricCriterionFactory(rubric=interview.element.rubric, code=f"X-{number}", weight=1)
    given = dict.fromkeys(results.criteria_of(interview), (3, "Seen."))
    for person in assessors[:2]:
        results.rate(interview, by=person, levels=given)
    address = interview.get_absolute_url()

    for person in (assessors[0], assessors[2], house.academy, house.lpdt):
        client = as_person(person)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
    client = as_person(assessors[2])
    with django_assert_max_num_queries(12):
        client.get(reverse("teams:interview-rating", args=[interview.pk]))
    results.rate(interview, by=assessors[2], levels=given)
    client = as_person(assessors[0])
    with django_assert_max_num_queries(12):
        client.get(address)
    interviews.call_off(
        interview,
        reason="Again.",
        by=house.academy,
        seen_version=type(interview).objects.get(pk=interview.pk).version,
    )
    client = as_person(house.academy)
    with django_assert_max_num_queries(12):
        client.get(reverse("teams:interview-new", args=[interview.enrolment_id]))
