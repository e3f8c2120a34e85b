"""Works: begun, handed in as versions, rated alone by each, decided once all have rated."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions.academy import assessing, assignments
from teams.models import AssignmentRating, ElementResult
from teams.queries.academy.assignments import url_of
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy_certification import BoardInterviewFactory, InterviewAssessorFactory
from tests.factories.academy_practice import (
    AssignmentAssessorFactory,
    AssignmentFactory,
    AssignmentPieceFactory,
    element_of,
    handed_in,
)
from tests.factories.company import seated
from tests.teams.academy.learner import learner_of, levels, rate

pytestmark = pytest.mark.django_db
WORK, MARK, OTHER = "SENTINEL-WORK", "SENTINEL-MARK", "SENTINEL-OTHER"


@pytest.fixture
def made(house):
    return learner_of(house)


@pytest.fixture
def work(made):
    """Handed in to two assessors."""
    row = AssignmentFactory(enrolment=made.enrolment)
    return handed_in(row, made.first, made.second, text=WORK)


def at(name, row):
    return reverse(f"teams:assignment{name}", args=[row.pk])


# The work -------------------------------------------------------------------------------------


def test_what_stands_in_the_box_is_handed_in_unsaved(made, as_person):
    row = AssignmentFactory(enrolment=made.enrolment, text="Saved before.")
    client = as_person(made.person)
    page = client.get(at("", row))
    assertContains(page, f'formaction="{at("-handing-in", row)}"')
    client.post(at("-handing-in", row), {"text": "Last words.", "version": row.version})
    assert row.versions.get().text == "Last words."


def test_a_work_is_begun_written_and_handed_in_as_versions(made, as_person):
    element = AssignmentFactory.build(enrolment=made.enrolment).element
    client = as_person(made.person)
    begin = url_of(made.enrolment, element)
    page = client.post(begin, {"brief": "Two reviews.", "due_on": "2099-01-31"}, follow=True)
    row = made.enrolment.assignments.get()
    assert url_of(made.enrolment, element) == row.get_absolute_url()
    assertContains(page, "Two reviews.")
    client.post(at("-text", row), {"text": "First words.", "version": row.version})
    file = SimpleUploadedFile("minute.txt", b"bytes")
    client.post(at("-piece", row), {"title": "Minute", "file": file})
    row.refresh_from_db()
    client.post(at("-handing-in", row), {"version": row.version})
    row.refresh_from_db()
    version = row.versions.get()
    assert (row.state, version.text, version.pieces.count()) == ("handed_in", "First words.", 1)
    assert ElementResult.objects.get(element=element, ref="").state == "submitted"
    assert Notice.objects.filter(person=made.lead, text__contains="assessors").exists()
    piece = version.pieces.get()
    assert len(piece.sha256) == 64
    url = reverse("teams:assignment-file", args=[piece.pk])
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"bytes"
    assert answer["Content-Type"] == "application/octet-stream"
    for person in (made.mentor, made.manager, *made.others):
        assert as_person(person).get(url).status_code == 404


def test_it_is_taken_back_until_the_first_has_rated(made, work):
    assignments.take_back(work, seen_version=work.version)
    work.refresh_from_db()
    assert work.is_open
    work.text = "Better."
    work.save()
    assignments.hand_in(work, seen_version=work.version)
    work.refresh_from_db()
    assert list(work.versions.values_list("number", flat=True)) == [2, 1]
    rate(work, made.first, 3)
    with pytest.raises(Refused, match="rated it already"):
        assignments.take_back(work, seen_version=work.version)


def test_what_cannot_be(made, work):
    with pytest.raises(Refused, match="begun already"):
        assignments.start(
            made.enrolment, work.element, brief="x", due_on=work.due_on, by=made.person
        )
    with pytest.raises(Refused, match="take it back"):
        assignments.write(work, text="x", seen_version=work.version)
    other = AssignmentFactory(
        enrolment=made.enrolment,
        element=element_of(made.enrolment.path, "L-ACTING", "ASSIGNMENT"),
    )
    with pytest.raises(Refused, match="Nothing is in it"):
        assignments.hand_in(other, seen_version=other.version)
    with pytest.raises(Stale):
        assignments.write(other, text="x", seen_version=99)
    with pytest.raises(Refused, match="either a file or a link"):
        assignments.add_piece(other, title="Neither")
    made.enrolment.state = "withdrawn"
    made.enrolment.save()
    with pytest.raises(Refused, match="on the path"):
        assignments.start(
            made.enrolment, work.element, brief="x", due_on=work.due_on, by=made.person
        )


# Who assesses ---------------------------------------------------------------------------------


def test_assessors_are_able_and_far_enough_away(made, house):
    row = AssignmentFactory(enrolment=made.enrolment)
    for person in (made.person, made.mentor, made.manager, made.stranger):
        with pytest.raises(Refused, match="may not assess"):
            assessing.name(row, people=[person], by=made.lead)
    with pytest.raises(Refused, match="their own"):
        assessing.name(row, people=[made.first], by=made.person)
    assessing.name(row, people=[made.first, made.lead], by=made.lead)
    assert row.assessors.count() == 2
    with pytest.raises(Refused, match="2 assess"):
        assessing.name(row, people=[house.academy, _another(house)], by=made.lead)
    assessing.unname(row.assessors.get(person=made.first))
    assert row.assessors.count() == 1


def _another(house):
    return seated(house.academy.seats.first().team, "MEMBER", "SE")


def test_nobody_assesses_their_own_work_whoever_asks(made):
    row = AssignmentFactory(enrolment=made.enrolment)
    with pytest.raises(DatabaseError, match="their own work"), transaction.atomic():
        AssignmentAssessorFactory(assignment=row, person=made.person)


def test_who_became_mentor_rates_no_more(made, work):
    made.enrolment.manager = made.first
    made.enrolment.save()
    with pytest.raises(Refused, match="any more"):
        rate(work, made.first, 3)


# What they say --------------------------------------------------------------------------------


def test_each_rates_alone_and_all_see_it_once_all_have(made, work, as_person):
    rate(work, made.first, 4, MARK)
    page = at("", work)
    assertContains(as_person(made.first).get(page), MARK)
    for person in (made.person, made.second, made.lead):
        assertNotContains(as_person(person).get(page), MARK)
    rate(work, made.second, 3, OTHER)
    for person in (made.person, made.first, made.second, made.lead):
        found = as_person(person).get(page)
        assertContains(found, MARK)
        assertContains(found, OTHER)
        assertContains(found, WORK)
    for person in (made.mentor, made.manager):
        found = as_person(person).get(page)
        assertContains(found, "Passed")
        for word in (MARK, OTHER, WORK):
            assertNotContains(found, word)
    for person in made.others:
        assert as_person(person).get(page).status_code == 404
    said = str([*LedgerEntry.objects.values(), *OutboxMessage.objects.values()])
    said += str(list(Notice.objects.values()))
    assert MARK not in said
    assert WORK not in said


def test_a_draft_is_read_by_nobody_else(made, as_person):
    row = AssignmentFactory(enrolment=made.enrolment, text=WORK)
    piece = AssignmentPieceFactory(assignment=row, title=OTHER)
    AssignmentAssessorFactory(assignment=row, person=made.first)
    assertContains(as_person(made.person).get(at("", row)), OTHER)
    for person in (made.first, made.lead, made.mentor, made.manager):
        page = as_person(person).get(at("", row))
        assertNotContains(page, WORK)
        assertNotContains(page, OTHER)
        url = reverse("teams:assignment-file", args=[piece.pk])
        assert as_person(person).get(url).status_code == 404


def test_the_certification_board_reads_what_is_decided(made, work, as_person):
    interview = BoardInterviewFactory(enrolment=made.enrolment)
    member = InterviewAssessorFactory(interview=interview).person
    rate(work, made.first, 4, MARK)
    assertNotContains(as_person(member).get(at("", work)), MARK)
    rate(work, made.second, 4, OTHER)
    assertContains(as_person(member).get(at("", work)), MARK)
    interview.state = "cancelled"
    interview.save()
    assert as_person(member).get(at("", work)).status_code == 404


def test_passed_is_every_criterion_by_each(made, work):
    rate(work, made.first, 4)
    rate(work, made.second, 3)
    work.refresh_from_db()
    result = ElementResult.objects.get(element=work.element)
    assert (work.state, result.state) == ("passed", "done")
    assert (result.level, result.assessors) == (3, 2)


def test_below_the_level_is_not_yet_and_may_be_tried_again(made, work, as_person):
    assignments.take_back(work, seen_version=work.version)
    work.refresh_from_db()
    assignments.hand_in(work, seen_version=work.version)
    work.refresh_from_db()
    rate(work, made.first, 5)
    rate(work, made.second, 2)
    work.refresh_from_db()
    result = ElementResult.objects.get(element=work.element)
    assert (work.state, result.state) == ("not_yet", "failed")
    assertContains(as_person(made.person).get(at("", work)), "talk about it")
    assert Notice.objects.filter(person=made.first, text__contains="far apart").exists()
    again = assignments.start(
        made.enrolment, work.element, brief="Again.", due_on=work.due_on, by=made.person
    )
    assert again.number == 2
    page = as_person(made.person).get(again.get_absolute_url())
    assertContains(page, work.get_absolute_url())
    with pytest.raises(Refused, match="decided"):
        rate(work, made.first, 3)


def test_an_assessor_s_word_is_one_and_is_kept(made, work):
    rate(work, made.first, 3)
    with pytest.raises(Refused, match="rated it already"):
        rate(work, made.first, 5)
    with pytest.raises(DatabaseError), transaction.atomic():
        AssignmentRating.objects.update(level=5)
    with pytest.raises(Refused, match="Every criterion"):
        assessing.rate(work.assessors.get(person=made.second), seen_version=work.version, levels={})
    with pytest.raises(Stale):
        assessing.rate(
            work.assessors.get(person=made.second), seen_version=99, levels=levels(work, 3)
        )


def test_without_a_rubric_it_is_accepted_or_not_yet(made, as_person):
    row = AssignmentFactory(
        enrolment=made.enrolment,
        element=element_of(made.enrolment.path, "L-ACTING", "ASSIGNMENT"),
    )
    handed_in(row, made.first)
    data = {"version": row.version, "accepted": "yes", "remark": "Well led."}
    as_person(made.first).post(at("-rating", row), data)
    row.refresh_from_db()
    assert row.state == "passed"
    assertContains(as_person(made.person).get(at("", row)), "Well led.")


def test_what_waits_for_whom(made, work, as_person):
    assert [one.url for one in waiting_for(made.first)] == [at("-rating", work)]
    work.assessors.filter(person=made.second).delete()
    assert [one.url for one in waiting_for(made.lead)] == [at("", work)]
    rate(work, made.first, 3)
    assert waiting_for(made.first) == []
    assert waiting_for(made.stranger) == []


def test_the_list_shows_what_is_one_s_affair(made, work, as_person):
    url = reverse("teams:assignment-list")
    for person in (made.person, made.first, made.lead, made.mentor, made.manager):
        assertContains(as_person(person).get(url), work.get_absolute_url())
    for person in made.others:
        assertNotContains(as_person(person).get(url), work.get_absolute_url())
    assertNotContains(as_person(made.lead).get(f"{url}?mine=rate"), work.get_absolute_url())
