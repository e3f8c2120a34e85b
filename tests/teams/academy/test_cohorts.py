"""Cohorts: opened, filled, started, and looked at by who runs the academy."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from ipd.kernel.access import Refused
from ipd.kernel.models import LedgerEntry, Notice
from teams import periodic
from teams.actions.academy import cohorts, progress
from teams.models import Cohort, Enrolment, PathElement
from teams.queries.academy import cohort_board
from teams.queries.academy import cohorts as queries
from tests.factories import PersonFactory
from tests.factories.academy import CohortFactory, EnrolmentFactory, MentorshipFactory
from tests.factories.academy_cohorts import short_path
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db
LIST = reverse("teams:cohort-list")
FACTS = {"starts_on": "2027-02-01", "ends_on": "2027-08-01", "places": "2"}


@pytest.fixture(autouse=True)
def week_17():
    with time_machine.travel("2026-11-22T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def path():
    return short_path()


@pytest.fixture
def running(path):
    """Three on the path since 2026-07-27; the first has read both modules and passed."""
    cohort = CohortFactory(path=path, places=4)
    rows = [EnrolmentFactory(path=path, cohort=cohort) for _one in range(3)]
    finish_entry(rows[0])
    return cohort


@pytest.fixture
def coming(path):
    return CohortFactory(
        code="2027-A",
        path=path,
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 8, 1),
        places=2,
    )


def finish_entry(row):
    """On the last day of week 1."""
    for ref in ("M01", "M02"):
        for kind in ("MODULE", "ASSESSMENT"):
            progress.report_part(row.person, kind, ref, state="done", score=90, on=date(2026, 8, 2))


def at(name, *args):
    return reverse(f"teams:cohort-{name}", args=args)


# Opening and editing ----------------------------------------------------------------------


def test_a_cohort_is_opened_and_edited(house, path, as_person):
    lead = as_person(house.academy)
    facts = {**FACTS, "code": "2027-A", "path": path.pk}
    for wrong in ({"code": "new"}, {"code": "a/b"}, {"ends_on": "2027-02-01"}, {"places": "0"}):
        assert lead.post(at("new"), facts | wrong).status_code == 422
    lead.post(at("new"), facts)
    cohort = Cohort.objects.get()
    assert lead.post(at("new"), facts).status_code == 422
    edited = {**FACTS, "places": "5", "version": 1}
    assertRedirects(lead.post(at("edit", cohort.code), edited), cohort.get_absolute_url())
    stale = lead.post(at("edit", cohort.code), edited | {"places": "7"})
    assertContains(stale, "changed the cohort", status_code=409)
    cohort.refresh_from_db()
    assert cohort.places == 5


def test_a_cohort_that_runs_keeps_its_first_day_and_its_people(house, running, as_person):
    lead, url = as_person(house.academy), at("edit", running.code)
    said = {"starts_on": "2026-07-27", "ends_on": "2027-01-24", "version": running.version}
    assert lead.post(url, said | {"places": "2"}).status_code == 409
    assert lead.post(url, said | {"places": "3", "starts_on": "2026-08-03"}).status_code == 409
    assert lead.post(url, said | {"places": "3"}).status_code == 302


def test_only_who_runs_the_academy_gets_in(house, running, as_person):
    for person in (house.assessor, house.administrator, house.lpdt, house.chair):
        client = as_person(person)
        for url in (LIST, at("waiting"), running.get_absolute_url(), at("new")):
            assert client.get(url).status_code == 403
        assert client.post(at("start", running.code)).status_code == 403


# Filling ----------------------------------------------------------------------------------


def test_people_are_enrolled_from_a_pasted_table(house, coming, as_person):
    lead, url = as_person(house.academy), at("enrolments", coming.code)
    EnrolmentFactory(
        person=house.pqa, path=coming.path, cohort=None, state="waiting", started_on=None
    )
    text = f"person,manager\n{house.lpdt.code};{house.chair.code}\n\n{house.pqa.email}\n"
    assertRedirects(lead.post(url, {"people": text}), coming.get_absolute_url())
    rows = {row.person: row for row in Enrolment.objects.all()}
    assert {row.cohort for row in rows.values()} == {coming}
    assert {row.state for row in rows.values()} == {"waiting"}
    assert rows[house.lpdt].manager == house.chair
    assert Notice.objects.filter(person=house.lpdt, needs_action=True).exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_people_are_enrolled_from_a_file(house, coming, as_person, encoding):
    text = f"person;manager\r\n{house.lpdt.code};{house.chair.code}\r\n"
    file = SimpleUploadedFile("people.csv", text.encode(encoding))
    lead, url = as_person(house.academy), at("enrolments", coming.code)
    both = lead.post(url, {"people": house.pqa.code, "file": file})
    assertContains(both, "not both", status_code=422)
    file.seek(0)
    assertRedirects(lead.post(url, {"file": file}), coming.get_absolute_url())
    assert Enrolment.objects.get().manager == house.chair
    assertContains(lead.get(coming.get_absolute_url()), "Has a place")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0", b"L06,\xe9lise", b"a" * 100_001])
def test_a_file_that_is_no_table_is_answered_by_a_sentence(house, coming, as_person, content):
    said = {"file": SimpleUploadedFile("people.csv", content)}
    page = as_person(house.academy).post(at("enrolments", coming.code), said)
    assertContains(page, "This is no table of people", status_code=422)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Nobody is named."),
        ("person,manager", "Nobody is named."),
        ("nobody@nowhere", "Line 1: nobody, or more than one, is known as “nobody@nowhere”."),
        ("{lpdt}\n{lpdt}", "Line 2: stands there twice."),
        ("{lpdt},{lpdt}", "Line 1: nobody manages themselves."),
        ("{lpdt},nobody", "Line 1: nobody, or more than one, is known as “nobody”."),
    ],
)
def test_a_table_with_a_mistake_enrols_nobody(house, coming, as_person, text, says):
    said = {"people": text.format(lpdt=house.lpdt.code)}
    page = as_person(house.academy).post(at("enrolments", coming.code), said)
    assertContains(page, says, status_code=422)
    assert not Enrolment.objects.exists()


def test_there_are_only_so_many_places(house, coming):
    people = [(person, None) for person in (house.lpdt, house.pqa, house.core_member)]
    with pytest.raises(Refused, match="3 people for 2 free places"):
        cohorts.enrol(coming, people, by=house.academy)
    cohorts.enrol(coming, people[:1], by=house.academy)
    with pytest.raises(Refused, match="already"):
        cohorts.enrol(coming, people[:1], by=house.academy)


def test_in_a_running_cohort_one_walks_at_once(house, running):
    (row,) = cohorts.enrol(running, [(house.lpdt, house.chair)], by=house.academy)
    assert (row.state, row.started_on) == ("active", date(2026, 7, 27))


def test_who_waited_for_an_earlier_version_walks_the_cohort_s(house, coming):
    old = type(coming.path).objects.create(
        code=coming.path.code,
        version="2.0",
        title="Old",
        weeks=20,
        certificate_months=24,
        is_current=False,
        source="",
    )
    EnrolmentFactory(person=house.lpdt, path=old, cohort=None, state="waiting", started_on=None)
    (row,) = cohorts.enrol(coming, [(house.lpdt, None)], by=house.academy)
    assert (row.path, Enrolment.objects.count()) == (coming.path, 1)


@pytest.mark.django_db(transaction=True)
def test_of_eight_hands_one_opens_a_cohort_of_a_code(path):
    facts = {"code": "2027-A", "path": path, "places": 3}
    facts |= {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 8, 1)}
    done, refused = at_once(
        by_hands(lambda _number: cohorts.open_cohort(facts=facts)), refusals=Refused
    )
    assert (len(done), len(refused)) == (1, 7)


@pytest.mark.django_db(transaction=True)
def test_of_eight_hands_two_get_the_two_places(path):
    cohort = CohortFactory(path=path, places=2)
    people = [PersonFactory() for _one in range(8)]
    done, refused = at_once(
        by_hands(lambda number: cohorts.enrol(cohort, [(people[number], None)], by=people[0])),
        refusals=Refused,
    )
    assert (len(done), len(refused), cohorts.taken(cohort)) == (2, 6, 2)


# Starting ---------------------------------------------------------------------------------


def test_a_cohort_starts_on_its_day(house, coming, as_person):
    cohorts.enrol(coming, [(house.lpdt, None)], by=house.academy)
    assert as_person(house.academy).post(at("start", coming.code)).status_code == 409
    assert periodic.start_cohorts() == 0
    with time_machine.travel("2027-02-01T06:00:00+00:00", tick=False):
        assert (periodic.start_cohorts(), periodic.start_cohorts()) == (1, 0)
    row = Enrolment.objects.get()
    assert (row.state, row.started_on) == ("active", coming.starts_on)
    assert LedgerEntry.objects.get(kind="cohort started").body == {"path": "LPDT-1", "people": 1}


# The board --------------------------------------------------------------------------------


def test_the_board_says_who_is_behind_and_since_when(house, running, as_person):
    board = cohort_board.board(running)
    assert [line.way.behind for line in board.lines] == [15, 15, 0]
    weeks = dict(cohort_board.behind_by_week(running, board))
    assert (weeks[2], weeks[3], weeks[17]) == (0, 2, 2)
    assert queries.behind(Enrolment.objects.all()).count() == 2
    page = as_person(house.academy).get(running.get_absolute_url())
    assertContains(page, "15 weeks behind")
    assertContains(page, "Behind plan by week")
    assertContains(as_person(house.academy).get(LIST), "2 behind")
    elements = as_person(house.academy).get(running.get_absolute_url() + "?by=elements")
    assertContains(elements, '<abbr title="Element QUIZ">QUIZ</abbr>')


def test_the_board_shows_no_mark(house, running, as_person):
    row = running.enrolments.first()
    work = PathElement.objects.get(code="WORK")
    progress.report(row, work, state="failed", score=61.25, level=2, assessors=2)
    for query in ("", "?by=elements"):
        page = as_person(house.academy).get(running.get_absolute_url() + query)
        assertNotContains(page, "61.25")
        assertNotContains(page, "Not yet")


def test_a_mentor_s_load_counts_all_their_learners(house, running):
    for row in running.enrolments.all():
        MentorshipFactory(enrolment=row, mentor=house.pqa)
    MentorshipFactory(
        enrolment=EnrolmentFactory(path=running.path, cohort=None),
        mentor=house.pqa,
        exceeds="For a while.",
    )
    (mentor,) = cohort_board.mentors(running)
    assert (mentor, mentor.load, mentor.is_over) == (house.pqa, 4, True)


def test_the_calendar_names_what_ends_in_each_week(running, path):
    weeks = cohort_board.calendar(running, cohort_board.board(running).elements)
    assert len(weeks) == 26
    assert (weeks[16].is_now, weeks[16].last) == (True, date(2026, 11, 22))
    assert [one.code for one in weeks[1].ends] == ["READ", "QUIZ"]


@pytest.mark.parametrize("people", [1, 3])
def test_pages_cost_the_same_for_one_and_three(
    house, path, people, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    for number in range(people):
        cohort = CohortFactory(path=path, code=f"C{number}")
        row = EnrolmentFactory(path=path, cohort=cohort)
        finish_entry(row)
        MentorshipFactory(enrolment=row)
        EnrolmentFactory(path=path, cohort=None, state="waiting", started_on=None)
        EnrolmentFactory(path=path, cohort=cohort)
    client = as_person(house.academy)
    for url in (LIST, at("waiting"), cohort.get_absolute_url(), at("lottery", cohort.code)):
        client.get(url)
        with django_assert_max_num_queries(9):
            assert client.get(url).status_code == 200
