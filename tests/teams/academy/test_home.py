"""The learner's home, the path and the enrolment: what each reader finds, and what it costs."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from ipd.kernel.access import Refused
from ipd.kernel.models import Notice
from teams.actions.academy import enrolments, progress
from teams.calculations.academy.exits import RULES
from teams.models import Certificate, Enrolment, Mentorship, PathElement
from teams.queries.academy import doors, exits
from tests.factories import PersonFactory
from tests.factories.academy import CohortFactory, EnrolmentFactory, MentorshipFactory
from tests.factories.academy_certification import CertificateFactory
from tests.factories.academy_cohorts import short_path
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db
HOME = reverse("teams:academy")
MARK = Decimal("81.25")


@pytest.fixture(autouse=True)
def week_17():
    with time_machine.travel("2026-11-22T09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def path():
    return short_path()


@pytest.fixture
def learner(house, path):
    """The house's lead on the path, with the quality assurer as mentor and the chair as manager."""
    row = EnrolmentFactory(
        person=house.lpdt, path=path, manager=house.chair, cohort=CohortFactory(path=path)
    )
    MentorshipFactory(enrolment=row, mentor=house.pqa)
    return row


def element(code):
    return PathElement.objects.select_related("stage").get(code=code)


def passed(enrolment, *codes, score=81.25):
    for code in codes:
        progress.report_part(enrolment.person, "MODULE", code, state="done")
        progress.report_part(enrolment.person, "ASSESSMENT", code, state="done", score=score)


# Home -------------------------------------------------------------------------------------


def test_home_says_what_is_next_late_and_due(learner, as_person):
    page = as_person(learner.person).get(HOME)
    assertContains(page, "week 17 of 26")
    assertContains(page, "15 weeks behind plan")
    assertContains(page, '<b dir="auto">Reading M01</b>')
    assertContains(page, "Element WORK")
    assertNotContains(page, "Element BOARD")
    passed(learner, "M01", "M02")
    page = as_person(learner.person).get(HOME)
    assertContains(page, "On plan")
    assertContains(page, '<b dir="auto">Element WORK</b>')
    assertContains(page, "20 of 100 credits")


def test_the_next_assessment_is_one_whose_module_was_read(learner, as_person):
    for code in ("M01", "M02"):
        progress.report_part(learner.person, "MODULE", code, state="done")
    progress.report_part(learner.person, "ASSESSMENT", "M01", state="done", score=90)
    assert as_person(learner.person).get(HOME).context["next"].title == "Reading M02"


def test_skills_are_counted_from_results(learner, as_person):
    passed(learner, "M01")
    progress.report(learner, element("WORK"), state="done", level=2, assessors=2)
    (skill,) = as_person(learner.person).get(HOME).context["skills"]
    assert (skill.shown, skill.asked, skill.level, skill.tone) == (2, 3, 2, "risk")
    assert skill.score == pytest.approx(81.25)


def test_who_is_on_no_path_is_offered_one(house, path, as_person):
    page = as_person(house.outsider).get(HOME)
    assertContains(page, "Join the waiting list")
    assertContains(page, path.get_absolute_url())


def test_a_manager_finds_who_they_manage(house, learner, as_person):
    page = as_person(house.chair).get(HOME)
    assertContains(page, learner.get_absolute_url())
    assertNotContains(as_person(house.core_member).get(HOME), learner.get_absolute_url())


@pytest.mark.parametrize("people", [1, 3])
def test_home_costs_at_most_eleven_queries(
    house, learner, people, as_person, django_assert_max_num_queries, no_lazy_fetch
):
    passed(learner, "M01", "M02")
    for _one in range(people):
        EnrolmentFactory(path=learner.path, manager=learner.person, cohort=None)
    client = as_person(learner.person)
    client.get(HOME)
    with django_assert_max_num_queries(11):
        assert client.get(HOME).status_code == 200


# The path ---------------------------------------------------------------------------------


def test_the_path_shows_the_learner_what_is_missing(learner, as_person):
    passed(learner, "M01")
    page = as_person(learner.person).get(learner.path.get_absolute_url())
    legs = page.context["way"].legs
    assert [text for text, holds in legs[0].conditions if not holds] == [
        "Element READ: done",
        "Element QUIZ: 80 % or more",
    ]
    assert legs[1].conditions[0][0] == (
        "Element WORK: level 3 or more in every criterion (assessors: 2)"
    )
    assert legs[1].conditions[1][0] == "Element WORK: signed by the mentor"
    passed(learner, "M02")
    page = as_person(learner.person).get(learner.path.get_absolute_url())
    assert page.context["way"].legs[0].is_passed
    assertContains(page, "81.3 %")


def test_the_plain_path_is_for_everybody(house, path, as_person):
    page = as_person(house.outsider).get(path.get_absolute_url())
    assertContains(page, "Element WORK")
    assertNotContains(page, "Leave the path")


def test_every_rule_has_a_sentence():
    for rule in RULES:
        said = {"rule": rule, "element": "A", "elements": ["A"], "roles": ["host"]}
        assert "Title" in exits.said(said, {"A": "Title"})


def test_an_element_leads_to_its_room(learner, as_person, monkeypatch):
    client, work = as_person(learner.person), element("WORK")
    url = reverse("teams:element", args=[work.pk])
    monkeypatch.setattr(doors, "DOORS", {})
    answer = client.get(url)
    assertRedirects(answer, f"{learner.path.get_absolute_url()}#WORK")
    monkeypatch.setattr(
        doors, "DOORS", {"ASSIGNMENT": lambda enrolment, one: f"/there/{enrolment.pk}/{one.pk}/"}
    )
    assert client.get(url)["Location"] == f"/there/{learner.pk}/{work.pk}/"


# Enrolments -------------------------------------------------------------------------------


def test_marks_are_the_learner_s_own(house, learner, as_person):
    passed(learner, "M01", "M02", score=MARK)
    progress.report(learner, element("WORK"), state="failed", score=MARK, level=2, assessors=2)
    for person in (house.pqa, house.chair, house.academy):
        page = as_person(person).get(learner.get_absolute_url())
        assertContains(page, "Element QUIZ")
        assertNotContains(page, "81.")
        assertNotContains(page, "Not yet")
        for url in (HOME, learner.path.get_absolute_url()):
            assertNotContains(as_person(person).get(url), "81.")
    own = as_person(learner.person).get(learner.get_absolute_url())
    assertRedirects(own, learner.path.get_absolute_url())


def test_an_enrolment_is_there_for_few(house, learner, as_person):
    for person in (house.outsider, house.assessor, house.administrator, house.core_member):
        assert as_person(person).get(learner.get_absolute_url()).status_code == 404


def test_joining_waits_for_a_place(house, path, as_person):
    client = as_person(house.outsider)
    url, said = reverse("teams:academy-join"), {"path": path.pk, "manager": house.chair.code}
    assert client.post(url, {**said, "manager": "nobody"}).status_code == 422
    assert client.post(url, {**said, "manager": house.outsider.code}).status_code == 422
    assertContains(client.get(url), "Join")
    assertRedirects(client.post(url, said), HOME)
    assertRedirects(client.get(url), HOME)
    row = Enrolment.objects.get()
    assert (row.person, row.manager, row.state) == (house.outsider, house.chair, "waiting")
    assert Notice.objects.get(person=house.chair).link == row.get_absolute_url()
    assert client.post(url, said).status_code == 409
    assertContains(client.get(HOME), "You are on the waiting list")


def test_a_path_of_yesterday_takes_nobody(house, path, as_person):
    path.is_current = False
    path.save()
    assert (
        as_person(house.outsider).post(reverse("teams:academy-join"), {"path": path.pk}).status_code
        == 422
    )


def test_leaving_frees_the_mentor_and_keeps_what_was_done(house, learner, as_person):
    passed(learner, "M01")
    url, said = reverse("teams:enrolment-withdrawal", args=[learner.pk]), {"version": 1}
    assert as_person(house.chair).post(url, said).status_code == 403
    assert as_person(house.outsider).post(url, said).status_code == 404
    assert as_person(house.lpdt).post(url, {"version": 7}).status_code == 409
    assertRedirects(as_person(house.lpdt).post(url, said), HOME)
    learner.refresh_from_db()
    assert (learner.state, learner.ended_on) == ("withdrawn", date(2026, 11, 22))
    assert Mentorship.objects.get().state == "ended"
    assert learner.results.exists()
    Certificate.objects.update(revoked_on=date(2026, 11, 1), revoked_reason="Said so.")
    for url_again in (HOME, learner.path.get_absolute_url()):
        assertContains(as_person(house.lpdt).get(url_again), reverse("teams:academy-join"))
    assert as_person(house.lpdt).post(url, {"version": 2}).status_code == 409


def test_the_academy_names_the_manager(house, learner, as_person):
    url = reverse("teams:enrolment-manager", args=[learner.pk])
    lead, new = as_person(house.academy), house.member
    assert as_person(house.chair).post(url, {"version": 1}).status_code == 403
    assert lead.post(url, {"version": 1, "manager": "nobody"}).status_code == 422
    assert lead.post(url, {"version": 1, "manager": house.lpdt.email}).status_code == 409
    assertRedirects(lead.post(url, {"version": 1, "manager": new.name}), learner.get_absolute_url())
    assert as_person(house.chair).get(learner.get_absolute_url()).status_code == 404
    assert as_person(new).get(learner.get_absolute_url()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_eight_hands_one_joins(path):

    person = PersonFactory()
    done, refused = at_once(
        by_hands(lambda _number: enrolments.join(path, person)), refusals=Refused
    )
    assert (len(done), len(refused)) == (1, 7)


def test_whoever_is_certified_is_led_to_the_certificate(as_person, path):
    person = CertificateFactory(path=path.code).person
    page = as_person(person).get(HOME)
    assertContains(page, "You are certified")
    assertNotContains(page, "Join the waiting list")
    assertNotContains(as_person(person).get(path.get_absolute_url()), "Join the waiting list")


def test_whose_certificate_has_lapsed_is_told(as_person, path):
    row = EnrolmentFactory(path=path, state="certified", ended_on=date(2024, 1, 1))
    CertificateFactory(path=path.code, person=row.person)
    assertContains(as_person(row.person).get(HOME), "You are certified.")
    Certificate.objects.update(revoked_on=date(2026, 11, 1), revoked_reason="Said so.")
    assertContains(as_person(row.person).get(HOME), "no certificate of this path is valid now")
    assertContains(as_person(row.person).get(path.get_absolute_url()), "Join the waiting list")
