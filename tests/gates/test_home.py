"""Home: what needs me, each thing for the one it waits for and for nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from gates.models import Conflict, Delegate
from ipd.kernel.days import today
from tests.factories import (
    ConditionFactory,
    EvidenceFactory,
    GrantFactory,
    PersonFactory,
    ProductFactory,
    QuestionFactory,
    VoteFactory,
    WaiverFactory,
)
from tests.gates.helpers import outcome
from tests.ipd.counting import PAGE, grown

LISTS = [
    *("to_decide", "to_vote", "waivers", "conditions", "to_verify"),
    *("criteria", "stale", "questions", "to_prepare"),
]


@pytest.fixture
def needs(as_person):
    """What waits for a person: the lists of their page that are not empty."""

    def of(person):
        context = as_person(person).get("/").context
        return {name: len(context[name]) for name in LISTS if context[name]}

    return of


def test_page_makes_the_same_queries_however_much_waits(house, as_person, no_lazy_fetch):
    chair = house.chair

    def add(n):
        product = ProductFactory(line=house.line)
        review = house.review(product=product, stage="first_vote")
        criterion = review.criteria.first()
        criterion.owner = chair
        criterion.state = "partly"
        criterion.save()
        EvidenceFactory(criterion=criterion, added_by=chair, dated_on=today() - timedelta(days=400))
        QuestionFactory(criterion=criterion)
        WaiverFactory(criterion=criterion)
        decided = house.review(product=product, at="CDCP", stage="decided", ended_in="GO_COND")
        ConditionFactory(review=decided, owner=chair)
        ConditionFactory(review=decided, verifier=chair, state="submitted")

    assert grown(as_person(chair), "/", add) <= PAGE
    context = as_person(chair).get("/").context
    assert {len(context[name]) for name in LISTS if name != "to_prepare"} == {3}


def test_nothing_waits_for_an_outsider(house, needs, as_person):
    house.review(stage="first_vote")

    assert needs(house.outsider) == {}
    assertContains(as_person(house.outsider).get("/"), "Nothing waits for you")


def test_members_are_asked_for_their_vote_until_they_gave_it(house, needs):
    review = house.review(stage="first_vote")
    assert needs(house.member) == {"to_vote": 1}
    assert "to_vote" not in needs(house.secretary)
    assert needs(house.lpdt) == {}

    VoteFactory(review=review, voter=house.member)
    assert needs(house.member) == {}

    review.stage = "second_vote"
    review.save()
    assert needs(house.member) == {"to_vote": 1}
    VoteFactory(review=review, voter=house.member, round=2)
    assert needs(house.member) == {}


def test_a_member_of_the_product_s_team_is_not_asked_to_vote_on_it(house, needs):
    house.product.team.seats.filter(role__code="RD").update(deputy=house.member)
    house.review(stage="first_vote")

    assert needs(house.member) == {}


def test_a_named_deputy_is_asked_in_the_member_s_place(house, needs, as_person):
    review = house.review(stage="first_vote")
    deputy = PersonFactory()
    Delegate.objects.create(
        review=review, member=house.member, deputy=deputy, named_by=house.secretary
    )

    assert needs(house.member) == {}
    assert needs(deputy) == {"to_vote": 1}
    assertContains(as_person(deputy).get("/"), "Mia Member")

    VoteFactory(review=review, voter=house.member, cast_by=deputy)
    assert needs(deputy) == {}


def test_a_conflict_of_interest_is_marked_and_still_votes(house, needs):
    review = house.review(stage="first_vote")
    Conflict.objects.create(
        review=review, person=house.member, note="Owns shares", marked_by=house.secretary
    )

    assert needs(house.member) == {"to_vote": 1}


def test_the_chair_is_asked_to_decide_while_the_meeting_runs(house, needs):
    review = house.review(stage="revealed")
    assert needs(house.chair) == {"to_decide": 1}
    assert needs(house.member) == {}

    review.stage, review.outcome = "decided", outcome(review, "GO")
    review.held_on, review.decided_at = today(), timezone.now()
    review.save()
    assert needs(house.chair) == {}


def test_the_secretary_is_asked_to_prepare_what_comes_soon(house, needs):
    review = house.review()
    assert needs(house.secretary) == {"to_prepare": 1}
    assert needs(house.organiser) == {}

    review.planned_on = today() + timedelta(days=200)
    review.save()
    assert needs(house.secretary) == {}


def test_owners_are_asked_for_criteria_and_stale_evidence_soonest_first(house, needs, as_person):
    late = house.review(criteria__state="no_data", planned_on=today() + timedelta(days=20))
    soon = house.review(criteria__state="no_data", at="TR3", planned_on=today() + timedelta(days=2))
    for review in (late, soon):
        review.criteria.filter(pk=review.criteria.first().pk).update(owner=house.core_member)
    met = soon.criteria.last()
    met.owner, met.state = house.core_member, "met"
    met.assessed_by, met.assessed_at = house.core_member, timezone.now()
    met.save()
    EvidenceFactory(criterion=met, dated_on=today() - timedelta(days=91))

    assert needs(house.core_member) == {"criteria": 2, "stale": 1}
    rows = as_person(house.core_member).get("/").context["criteria"]
    assert [row.review for row in rows] == [soon, late]

    EvidenceFactory(criterion=met, dated_on=today())
    assert needs(house.core_member) == {"criteria": 2}


def test_questions_wait_for_the_team_until_they_are_answered(house, needs):
    review = house.review()
    question = QuestionFactory(criterion=review.criteria.first(), asked_by=house.member)
    assert needs(house.core_member) == {"questions": 1}
    assert needs(house.member) == {}

    question.answer, question.answered_by = "Three.", house.core_member
    question.answered_at = timezone.now()
    question.save()
    assert needs(house.core_member) == {}


def test_conditions_wait_for_their_owner_then_for_their_verifier(house, needs, as_person):
    review = house.review(stage="decided", ended_in="GO_COND")
    due = today() - timedelta(days=4)
    condition = ConditionFactory(
        review=review, owner=house.lpdt, verifier=house.pqa, due_on=due, original_due_on=due
    )
    assert needs(house.lpdt) == {"conditions": 1}
    assert needs(house.pqa) == {}
    assertContains(as_person(house.lpdt).get("/"), "overdue 4 d")

    condition.state = "submitted"
    condition.save()
    assert needs(house.lpdt) == {}
    assert needs(house.pqa) == {"to_verify": 1}


def test_waivers_wait_for_the_chair_and_the_head_of_the_function(house, needs):
    review = house.review()
    criterion = review.criteria.select_related("function__head").first()
    waiver = WaiverFactory(criterion=criterion, requested_by=house.lpdt)
    head = criterion.function.head
    assert needs(house.chair) == {"waivers": 1}
    assert needs(head) == {"waivers": 1}
    assert needs(house.lpdt) == {}

    waiver.chair, waiver.chair_signed_at = house.chair, timezone.now()
    waiver.save()
    assert needs(house.chair) == {}
    assert needs(head) == {"waivers": 1}


def test_late_reviews_are_said_at_the_top(house, as_person):
    review = house.review(planned_on=today() - timedelta(days=6))

    response = as_person(house.lpdt).get("/")

    assert response.context["late"] == [review]
    assertContains(response, "1 review is late")


def test_a_rehearsal_waits_for_nobody(house, needs):
    house.review(stage="first_vote", is_rehearsal=True)

    assert needs(house.member) == {}


def test_what_is_confidential_waits_only_for_those_who_may_see_it(house, needs, as_person):
    hidden = house.confidential_product
    review = house.review(product=hidden, stage="decided", ended_in="GO_COND")
    ConditionFactory(review=review, owner=house.outsider)
    open_review = house.review(product=hidden, at="TR3", criteria__state="no_data")
    open_review.criteria.filter(pk=open_review.criteria.first().pk).update(owner=house.outsider)

    assert needs(house.outsider) == {}
    assertNotContains(as_person(house.outsider).get("/"), hidden.name)

    GrantFactory(product=hidden, person=house.outsider)
    assert needs(house.outsider) == {"conditions": 1, "criteria": 1}
    assert len(as_person(house.outsider).get("/").context["decisions"]) == 1


def test_a_long_list_of_late_reviews_hides_no_vote(house, needs, as_person, monkeypatch):
    monkeypatch.setattr("gates.queries.home.MOST", 2)
    for at in ("TR1", "TR2", "TR3"):
        house.review(at=at, planned_on=today() - timedelta(days=30), criteria=False)
    house.review(at="CDCP", planned_on=today() - timedelta(days=40), criteria=False)
    house.review(at="CHARTER", planned_on=today() - timedelta(days=40), criteria=False)
    house.review(stage="first_vote")

    assert needs(house.member)["to_vote"] == 1
    assertContains(as_person(house.member).get("/"), "At least")
