"""Reflections: their writer's alone, unless shared by name; accepted for completeness."""

from functools import partial

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions.academy import reflections
from teams.models import ElementResult, Reflection
from teams.queries.academy.reflections import url_of
from tests.factories import PersonFactory
from tests.factories.academy_practice import (
    AssignmentFactory,
    ReflectionFactory,
    RotationFactory,
    StoryFactory,
    element_of,
    handed_in,
)
from tests.races import at_once
from tests.teams.academy.learner import learner_of, waits_for

pytestmark = pytest.mark.django_db
SECRET, REMARK = "SENTINEL-REFLECTION", "SENTINEL-MISSING"


@pytest.fixture
def made(house):
    return learner_of(house)


@pytest.fixture
def row(made):
    """Finished, on a story that the path asks the mentor to accept."""
    element_of(made.enrolment.path, "A-REFLECT", "REFLECTION", refs=["R1"])
    return ReflectionFactory(person=made.person, answers=[SECRET, "More."])


def at(name, row):
    return reverse(f"teams:reflection{name}", args=[row.pk])


def share(row, person, role="mentor"):
    return reflections.share(row, person=person, role=role)


def test_it_is_written_finished_shared_and_accepted(made, as_person):
    story = StoryFactory()
    element = element_of(made.enrolment.path, "A-REFLECT", "REFLECTION", refs=["R1"])
    client = as_person(made.person)
    assertContains(client.get(url_of(made.enrolment, element)), story.title)
    client.post(reverse("teams:reflection-new", args=["R1"]))
    row = Reflection.objects.get()
    assert url_of(made.enrolment, element) == row.get_absolute_url()
    with pytest.raises(Refused, match="Every prompt"):
        reflections.finish(row, seen_version=row.version)
    assertContains(client.get(at("-text", row)), story.body["prompts"][0])
    data = {"version": row.version, "answer-1": SECRET, "answer-2": "More."}
    client.post(at("-text", row), data)
    row.refresh_from_db()
    client.post(at("-finishing", row), {"version": row.version})
    assertContains(client.get(at("", row)), "Your path asks for the word")
    whole = ElementResult.objects.filter(element=element, ref="")
    assert whole.get().state == "started"
    client.post(at("-sharing", row), {"reader": f"mentor:{made.mentor.pk}"})
    assert waits_for(made.mentor, "reflections") == [row.get_absolute_url()]
    assert whole.get().state == "submitted"
    reflections.withdraw(row.shares.get())
    assert whole.get().state == "started"
    client.post(at("-sharing", row), {"reader": f"mentor:{made.mentor.pk}"})
    as_person(made.mentor).post(at("-acceptance", row))
    assert (whole.get().state, whole.get().agreed) == ("done", ["mentor"])
    assert waits_for(made.mentor, "reflections") == []
    assertNotContains(client.get(at("", row)), "Your path asks for the word")


def test_nobody_reads_what_is_not_shared(made, row, as_person):
    assertContains(as_person(made.person).get(at("", row)), SECRET)
    everybody = (made.mentor, made.manager, made.lead, made.first, *made.others)
    for person in everybody:
        client = as_person(person)
        assert client.get(at("", row)).status_code == 404
        assert client.get(at("-text", row)).status_code == 404
        assertNotContains(client.get(reverse("teams:reflection-list")), at("", row))
    share(row, made.mentor)
    assertContains(as_person(made.mentor).get(at("", row)), SECRET)
    for person in everybody[1:]:
        assert as_person(person).get(at("", row)).status_code == 404
    said = [
        *LedgerEntry.objects.values(),
        *Notice.objects.values(),
        *OutboxMessage.objects.values(),
    ]
    assert SECRET not in str(said)


def test_what_is_being_written_is_read_by_nobody(made, row, as_person):
    share(row, made.mentor)
    reflections.reopen(row, seen_version=row.version)
    assert as_person(made.mentor).get(at("", row)).status_code == 404


def test_what_was_shared_is_taken_back(made, row, as_person):
    found = share(row, made.mentor)
    url = reverse("teams:reflection-share-withdrawal", args=[found.pk])
    assert as_person(made.mentor).post(url).status_code == 403
    as_person(made.person).post(url)
    assert as_person(made.mentor).get(at("", row)).status_code == 404


def test_it_is_shared_with_mentor_host_and_assessor_alone(made, row):
    for person in (made.manager, made.lead, made.stranger):
        for role in ("mentor", "host", "assessor"):
            with pytest.raises(Refused, match="neither"):
                share(row, person, role)
    host = RotationFactory(enrolment=made.enrolment).host
    handed_in(AssignmentFactory(enrolment=made.enrolment), made.first)
    assert share(row, host, "host").answer == ""
    found = share(row, made.first, "assessor")
    with pytest.raises(Refused, match="Assessors read it"):
        reflections.accept(found)


def test_a_path_may_ask_mentor_and_host(made):
    element = element_of(made.enrolment.path, "R-REFLECT", "REFLECTION", refs=["R1"])
    row = ReflectionFactory(person=made.person)
    host = RotationFactory(enrolment=made.enrolment).host
    first, second = share(row, made.mentor), share(row, host, "host")
    reflections.accept(first)
    whole = ElementResult.objects.filter(element=element, ref="")
    assert (whole.get().state, whole.get().agreed) == ("submitted", ["mentor"])
    reflections.accept(second)
    assert (whole.get().state, whole.get().agreed) == ("done", ["host", "mentor"])


def test_without_acceptance_on_the_path_finishing_is_enough(made):
    element = element_of(made.enrolment.path, "C-REFLECT", "REFLECTION", refs=["R1"])
    row = ReflectionFactory(person=made.person, state="draft", finished_on=None)
    reflections.finish(row, seen_version=row.version)
    assert ElementResult.objects.get(element=element, ref="").state == "done"


def test_what_is_missing_is_between_two(made, row, as_person):
    share(row, made.mentor)
    host = RotationFactory(enrolment=made.enrolment).host
    share(row, host, "host")
    as_person(made.mentor).post(at("-return", row), {"remark": REMARK})
    row.refresh_from_db()
    assert row.state == "draft"
    assert waits_for(made.person, "reflections")
    assertContains(as_person(made.person).get(at("", row)), REMARK)
    assert REMARK not in str(list(Notice.objects.values()))
    reflections.write(row, answers=["Better.", "More."], seen_version=row.version)
    row.refresh_from_db()
    reflections.finish(row, seen_version=row.version)
    assertNotContains(as_person(host).get(at("", row)), REMARK)
    assert waits_for(made.mentor, "reflections")


def test_a_mentor_that_was_accepts_nothing(made, row):
    found = share(row, made.mentor)
    made.enrolment.mentorships.update(state="ended")
    with pytest.raises(Refused, match="any more"):
        reflections.accept(found)


def test_a_finished_one_is_not_written_on_and_a_stale_page_writes_nothing(row):
    with pytest.raises(Refused, match="finished"):
        reflections.write(row, answers=["x"], seen_version=row.version)
    with pytest.raises(Stale):
        reflections.reopen(row, seen_version=99)


def test_who_is_on_no_path_may_reflect_too(house, as_person):
    story = StoryFactory()
    row = reflections.start(story, by=house.outsider)
    assert as_person(house.outsider).get(at("", row)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same(made, count, as_person, django_assert_max_num_queries, no_lazy_fetch):
    for number in range(count):
        row = ReflectionFactory(person=made.person, content=StoryFactory(code=f"S{number}"))
        share(row, made.mentor)
        share(row, RotationFactory(enrolment=made.enrolment, state="passed", **LEFT).host, "host")
    RotationFactory(enrolment=made.enrolment, host=PersonFactory())
    for person in (made.person, made.mentor):
        client = as_person(person)
        for url in [reverse("teams:reflection-list"), at("", row)]:
            with django_assert_max_num_queries(12):
                assert client.get(url).status_code == 200


LEFT = {"by_product": "A script."}


@pytest.mark.django_db(transaction=True)
def test_it_is_accepted_once(house):
    made = learner_of(house)
    element_of(made.enrolment.path, "A-REFLECT", "REFLECTION", refs=["R1"])
    found = share(ReflectionFactory(person=made.person), made.mentor)
    done, refusals = at_once([partial(reflections.accept, found)] * 4, refusals=Refused)
    assert (len(done), len(refusals)) == (1, 3)
