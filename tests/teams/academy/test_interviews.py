"""Board interviews: who is asked, blind ratings, the joint result, and who reads what."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions.academy import interview_results as results
from teams.actions.academy import interviews, progress
from teams.models import Certificate, ElementResult, InterviewRating, Team
from teams.models.academy.paths import PathElement
from teams.queries.academy.doors import url_of
from teams.queries.academy.readiness import readiness
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy import (
    CompetencyFactory,
    EnrolmentFactory,
    MentorshipFactory,
    PathElementFactory,
    PathStageFactory,
    RubricCriterionFactory,
    RubricFactory,
)
from tests.factories.academy_certification import (
    BoardInterviewFactory,
    InterviewAssessorFactory,
)
from tests.factories.company import seated
from tests.races import at_once

pytestmark = pytest.mark.django_db
MARK = "SENTINEL"


@pytest.fixture
def enrolment(house):
    """The LPDT, mentored by the PQA and managed by the chair; all but the board is done."""
    row = EnrolmentFactory(person=house.lpdt, manager=house.chair)
    MentorshipFactory(enrolment=row, mentor=house.pqa)
    rubric = RubricFactory(path=row.path, code="RB-BOARD")
    technical = CompetencyFactory(code="TECHNICAL", certify_at=2, weight=10)
    RubricCriterionFactory(rubric=rubric, code="BRD-1", weight=60)
    RubricCriterionFactory(rubric=rubric, code="BRD-6", weight=40, competency=technical)
    lead = PathElementFactory(
        stage=PathStageFactory(
            path=row.path,
            number=5,
            exit_rules=[{"rule": "element_done", "element": "L-ACTING"}],
        ),
        code="L-ACTING",
        title="Acting leader",
        kind="ASSIGNMENT",
    )
    last = PathStageFactory(
        path=row.path,
        number=6,
        exit_rules=[
            {"rule": "element_done", "element": "Z-360"},
            {"rule": "board_passed", "element": "Z-BOARD"},
        ],
    )
    around = PathElementFactory(stage=last, code="Z-360", title="All around", kind="PEER_REVIEW")
    PathElementFactory(
        stage=last, code="Z-BOARD", title="Board interview", kind="BOARD", rubric=rubric, order=9
    )
    for element in (lead, around):
        progress.report(row, element, state="done")
    row.refresh_from_db()
    return row


@pytest.fixture
def board(enrolment):
    return PathElement.objects.get(code="Z-BOARD")


def seated_assessor(seat_of, function=None, **fields):
    """A member of the academy in a seat of that function; of another one, where it is given."""
    person = seated(Team.objects.get(code="ACADEMY"), "MEMBER", seat_of, **fields)
    if function:
        person.function = function
        person.save()
    return person


@pytest.fixture
def assessors(house):
    """Three; the second is of another function than the learner, who is of PM."""
    other = seated_assessor("SVC", name="Bea Beyond")
    third = seated_assessor("RD", house.lpdt.function, name="Theo Third")
    return [house.assessor, other, third]


def plan(enrolment, assessors, house, **fields):
    given = {"planned_on": today(), "place": "Room 4, 10:00", "by": house.academy}
    return interviews.plan(enrolment, chair=assessors[0], others=assessors[1:], **(given | fields))


@pytest.fixture
def interview(enrolment, assessors, house):
    return plan(enrolment, assessors, house)


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


# Planning ---------------------------------------------------------------------------------


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


# Rating and deciding ----------------------------------------------------------------------


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

    assert waits(house.lpdt) == ["Your board interview"]
    assert waits(assessors[1]) == [f"Rate the board interview of {house.lpdt}, alone"]
    row = all_rate(interview, assessors)
    assert waits(assessors[0]) == [f"Put the result of the board interview of {house.lpdt}"]
    assert waits(assessors[1]) == waits(house.lpdt) == []
    row = put(row, assessors[0])
    assert waits(assessors[1]) == [f"Sign the result of the board interview of {house.lpdt}"]
    assert waits(assessors[0]) == []


# Who reads what ---------------------------------------------------------------------------


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


# Pages ------------------------------------------------------------------------------------


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
