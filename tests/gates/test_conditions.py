"""Conditions: what each of their people may do, and what is refused to everybody else."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import condition_waivers, conditions
from gates.models import Condition
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry, Notice, OutboxMessage
from ipd.models import PortfolioRow
from teams.models import Function
from tests.factories import ConditionFactory, GrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def condition(house):
    """Owned by the team's developer, verified by its quality, for the function R&D."""
    review = house.review(stage="decided", ended_in="GO_COND")
    return ConditionFactory(
        review=review,
        owner=house.core_member,
        verifier=house.pqa,
        function=Function.objects.get(code="RD"),
        number=1,
    )


def sent(condition, **fields):
    return {"key": str(uuid.uuid4()), "version": condition.version, **fields}


def post(client, condition, noun, **fields):
    return client.post(
        reverse(f"gates:condition-{noun}", args=[condition.pk]), sent(condition, **fields)
    )


def submitted(condition):
    return conditions.submit(
        condition, note="Report 12", by=condition.owner, seen_version=condition.version
    )


def test_from_acceptance_to_verification(condition, house, as_person):
    owner, verifier = as_person(house.core_member), as_person(house.pqa)

    assert post(owner, condition, "acceptance").status_code == 302
    condition.refresh_from_db()
    assert condition.accepted_at
    assert post(owner, condition, "submission", note="See report 12").status_code == 302
    condition.refresh_from_db()
    assert (condition.state, condition.submitted_on) == ("submitted", today())
    assert OutboxMessage.objects.filter(recipient=house.pqa).count() == 1
    assert post(verifier, condition, "verification", note="").status_code == 302

    condition.refresh_from_db()
    assert (condition.state, condition.settled_on) == ("verified", today())
    assert [event.what for event in condition.events.all()] == ["accepted", "submitted", "verified"]
    entry = LedgerEntry.objects.get(kind="condition verified")
    assert entry.actor == house.pqa
    assert Notice.objects.filter(person=house.core_member, needs_action=False).exists()
    assert PortfolioRow.objects.get(product=house.product).open_conditions == 0


def test_a_rejected_condition_is_the_owner_s_again(condition, house, as_person):
    condition = submitted(condition)

    post(as_person(house.pqa), condition, "rejection", note="The signature is missing.")

    condition.refresh_from_db()
    assert (condition.state, condition.settled_on) == ("rejected", None)
    assert Notice.objects.get(person=house.core_member, needs_action=True).text.endswith(
        "The signature is missing."
    )
    assert submitted(condition).state == "submitted"


def test_a_rejection_without_a_reason_is_shown_again(condition, house, as_person):
    answer = post(as_person(house.pqa), submitted(condition), "rejection", note="")

    assert answer.status_code == 422
    assertContains(answer, "This field is required", status_code=422)


@pytest.mark.parametrize(
    ("noun", "who", "status"),
    [
        ("acceptance", "pqa", 403),
        ("submission", "lpdt", 403),
        ("submission", "chair", 403),
        ("verification", "core_member", 403),
        ("verification", "chair", 403),
        ("rejection", "core_member", 403),
        ("extension", "core_member", 403),
        ("extension", "member", 403),
        ("extension", "secretary", 403),
        ("waiver", "core_member", 403),
        ("waiver", "finance", 403),
        ("waiver", "pqa", 403),
        ("waiver-withdrawal", "outsider", 403),
        ("verification", "pqa", 409),
        ("rejection", "pqa", 409),
    ],
)
def test_only_the_right_person_acts_and_only_when_it_is_possible(
    condition, house, as_person, noun, who, status
):
    fields = {"note": "x", "reason": "x", "due_on": today() + timedelta(days=60)}
    answer = post(as_person(getattr(house, who)), condition, noun, **fields)

    assert answer.status_code == status
    condition.refresh_from_db()
    assert (condition.state, condition.version) == ("open", 1)


def test_on_a_confidential_product_every_door_is_closed(house, as_person):
    review = house.review(product=house.confidential_product, stage="decided", ended_in="GO_COND")
    condition = ConditionFactory(review=review)
    client = as_person(house.lpdt)

    assert client.get(condition.get_absolute_url()).status_code == 404
    for noun in ("acceptance", "submission", "verification", "rejection", "extension", "waiver"):
        assert post(client, condition, noun).status_code == 404
    assertNotContains(client.get(reverse("gates:condition-list")), condition.text)
    GrantFactory(product=house.confidential_product, person=house.lpdt)
    assert client.get(condition.get_absolute_url()).status_code == 200


def test_a_stale_page_is_refused_and_its_text_kept(condition, house, as_person):
    submitted(condition)

    answer = post(as_person(house.core_member), condition, "submission", note="A long text typed")

    assert answer.status_code == 409
    assertContains(answer, "moved on", status_code=409)


def test_a_form_sent_twice_is_carried_out_once(condition, house, as_person):
    client, data = as_person(house.core_member), sent(condition, note="Report 12")
    url = reverse("gates:condition-submission", args=[condition.pk])

    first, second = client.post(url, data), client.post(url, data)

    assert first.status_code == second.status_code == 302
    assert condition.events.count() == 1


def test_the_chair_extends_once_and_the_first_date_stays(condition, house, as_person):
    first, later = condition.due_on, condition.due_on + timedelta(days=14)
    Condition.objects.update(escalation_step=2)
    chair = as_person(house.chair)

    post(chair, condition, "extension", due_on=later, reason="The supplier moved.")

    condition.refresh_from_db()
    assert (condition.due_on, condition.original_due_on) == (later, first)
    assert (condition.extensions, condition.escalation_step) == (1, 0)
    assert LedgerEntry.objects.get(kind="condition extended").body["before"] == first.isoformat()
    again = post(chair, condition, "extension", due_on=later + timedelta(days=9), reason="Again")
    assert again.status_code == 409
    assertContains(chair.get(condition.get_absolute_url()), "It was extended 1 of 1 times.")


@pytest.mark.parametrize("days", [0, -3])
def test_an_extension_goes_forward(condition, house, days):
    with pytest.raises(Refused, match="later than"):
        conditions.extend(
            condition,
            due_on=condition.due_on + timedelta(days=days),
            reason="x",
            by=house.chair,
            seen_version=1,
        )


@pytest.mark.parametrize(("first", "second"), [("chair", "member"), ("member", "chair")])
def test_a_waiver_takes_the_chair_and_the_function(condition, house, first, second):
    one, other = getattr(house, first), getattr(house, second)

    condition = condition_waivers.sign(condition, reason="Obsolete", by=one, seen_version=1)
    assert condition.state == "open"
    with pytest.raises(Refused, match="signed already"):
        condition_waivers.sign(condition, reason="", by=one, seen_version=2)
    condition = condition_waivers.sign(condition, reason="", by=other, seen_version=2)

    assert (condition.state, condition.settled_on) == ("waived", today())
    body = LedgerEntry.objects.get(kind="condition waived").body
    assert body["reason"] == "Obsolete"
    assert sorted(body["signed"].values()) == sorted([one.pk, other.pk])


def test_the_head_of_the_function_signs_too(condition, house):
    condition = condition_waivers.sign(
        condition, reason="Obsolete", by=condition.function.head, seen_version=1
    )
    with pytest.raises(Refused, match="That line is signed already"):
        condition_waivers.sign(condition, reason="", by=house.member, seen_version=2)
    assert (
        condition_waivers.sign(condition, reason="", by=house.chair, seen_version=2).state
        == "waived"
    )


def test_the_owner_never_waives_even_as_head_of_the_function(condition, house):
    condition.function.head = house.core_member
    condition.function.save()

    with pytest.raises(Refused):
        condition_waivers.sign(condition, reason="x", by=house.core_member, seen_version=1)


def test_a_signature_is_taken_back(condition, house, as_person):
    chair = as_person(house.chair)
    post(chair, condition, "waiver", reason="Obsolete")
    condition.refresh_from_db()
    assertContains(chair.get(condition.get_absolute_url()), "Take back my signature")

    assert post(chair, condition, "waiver-withdrawal").status_code == 302

    condition.refresh_from_db()
    assert condition_waivers.asked(condition) is None
    condition_waivers.sign(condition, reason="Function asks", by=house.member, seen_version=3)
    condition.refresh_from_db()
    assert condition.state == "open"


def test_the_last_precedent_opens_the_next_phase(house):
    review = house.review(stage="decided", ended_in="GO_COND")
    one, two = (
        ConditionFactory(
            review=review, kind="precedent", owner=house.core_member, verifier=house.pqa
        )
        for _ in range(2)
    )
    before = house.product.phase

    conditions.verify(submitted(one), by=house.pqa, seen_version=2)
    house.product.refresh_from_db()
    assert house.product.phase == before
    conditions.verify(submitted(two), by=house.pqa, seen_version=2)

    house.product.refresh_from_db()
    assert house.product.phase == review.gate.next_phase


def test_a_lapsed_precedent_bars_the_next_phase_until_it_is_waived(house):
    review = house.review(stage="decided", ended_in="GO_COND")
    fields = {"kind": "precedent", "owner": house.core_member, "verifier": house.pqa}
    lapsed = ConditionFactory(review=review, state="lapsed", settled_on=today(), **fields)
    condition = ConditionFactory(review=review, **fields)
    before = house.product.phase

    conditions.verify(submitted(condition), by=house.pqa, seen_version=2)
    house.product.refresh_from_db()
    assert house.product.phase == before

    condition_waivers.sign(lapsed, reason="Covered", by=house.chair, seen_version=1)
    condition_waivers.sign(lapsed, reason="", by=house.member, seen_version=2)
    house.product.refresh_from_db()
    assert house.product.phase == review.gate.next_phase


def test_people_who_may_not_see_the_product_are_not_told(house):
    review = house.review(product=house.confidential_product, stage="decided", ended_in="GO_COND")
    condition = ConditionFactory(review=review, owner=house.outsider)

    submitted(condition)

    assert not Notice.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_stale_is_said_with_the_state_it_has(condition, house):
    submitted(condition)
    with pytest.raises(Stale, match="Submitted"):
        conditions.accept(condition, by=house.core_member, seen_version=1)
