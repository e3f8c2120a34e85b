"""Development plans: written, signed by three, changed by the next version, checked quarterly."""

from datetime import date
from functools import partial

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from teams.actions.academy import plans
from teams.models import DevelopmentGoal, DevelopmentPlan, ElementResult, Enrolment
from teams.queries.academy.plans import url_of
from teams.queries.academy.waiting import waiting_for
from tests.factories.academy import CompetencyFactory
from tests.factories.academy_practice import (
    DevelopmentGoalFactory,
    DevelopmentPlanFactory,
    element_of,
    written,
)
from tests.races import at_once
from tests.teams.academy.learner import learner_of, waits_for

pytestmark = pytest.mark.django_db
ACT, SITUATION, REMARK = "SENTINEL-ACT", "SENTINEL-SITUATION", "SENTINEL-REMARK"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def made(house):
    return learner_of(house)


@pytest.fixture
def plan(made):
    return written(DevelopmentPlanFactory(enrolment=made.enrolment), situation=SITUATION, acts=ACT)


def at(name, row):
    return reverse(f"teams:development-plan{name}", args=[row.pk])


def proposed(plan, made):
    plans.propose(plan, by=made.person, seen_version=plan.version)
    plan.refresh_from_db()
    return plan


def signed(plan, *people):
    for person in people:
        plan.refresh_from_db()
        plans.sign(plan, by=person, seen_version=plan.version)
    plan.refresh_from_db()
    return plan


def test_a_plan_is_written_and_signed_in_the_browser(made, as_person):
    competencies = [CompetencyFactory(code=code, weight=40) for code in ("LEADERSHIP", "VALUES")]
    element = element_of(made.enrolment.path, "E-PDP", "PDP")
    client = as_person(made.person)
    begin = url_of(made.enrolment, element)
    assert client.get(begin).status_code == 200
    client.post(begin)
    row = DevelopmentPlan.objects.get()
    assert url_of(made.enrolment, element) == row.get_absolute_url()
    data = {"version": row.version}
    for one in competencies:
        data |= {f"level-{one.pk}": 2, f"situation-{one.pk}": "A situation."}
        goal = {"competency": one.pk, "from_level": 2, "to_level": 3, "acts": "x", "evidence": "y"}
        client.post(at("-goal-new", row), goal | {"due_on": "2027-03-31"})
    row.refresh_from_db()
    client.post(at("-levels", row), data | {"version": row.version})
    row.refresh_from_db()
    assert (row.levels.count(), row.goals.count()) == (2, 2)
    client.post(at("-proposal", row), {"version": row.version})
    for person in (made.mentor, made.manager):
        row.refresh_from_db()
        assert waits_for(person, "plans") == [row.get_absolute_url()]
        as_person(person).post(at("-signature", row), {"version": row.version})
        assert waits_for(person, "plans") == []
    row.refresh_from_db()
    result = ElementResult.objects.get(element=element)
    assert (row.state, result.state) == ("agreed", "done")
    assert result.agreed == ["learner", "manager", "mentor"]
    assert len({one.sha256 for one in row.signatures.all()}) == 1


def test_only_learner_mentor_and_manager_read_it(made, plan, as_person):
    for person in (made.mentor, made.manager, made.lead):
        assert as_person(person).get(at("", plan)).status_code == 404
    proposed(plan, made)
    for person in (made.person, made.mentor, made.manager):
        page = as_person(person).get(at("", plan))
        assertContains(page, ACT)
        assertContains(page, SITUATION)
    for person in (made.lead, made.first, *made.others):
        assert as_person(person).get(at("", plan)).status_code == 404
        url = reverse("teams:development-plan-list")
        assertNotContains(as_person(person).get(url), plan.get_absolute_url())
    said = str([*LedgerEntry.objects.values(), *Notice.objects.values()])
    said += str(list(OutboxMessage.objects.values()))
    assert ACT not in said
    assert SITUATION not in said


def test_a_mentor_that_was_reads_it_no_more(made, plan, as_person):
    proposed(plan, made)
    made.enrolment.mentorships.update(state="ended")
    assert as_person(made.mentor).get(at("", plan)).status_code == 404


def test_it_is_signed_when_it_says_everything(made):
    plan = DevelopmentPlanFactory(enrolment=made.enrolment)
    written(plan, goals=1)
    with pytest.raises(Refused, match="two or three goals"):
        plans.propose(plan, by=made.person, seen_version=plan.version)
    DevelopmentGoalFactory(plan=plan, competency=CompetencyFactory(code="VALUES"))
    plan.levels.first().delete()
    with pytest.raises(Refused, match="no level and situation"):
        plans.propose(plan, by=made.person, seen_version=plan.version)
    with pytest.raises(Refused, match="does not wait"):
        plans.sign(plan, by=made.mentor, seen_version=plan.version)


def test_goals_are_three_at_most_and_one_per_competency(made, plan):
    facts = {
        **{"from_level": 2, "to_level": 3, "acts": "x", "evidence": "y"},
        "due_on": date(2027, 3, 31),
    }
    with pytest.raises(Refused, match="in this competency"):
        plans.set_goal(plan, competency=plan.goals.first().competency, **facts)
    plans.set_goal(plan, competency=CompetencyFactory(code="VALUES"), **facts)
    with pytest.raises(Refused, match="Three goals"):
        plans.set_goal(plan, competency=CompetencyFactory(code="FINANCE"), **facts)


def test_a_returned_plan_is_changed_and_signed_anew(made, plan, as_person):
    proposed(plan, made)
    plans.sign(plan, by=made.mentor, seen_version=plan.version)
    plan.refresh_from_db()
    data = {"version": plan.version, "remark": REMARK}
    as_person(made.manager).post(at("-return", plan), data)
    plan.refresh_from_db()
    assert plan.state == "returned"
    assertContains(as_person(made.person).get(at("", plan)), REMARK)
    with pytest.raises(Refused):
        plans.sign(plan, by=made.manager, seen_version=plan.version)
    (wait,) = [one for one in waiting_for(made.person) if "has returned" in one.text]
    assert wait.url == at("", plan)
    as_person(made.person).post(at("-change", plan))
    assert not [one for one in waiting_for(made.person) if "has returned" in one.text]
    fresh = DevelopmentPlan.objects.get(number=2)
    assert (fresh.state, fresh.goals.count(), fresh.levels.count()) == ("draft", 2, 3)
    # One mentor's word about the first version is none about the second.
    signed(proposed(fresh, made), made.manager)
    assert fresh.state == "proposed"
    assert ElementResult.objects.get(element=plan.element).agreed == []
    assert signed(fresh, made.mentor).state == "agreed"


def test_what_is_agreed_stays_in_force_until_the_next_is(made, plan):
    signed(proposed(plan, made), made.mentor, made.manager)
    fresh = plans.change(plan)
    with pytest.raises(Refused, match="being written"):
        plans.change(plan)
    plan.refresh_from_db()
    assert plan.state == "agreed"
    signed(proposed(fresh, made), made.mentor, made.manager)
    plan.refresh_from_db()
    assert (plan.state, fresh.state) == ("superseded", "agreed")


def test_what_is_signed_never_changes(made, plan):
    proposed(plan, made)
    with pytest.raises(Refused, match="next version"):
        plans.remove_goal(plan.goals.first())
    for change in (
        lambda: DevelopmentGoal.objects.update(acts="Other."),
        lambda: DevelopmentGoal.objects.all().delete(),
        lambda: plan.signatures.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_path_says_who_signs(made):
    element = element_of(made.enrolment.path, "E-PDP", "PDP")
    element.stage.exit_rules = [
        {"rule": "agreed_by", "element": "E-PDP", "roles": ["learner", "manager"]}
    ]
    element.stage.save()
    plan = written(DevelopmentPlanFactory(enrolment=made.enrolment, element=element))
    proposed(plan, made)
    assert waits_for(made.mentor, "plans") == []
    with pytest.raises(Refused, match="not asked for"):
        plans.sign(plan, by=made.mentor, seen_version=plan.version)
    assert signed(plan, made.manager).state == "agreed"


def test_goals_are_checked_once_a_quarter(made, plan, as_person):
    signed(proposed(plan, made), made.mentor, made.manager)
    assert plans.remind(date(2027, 2, 20)) == 0
    assert plans.remind(date(2027, 2, 21)) == 1
    plans.remind(date(2027, 2, 22))
    about = Notice.objects.filter(person=made.person, text__contains="quarter")
    assert about.count() == 1
    data = {}
    for goal in plan.goals.all():
        data |= {f"standing-{goal.pk}": "behind", f"text-{goal.pk}": "SENTINEL-CHECK"}
    with time_machine.travel("2027-02-22T12:00:00+00:00", tick=False):
        as_person(made.person).post(at("-check", plan), data)
    assertContains(as_person(made.manager).get(at("", plan)), "SENTINEL-CHECK")
    assert plans.remind(date(2027, 3, 1)) == 0


def test_a_stale_page_writes_nothing(made, plan):
    with pytest.raises(Stale):
        plans.propose(plan, by=made.person, seen_version=99)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same(made, count, as_person, django_assert_max_num_queries, request):
    plan = written(DevelopmentPlanFactory(enrolment=made.enrolment), goals=max(2, count))
    signed(proposed(plan, made), made.mentor, made.manager)
    said = dict.fromkeys(list(plan.goals.all())[:count], ("on_track", "Well."))
    plans.check(plan, by=made.person, said=said)
    for number in range(count - 1):
        element = element_of(made.enrolment.path, f"P-{number}", "PDP")
        DevelopmentPlanFactory(enrolment=made.enrolment, element=element)
    request.getfixturevalue("no_lazy_fetch")
    for person in (made.person, made.mentor, made.manager):
        client = as_person(person)
        for url in [
            reverse("teams:development-plan-list"),
            at("", plan),
            at("-check", plan),
        ]:
            with django_assert_max_num_queries(12):
                assert client.get(url).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_mentor_and_manager_sign_at_once_and_it_is_agreed_once(house):
    made = learner_of(house)
    plan = proposed(written(DevelopmentPlanFactory(enrolment=made.enrolment)), made)
    jobs = [
        partial(plans.sign, plan, by=person, seen_version=plan.version)
        for person in (made.mentor, made.manager)
    ]
    done, refusals = at_once(jobs, refusals=Refused)
    plan.refresh_from_db()
    assert (len(done), refusals, plan.state) == (2, [], "agreed")
    assert Enrolment.objects.get().results.get(ref="").agreed == ["learner", "manager", "mentor"]
